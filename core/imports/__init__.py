"""Bringing files in: guard, read, recognise, type, review, store, undo."""
