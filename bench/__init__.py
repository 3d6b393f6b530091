"""Measures of speed and memory. Every figure stands beside a yardstick of the same run; nothing is asserted."""
