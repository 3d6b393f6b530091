"""Who may see what: people, their rights, shared links, and the logo that goes with a brand."""

from sqlalchemy import CheckConstraint, LargeBinary, Text
from sqlmodel import Field

from core.store.tables.base import Base, instant_column


class Person(Base, table=True):
    """Somebody who may sign in. Removed when the right ends; nothing of them stays but their name."""

    __tablename__ = "person"
    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)  # lower case; shown to admins only
    name: str = Field(unique=True)  # what others see and what the audit trail says
    added_at: int = Field(sa_column=instant_column(nullable=False))
    added_by: str = ""
    seen_at: int | None = Field(default=None, sa_column=instant_column())


class PersonRight(Base, table=True):
    """One right of a person: on everything, on a brand's campaigns, or on one campaign."""

    __tablename__ = "person_right"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    role: str  # viewer | editor | admin
    brand_id: int | None = Field(default=None, foreign_key="brand.id", index=True, ondelete="CASCADE")
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", index=True, ondelete="CASCADE")
    __table_args__ = (CheckConstraint("brand_id IS NULL OR campaign_id IS NULL", name="one_scope"),)


class SharedLink(Base, table=True):
    """A link by which somebody without an account sees one campaign's report and nothing else."""

    __tablename__ = "shared_link"
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)  # names the link in addresses; opens nothing
    token_digest: str = Field(unique=True)  # SHA-256; the token itself is shown once and not kept
    name: str
    campaign_id: int = Field(foreign_key="campaign.id", index=True, ondelete="CASCADE")
    creator_id: int | None = Field(default=None, foreign_key="creator.id", index=True, ondelete="CASCADE")
    mode: str  # frozen | live
    kind: str  # kind of report
    sections: str = ""  # JSON list of section names; '' shows all
    with_money: bool = False
    with_logo: bool = True
    allow_downloads: bool = False
    password: str = ""  # scrypt, '' for none
    created_at: int = Field(sa_column=instant_column(nullable=False))
    created_by: str = ""
    expires_at: int = Field(sa_column=instant_column(nullable=False))
    revoked_at: int | None = Field(default=None, sa_column=instant_column())
    revoked_by: str = ""
    frozen: str = Field(default="", sa_type=Text)  # the report as JSON, '' for a live link
    frozen_at: int | None = Field(default=None, sa_column=instant_column())
    last_visit_at: int | None = Field(default=None, sa_column=instant_column())


class SharedLinkVisit(Base, table=True):
    """How often a link was opened on a day; nothing about who opened it."""

    __tablename__ = "shared_link_visit"
    link_id: int = Field(foreign_key="shared_link.id", primary_key=True, ondelete="CASCADE")
    day: int = Field(primary_key=True)
    visits: int = 0


class BrandLogo(Base, table=True):
    """The picture at the head of a brand's shared pages, drawn anew by us from what was uploaded."""

    __tablename__ = "brand_logo"
    brand_id: int = Field(foreign_key="brand.id", primary_key=True, ondelete="CASCADE")
    png: bytes = Field(sa_type=LargeBinary)
    changed_at: int = Field(sa_column=instant_column(nullable=False))
