"""Experiments that do not lie: planned before, assigned by lot, read at equal age, judged once."""
