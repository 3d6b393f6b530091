"""What people write: brands, campaigns, creators, codes, links, notes."""

from sqlalchemy import BigInteger, CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field

from core.store.tables.base import Base, instant_column


class Brand(Base, table=True):
    """Who runs campaigns."""

    __tablename__ = "brand"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    currency: str = ""
    zone: str = "UTC"


class Campaign(Base, table=True):
    """One campaign of a brand, with its goals."""

    __tablename__ = "campaign"
    id: int | None = Field(default=None, primary_key=True)
    brand_id: int = Field(foreign_key="brand.id", index=True)
    code: str = Field(unique=True)  # short, lower case, used in links and file names
    name: str
    first_day: int
    last_day: int
    zone: str = "UTC"
    currency: str
    budget: int | None = Field(default=None, sa_type=BigInteger)
    objective: str = "awareness"  # a Stage value
    vertical: str = ""
    owner: str = ""
    notes: str = Field(default="", sa_type=Text)
    click_window_days: int = 30
    is_sample: bool = False
    version: int = 1  # optimistic lock for editing
    __table_args__ = (CheckConstraint("last_day >= first_day", name="days_in_order"),)


class CampaignMetric(Base, table=True):
    """A metric the campaign is judged by: one primary, two or three secondary."""

    __tablename__ = "campaign_metric"
    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    metric: str
    is_primary: bool = False
    target: float | None = None  # in the metric's own unit; money in minor units, shares 0 to 1
    __table_args__ = (UniqueConstraint("campaign_id", "metric"),)


class Creator(Base, table=True):
    """One person or account, whatever its handles were over time."""

    __tablename__ = "creator"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    niche: str = ""
    country: str = ""  # ISO-2
    notes: str = Field(default="", sa_type=Text)
    version: int = 1


class CreatorHandle(Base, table=True):
    """A TikTok handle of a creator; handles are unique across creators."""

    __tablename__ = "creator_handle"
    handle: str = Field(primary_key=True)  # lower case, without @
    creator_id: int = Field(foreign_key="creator.id", index=True)
    is_main: bool = False


class CreatorFollowers(Base, table=True):
    """Followers as someone typed them, with the day."""

    __tablename__ = "creator_followers"
    creator_id: int = Field(foreign_key="creator.id", primary_key=True)
    day: int = Field(primary_key=True)
    followers: int = Field(sa_type=BigInteger)


class Collaboration(Base, table=True):
    """A creator in a campaign: fee and deliverables."""

    __tablename__ = "collaboration"
    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    creator_id: int = Field(foreign_key="creator.id", index=True)
    fee: int | None = Field(default=None, sa_type=BigInteger)
    currency: str = ""
    deliverables: int | None = None  # number of videos agreed
    due_day: int | None = None
    notes: str = Field(default="", sa_type=Text)
    version: int = 1
    __table_args__ = (UniqueConstraint("campaign_id", "creator_id"),)


class MembershipRule(Base, table=True):
    """A rule by which videos belong to a campaign."""

    __tablename__ = "membership_rule"
    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    kind: str  # creator_dates | hashtag | link
    value: str = (
        ""  # hashtag without #; creator id for creator_dates ('' = every collaborator); text in the link
    )
    first_day: int | None = None  # None = the campaign's
    last_day: int | None = None


class MembershipChoice(Base, table=True):
    """A video put into a campaign, or taken out, by hand; beats every rule."""

    __tablename__ = "membership_choice"
    video_id: str = Field(primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True)
    belongs: bool


class PromoCode(Base, table=True):
    """A promo code and whose it is."""

    __tablename__ = "promo_code"
    id: int | None = Field(default=None, primary_key=True)
    code_key: str = Field(index=True)  # trimmed, upper case, NFKC
    code: str  # as written
    kind: str = "creator"  # creator | sitewide (belongs to nobody)
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", index=True)
    creator_id: int | None = Field(default=None, foreign_key="creator.id", index=True)
    video_id: str = ""  # the asset it was made for, where there is one
    first_day: int | None = None
    last_day: int | None = None


class TrackingLink(Base, table=True):
    """A tagged link of a creator and asset."""

    __tablename__ = "tracking_link"
    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    creator_id: int = Field(foreign_key="creator.id", index=True)
    asset: str = ""  # what the link was made for, for instance v1 or bio
    video_id: str = ""
    url: str  # the whole tagged address
    short_url: str = ""
    landing_page: str
    link_key: str = Field(unique=True)  # normalised source|medium|campaign|content|term
    utm_source: str
    utm_medium: str
    utm_campaign: str
    utm_content: str = ""
    utm_term: str = ""


class ExchangeRate(Base, table=True):
    """A rate that someone stated, with the day it holds from."""

    __tablename__ = "exchange_rate"
    currency: str = Field(primary_key=True)
    into: str = Field(primary_key=True)
    day: int = Field(primary_key=True)
    rate: float  # one unit of currency is this many units of into (whole units, not minor)
    stated_by: str = ""


class Note(Base, table=True):
    """A decision or remark on a stage of a campaign."""

    __tablename__ = "note"
    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    stage: str = ""
    kind: str = "decision"
    text: str = Field(sa_type=Text)
    who: str
    at: int = Field(sa_column=instant_column(nullable=False))
