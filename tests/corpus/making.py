"""Bytes of small uploads: delimited text, archives, workbooks written by hand."""

from __future__ import annotations

import csv
import io
import struct
import warnings
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NOW = 1_772_600_000  # 4 March 2026, 04:53 UTC
_EPOCH = date(1970, 1, 1)

# ------------------------------------------------------------- small words


def day(text: str) -> int:
    """Return the day number of an ISO day."""
    return (date.fromisoformat(text) - _EPOCH).days


def second(text: str) -> int:
    """Return the Unix second of an ISO moment, UTC where it names no offset."""
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def video(number: int, posted: str = "2026-02-01") -> str:
    """Return the id of a video uploaded on a day; its last digits survive no rounding."""
    return str((second(f"{posted}T12:00:00") << 32) + 7 + 14_321 * number)


def link(number: int = 1, handle: str = "mia") -> str:
    return f"https://www.tiktok.com/@{handle}/video/{video(number)}"


def text_of(rows: Sequence[Sequence[object]], sep: str = ",", newline: str = "\n") -> str:
    """Return delimited text; cells are quoted where they must be."""
    out = io.StringIO()
    csv.writer(out, delimiter=sep, lineterminator=newline).writerows(rows)
    return out.getvalue()


def csv_of(*rows: Sequence[object]) -> bytes:
    return text_of(rows).encode()


# ------------------------------------------------------------- exports

VIDEOS = ("Video link", "Views", "Likes", "Caption", "scraped_at")


def videos(*cells: str, column: str = "Views", header: str = "", seen: str = "2026-03-01") -> bytes:
    """Return public video data: one video per cell, the cell in one column."""
    titles = ["Video link", "Views", "scraped_at"]
    if column not in titles:
        titles.insert(2, column)
    rows = []
    for number, cell in enumerate(cells, start=1):
        row = {"Video link": link(number), "Views": "5000000", "scraped_at": seen, column: cell}
        rows.append([row[title] for title in titles])
    return csv_of([header if header and title == column else title for title in titles], *rows)


def counts(*values: object, column: str = "views") -> Mapping[str, list[tuple[object, ...]]]:
    """Return the facts of `videos`: video 1 has the first value, and so on."""
    return {
        f"stat subject {column}": [(video(number), value) for number, value in enumerate(values, start=1)]
    }


OVERVIEW = ("Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares")


def overview(
    labels: Sequence[str],
    views: Sequence[object] = (),
    header: Sequence[str] = OVERVIEW,
    *,
    bom: str = "\ufeff",
) -> bytes:
    """Return Studio's Overview as TikTok writes it: byte order mark, all quoted, no last newline."""
    counted = views or [100 + place for place in range(len(labels))]
    rows = [
        header,
        *([label, str(count), "3", "2", "1", "0"] for label, count in zip(labels, counted, strict=True)),
    ]
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    return (bom + "\n".join(lines)).encode()


def studio_zip(handle: str, exported: str, tab: str = "Overview") -> str:
    """Return the name that TikTok gives the archive of a tab."""
    return f"{tab}_2026-01-01_{second(exported)}_{handle}.zip"


CONTENT = (
    "Time",
    "Video title",
    "Video link",
    "Post time",
    "Total likes",
    "Total comments",
    "Total shares",
    "Total views",
)
SHOPIFY = (
    "Name", "Email", "Financial Status", "Paid at", "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code",
    "Discount Amount", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem sku",
    "Billing Name", "Billing Phone", "Shipping Address1", "Note Attributes", "Cancelled at", "Payment Method",
    "Refunded Amount", "Id", "Tags", "Source",
)  # fmt: skip


def order(number: int = 1, **cells: str) -> list[str]:
    """Return one first row of a Shopify order; cells by header, spaces as underscores."""
    row = {
        "Name": f"#{1000 + number}", "Email": f"buyer{number}@shop.example", "Financial Status": "paid",
        "Paid at": "2026-02-10 10:05:00 +0000", "Currency": "GBP", "Subtotal": "20.00", "Shipping": "0.00", "Taxes": "0.00",
        "Total": "20.00", "Discount Amount": "0.00", "Created at": "2026-02-10 10:00:00 +0000", "Lineitem quantity": "1",
        "Lineitem name": "Serum", "Lineitem price": "20.00", "Lineitem sku": "S-1", "Billing Name": "Jane Canary",
        "Billing Phone": "'+44 7700 900123", "Shipping Address1": "12 Canary Street", "Refunded Amount": "0.00",
        "Id": str(6_000_000_000_000 + number), "Source": "web",
    }  # fmt: skip
    return [
        {**row, **{name.replace("_", " "): cell for name, cell in cells.items()}}.get(name, "")
        for name in SHOPIFY
    ]


