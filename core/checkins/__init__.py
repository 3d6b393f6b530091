"""The check-in: are we on track, who stands out, what is missing, what would we change."""

from core.checkins.build import build_check_in
from core.checkins.digest import digest_text
from core.checkins.model import Advice, Alarm, CheckIn, Choice, Flag, GoalStatus, Standing, Status
from core.checkins.outcomes import how_it_went
from core.checkins.records import Held, finish_check_in, list_check_ins, lock_plan, plan_deviations

__all__ = [
    "Advice",
    "Alarm",
    "CheckIn",
    "Choice",
    "Flag",
    "GoalStatus",
    "Held",
    "Standing",
    "Status",
    "build_check_in",
    "digest_text",
    "finish_check_in",
    "how_it_went",
    "list_check_ins",
    "lock_plan",
    "plan_deviations",
]
