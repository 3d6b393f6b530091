"""Orders: a million rows from bytes to committed facts and rollups, beside a plain `executemany`."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from bench.making import plan_campaign, write_orders
from bench.measuring import Table, apart, measured, megabytes, ratio, seconds

ROWS = 1_000_000
_TABLES = ("shop_order", "order_line", "order_claim")


def run(rows: int = ROWS) -> Table:
    """Return how long an import of many orders takes and what it needs."""
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as folder:
        first, again = Path(folder, "orders.csv"), Path(folder, "orders again.csv")
        orders, _ = apart(write_orders, first, rows)
        again.write_bytes(first.read_bytes().replace(b"\n", b"\r\n"))
        steps, peak = apart(import_orders, folder, [str(first), str(again), str(first)])
        floor, _ = apart(plain_insert, folder)
        size = first.stat().st_size
    names = ("first import", "same rows, other line ends", "same bytes again")
    marks = ("≤ 3 × plain", "≤ 0.5 × first", "≤ 0.05 × first")
    first_cpu = steps[0]["cpu"]
    rows_out = [
        ("plain executemany of the facts", seconds(floor["cpu"]), seconds(floor["wall"]), "1.00×", "–", "")
    ]
    for name, mark, step in zip(names, marks, steps, strict=True):
        rows_out.append(
            (name, seconds(step["cpu"]), seconds(step["wall"]), ratio(step["cpu"], floor["cpu"]),
             ratio(step["cpu"], first_cpu), mark)
        )  # fmt: skip
    review, stored = steps[0]["parts"]
    return Table(
        title=f"Orders: {rows:,} rows, {orders:,} orders, {megabytes(size)} of CSV",
        header=("step", "CPU", "clock", "÷ plain", "÷ first", "aim"),
        rows=rows_out,
        notes=(
            f"Of the first import, {seconds(review)} of CPU were reading and reviewing, {seconds(stored)} storing "
            f"and rollups. Receipts: {'; '.join(step['receipt'] for step in steps)}.",
            f"Most memory of the app and its reader together: {megabytes(peak)} (aim: under 1,500 MB).",
        ),
    )


def import_orders(folder: str, paths: list[str]) -> list[dict[str, object]]:
    """Return what each import of the files took, in one process, one after the other."""
    from core.imports.commit import commit
    from core.imports.file_review import Offered
    from core.imports.review import review_files
    from core.store.engine import open_store

    store = open_store(f"sqlite:///{folder}/store.db")
    plan_campaign(store)
    found: list[dict[str, object]] = []
    for path in paths:
        data = Path(path).read_bytes()
        with measured() as whole:
            with measured() as looking:
                (review,) = review_files(store, [Offered(name=Path(path).name, data=data)])
            with measured() as storing:
                receipt = commit(store, review, upload="bench")
        del review, data
        found.append(
            {
                "cpu": whole.cpu,
                "wall": whole.wall,
                "parts": (looking.cpu, storing.cpu),
                "receipt": receipt.sentence,
            }
        )
    return found


def plain_insert(folder: str) -> dict[str, float]:
    """Return what writing the very same facts takes, parsed and in memory already."""
    from core.store.engine import open_store
    from core.store.sqlite import PRAGMAS, WRITE_CACHE

    source = sqlite3.connect(f"{folder}/store.db")
    kept = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in _TABLES}
    header = source.execute("SELECT * FROM import_batch LIMIT 1").fetchall()
    open_store(f"sqlite:///{folder}/plain.db").close()
    target = sqlite3.connect(f"{folder}/plain.db")
    for pragma in (*PRAGMAS, WRITE_CACHE):
        target.execute(f"PRAGMA {pragma}")
    with measured() as span, target:
        for name, rows in {"import_batch": header, **kept}.items():
            target.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    return {"cpu": span.cpu, "wall": span.wall}
