"""The check-in as a short text, ready to paste into a chat or mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.checkins.model import Flag
from core.units import write_day

if TYPE_CHECKING:
    from core.checkins.model import CheckIn

_MOST_ALARMS = 5


def digest_text(check_in: CheckIn) -> str:
    """Return the check-in in plain lines; names stand as they were typed."""
    lines = [f"{check_in.name}, check-in of {write_day(check_in.today)}", check_in.headline, ""]
    lines += [f"• {goal.sentence}" for goal in check_in.goals]
    lines += [f"• {check_in.spending.sentence}"]
    for title, flag in (("Early winners", Flag.EARLY_WINNER), ("At risk", Flag.AT_RISK)):
        found = [one.sentence for one in check_in.creators if one.flag is flag]
        found += [one.sentence for one in check_in.videos if one.flag is flag]
        lines += _section(title, found)
    lines += _section("To fix", [f"{one.sentence} {one.fix}" for one in check_in.alarms[:_MOST_ALARMS]])
    if check_in.since is not None:
        lines += _section(f"Since {write_day(check_in.since)}", [one.sentence for one in check_in.changes])
    lines += ["", check_in.advice.sentence]
    lines += [f"Note: {words}" for words in (*check_in.deviations, *check_in.cautions)]
    return "\n".join(lines)


def _section(title: str, sentences: list[str]) -> list[str]:
    return ["", f"{title}:", *(f"• {words}" for words in sentences)] if sentences else []
