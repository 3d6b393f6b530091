"""Benchmarks: own history first, then published figures of the same definition; goals from both."""

from core.benchmarks.goals import GoalHelp, Nearness, Tolerance, goal_help, tolerance_of
from core.benchmarks.history import Cell, History, own_history

__all__ = [
    "Cell",
    "GoalHelp",
    "History",
    "Nearness",
    "Tolerance",
    "goal_help",
    "own_history",
    "tolerance_of",
]
