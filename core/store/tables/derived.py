"""Derived tables, rebuilt for touched keys inside the transaction that touches them."""

from sqlalchemy import BigInteger, CheckConstraint, Text
from sqlmodel import Field, SQLModel

from core.store.tables.base import Base, instant_column
from core.store.tables.counts import Counts


class Video(Base, table=True):
    """What is currently known about a video, newest fact first per field."""

    __tablename__ = "video"
    video_id: str = Field(primary_key=True)
    handle: str = Field(default="", index=True)
    creator_id: int | None = Field(default=None, index=True)
    url: str = ""
    caption: str = Field(default="", sa_type=Text)
    hashtags: str = ""  # ' #one #two ' lower case, NFKC
    posted_at: int | None = Field(default=None, sa_column=instant_column())
    posted_day: int | None = None
    duration_seconds: int | None = None
    campaign_id: int | None = Field(default=None, index=True)  # None: in no campaign, or in conflict
    membership: str = ""  # by hand | creator and dates | hashtag | link | conflict: …


class VideoDay(Base, Counts, table=True):
    """What became known of a video on a day.

    Daily counts, or the rise of its lifetime counts since the snapshot before: summing additive measures
    up to a day gives the counts known on that day.
    Reach is no rise: it stands as known on that day, at least `reach` and at most `reach_most`.
    Money is in the currency of the video's campaign; NULL without one.
    A video without organic rows has no ads and no organic statement: its total stands for both.
    """

    __tablename__ = "video_day"
    video_id: str = Field(primary_key=True)
    day: int = Field(primary_key=True)
    traffic: str = Field(primary_key=True)
    reach_most: int | None = Field(default=None, sa_type=BigInteger)
    __table_args__ = ({"sqlite_with_rowid": False},)


class AccountDay(Base, Counts, table=True):
    """An account's day, newest fact per measure."""

    __tablename__ = "account_day"
    handle: str = Field(primary_key=True)
    day: int = Field(primary_key=True)
    __table_args__ = ({"sqlite_with_rowid": False},)


class LedgerCounts(SQLModel):
    """The measures that the credit ledger gives."""

    orders: float | None = None
    revenue: int | None = Field(default=None, sa_type=BigInteger)
    refunds: int | None = Field(default=None, sa_type=BigInteger)
    code_orders: float | None = None
    known_customer_orders: float | None = None
    new_customers: float | None = None
    repeat_customers: float | None = None
    repeat_revenue: int | None = Field(default=None, sa_type=BigInteger)


class CampaignDay(Base, Counts, LedgerCounts, table=True):
    """A campaign's day by creator and traffic, money in the campaign's currency."""

    __tablename__ = "campaign_day"
    campaign_id: int = Field(primary_key=True)
    creator_id: int = Field(primary_key=True)  # 0: not tied to a creator
    day: int = Field(primary_key=True)
    traffic: str = Field(primary_key=True)
    __table_args__ = ({"sqlite_with_rowid": False},)


class DayTotal(Base, Counts, LedgerCounts, table=True):
    """A campaign's day by traffic: `campaign_day` summed over creators, so that charts read little."""

    __tablename__ = "day_total"
    campaign_id: int = Field(primary_key=True)
    day: int = Field(primary_key=True)
    traffic: str = Field(primary_key=True)
    __table_args__ = ({"sqlite_with_rowid": False},)


class CreatorTotal(Base, Counts, LedgerCounts, table=True):
    """A campaign's creator by traffic: `campaign_day` summed over days."""

    __tablename__ = "creator_total"
    campaign_id: int = Field(primary_key=True)
    creator_id: int = Field(primary_key=True)  # 0: not tied to a creator
    traffic: str = Field(primary_key=True)
    __table_args__ = ({"sqlite_with_rowid": False},)


class VideoTotal(Base, Counts, LedgerCounts, table=True):
    """A video in a campaign by traffic: `video_day` summed over days, and the orders that name the video."""

    __tablename__ = "video_total"
    campaign_id: int = Field(primary_key=True)
    creator_id: int = Field(primary_key=True)  # 0: not tied to a creator
    video_id: str = Field(primary_key=True)
    traffic: str = Field(primary_key=True)
    reach_most: int | None = Field(default=None, sa_type=BigInteger)
    __table_args__ = ({"sqlite_with_rowid": False},)


class LeftOutOrder(Base, table=True):
    """An order that points to a campaign but is credited to nobody, and why."""

    __tablename__ = "left_out_order"
    system: str = Field(primary_key=True)
    order_id: str = Field(primary_key=True)
    campaign_id: int = Field(primary_key=True, index=True)
    reason: str  # a LeftOut value of core.rollups.credit_rule
    day: int  # in the campaign's zone
    amount: int | None = Field(default=None, sa_type=BigInteger)  # net, in the order's own currency
    currency: str = ""
    __table_args__ = ({"sqlite_with_rowid": False},)


class Credit(Base, table=True):
    """The credit ledger: one row per order and credited creator; shares of an order add to at most 1."""

    __tablename__ = "credit"
    system: str = Field(primary_key=True)
    order_id: str = Field(primary_key=True)
    rule: str = Field(primary_key=True)  # 'default', others later
    position: int = Field(primary_key=True)
    campaign_id: int = Field(index=True)
    creator_id: int = Field(index=True)
    video_id: str = ""
    evidence: str  # code | affiliate | link
    key: str = ""  # the code or link that carried it
    share: float
    has_conflict: bool = False  # code and link pointed to different creators, or two creators' codes
    day: int  # in the campaign's zone
    revenue: int = Field(sa_type=BigInteger)  # net, this creator's share, campaign currency
    refunds: int = Field(default=0, sa_type=BigInteger)
    currency: str
    is_new_customer: bool | None = None  # None: the customer cannot be told apart
    __table_args__ = (
        CheckConstraint("share > 0 AND share <= 1", name="share_of_one"),
        {"sqlite_with_rowid": False},
    )
