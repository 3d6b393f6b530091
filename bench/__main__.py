"""`python -m bench [name …]`: run the measures and print their tables."""

from __future__ import annotations

import importlib
import sys

MEASURES = (
    "orders",
    "funnel",
    "workbook",
    "pages",
    "crowd",
    "sample",
    "experiments",
    "reports",
    "sharing",
    "scorecards",
    "forecasts",
)


def main(names: list[str]) -> int:
    """Return 0 when the measures ran, 2 when one is not known."""
    unknown = sorted(set(names) - set(MEASURES))
    if unknown:
        print(f"No measure called {', '.join(unknown)}. There are: {', '.join(MEASURES)}.")
        return 2
    for name in names or MEASURES:
        print(importlib.import_module(f"bench.{name}").run().text(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
