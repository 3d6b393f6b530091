"""Check-ins that were held, and the measurement plan as it stood when the campaign began."""

from sqlalchemy import Text
from sqlmodel import Field

from core.store.tables.base import Base, instant_column


class CheckInRecord(Base, table=True):
    """A check-in that somebody finished: the figures as they were, and what was chosen."""

    __tablename__ = "check_in"
    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    day: int  # in the campaign's zone
    figures: str = Field(default="{}", sa_type=Text)  # JSON: metric -> value as it stood
    sentence: str = Field(default="", sa_type=Text)
    choice: str = "keep"  # keep | shift | other
    advice: str = Field(default="{}", sa_type=Text)  # JSON of what was suggested, for scoring it later
    reason: str = Field(default="", sa_type=Text)
    who: str
    at: int = Field(sa_column=instant_column(nullable=False))


class LockedPlan(Base, table=True):
    """How a campaign was to be measured, fixed before its results could be known."""

    __tablename__ = "locked_plan"
    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True)
    plan: str = Field(sa_type=Text)  # JSON: goals, days, window, currency, formulas, baseline
    who: str
    at: int = Field(sa_column=instant_column(nullable=False))
