"""Retention: how long order rows are kept, and closing the older ones."""

from core.retention.closing import Closing, close_due, preview
from core.retention.keeping import CHOICES, SUGGESTED, Retention, read_retention, set_retention

__all__ = [
    "CHOICES",
    "SUGGESTED",
    "Closing",
    "Retention",
    "close_due",
    "preview",
    "read_retention",
    "set_retention",
]
