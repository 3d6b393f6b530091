"""Scorecards: ratings, decisions, target audiences, margins, and estimates kept between visits."""

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from core.store.tables.base import Base, instant_column


class CreatorRating(Base, table=True):
    """What somebody thought of working with a creator; of one person the newest counts."""

    __tablename__ = "creator_rating"
    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    creator_id: int = Field(foreign_key="creator.id", index=True)
    ease: int | None = None  # 1 to 5, as all of them
    brand_fit: int | None = None
    adherence: int | None = None
    quality: int | None = None
    timeliness: int | None = None
    notes: str = Field(default="", sa_type=Text)
    who: str
    at: int = Field(sa_column=instant_column(nullable=False))


class CreatorDecision(Base, table=True):
    """What was decided on a creator after a campaign, with the evidence as it stood."""

    __tablename__ = "creator_decision"
    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    creator_id: int = Field(foreign_key="creator.id", index=True)
    choice: str  # renew | renegotiate | test_again | stop
    reason: str = Field(sa_type=Text)
    evidence: str = Field(sa_type=Text)  # JSON: the figures on screen when it was decided
    who: str
    at: int = Field(sa_column=instant_column(nullable=False))


class TargetAudience(Base, table=True):
    """Whom a campaign is for: wished shares of an audience."""

    __tablename__ = "target_audience"
    campaign_id: int = Field(primary_key=True, foreign_key="campaign.id")
    dimension: str = Field(primary_key=True)  # gender | age | territory
    value: str = Field(primary_key=True)
    share: float  # 0 to 1


class ContributionMargin(Base, table=True):
    """What is left of 100 of revenue before creators are paid; for a campaign, else for its brand."""

    __tablename__ = "contribution_margin"
    id: int | None = Field(default=None, primary_key=True)
    brand_id: int = Field(foreign_key="brand.id", index=True)
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", index=True)
    margin: float  # share of net revenue, 0 to 1
    who: str
    at: int = Field(sa_column=instant_column(nullable=False))
    __table_args__ = (CheckConstraint("margin > 0 AND margin <= 1", name="share_of_revenue"),)


class StoredFit(Base, table=True):
    """For which videos, age and views estimates were made, and after which change of the store."""

    __tablename__ = "stored_fit"
    population: str = Field(primary_key=True)  # whose campaigns they stand on
    age: int = Field(primary_key=True)  # days; 0: the newest counts
    traffic: str = Field(primary_key=True)
    method: int  # version of the formulas
    audit_id: int  # newest entry of the audit trail that they know of
    made_at: int = Field(sa_column=instant_column(nullable=False))


class StoredEstimate(Base, table=True):
    """The estimate of one metric of one creator in one campaign. Derived: may be deleted at any time."""

    __tablename__ = "stored_estimate"
    population: str = Field(primary_key=True)
    age: int = Field(primary_key=True)
    traffic: str = Field(primary_key=True)
    campaign_id: int = Field(primary_key=True)
    creator_id: int = Field(primary_key=True)
    metric: str = Field(primary_key=True)
    value: float | None = None  # expected; NULL where the metric has no estimate, only what was counted
    low: float | None = None  # 90 % interval
    high: float | None = None
    next_low: float | None = None  # of the next video
    next_high: float | None = None
    raw: float | None = None
    videos: int
    events: float | None = None
    exposure: float | None = None
    narrowing: float | None = None  # share by which one more video would narrow the interval
    peers: str = ""  # whom it is compared with; '' nobody
    peer_level: int = -1  # 0 is the finest
    peer_count: int = 0
    peer_low: float | None = None  # their middle half
    peer_middle: float | None = None
    peer_high: float | None = None
    above_median: float | None = None
    percentile: float | None = None
    percentile_low: float | None = None
    percentile_high: float | None = None
    top_quarter: float | None = None
    lack: str = ""  # what there is too little of, where nothing can be claimed
    lack_have: int = 0
    lack_need: int = 0
    detail: str = Field(default="", sa_type=Text)  # JSON: quantiles of the logarithm, or how videos were read
    __table_args__ = ({"sqlite_with_rowid": False},)
