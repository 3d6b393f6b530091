"""The pay statement: what one creator is owed in a campaign, with the arithmetic both sides can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.reports.model import UNKNOWN, Cell, Column, ColumnKind, Figure, Section, Table
from core.units import DASH, Unit, write_money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.evidence.pay import CommissionFile, Pay
    from core.reports.material import Material

_TYPED = "written down by the team"
_NO_FEE = "the fee is not written down"
_NO_COMMISSION = "commission is not known: no imported file states it for this creator"
_FOREIGN_COMMISSION = "commission is stated in a currency without an exchange rate"
_NOT_PAID_OUT = (
    "This says what is owed in all. What of it has been paid out is not recorded here, so it is not said."
)
_CAN_CHANGE = (
    "Commission is taken as the shop's file states it: what was paid, else what is estimated. It can still "
    "change with returns, and the shop pays it out by its own rules."
)
_NO_SHOP = (
    "No imported file states commission for these days. If commission was agreed, it is not in the sum."
)
_NO_ADS = "Advertising for the creator's videos is no pay and is not in it."


def pay(material: Material) -> Section | None:
    """Return what the one creator is owed; None for readers who see no money, and for whole campaigns."""
    found = material.pay
    if found is None or not material.audience.show_money:
        return None
    return Section(
        key="pay",
        title="Pay statement",
        claim=_claim(material, found),
        figures=tuple(_figures(material, found)),
        points=tuple(_points(found)),
        tables=(_table(material, found),),
        notes=tuple(_notes(found)),
    )


def _claim(material: Material, found: Pay) -> str:
    """Return the sum with its parts, and what is not in it."""
    parts = []
    if found.is_fee_summed and found.fee is not None:
        parts.append(f"{_money(material, found.fee, found.currency)} fee")
    if found.commission is not None:
        parts.append(f"{_money(material, found.commission, found.currency)} commission")
    said = "Nothing is known about the pay yet"
    if found.total is not None:
        whole = _money(material, found.total, found.currency)
        known = "" if not _missing(found) else ", as far as it is known"
        sum_words = (
            f"{' + '.join(parts)} = {whole}" if len(parts) > 1 else f"the {parts[0].split()[-1]} alone"
        )
        said = f"The pay comes to {whole}{known}: {sum_words}"
    if found.fee is not None and not found.is_fee_summed:
        fee = _money(material, found.fee, found.fee_currency)
        said += f". A fee of {fee} comes on top; it is in another currency, so it is not added up"
    missing = "".join(f". Not in it: {one}" for one in _missing(found))
    return f"{said}{missing}."


def _missing(found: Pay) -> list[str]:
    """Return what is not known, in words; commission only where the campaign has any."""
    missing = [_NO_FEE] if found.fee is None else []
    if found.commission is None and found.files:
        return [*missing, _FOREIGN_COMMISSION]
    if found.commission is None and found.has_any_commission:
        return [*missing, _NO_COMMISSION]
    return missing


def _figures(material: Material, found: Pay) -> Iterable[Figure]:
    fee = float(found.fee) if found.fee is not None else None
    nothing = f"nothing is known in {found.currency}"
    yield _figure(material, ("pay", "Pay"), found.total, found.currency, why=nothing)
    yield _figure(material, ("fee", "Fee agreed"), fee, found.fee_currency, why=_NO_FEE, who=_TYPED)
    if found.commission is not None or found.has_any_commission:
        why = _FOREIGN_COMMISSION if found.files else _NO_COMMISSION
        who = " and ".join(one.label for one in found.files)
        yield _figure(
            material, ("commission", "Commission"), found.commission, found.currency, why=why, who=who
        )


def _figure(
    material: Material, name: tuple[str, str], value: float | None, currency: str, *, why: str, who: str = ""
) -> Figure:
    key, label = name
    is_known = value is not None
    return Figure(
        key=key,
        label=label,
        written=_money(material, value, currency) if value is not None else DASH,
        value=value,
        unit=Unit.MONEY,
        currency=currency,
        provenance=(who,) if who and is_known else (),
        definition="What the creator is owed in this campaign: fee and commission, as far as they are known.",
        why_missing="" if is_known else f"{why[0].upper()}{why[1:]}.",
    )


def _points(found: Pay) -> Iterable[str]:
    """Return what was agreed beside the money, against what is there."""
    if found.deliverables is None:
        return
    videos = "not known yet" if found.videos is None else f"{found.videos}"
    yield f"Videos agreed: {found.deliverables}. Videos of the campaign found so far: {videos}."


def _table(material: Material, found: Pay) -> Table:
    each, amount = (
        Column(label=label, kind=ColumnKind.NUMBER, unit=Unit.MONEY, currency=found.currency)
        for label in ("Each", "Amount")
    )
    columns = (
        Column(label="Part"), Column(label="How it is worked out"),
        Column(label="Times", kind=ColumnKind.NUMBER), each, amount,
        Column(label="As of"), Column(label="Source"),
    )  # fmt: skip
    rows = [_fee_row(material, found)]
    if found.commission is not None or found.has_any_commission:
        rows.append(_commission_row(material, found))
    return Table(title="How the pay adds up", columns=columns, rows=tuple(rows))


def _fee_row(material: Material, found: Pay) -> tuple[Cell, ...]:
    amount = UNKNOWN if found.fee is None else _cell(material, found.fee, found.fee_currency, found.currency)
    rule = (
        "One flat fee for the campaign, whatever is counted" if found.fee is not None else "Not written down"
    )
    if found.fee == 0:
        rule = "No fee: product or nothing in return"
    times = UNKNOWN if found.fee is None else Cell(written="1", number=1.0)
    source = Cell(written="Agreement, as typed in")
    return (
        Cell(written="Fee"),
        Cell(written=rule),
        times,
        amount,
        amount,
        _as_of(material, material.now),
        source,
    )


def _commission_row(material: Material, found: Pay) -> tuple[Cell, ...]:
    part = Cell(written="Commission")
    if found.commission is None:
        words = _FOREIGN_COMMISSION if found.files else _NO_COMMISSION
        return (part, Cell(written=f"{words[0].upper()}{words[1:]}"), *[UNKNOWN] * 5)
    amount = _cell(material, found.commission, found.currency, found.currency)
    newest = max((one.as_of for one in found.files), default=None)
    return (
        part,
        Cell(written=_commission_words(material, found.files)),
        UNKNOWN,
        UNKNOWN,
        amount,
        UNKNOWN if newest is None else _as_of(material, newest),
        Cell(written=" and ".join(one.label for one in found.files) or DASH),
    )


def _commission_words(material: Material, files: tuple[CommissionFile, ...]) -> str:
    said = "Sum of the commission the shop states order by order or by day; it states no single rate"
    if not files:
        return said
    first, last = min(one.first_day for one in files), max(one.last_day for one in files)
    return f"{said}. Stated for {material.day(first)} to {material.day(last)}; days of the campaign count"


def _notes(found: Pay) -> Iterable[str]:
    yield _NOT_PAID_OUT
    if found.commission is not None:
        yield _CAN_CHANGE
    elif not found.has_any_commission:
        yield _NO_SHOP
    yield _NO_ADS


def _as_of(material: Material, instant: int) -> Cell:
    return Cell(written=material.day_at(instant))


def _cell(material: Material, minor: float, currency: str, column: str) -> Cell:
    """Return an amount; in another currency than its column's as words, so that nobody adds it up."""
    return Cell(
        written=_money(material, minor, currency), number=float(minor) if currency == column else None
    )


def _money(material: Material, minor: float, currency: str) -> str:
    return write_money(minor, currency, locale=material.locale)
