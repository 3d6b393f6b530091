"""The credit ledger: which orders are looked at, and how the decision is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from core.rollups.credit_rule import Decision, decide
from core.rollups.named import NAMES_NO_SHOP, orders_named
from core.rollups.reading import fill_keys, is_any, key_table, run
from core.rollups.sales import read_sales
from core.store.bulk import insert_frame, many_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from core.rollups.plans import Pairs, Plans

DEFAULT = "default"
_KEY = {"system": "TEXT", "order_id": "TEXT"}
_POINTING = (
    "((c.kind = 'code' AND c.key IN"
    " (SELECT code_key FROM promo_code WHERE kind = 'creator' AND creator_id IS NOT NULL))"
    " OR (c.kind = 'affiliate' AND c.key IN (SELECT handle FROM creator_handle))"
    " OR (c.kind = 'link' AND c.key IN (SELECT link_key FROM tracking_link)))"
)
_CLICKED = (
    "SELECT o.system, o.order_id FROM shop_order o WHERE o.customer_key <> '' AND o.customer_key IN"
    " (SELECT t.person_key FROM touch t WHERE t.link_key IN (SELECT link_key FROM tracking_link))"
)
_WRITTEN = (
    "position",
    "campaign_id",
    "creator_id",
    "video_id",
    "evidence",
    "key",
    "share",
    "has_conflict",
    "day",
    "revenue",
    "refunds",
    "currency",
    "is_new_customer",
)
_AMONG = "(system, order_id) IN (SELECT system, order_id FROM touched_order)"
# What is credited or left out now, what its codes and links are on, and what names a creator but no campaign.
_OF_CAMPAIGN = (
    "SELECT system, order_id FROM credit WHERE campaign_id = :campaign",
    "SELECT system, order_id FROM left_out_order WHERE campaign_id = :campaign",
    (
        "SELECT c.system, c.order_id FROM order_claim c WHERE c.kind = 'code' AND c.key IN (SELECT code_key"
        " FROM promo_code WHERE creator_id IS NOT NULL AND (campaign_id = :campaign OR campaign_id IS NULL))"
    ),
    (
        "SELECT c.system, c.order_id FROM order_claim c WHERE c.kind = 'affiliate'"
        " AND c.key IN (SELECT handle FROM creator_handle)"
    ),
    (
        "SELECT c.system, c.order_id FROM order_claim c WHERE c.kind = 'link'"
        " AND c.key IN (SELECT link_key FROM tracking_link WHERE campaign_id = :campaign)"
    ),
    (
        "SELECT o.system, o.order_id FROM shop_order o WHERE o.customer_key <> '' AND o.customer_key IN"
        " (SELECT t.person_key FROM touch t WHERE t.link_key IN"
        " (SELECT link_key FROM tracking_link WHERE campaign_id = :campaign))"
    ),
)


def rebuild_credit(connection: Connection, plans: Plans, orders: Iterable[tuple[str, str]] | None) -> Pairs:
    """Rebuild the ledger of some orders and return the campaigns and creators whose credit may have changed.

    Args:
        connection: in a write transaction.
        plans: what people wrote.
        orders: (system, order id); None for every order.
    """
    with key_table(connection, "touched_order", _KEY):
        if orders is None:
            _touch_all(connection)
            return _rebuild(connection, plans, "1 = 1")
        fill_keys(connection, "touched_order", ("system", "order_id"), sorted(set(orders)))
        _touch_partners(connection)
        return _rebuild(connection, plans, _AMONG)


def rebuild_campaign_credit(connection: Connection, plans: Plans, campaign_id: int) -> Pairs:
    """Rebuild the ledger of the orders that a campaign can gain or lose; return as `rebuild_credit`."""
    with key_table(connection, "touched_order", _KEY):
        for query in _OF_CAMPAIGN:
            run(
                connection,
                f"INSERT INTO touched_order (system, order_id) {query} ON CONFLICT DO NOTHING",
                {"campaign": campaign_id},
            )
        _touch_partners(connection)
        return _rebuild(connection, plans, _AMONG)


def _rebuild(connection: Connection, plans: Plans, among: str) -> Pairs:
    pairs = _pairs(connection, among)
    for table in ("credit", "left_out_order"):
        run(connection, f"DELETE FROM {table} WHERE {among}")
    _write_credit(connection, plans)
    return pairs | _pairs(connection, among)


def _pairs(connection: Connection, among: str) -> Pairs:
    rows = connection.execute(text(f"SELECT DISTINCT campaign_id, creator_id FROM credit WHERE {among}"))
    return {(campaign, creator) for campaign, creator in rows}


def _touch_all(connection: Connection) -> None:
    """Put every order into `touched_order` to which any known code, affiliate or link points."""
    run(
        connection,
        "INSERT INTO touched_order (system, order_id)"
        f" SELECT DISTINCT c.system, c.order_id FROM order_claim c WHERE {_POINTING}",
    )
    if is_any(connection, f"SELECT 1 FROM order_claim WHERE {NAMES_NO_SHOP}"):
        named = orders_named("n.key IN (SELECT link_key FROM tracking_link) OR n.kind <> 'link'")
        run(connection, f"INSERT INTO touched_order (system, order_id) {named} ON CONFLICT DO NOTHING")
    if is_any(connection, "SELECT 1 FROM touch"):
        run(connection, f"INSERT INTO touched_order (system, order_id) {_CLICKED} ON CONFLICT DO NOTHING")
    _touch_partners(connection)


def _touch_partners(connection: Connection) -> None:
    """Add the same sales in other systems."""
    if not is_any(connection, "SELECT 1 FROM shop_order WHERE sale_key <> ''"):
        return
    stated = "touched_order t CROSS JOIN shop_order o"
    here = "o.system = t.system AND o.order_id = t.order_id"
    same_key = (
        f"SELECT r.system, r.order_id FROM {stated} JOIN shop_order r ON r.sale_key = o.sale_key"
        f" AND r.sale_key <> '' WHERE {here} AND o.sale_key <> ''"
    )
    named_by = (
        "SELECT r.system, r.order_id FROM touched_order t"
        " JOIN shop_order r ON r.sale_key = t.system || '/' || t.order_id WHERE r.sale_key <> ''"
    )
    for query in (same_key, named_by):
        run(connection, f"INSERT INTO touched_order (system, order_id) {query} ON CONFLICT DO NOTHING")
    for system in _systems(connection):
        run(
            connection,
            "INSERT INTO touched_order (system, order_id)"
            f" SELECT r.system, r.order_id FROM {stated}"
            " JOIN shop_order r ON r.system = :system AND r.order_id = substr(o.sale_key, :start)"
            f" WHERE {here} AND o.sale_key LIKE :form ON CONFLICT DO NOTHING",
            {"system": system, "start": len(system) + 2, "form": f"{system}/%"},
        )


def _systems(connection: Connection) -> Iterator[str]:
    """Give each system that orders come from; one step in the index each."""
    last: str | None = ""
    while last is not None:
        last = connection.execute(
            text("SELECT MIN(system) FROM shop_order WHERE system > :last"), {"last": last}
        ).scalar()
        if last is not None:
            yield last


def _write_credit(connection: Connection, plans: Plans) -> None:
    touched = connection.execute(text("SELECT COUNT(*) FROM touched_order")).scalar_one()
    with many_rows(connection, "credit", int(touched)):
        for found in read_sales(connection):
            _store(connection, found.sales, decide(found.sales, found.claims, found.clicks, plans))


def _store(connection: Connection, sales: pd.DataFrame, decision: Decision) -> None:
    ids = ["system", "order_id"]
    if len(decision.credits):
        credited = decision.credits.join(sales[[*ids, "is_new"]], on="sale").rename(
            columns={"is_new": "is_new_customer"}
        )
        credited["is_new_customer"] = credited["is_new_customer"].astype("boolean")
        credited["has_conflict"] = credited["has_conflict"].astype("boolean")
        insert_frame(connection, "credit", credited[[*ids, *_WRITTEN]], rule=DEFAULT)
    if len(decision.left_out):
        left = decision.left_out.join(sales[[*ids, "currency"]], on="sale").drop(columns="sale")
        insert_frame(connection, "left_out_order", left)
