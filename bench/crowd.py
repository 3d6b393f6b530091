"""Twenty people read while four import: does anything fail, does anybody see half an import."""

from __future__ import annotations

import multiprocessing
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.making import plan_campaign, write_orders
from bench.measuring import Table, apart, seconds

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event

READERS, PROCESSES, IMPORTERS, FILES, ROWS = 20, 4, 4, 5, 2_000
_SEEN = (
    "SELECT (SELECT COALESCE(SUM(rows_stored), 0) FROM import_batch WHERE undone_at IS NULL),"
    " (SELECT COUNT(*) FROM order_line),"
    " (SELECT COALESCE(SUM(orders), 0) FROM day_total WHERE traffic = 'total'),"
    " (SELECT COALESCE(SUM(share), 0) FROM credit)"
)


def run() -> Table:
    """Return what readers and importers met."""
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as folder:
        apart(prepare, folder)
        context = multiprocessing.get_context("spawn")
        stop, answers = context.Event(), context.Queue()
        readers = [context.Process(target=read_on, args=(folder, stop, answers)) for _ in range(PROCESSES)]
        importers = [context.Process(target=import_some, args=(folder, n, answers)) for n in range(IMPORTERS)]
        began = time.perf_counter()
        for process in (*readers, *importers):
            process.start()
        stored = [answers.get(timeout=1_200) for _ in importers]
        took = time.perf_counter() - began
        stop.set()
        read = [answers.get(timeout=120) for _ in readers]
        for process in (*readers, *importers):
            process.join()
    seen = [one for one in (*stored, *read) if one["who"] == "reader"]
    done = [one for one in (*stored, *read) if one["who"] == "importer"]
    times = sorted(span for one in seen for span in one["spans"])
    failures = [text for one in (*seen, *done) for text in one["failures"]]
    return Table(
        title=f"Crowd: {READERS} readers in {PROCESSES} processes, {IMPORTERS} importers of {FILES} files each",
        header=("what", "count"),
        rows=(
            ("imports stored", str(sum(one["stored"] for one in done))),
            ("looks at the funnel's sums", f"{len(times):,}"),
            ("looks that saw half an import", str(sum(one["torn"] for one in seen))),
            ("failures", str(len(failures))),
            ("median look", seconds(statistics.median(times))),
            ("slowest look of a hundred", seconds(times[int(len(times) * 0.99)])),
            ("all imports, by the clock", seconds(took)),
        ),
        notes=tuple(sorted(set(failures))[:5]),
    )


def prepare(folder: str) -> None:
    """Make the store, the campaign and the files."""
    from core.store.engine import open_store

    store = open_store(f"sqlite:///{folder}/store.db")
    plan_campaign(store, 20)
    store.close()
    for importer in range(IMPORTERS):
        for number in range(FILES):
            write_orders(Path(folder, f"{importer}-{number}.csv"), ROWS, seed=100 * importer + number)


def read_on(folder: str, stop: Event, answers: Any) -> None:
    """Look again and again, in threads, until told to stop."""
    from datetime import date

    from core.funnel import build_funnel
    from core.scope import Scope
    from core.store.engine import open_store

    store = open_store(f"sqlite:///{folder}/store.db")
    found: dict[str, Any] = {"who": "reader", "torn": 0, "spans": [], "failures": []}

    def look() -> None:
        while not stop.is_set():
            began = time.perf_counter()
            try:
                with store.reading() as connection:
                    rows, lines, orders, credited = connection.exec_driver_sql(_SEEN).one()
                build_funnel(store, Scope(campaign_id=1), today=date(2026, 3, 1))
            except Exception as error:  # noqa: BLE001  (whatever fails is counted)
                found["failures"].append(f"reading: {type(error).__name__}: {error}"[:200])
                continue
            found["torn"] += rows != lines or abs(orders - credited) > 1e-6
            found["spans"].append(time.perf_counter() - began)
            time.sleep(0.05)

    threads = [threading.Thread(target=look) for _ in range(READERS // PROCESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.put(found)


def import_some(folder: str, importer: int, answers: Any) -> None:
    """Import files one after the other, and undo every other one again."""
    from core.imports.commit import commit
    from core.imports.file_review import Offered
    from core.imports.history import undo
    from core.imports.review import answer, review_files
    from core.store.engine import open_store

    store = open_store(f"sqlite:///{folder}/store.db")
    found: dict[str, Any] = {"who": "importer", "stored": 0, "failures": []}
    for number in range(FILES):
        path = Path(folder, f"{importer}-{number}.csv")
        try:
            (review,) = review_files(store, [Offered(name=path.name, data=path.read_bytes())])
            receipt = commit(store, answer(review, {}), upload=path.stem)
            found["stored"] += 1
            if number % 2:
                undo(store, receipt.batch_id)
        except Exception as error:  # noqa: BLE001  (whatever fails is counted)
            found["failures"].append(f"importing: {type(error).__name__}: {error}"[:200])
    answers.put(found)
