"""What a file holds and what will happen to it, in one plain sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.imports.frames import main_table
from core.imports.portions import Material, Reading, title_of
from core.imports.privacy import has_people
from core.units import day_of, write_day, write_money

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

_SUBJECTS = {
    "video": ("video", "videos"),
    "account": ("account", "accounts"),
    "ad": ("ad", "ads"),
    "link": ("tagged link", "tagged links"),
    "web": ("source of visits", "sources of visits"),
    "shop_creator": ("shop creator", "shop creators"),
    "shop_product": ("product", "products"),
    "brand": ("brand", "brands"),
}
_TOP_CURRENCIES = 3


def count_of(number: int, one: str, many: str) -> str:
    """Return a count with its noun, for instance `1 order` or `1,200 orders`."""
    return f"{number:,} {one if number == 1 else many}"


def period_words(first: int | None, last: int | None) -> str:
    """Return a period in words, for instance `4 Feb to 3 Mar 2026`; '' where there is none."""
    if first is None or last is None:
        return ""
    start, end = day_of(first), day_of(last)
    if start == end:
        return write_day(end)
    begun = write_day(start)
    return f"{begun.removesuffix(f' {start.year}') if start.year == end.year else begun} to {write_day(end)}"


def ready_sentence(material: Material, reading: Reading, differences: str) -> str:
    """Return what will be stored of a file whose reading is settled.

    Args:
        material: the file.
        reading: what it says.
        differences: how it compares with what is known, '' when nothing is known of it yet.
    """
    chosen = material.format
    label = chosen.label if chosen else material.text.file
    account = f" of @{reading.account}" if reading.account else ""
    period = period_words(reading.first_day, reading.last_day)
    name = main_table(reading.frames)
    said = _WORDS[name](reading.frames[name]) if name else "no rows that can be stored"
    parts = [f"{label}{account}: {said}"]
    parts[0] += f", {period}" if period else ""
    parts[0] += f", {money}" if (money := _money(reading.frames)) else ""
    parts += [refunds] if (refunds := _refunds(reading.frames)) else []
    parts += [differences] if differences else []
    if reading.aside:
        parts.append(f"{count_of(len(reading.aside), 'row needs', 'rows need')} a look and will be set aside")
    sentence = "; ".join(parts) + "."
    for table in material.unread:
        sentence += f" Not read: {title_of(table)}."
    if any(has_people(portion.table.header) for portion in material.portions):
        sentence += " Nothing of names, e-mail or postal addresses is kept."
    return sentence


def asks_sentence(label: str, rows: int, questions: int) -> str:
    """Return what is said of a file that needs answers first."""
    asked = count_of(questions, "question", "questions")
    return f"{label}, {count_of(rows, 'row', 'rows')}: {asked} before it can be imported."


def _orders(frame: pd.DataFrame) -> str:
    return count_of(len(frame[["system", "order_id"]].drop_duplicates()), "order", "orders")


def _stats(frame: pd.DataFrame) -> str:
    kinds = set(frame["subject_kind"])
    if kinds == {"web_total"} and set(frame["kind"]) == {"period"}:
        return "visits of the whole site as one total"
    if kinds <= {"account", "web_total"}:
        whole = "visits of the whole site on " if kinds == {"web_total"} else ""
        return whole + count_of(frame["last_day"].nunique(), "day", "days")
    said = [
        count_of(
            frame.loc[frame["subject_kind"] == kind, "subject"].nunique(), *_SUBJECTS.get(kind, (kind, kind))
        )
        for kind in sorted(kinds)
    ]
    daily = frame.loc[frame["kind"] == "daily", "last_day"].nunique()
    return " and ".join(said) + (f" on {count_of(daily, 'day', 'days')}" if daily else "")


def _comments(frame: pd.DataFrame) -> str:
    videos = frame["video_id"].nunique()
    return f"{count_of(len(frame), 'comment', 'comments')} on {count_of(videos, 'video', 'videos')}"


def _searches(frame: pd.DataFrame) -> str:
    terms = frame["term"].nunique()
    grain = str(frame["grain"].iloc[0])
    periods = count_of(frame["at"].nunique(), grain, f"{grain}s")
    return f"search interest for {count_of(terms, 'term', 'terms')}, {periods}"


def _audience(frame: pd.DataFrame) -> str:
    return f"the audience by {' and '.join(sorted(set(frame['dimension'])))}"


_WORDS: Mapping[str, Callable[[pd.DataFrame], str]] = {
    "shop_order": _orders,
    "stat": _stats,
    "comment": _comments,
    "app_event": lambda frame: count_of(len(frame), "install or event", "installs and events"),
    "search_interest": _searches,
    "follower_hour": lambda frame: (
        f"active followers by hour on {count_of(frame['day'].nunique(), 'day', 'days')}"
    ),
    "audience_share": _audience,
    "video_fact": lambda frame: count_of(frame["video_id"].nunique(), "video", "videos"),
    "touch": lambda frame: count_of(len(frame), "tagged click", "tagged clicks"),
    "order_claim": lambda frame: f"who brought {count_of(frame['order_id'].nunique(), 'order', 'orders')}",
    "order_line": lambda frame: count_of(len(frame), "order line", "order lines"),
}


def _money(frames: Mapping[str, pd.DataFrame]) -> str:
    """Return what the orders are worth as the file states it, by currency; '' without orders."""
    if "shop_order" not in frames:
        return ""
    orders = frames["shop_order"].drop_duplicates(["system", "order_id"], keep="last")
    known = orders[orders["total"].notna() & (orders["currency"] != "")]
    sums = known.groupby("currency")["total"].sum().sort_values(ascending=False)
    return " and ".join(
        write_money(int(total), str(code)) for code, total in sums.head(_TOP_CURRENCIES).items()
    )


def _refunds(frames: Mapping[str, pd.DataFrame]) -> str:
    if "shop_order" not in frames:
        return ""
    orders = frames["shop_order"].drop_duplicates(["system", "order_id"], keep="last")
    refunded = int((orders["refunded"] > 0).sum())
    return f"{refunded:,} {'has' if refunded == 1 else 'have'} refunds" if refunded else ""
