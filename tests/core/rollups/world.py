"""A small workspace on a real SQLite file, and words to put facts into it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text

from core.imports.frames import FACT_TABLES
from core.rollups import rebuild, rebuild_all, touched_by
from core.store.bulk import insert_rows
from core.store.tables import Base
from core.units import day_number

DAY = 86_400
DERIVED = (
    "video",
    "video_day",
    "account_day",
    "credit",
    "left_out_order",
    "campaign_day",
    "day_total",
    "creator_total",
    "video_total",
)
START = day_number(date(2026, 3, 1))


def open_engine(path: Any) -> Engine:
    """Return an engine for a new file with all tables, copied from one made once."""
    shutil.copyfile(_template(), path)
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=ON").close())
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF").close())
    return engine


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="plumbline-"))
    atexit.register(shutil.rmtree, folder)
    engine = create_engine(f"sqlite:///{folder / 'empty.db'}")
    Base.metadata.create_all(engine)
    engine.dispose()
    return folder / "empty.db"


def put(connection: Connection, table: str, **values: Any) -> None:
    insert_rows(connection, table, list(values), [tuple(values.values())])


def day(number: int) -> int:
    """Return the n-th day of the campaign, 1 is its first."""
    return START + number - 1


def at(number: int, hour: int = 12) -> int:
    """Return an instant on the n-th day, UTC."""
    return day(number) * DAY + hour * 3600


def video_id(number: int, posted: int = 2) -> str:
    return str((at(posted) << 32) + number)


class World:
    """Two campaigns of one brand in USD and EUR; creators 1, 2 in spring, 2, 3 in autumn."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.batches = 0
        put(connection, "brand", id=1, name="Brand")
        self.campaign(1, "spring", first=1, last=30, currency="USD")
        self.campaign(2, "autumn", first=61, last=90, currency="EUR")
        for number, handle in enumerate(("ada", "bea", "cyd"), start=1):
            put(connection, "creator", id=number, name=handle)
            put(connection, "creator_handle", handle=handle, creator_id=number, is_main=True)
        for campaign, creator in ((1, 1), (1, 2), (2, 2), (2, 3)):
            put(
                connection,
                "collaboration",
                campaign_id=campaign,
                creator_id=creator,
                fee=10_000,
                currency="USD" if campaign == 1 else "EUR",
            )
        self.code("ADA10", 1, 1)
        self.code("BEA10", 2, 1)
        self.code("CYD10", 3, 2)
        self.code("SALE", None, None, kind="sitewide")
        self.link("ada-link", 1, 1)
        self.link("bea-link", 2, 1)

    def campaign(
        self, number: int, code: str, *, first: int, last: int, currency: str = "USD", zone: str = "UTC"
    ) -> None:
        put(
            self.connection,
            "campaign",
            id=number,
            brand_id=1,
            code=code,
            name=code.title(),
            first_day=day(first),
            last_day=day(last),
            currency=currency,
            zone=zone,
        )

    def code(self, code: str, creator: int | None, campaign: int | None, **more: Any) -> None:
        put(
            self.connection,
            "promo_code",
            code_key=code,
            code=code,
            creator_id=creator,
            campaign_id=campaign,
            **more,
        )

    def link(self, key: str, creator: int, campaign: int, **more: Any) -> None:
        put(
            self.connection,
            "tracking_link",
            link_key=key,
            creator_id=creator,
            campaign_id=campaign,
            url="u",
            landing_page="l",
            utm_source="tiktok",
            utm_medium="creator",
            utm_campaign="spring",
            **more,
        )

    def batch(
        self, facts: dict[str, list[dict[str, Any]]], *, as_of: int = 0, campaign: int | None = None
    ) -> int:
        """Import facts: append, then rebuild what they touch."""
        number = self.append(facts, as_of=as_of, campaign=campaign)
        rebuild(self.connection, touched_by(self.connection, number))
        return number

    def append(
        self, facts: dict[str, list[dict[str, Any]]], *, as_of: int = 0, campaign: int | None = None
    ) -> int:
        self.batches += 1
        number = self.batches
        put(
            self.connection,
            "import_batch",
            id=number,
            upload="u",
            file_name="f",
            sha256=str(number),
            size=1,
            format="x",
            label="x",
            as_of=as_of,
            at=number,
            campaign_id=campaign,
        )
        for table, rows in facts.items():
            for row in rows:
                put(self.connection, table, batch_id=number, **row)
        return number

    def undo(self, number: int) -> None:
        touched = touched_by(self.connection, number)
        for table in FACT_TABLES:
            self.connection.execute(text(f"DELETE FROM {table} WHERE batch_id = :n"), {"n": number})
        rebuild(self.connection, touched)

    def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.connection.execute(text(sql), values)]

    def value(self, sql: str, **values: Any) -> Any:
        found = self.rows(sql, **values)
        assert len(found) == 1, found
        return found[0][0]

    def derived(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every derived table, rows in a fixed order, fractions rounded."""
        state = {}
        for table in DERIVED:
            keys = ", ".join(column.name for column in Base.metadata.tables[table].primary_key)
            rows = self.rows(f"SELECT * FROM {table} ORDER BY {keys}")
            state[table] = [tuple(round(v, 6) if isinstance(v, float) else v for v in row) for row in rows]
        return state

    def rebuilt(self) -> dict[str, list[tuple[Any, ...]]]:
        rebuild_all(self.connection)
        return self.derived()


def stat(subject: str, kind: str, first: int, last: int | None = None, **more: Any) -> dict[str, Any]:
    """Return a row of figures of a video; days count from the campaign's first."""
    return {
        "subject_kind": "video",
        "subject": subject,
        "kind": kind,
        "first_day": day(first),
        "last_day": day(last if last is not None else first),
        **more,
    }


def ad(key: str, kind: str, first: int, last: int | None = None, **more: Any) -> dict[str, Any]:
    return stat(key, kind, first, last, **{"traffic": "paid", "currency": "USD", **more}) | {
        "subject_kind": "ad"
    }


def order(number: str, on: int, amount: int = 10_000, **more: Any) -> dict[str, Any]:
    """Return an order of the shop, on the n-th day."""
    return {
        "system": "shopify",
        "order_id": number,
        "created_at": at(on),
        "day": day(on),
        "status": "paid",
        "currency": "USD",
        "subtotal": amount,
        **more,
    }


def claim(number: str, key: str, kind: str = "code", **more: Any) -> dict[str, Any]:
    return {"system": "shopify", "order_id": number, "kind": kind, "key": key, "written": key, **more}
