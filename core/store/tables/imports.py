"""Imports: receipts, rows set aside, jobs, remembered mappings and answers."""

from sqlalchemy import BigInteger, Text
from sqlmodel import Field

from core.store.tables.base import Base, batch_column, instant_column


class ImportBatch(Base, table=True):
    """One imported file (a member of a ZIP counts as a file): receipt and provenance."""

    __tablename__ = "import_batch"
    id: int | None = Field(default=None, primary_key=True)
    upload: str = Field(index=True)  # groups the files of one drop
    file_name: str
    sha256: str = Field(index=True)
    size: int = Field(sa_type=BigInteger)
    format: str  # ExportFormat.name, or a mapper grain
    label: str
    provenance: str = "platform"  # platform | shop | analytics | typed | estimated
    campaign_id: int | None = Field(
        default=None, foreign_key="campaign.id", index=True
    )  # only where the file belongs to one
    account: str = ""  # handle, where the file is one account's
    currency: str = ""
    zone: str = ""
    first_day: int | None = None  # period covered
    last_day: int | None = None
    as_of: int = Field(
        sa_column=instant_column(nullable=False)
    )  # when the file says it was exported; decides which fact is newest
    as_of_from: str = ""  # how known: file | name | modified | upload | stated
    answers: str = Field(default="{}", sa_type=Text)  # JSON of the questions answered
    importer_version: int = 1
    rows_digest: str = Field(default="", index=True)  # digest of the rows as stored
    twin_of: int | None = Field(
        default=None, foreign_key="import_batch.id"
    )  # same rows already stored by this batch
    rows_in: int = 0
    rows_stored: int = 0
    rows_aside: int = 0
    rows_ignored: int = 0
    receipt: str = Field(
        default="{}", sa_type=Text
    )  # JSON: ignored by reason, new/changed/unchanged, check sums, issues
    who: str = ""
    at: int = Field(sa_column=instant_column(nullable=False))
    undone_at: int | None = Field(default=None, sa_column=instant_column())
    undone_by: str = ""


class QuarantineRow(Base, table=True):
    """A row set aside: where, why, what to do; mapped fields only, no personal data."""

    __tablename__ = "quarantine_row"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=batch_column())
    sheet: str = ""
    row: int
    column: str = ""
    code: str
    what: str = Field(sa_type=Text)
    fix: str = Field(default="", sa_type=Text)
    cells: str = Field(default="{}", sa_type=Text)  # JSON of the mapped cells as written


class ImportJob(Base, table=True):
    """A background import, visible from every tab."""

    __tablename__ = "import_job"
    id: int | None = Field(default=None, primary_key=True)
    upload: str = Field(index=True)
    label: str
    state: str = "waiting"  # waiting | reading | asking | storing | done | failed | cancelled
    done: int = 0
    total: int = 0
    sentence: str = Field(default="", sa_type=Text)
    wants_cancel: bool = False
    process: str = ""  # which server process runs it
    heartbeat: int = Field(sa_column=instant_column(nullable=False))
    who: str = ""
    at: int = Field(sa_column=instant_column(nullable=False))


class MappingProfile(Base, table=True):
    """A remembered column mapping, by header fingerprint."""

    __tablename__ = "mapping_profile"
    fingerprint: str = Field(primary_key=True)
    name: str
    grain: str  # the mapper format it maps to
    mapping: str = Field(sa_type=Text)  # JSON: field -> header as written
    who: str = ""
    at: int = Field(sa_column=instant_column(nullable=False))


class SourceAnswer(Base, table=True):
    """An answer remembered per source, so that it is asked once."""

    __tablename__ = "source_answer"
    source: str = Field(primary_key=True)  # format + fingerprint (+ account or shop)
    question: str = Field(primary_key=True)
    answer: str
    who: str = ""
    at: int = Field(sa_column=instant_column(nullable=False))