def more(number: int, **cells: str) -> list[str]:
    """Return a row that continues a Shopify order: a further line item."""
    row = {
        "Name": f"#{1000 + number}", "Email": f"buyer{number}@shop.example", "Created at": "2026-02-10 10:00:00 +0000",
        "Lineitem quantity": "2", "Lineitem name": "Balm", "Lineitem price": "5.00", "Lineitem sku": "B-1",
    }  # fmt: skip
    return [
        {**row, **{name.replace("_", " "): cell for name, cell in cells.items()}}.get(name, "")
        for name in SHOPIFY
    ]


ADS = ("Campaign name", "By Day", "Cost", "Impressions", "Clicks (destination)", "Currency")
SHOP_LIST = ("Video name", "Video link", "Video post date", "Creator username", "GMV", "Affiliate orders")
SHOP_LIST_NAME = "Video_List_20260201-20260228_20260301024652.csv"


def shop_list(*amounts: str, header: str = "GMV") -> bytes:
    """Return TikTok Shop's video list, one video per amount."""
    titles = [header if title == "GMV" else title for title in SHOP_LIST]
    rows = [
        ["cap", link(place), "2026-02-01", "mia", amount, "1"]
        for place, amount in enumerate(amounts, start=1)
    ]
    return csv_of(titles, *rows)


def gmv(*values: object) -> Mapping[str, list[tuple[object, ...]]]:
    return {"stat subject shop_gmv": [(video(place), value) for place, value in enumerate(values, start=1)]}


AFFILIATE = (
    "Order ID", "SKU ID", "Product Name", "Price", "Payment Amount", "Currency", "Quantity", "Fully returned or refunded",
    "Order Status", "Creator Username", "Content Type", "Content ID", "Time Created",
)  # fmt: skip

# ------------------------------------------------------------- archives


def zipped(members: Mapping[str, bytes] | Sequence[tuple[str, bytes]]) -> bytes:
    """Return a ZIP; a sequence may hold one name twice."""
    out = io.BytesIO()
    pairs = members.items() if hasattr(members, "items") else members
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # one name twice is what some archives hold
        for name, data in pairs:
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 2, 8, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def locked(archive: bytes) -> bytes:
    """Return the archive with its first member marked as encrypted."""
    data = bytearray(archive)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + offset
        data[at : at + 2] = struct.pack("<H", 1)
    return bytes(data)


# ------------------------------------------------------------- workbooks

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    "{sheets}</Types>"
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def letters(column: int) -> str:
    """Return the letters of a column, A for 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell(place: str, value: object) -> str:
    """Return a cell as XML: text inline, numbers as numbers, text that begins with `<c` as it is."""
    if isinstance(value, str) and value.startswith("<c "):
        return value.replace("<c ", f'<c r="{place}" ', 1)
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def sheet(rows: Sequence[Sequence[object]], *, extra_rows: str = "", after: str = "") -> str:
    """Return a sheet as XML, without a dimension; None is a cell that is not there."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            cell(f"{letters(at)}{number}", value) for at, value in enumerate(row) if value is not None
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}{extra_rows}</sheetData>{after}</worksheet>'
    )


def workbook(
    sheets: Mapping[str, str],
    *,
    hidden: Sequence[str] = (),
    settings: str = "",
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return an XLSX of sheets written as XML."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""}/>'
        for at, name in enumerate(names, start=1)
    )
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for at in range(1, len(names) + 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(names) + 1)
    )
    members = {
        "[Content_Types].xml": _TYPES.format(sheets=overrides).encode(),
        "_rels/.rels": _RELS.encode(),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{settings}<sheets>{listed}</sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'.encode(),
        **{f"xl/worksheets/sheet{at}.xml": sheets[name].encode() for at, name in enumerate(names, start=1)},
        **(parts or {}),
    }
    return zipped(members)


def book(*rows: Sequence[object], **options: object) -> bytes:
    """Return a workbook of one sheet."""
    return workbook({"Sheet 1": sheet(rows)}, **options)  # type: ignore[arg-type]
