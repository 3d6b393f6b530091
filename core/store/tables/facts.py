"""Facts, as files state them. Each carries its import and is never updated."""

from sqlalchemy import BigInteger, Index, Text, text
from sqlmodel import Field

from core.store.tables.base import Base, batch_column, instant_column
from core.store.tables.counts import Counts


class Stat(Base, Counts, table=True):
    """Counts of one subject over one period, as one file stated them.

    Natural key within a format: subject, kind, days, traffic, breakdown.
    """

    __tablename__ = "stat"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=batch_column())
    subject_kind: str  # video | account | ad | link | web | shop_creator | shop_product | brand
    subject: str  # video id, handle, ad key, link key, ...
    kind: str  # lifetime (as of last_day) | period (sum over the days) | daily (first_day = last_day)
    first_day: int
    last_day: int
    traffic: str = "total"  # total | organic | paid
    breakdown: str = ""  # '' or dimension=value, for instance age=18-24; only '' counts in totals
    video_id: str = ""  # where the subject is an ad or shop row of a known video
    handle: str = ""  # account behind the subject, lower case, where known
    campaign_hint: str = ""  # campaign name or utm_campaign as written
    label: str = ""  # ad or product name
    currency: str = ""
    is_rounded: bool = False  # public counts of 10,000 and more are rounded
    __table_args__ = (
        Index("ix_stat_subject", "subject_kind", "subject", "kind", "last_day"),
        Index(
            "ix_stat_video",
            "video_id",
            sqlite_where=text("video_id <> ''"),
            postgresql_where=text("video_id <> ''"),
        ),
    )


class VideoFact(Base, table=True):
    """What a file says about a video itself."""

    __tablename__ = "video_fact"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=batch_column())
    video_id: str = Field(index=True)
    handle: str = ""
    url: str = ""
    caption: str | None = Field(default=None, sa_type=Text)
    posted_at: int | None = Field(default=None, sa_column=instant_column())
    posted_day: int | None = None  # in the account's or shop's zone, where only a day is stated
    posted_from: str = ""  # file | id | stated
    duration_seconds: int | None = None
    is_paid_partnership: bool | None = None


class AudienceShare(Base, table=True):
    """Share of an audience at one moment."""

    __tablename__ = "audience_share"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=batch_column())
    subject_kind: str  # account | video
    subject: str = Field(index=True)
    day: int
    dimension: str  # gender | territory | age
    value: str
    share: float  # 0 to 1


class FollowerHour(Base, table=True):
    """Followers active in one hour of one day."""

    __tablename__ = "follower_hour"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=batch_column())
    handle: str = Field(index=True)
    day: int
    hour: int
    active: int


class ShopOrder(Base, table=True):
    """One order as one file states it. Natural key: system, order_id."""

    __tablename__ = "shop_order"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=batch_column())
    system: str  # shopify | tiktok_shop | woocommerce | ... (+ ':' + shop where several)
    order_id: str
    order_name: str = ""
    sale_key: str = ""  # the same sale in another system, for instance tiktok_shop/577…
    created_at: int = Field(sa_column=instant_column(nullable=False))
    day: int  # of created_at in the shop's zone
    paid_at: int | None = Field(default=None, sa_column=instant_column())
    cancelled_at: int | None = Field(default=None, sa_column=instant_column())
    # paid | pending | authorized | partially_paid | partially_refunded | refunded | voided | cancelled | test
    status: str
    currency: str
    subtotal: int | None = Field(
        default=None, sa_type=BigInteger
    )  # after discount, before shipping; with tax if tax_included
    discount: int | None = Field(default=None, sa_type=BigInteger)
    shipping: int | None = Field(default=None, sa_type=BigInteger)
    tax: int | None = Field(default=None, sa_type=BigInteger)
    tax_included: bool | None = None
    total: int | None = Field(default=None, sa_type=BigInteger)
    refunded: int | None = Field(default=None, sa_type=BigInteger)
    items: int | None = None
    channel: str = ""
    customer_key: str = ""  # keyed hash of the normalised e-mail; '' unknown
    __table_args__ = (
        Index("ix_shop_order_key", "system", "order_id"),
        Index("ix_shop_order_customer", "customer_key"),
        Index(
            "ix_shop_order_sale",
            "sale_key",
            sqlite_where=text("sale_key <> ''"),
            postgresql_where=text("sale_key <> ''"),
        ),
    )


class OrderLine(Base, table=True):
    """One line item of an order."""

    __tablename__ = "order_line"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=batch_column())
    system: str
    order_id: str = Field(index=True)
    line: int
    sku: str = ""
    product: str = ""
    quantity: int | None = None
    price: int | None = Field(default=None, sa_type=BigInteger)
    discount: int | None = Field(default=None, sa_type=BigInteger)


class OrderClaim(Base, table=True):
    """Evidence on an order of who brought it: a code, an affiliate creator, a tagged link."""

    __tablename__ = "order_claim"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=batch_column())
    system: str
    order_id: str = Field(index=True)
    position: int = 0
    kind: str  # code | affiliate | link
    key: str = Field(index=True)  # code key, handle, or link key
    written: str = ""  # as written in the file
    video_id: str = ""
    at: int | None = Field(default=None, sa_column=instant_column())  # moment of the click, for links


class Touch(Base, table=True):
    """A tagged click of somebody who may order later (pseudonymous)."""

    __tablename__ = "touch"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=batch_column())
    person_key: str = Field(index=True)  # same hash as shop_order.customer_key, or another system's hashed id
    at: int = Field(sa_column=instant_column(nullable=False))
    link_key: str


class CommentFact(Base, table=True):
    """A comment, its author pseudonymised."""

    __tablename__ = "comment"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=batch_column())
    comment_id: str = Field(index=True)
    video_id: str = Field(index=True)
    parent_id: str = ""
    text: str = Field(default="", sa_type=Text)
    likes: int | None = None
    replies: int | None = None
    created_at: int | None = Field(default=None, sa_column=instant_column())
    author_key: str = ""
    is_creator: bool = False


class AppEvent(Base, table=True):
    """An app install or in-app event. Natural key: app, person, event, time, value digest."""

    __tablename__ = "app_event"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=batch_column())
    provider: str
    app: str = ""
    person_key: str
    event: str  # install, or the event's name
    at: int = Field(sa_column=instant_column(nullable=False))
    installed_at: int | None = Field(default=None, sa_column=instant_column())
    touch_type: str = ""
    touched_at: int | None = Field(default=None, sa_column=instant_column())
    media_source: str = ""
    campaign_hint: str = ""
    ad: str = ""
    sub_param: str = ""
    assists: str = Field(default="", sa_type=Text)  # JSON list of contributor touches
    value_key: str = ""  # digest of the event value, for telling repeats apart
    revenue: int | None = Field(default=None, sa_type=BigInteger)
    currency: str = ""
    country: str = ""


class SearchInterest(Base, table=True):
    """Relative search interest, comparable only within one term set (one file)."""

    __tablename__ = "search_interest"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=batch_column())
    term_set: str
    term: str
    region: str = ""
    grain: str  # hour | day | week | month
    at: int = Field(sa_column=instant_column(nullable=False))  # start of the period
    interest: int | None = None  # 0 to 100; None when below one
    is_below_one: bool = False
