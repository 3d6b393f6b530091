"""Loading the sample campaign: many small files through the ordinary path."""

from __future__ import annotations

import tempfile

from bench.measuring import Table, apart, measured, megabytes, seconds


def run() -> Table:
    """Return what loading the sample campaign takes."""
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as folder:
        took, peak = apart(load, folder)
    files = took["files"]
    return Table(
        title=f"Sample campaign: {files} files, one after the other",
        header=("step", "CPU", "clock", "CPU a file"),
        rows=(
            (
                "plan, files, typed figures",
                seconds(took["cpu"]),
                seconds(took["wall"]),
                seconds(took["cpu"] / files),
            ),
        ),
        notes=(
            f"Most memory: {megabytes(peak)}. Aim: 20 s of CPU, 0.4 s a ZIP of an account's seven tables.",
        ),
    )


def load(folder: str) -> dict[str, float]:
    """Return what loading took, child processes included."""
    from core.sample.load import load_sample
    from core.store.engine import open_store

    store = open_store(f"sqlite:///{folder}/store.db")
    with measured() as span:
        loaded = load_sample(store)
    return {"files": loaded.files, "cpu": span.cpu, "wall": span.wall}
