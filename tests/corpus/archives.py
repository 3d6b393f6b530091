"""Archives, honest ones and traps."""

from __future__ import annotations

import gzip
import struct

from tests.corpus.cases import Accepted, Case, Outcome, Refused
from tests.corpus.making import counts, locked, overview, studio_zip, videos, zipped

A, B = videos("7"), videos("8", "9")
ONE = Accepted(format="video_metadata", values=counts(7))


def archive(name: str, members: object, outcome: Outcome | tuple[Outcome, ...], file: str = "a.zip") -> Case:
    return Case(name=name, file=file, data=zipped(members), outcome=outcome)  # type: ignore[arg-type]


def zeros() -> bytes:
    return zipped({"a.csv": b"0" * 60_000_000})


def gzip_of_zeros() -> bytes:
    return gzip.compress(b"0" * 60_000_000)


def liar() -> bytes:
    """Return an archive whose directory announces ten bytes for a member of many."""
    data = bytearray(zipped({"a.csv": A + b"x,1,2026-03-01\n" * 50_000}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 10)
    return bytes(data)


CASES = (
    archive("one-file", {"a.csv": A}, ONE),
    archive("in-a-folder", {"export/2026/a.csv": A, "export/": b""}, ONE),
    archive("what-a-mac-adds", {"__MACOSX/._a.csv": b"\0\5\26\7", "a.csv": A, ".DS_Store": b"junk", "Thumbs.db": b"junk"}, ONE),
    archive("two-files", {"a.csv": A, "b.csv": B}, (Accepted(format="video_metadata", values={}), Accepted(format="video_metadata", values={}))),
    archive("two-copies-of-one-file", {"a.csv": A, "a 2.csv": A}, Accepted(format="video_metadata", values=counts(7), warns=("member-copy",))),
    archive("one-name-twice-with-other-contents", [("a.csv", A), ("a.csv", B)], (Accepted(format="video_metadata", values={}), Accepted(format="video_metadata", values={}))),
    archive("studio", {"Overview.csv": overview(("March 1", "March 2"))}, Accepted(format="studio_overview", values={"stat handle views": [("mia", 100), ("mia", 101)]}), studio_zip("mia", "2026-03-03T08:00:00")),
    archive("archive-in-an-archive", {"inner.zip": zipped({"a.csv": A})}, Refused(code="archive-nested", word="another archive")),
    archive("gzip-in-an-archive", {"a.csv.gz": gzip.compress(A)}, Refused(code="archive-nested", word="another archive")),
    archive("a-picture-among-the-files", {"a.csv": A, "logo.png": b"\x89PNG\r\n\x1a\n0000"}, Refused(code="file-type", word="picture")),
    archive("a-program-called-csv", {"a.csv": b"MZ\x90\0\3\0\0\0\4" + b"\0" * 300}, Refused(code="file-disguised", word="program")),
    archive("nothing-inside", {}, Refused(code="archive-empty", word="no files")),
    archive("folders-only", {"a/": b"", "b/": b""}, Refused(code="archive-empty", word="no files")),
    archive("an-empty-file-inside", {"a.csv": b""}, Refused(code="file-empty", word="empty")),
    archive("a-hundred-files", {f"{at}.csv": videos(str(at)) for at in range(100)}, Refused(code="archive-too-many", word="100 files")),
    Case(name="locked", file="a.zip", data=locked(zipped({"a.csv": A})), outcome=Refused(code="archive-locked", word="password")),
    Case(name="bomb", file="a.zip", data=zeros, outcome=Refused(code="archive-too-large", word="unpacked")),
    Case(name="bomb-in-gzip", file="a.csv.gz", data=gzip_of_zeros, outcome=Refused(code="archive-too-large", word="unpacked")),
    Case(name="a-directory-that-lies", file="a.zip", data=liar, outcome=Refused(code="archive-damaged", word="damaged")),
    Case(name="cut-in-half", file="a.zip", data=zipped({"a.csv": A * 50})[:120], outcome=Refused(code="archive-damaged", word="damaged")),
    Case(name="gzip-cut-in-half", file="a.csv.gz", data=gzip.compress(A * 50)[:60], outcome=Refused(code="archive-damaged", word="damaged")),
    Case(name="gzip-in-gzip", file="a.csv.gz", data=gzip.compress(gzip.compress(A)), outcome=Refused(code="file-disguised", word="gzip")),
    Case(name="gzip-of-two-parts", file="a.csv.gz", data=gzip.compress(A) + gzip.compress(A.split(b"\n", 1)[1].replace(b"7", b"7")), outcome=Accepted(format="video_metadata", values=counts(7), ignored={"same video twice": 1})),
    Case(name="text-called-zip", file="a.zip", data=A, outcome=Refused(code="file-disguised", word="plain text")),
    Case(name="zip-called-csv", file="a.csv", data=zipped({"a.csv": A}), outcome=Refused(code="file-disguised", word="ZIP")),
    Case(name="word-document", file="a.zip", data=zipped({"word/document.xml": b"<x/>"}), outcome=Refused(code="file-disguised", word="Word")),
    Case(name="rar", file="a.zip", data=b"Rar!\x1a\x07\x01\0" + b"\0" * 40, outcome=Refused(code="file-disguised", word="RAR")),
)  # fmt: skip
