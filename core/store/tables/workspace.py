"""What this store is, and what happened in it."""

from sqlalchemy import Text
from sqlmodel import Field

from core.store.tables.base import Base, instant_column


class Workspace(Base, table=True):
    """One row: what this store is, and how often its contents changed."""

    __tablename__ = "workspace"
    id: int = Field(default=1, primary_key=True)
    install_id: str
    revision: int = 0  # bumped in each write transaction; caches key on it
    created_at: int = Field(sa_column=instant_column(nullable=False))
    tier_cutoffs: str = ""  # JSON list of [name, followers from]; empty means the default scheme
    retention_months: int | None = None  # how long order rows are kept; None: for ever
    closed_before: int | None = Field(default=None, sa_column=instant_column())  # older orders are closed


class AuditEntry(Base, table=True):
    """What happened: who, when, what. Append-only (triggers refuse change)."""

    __tablename__ = "audit_entry"
    id: int | None = Field(default=None, primary_key=True)
    at: int = Field(sa_column=instant_column(nullable=False))
    who: str
    action: str
    subject: str = ""
    detail: str = Field(default="", sa_type=Text)  # JSON, never personal data
