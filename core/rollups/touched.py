"""Which derived rows an import can change."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from core.rollups.closed import closed_pairs
from core.rollups.named import NAMES_NO_SHOP, orders_named
from core.rollups.reading import is_any
from core.rollups.ties import hinted_campaigns

MANY_ORDERS = 20_000  # beyond this it is cheaper to go through the orders of all imports


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """The keys whose derived rows must be rebuilt.

    Attributes:
        videos: TikTok ids.
        handles: accounts, lower case.
        orders: (system, order id); None means every order.
        campaigns: campaigns whose figures that hang on no video may have changed.
        pairs: campaigns and creators whose sums must be added up anew.
        everything: rebuild all there is.
    """

    videos: frozenset[str] = frozenset()
    handles: frozenset[str] = frozenset()
    orders: frozenset[tuple[str, str]] | None = frozenset()
    campaigns: frozenset[int] = frozenset()
    pairs: frozenset[tuple[int, int]] = frozenset()
    everything: bool = False

    def union(self, other: Touched) -> Touched:
        """Return what either touches."""
        orders = None if self.orders is None or other.orders is None else self.orders | other.orders
        return Touched(
            videos=self.videos | other.videos,
            handles=self.handles | other.handles,
            orders=orders,
            campaigns=self.campaigns | other.campaigns,
            pairs=self.pairs | other.pairs,
            everything=self.everything or other.everything,
        )


EVERYTHING = Touched(orders=None, everything=True)


def union(*parts: Touched) -> Touched:
    """Return what any of them touches."""
    whole = Touched()
    for part in parts:
        whole = whole.union(part)
    return whole


def touched_by(connection: Connection, batch_id: int) -> Touched:
    """Return what the facts of a batch touch; ask before an undo deletes them."""
    return Touched(
        videos=_words(
            connection,
            batch_id,
            "SELECT video_id FROM video_fact WHERE batch_id = :batch",
            "SELECT subject FROM stat WHERE batch_id = :batch AND subject_kind = 'video'",
            "SELECT video_id FROM stat WHERE batch_id = :batch AND video_id <> ''",
        ),
        handles=_words(
            connection,
            batch_id,
            "SELECT subject FROM stat WHERE batch_id = :batch AND subject_kind = 'account'",
            "SELECT handle FROM stat WHERE batch_id = :batch AND subject_kind = 'shop_creator'",
        ),
        orders=_orders(connection, batch_id),
        campaigns=hinted_campaigns(connection, "s.batch_id = :batch", {"batch": batch_id}),
        pairs=frozenset(closed_pairs(connection, "batch_id = :batch", batch=batch_id)),
    )


def _words(connection: Connection, batch_id: int, *queries: str) -> frozenset[str]:
    whole = " UNION ".join(queries)
    return frozenset(word for (word,) in connection.execute(text(whole), {"batch": batch_id}) if word)


_STATED_ORDERS = (
    "SELECT system, order_id FROM shop_order WHERE batch_id = :batch"
    " UNION SELECT system, order_id FROM order_claim WHERE batch_id = :batch"
    " UNION SELECT o.system, o.order_id FROM touch t JOIN shop_order o ON o.customer_key = t.person_key"
    " WHERE t.batch_id = :batch AND t.person_key <> ''"
    # Whoever bought before in an order that is closed is new once its import is undone.
    " UNION SELECT o.system, o.order_id FROM earlier_buyer e JOIN shop_order o"
    " ON o.customer_key = e.customer_key AND o.system = e.system WHERE e.batch_id = :batch"
)


def _orders(connection: Connection, batch_id: int) -> frozenset[tuple[str, str]] | None:
    """Return the orders that the batch states, claims, or clicked before, and all that hang on them."""
    some = f"SELECT 1 FROM shop_order WHERE batch_id = :batch LIMIT {MANY_ORDERS + 1}"
    count = connection.execute(
        text(f"SELECT COUNT(*) FROM ({some}) AS counted"), {"batch": batch_id}
    ).scalar_one()
    if count > MANY_ORDERS:
        return None
    stated_orders = _stated_orders(connection, batch_id)
    versions = (
        f"FROM ({stated_orders}) k JOIN shop_order v ON v.system = k.system AND v.order_id = k.order_id"
    )
    stated = _keys(connection, batch_id, f"{stated_orders} LIMIT {MANY_ORDERS + 1}")
    if len(stated) > MANY_ORDERS:
        return None
    sales = connection.execute(
        text(f"SELECT v.sale_key {versions} WHERE v.sale_key <> ''"), {"batch": batch_id}
    ).scalars()
    partners = {(system, order_id) for system, _, order_id in (sale.partition("/") for sale in sales)}
    # Any version counts: an undo can bring back one with another customer or sale.
    relatives = _keys(
        connection,
        batch_id,
        f"SELECT r.system, r.order_id {versions}"
        " JOIN shop_order r ON r.customer_key = v.customer_key AND r.system || '' = v.system"
        " WHERE v.customer_key <> ''"
        f" UNION SELECT r.system, r.order_id {versions}"
        " JOIN shop_order r ON r.sale_key = v.sale_key AND r.sale_key <> ''"
        f" UNION SELECT r.system, r.order_id {versions}"
        " JOIN shop_order r ON r.sale_key = v.system || '/' || v.order_id AND r.sale_key <> ''",
    )
    return stated | relatives | partners


def _stated_orders(connection: Connection, batch_id: int) -> str:
    """Return the SQL of the orders that the batch states, claims or clicked before."""
    own = "batch_id = :batch"
    if is_any(connection, f"SELECT 1 FROM order_claim WHERE {own} AND {NAMES_NO_SHOP}", {"batch": batch_id}):
        return f"{_STATED_ORDERS} UNION {orders_named(f'n.{own}')}"
    return _STATED_ORDERS


def _keys(connection: Connection, batch_id: int, sql: str) -> frozenset[tuple[str, str]]:
    rows = connection.execute(text(sql), {"batch": batch_id})
    return frozenset((system, order_id) for system, order_id in rows)
