"""What changed since a reader last looked at a live link: told from what their own browser kept.

The server keeps nothing about a reader. Their browser holds, signed, when they looked and the
few figures they saw then; only figures that stand on the link now are compared with it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itsdangerous import BadSignature

from core.metrics.registry import BY_NAME
from core.reports.holding_back import counts_buyers
from core.sharing.opening import signer
from core.units import Unit, local_day, write, write_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.reports import Report
    from core.reports.model import Figure
    from core.sharing.opening import OpenLink

_USE = "seen "  # what is signed for this is no pass
_VERSION = 1
_MOST = 6  # figures that are kept
_MOST_SAID = 4
_LONGEST = 3_000  # characters of what a browser may hand in
_SAME_VISIT = 3_600  # seconds within which opening a link again continues the visit


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFigure:
    """A figure as it was seen: its number, and a short digest of how it was counted."""

    value: float
    rules: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One visit: when it began, Unix seconds, and the headline figures by their key."""

    at: int
    figures: Mapping[str, SeenFigure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What a reader's browser keeps of a link.

    Attributes:
        before: the visit that this one is compared with; None at the first.
        last: this visit, with the newest figures seen; None before anything was seen.
    """

    before: Look | None = None
    last: Look | None = None


def headline(report: Report) -> tuple[Figure, ...]:
    """Return the first few known figures of a report, each once, as far as the link shows them."""
    found: dict[str, Figure] = {}
    for _, figure in report.figures():
        if figure.value is not None and figure.key in BY_NAME:
            found.setdefault(figure.key, figure)
    return tuple(found.values())[:_MOST]


def seen_figures(opened: OpenLink, report: Report) -> Mapping[str, SeenFigure]:
    """Return what a reader of the report sees; the same for all who read the link as it stands."""
    return {
        one.key: SeenFigure(value=one.value, rules=_rules(opened, report, one))
        for one in headline(report)
        if one.value is not None
    }


def remember(memory: Memory, seen: Look, *, is_new: bool) -> Memory:
    """Return what the browser keeps from now on.

    A new visit is compared with the one before. Opening the link again within the hour, with the
    same figures, continues the visit, so that what was said is not gone at a second click.
    """
    if memory.last is None:
        return Memory(last=seen)
    is_other = memory.last.figures != seen.figures
    if is_new and (is_other or seen.at - memory.last.at >= _SAME_VISIT):
        return Memory(before=memory.last, last=seen)
    if is_other:
        return Memory(before=memory.before, last=Look(at=memory.last.at, figures=seen.figures))
    return memory


def since_words(opened: OpenLink, report: Report, memory: Memory, *, now: int) -> str:
    """Return one sentence on what changed since the visit before; '' at the first, or if nothing did.

    Args:
        opened: the live link.
        report: what it shows now.
        memory: what `remember` returned for this visit.
        now: Unix seconds.
    """
    if memory.before is None:
        return ""
    figures, seen = headline(report), seen_figures(opened, report)
    changed, other = [], []
    for one in figures:
        then = memory.before.figures.get(one.key)
        if then is None:
            continue
        if then.rules != seen[one.key].rules:
            other.append(_label(one))
        elif words := _change(one, then.value):
            changed.append(words)
    if not changed and not other:
        return ""
    left = len(changed) - _MOST_SAID
    more = f" and {left} more" if left > 0 else ""
    parts = [", ".join(changed[:_MOST_SAID]) + more] if changed else []
    parts += [f"counted by other rules than then, so not compared: {', '.join(other)}"] if other else []
    return f"Since you last looked {_when(opened, memory.before.at, now)}: {'; '.join(parts)}."


def read_memory(opened: OpenLink, written: str) -> Memory:
    """Return what a browser kept of this link; nothing where it kept nothing or something not ours."""
    if not written or len(written) > _LONGEST:
        return Memory()
    try:
        signed = signer(opened, _USE).unsign(written.encode("utf-8", "replace"))
        version, before, last = json.loads(base64.urlsafe_b64decode(signed))
        return Memory(before=_look(before), last=_look(last)) if version == _VERSION else Memory()
    except (BadSignature, ValueError, TypeError, AttributeError):
        return Memory()


def write_memory(opened: OpenLink, memory: Memory) -> str:
    """Return what a browser is to keep: times and figures, signed for this link alone."""
    kept = json.dumps([_VERSION, _kept(memory.before), _kept(memory.last)], separators=(",", ":"))
    return signer(opened, _USE).sign(base64.urlsafe_b64encode(kept.encode())).decode()


def _kept(look: Look | None) -> list[object] | None:
    if look is None:
        return None
    return [look.at, {key: [one.value, one.rules] for key, one in look.figures.items()}]


def _look(kept: list[object] | None) -> Look | None:
    if kept is None:
        return None
    at, figures = kept
    found = {key: SeenFigure(value=value, rules=rules) for key, (value, rules) in figures.items()}  # type: ignore[attr-defined]  # our own, signed
    return Look(at=int(at), figures=found)  # type: ignore[call-overload]  # our own, signed


def _rules(opened: OpenLink, report: Report, figure: Figure) -> str:
    """Return a digest of all that decides how a figure is counted, not of what is counted."""
    metric = BY_NAME[figure.key]
    said = [metric.formula, metric.definition, figure.unit.value, figure.currency, report.period]
    said += [str(opened.click_days)] if counts_buyers(metric) else []
    return hashlib.sha256("|".join(said).encode()).hexdigest()[:8]


def _change(figure: Figure, then: float) -> str:
    now = figure.value or 0.0
    if _written(figure, now) == _written(figure, then):
        return ""
    if figure.unit in (Unit.COUNT, Unit.MONEY):
        sign = "+" if now > then else "−"
        return f"{_label(figure)} {sign}{_written(figure, abs(now - then))}"
    return f"{_label(figure)} from {_written(figure, then)} to {_written(figure, now)}"


def _written(figure: Figure, value: float) -> str:
    unit = Unit.NUMBER if figure.unit is Unit.COUNT and value != round(value) else figure.unit
    return write(value, unit, currency=figure.currency)


def _label(figure: Figure) -> str:
    """Return the name of a figure as it stands within a sentence."""
    label = BY_NAME[figure.key].label
    is_word = label[1:2].islower()  # not ROAS, CPC and the like
    return f"{label[0].lower()}{label[1:]}" if is_word else label


def _when(opened: OpenLink, then: int, now: int) -> str:
    day = local_day(then, opened.zone)
    return "earlier today" if day == local_day(now, opened.zone) else f"on {write_day(day)}"
