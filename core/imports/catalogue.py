"""The page about every export that Plumbline reads, written from the very constants the reading runs on."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from core.imports.formats import FORMATS
from core.imports.guard import ENDINGS
from core.imports.limits import VARIABLE, Limits
from core.imports.model import Ask, Kind

if TYPE_CHECKING:
    from core.imports.model import ExportFormat

PAGE = Path(__file__).resolve().parents[2] / "docs" / "exports.md"

_INTRODUCTION = """\
Written by `python -m core.imports.catalogue` from the constants that the reading runs on. Do not edit.

Hand a file in as it comes: do not open it in a spreadsheet first, which rounds long numbers and changes
dates. A file is recognised by its header, never by its name. Before anything is stored you see what will
happen; what only you can know is asked; every row of the file is stored, set aside with a reason, or left
out with a reason; and every import can be undone.
"""
_NOT_KEPT = """\
- The file itself. Its name, size, fingerprint (SHA-256) and receipt are kept, so that the same file is
  known again.
- Names, postal addresses, telephone numbers, IP addresses and device ids: such cells are left out while the
  file is read.
- E-mail addresses, customer numbers and handles of people who comment: they become pseudonyms under a key
  that never leaves this installation.
- Addresses of web pages beyond their tagged-link (UTM) fields.
- Columns that are not listed here.
- Of a row that is set aside only the cells of listed columns, without people's details, so that it can be
  mended.
