"""Scorecards: whom to work with again, on figures that resist luck."""

from core.scorecards.build import build_scorecard, build_scorecards
from core.scorecards.model import Scorecard, Scorecards

__all__ = ["Scorecard", "Scorecards", "build_scorecard", "build_scorecards"]
