"""Measures and metrics, each declared once."""