"""
_LIMITS = {
    "file_mb": "megabytes of a file",
    "unpacked_mb": "megabytes of an archive or workbook once unpacked",
    "rows": "rows of a file",
    "columns": "columns of a table",
    "cell_kb": "kilobytes of one cell",
    "members": "files in an archive",
    "parts": "parts of a workbook",
    "sheets": "sheets of a workbook",
    "ratio": "times that an archive above 10 MB may grow",
    "cpu_seconds": "seconds of computing for a small file; big ones get more",
    "wall_seconds": "seconds of waiting for a small file; big ones get more",
}
_QUESTIONS = {
    Ask.ACCOUNT: "whose account it is, where neither the file nor its name says so",
    Ask.EXPORT_DAY: "the day of the download, where nothing shows it",
    Ask.PERIOD: "which days the figures cover, where neither the file nor its name says so",
    Ask.VIDEO: "which video it is about, where the file names none",
    Ask.SHOP: "which shop it is from",
    Ask.CURRENCY: "the currency, where the file names none",
    Ask.ZONE: "the time zone, where times state none",
    Ask.DAY_ORDER: "whether the day or the month comes first, where every date fits both",
    Ask.DECIMAL: "whether a comma or a point parts the decimals, where every amount fits both",
    Ask.LABEL_SHIFT: "whether days moved, where two downloads give the same figures to different days",
    Ask.MAPPING: "which column is what, once for each kind of header",
    Ask.ENCODING: "which letters are meant, where an old encoding leaves that open",
}
_DAYS_OF_ACCOUNT = (Ask.ACCOUNT, Ask.EXPORT_DAY, Ask.LABEL_SHIFT)
_OF_DAY = (Ask.ACCOUNT, Ask.EXPORT_DAY)
_OWN = {
    "studio_overview": _DAYS_OF_ACCOUNT,
    "studio_viewers": _DAYS_OF_ACCOUNT,
    "studio_follower_history": _DAYS_OF_ACCOUNT,
    "studio_follower_activity": _DAYS_OF_ACCOUNT,
    "studio_follower_gender": _OF_DAY,
    "studio_follower_territories": _OF_DAY,
    "studio_content": _OF_DAY,
    "video_metadata": (Ask.EXPORT_DAY,),
    "comments": (Ask.VIDEO, Ask.ZONE, Ask.DAY_ORDER),
    "tiktok_ads": (Ask.PERIOD,),
    "tiktok_ads_audience": (Ask.PERIOD,),
    "tiktok_gmv_max": (Ask.PERIOD,),
    "tiktok_shop_video_list": (Ask.PERIOD,),
    "tiktok_shop_creators": (Ask.PERIOD,),
    "tiktok_shop_videos": (Ask.PERIOD,),
    "tiktok_shop_products": (Ask.PERIOD,),
    "ga4_report": (Ask.PERIOD, Ask.CURRENCY),
    "ga4_exploration": (Ask.PERIOD, Ask.CURRENCY),
    "appsflyer": (Ask.CURRENCY,),
    "mapped_account_days": (Ask.ACCOUNT,),
    "mapped_ads": (Ask.PERIOD,),
    "mapped_links": (Ask.PERIOD,),
    "mapped_web": (Ask.PERIOD, Ask.CURRENCY),
    "mapped_orders": (Ask.SHOP,),
}
_OF_KIND = {
    Kind.MONEY: (Ask.CURRENCY, Ask.DECIMAL),
    Kind.NUMBER: (Ask.DECIMAL,),
    Kind.SECONDS: (Ask.DECIMAL,),
    Kind.SHARE: (Ask.DECIMAL,),
    Kind.DAY: (Ask.DAY_ORDER,),
    Kind.INSTANT: (Ask.ZONE, Ask.DAY_ORDER),
}


def is_read(export: ExportFormat) -> bool:
    """Return whether files of a kind are stored; the others are only recognised and refused by name."""
    return export.build.__annotations__.get("return") != "NoReturn"


def asks_of(export: ExportFormat) -> tuple[Ask, ...]:
    """Return what may be asked about a file of a kind, in the order of the page."""
    if not is_read(export):
        return ()
    asked = {Ask.ENCODING, *_OWN.get(export.name, ())}
    asked |= {ask for column in export.columns for ask in _OF_KIND.get(column.kind, ())}
    asked |= {Ask.MAPPING} if export.is_mapped else set()
    return tuple(ask for ask in _QUESTIONS if ask in asked)


def page() -> str:
    """Return docs/exports.md as Markdown."""
    read = [export for export in FORMATS if is_read(export)]
    known = [export for export in read if not export.is_mapped]
    lines = ["# Exports that Plumbline reads", "", _INTRODUCTION]
    lines += _overview(known)
    for system in dict.fromkeys(export.system for export in known):
        lines += [f"## {system}", ""]
        for export in known:
            lines += _section(export) if export.system == system else []
    lines += [
        "## Everything else: say once which column is what",
        "",
        "A table with another header is offered these kinds; the choice is remembered for the header.",
        "",
    ]
    for export in read:
        lines += _section(export) if export.is_mapped else []
    lines += [*_refused(), *_limits(), "## What is not kept", "", _NOT_KEPT]
    return "\n".join(lines)


def _overview(known: list[ExportFormat]) -> list[str]:
    endings = ", ".join(f"`.{ending}`" for ending in ENDINGS)
    return [
        f"Files may end in {endings}. A ZIP may hold several files of any kind.",
        "",
        "| export | one row is | from |",
        "|---|---|---|",
        *(f"| {_cell(export.label)} | {_cell(export.grain)} | {_cell(export.system)} |" for export in known),
        "",
    ]


def _section(export: ExportFormat) -> list[str]:
    """Return what the page says about one kind of export."""
    asked = "; ".join(_QUESTIONS[ask] for ask in asks_of(export))
    lines = [
        f"### {export.label}",
        "",
        f"One row is {export.grain}.",
        "",
        f"How to get it: {export.how_to_export}",
        "",
        f"May be asked: {asked}.",
        "",
        "| column | what it is | needed |",
        "|---|---|---|",
    ]
    for column in export.columns:
        needed = "yes" if column.required else ""
        lines.append(f"| {_headers(column.headers)} | {_cell(column.words or column.field)} | {needed} |")
    return [*lines, ""]


def _headers(spellings: tuple[str, ...]) -> str:
    """Return the first spelling of a header, and how many others are known too."""
    others = len(spellings) - 1
    more = f" (and {others} other {'spelling' if others == 1 else 'spellings'})" if others else ""
    return f"`{_cell(spellings[0].strip())}`{more}"


def _refused() -> list[str]:
    named = [export for export in FORMATS if not is_read(export)]
    return [
        "## Recognised, but not read",
        "",
        "These are refused by name; nothing of them is stored.",
        "",
        *dict.fromkeys(f"- {export.label}" for export in named),
        "",
    ]


def _limits() -> list[str]:
    """Return the table of limits with the variable that raises each."""
    limits = Limits()
    rows = [(each.name, getattr(limits, each.name)) for each in fields(Limits)]
    return [
        "## Limits",
        "",
        "A file above a limit is refused and the limit named; whoever runs Plumbline can set each of them.",
        "",
        "| at most | what | variable |",
        "|---|---|---|",
        *(f"| {most:,} | {_LIMITS[name]} | `{VARIABLE.format(name=name.upper())}` |" for name, most in rows),
        "",
    ]


def _cell(text: str) -> str:
    """Return a text that does not break a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def main() -> None:
    """Write docs/exports.md."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
