"""Loading the sample campaign: many small files through the ordinary path."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile

from bench.measuring import Table, apart, measured, megabytes, ratio, seconds


def run() -> Table:
    """Return what loading the sample campaign takes."""
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as folder:
        before = [_import_pandas() for _ in range(4)]
        took, peak = apart(load, folder)
        bare = statistics.median([*before, *(_import_pandas() for _ in range(4))])
    files = took["files"]
    return Table(
        title=f"Sample campaign: {files} files, one after the other",
        header=("step", "CPU", "clock", "CPU a file", "÷ yardstick"),
        rows=(
            ("yardstick: Python starts and imports pandas", seconds(bare), "", "", "1×"),
            (
                "plan, files, typed figures",
                seconds(took["cpu"]),
                seconds(took["wall"]),
                seconds(took["cpu"] / files),
                ratio(took["cpu"], bare),
            ),
        ),
        notes=(
            f"Most memory: {megabytes(peak)}. Aim: 20 s of CPU, 0.4 s a ZIP of an account's seven tables.",
        ),
    )


def _import_pandas() -> float:
    with measured() as span:
        subprocess.run([sys.executable, "-c", "import pandas"], check=True)
    return span.cpu


def load(folder: str) -> dict[str, float]:
    """Return what loading took, child processes included."""
    from core.sample.load import load_sample
    from core.store.engine import open_store

    store = open_store(f"sqlite:///{folder}/store.db")
    with measured() as span:
        loaded = load_sample(store)
    return {"files": loaded.files, "cpu": span.cpu, "wall": span.wall}
