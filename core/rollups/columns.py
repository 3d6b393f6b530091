"""Which measures of the rollups are added, which not, and which have an organic side."""

from __future__ import annotations

from core.metrics.measures import IMPORTED
from core.metrics.model import Additivity
from core.units import Unit

IMPORTED_NAMES: tuple[str, ...] = tuple(measure.name for measure in IMPORTED)
ADDITIVE: tuple[str, ...] = tuple(m.name for m in IMPORTED if m.additivity is Additivity.ADDITIVE)
STATED: tuple[str, ...] = tuple(m.name for m in IMPORTED if m.additivity is not Additivity.ADDITIVE)
MONEY: tuple[str, ...] = tuple(m.name for m in IMPORTED if m.unit is Unit.MONEY)
LEDGER: tuple[str, ...] = (
    "orders",
    "revenue",
    "refunds",
    "code_orders",
    "known_customer_orders",
    "new_customers",
    "repeat_customers",
    "repeat_revenue",
)
WHOLE_LEDGER = frozenset({"revenue", "refunds", "repeat_revenue"})

# What a video earns by itself and an ad can buy as well. Everything else that ads files
# count (impressions, cost, …) has no organic side, so that bought is all there is.
TWO_SIDED: frozenset[str] = frozenset(
    {
        "views",
        "likes",
        "comments",
        "shares",
        "saves",
        "follows",
        "watch_seconds",
        "watched_views",
        "completions",
        "completion_views",
        "profile_views",
    }
)


def whole_sum(name: str, alias: str = "") -> str:
    """Return the SQL that adds a column of whole numbers, under its own name."""
    source = f"{alias}.{name}" if alias else name
    return f"CAST(SUM({source}) AS BIGINT) AS {name}"


def ledger_sum(name: str, alias: str = "") -> str:
    """Return the SQL that adds a column of the ledger, under its own name."""
    source = f"{alias}.{name}" if alias else name
    return whole_sum(name, alias) if name in WHOLE_LEDGER else f"SUM({source}) AS {name}"
