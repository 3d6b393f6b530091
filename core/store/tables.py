"""Every table of the store.

Conventions: days are day numbers (days since 1970-01-01, see `core.units`), instants
are Unix seconds in UTC, money is integer minor units beside an ISO currency, ids of
other systems are text. NULL means unknown and never zero. A table model does not
validate: whatever is written has been checked at the border.

Facts carry their `batch_id` and are never updated: undo deletes them. Derived tables
(rollups) are rebuilt for touched keys in the same transaction. Everything else is
what people wrote.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, Text, UniqueConstraint, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMING))):
    """The registry of this store, its own so that hot reload cannot define a table twice."""


def _batch() -> Column[int]:
    """Return the column that ties a fact to its import."""
    return Column(Integer, ForeignKey("import_batch.id"), nullable=False, index=True)


def _instant(*, nullable: bool = True) -> Column[int]:
    return Column(BigInteger, nullable=nullable)


# ---------------------------------------------------------------- the store itself


class Workspace(Base, table=True):
    """One row: what this store is, and how often its contents changed."""

    __tablename__ = "workspace"
    id: int = Field(default=1, primary_key=True)
    install_id: str
    revision: int = 0  # bumped in each write transaction; caches key on it
    created_at: int = Field(sa_column=_instant(nullable=False))
    tier_cutoffs: str = ""  # JSON list of [name, followers from]; empty means the default scheme


class AuditEntry(Base, table=True):
    """What happened: who, when, what. Append-only (triggers refuse change)."""

    __tablename__ = "audit_entry"
    id: int | None = Field(default=None, primary_key=True)
    at: int = Field(sa_column=_instant(nullable=False))
    who: str
    action: str
    subject: str = ""
    detail: str = Field(default="", sa_type=Text)  # JSON, never personal data


# ---------------------------------------------------------------- what people write


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
    value: str = ""  # hashtag without #; creator id for creator_dates ('' = every collaborator); text in the link
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
    at: int = Field(sa_column=_instant(nullable=False))


# ---------------------------------------------------------------- imports


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
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", index=True)  # only where the file belongs to one
    account: str = ""  # handle, where the file is one account's
    currency: str = ""
    zone: str = ""
    first_day: int | None = None  # period covered
    last_day: int | None = None
    as_of: int = Field(sa_column=_instant(nullable=False))  # when the file says it was exported; decides which fact is newest
    as_of_from: str = ""  # how known: file | name | modified | upload | stated
    answers: str = Field(default="{}", sa_type=Text)  # JSON of the questions answered
    importer_version: int = 1
    rows_digest: str = Field(default="", index=True)  # digest of the rows as stored
    twin_of: int | None = Field(default=None, foreign_key="import_batch.id")  # same rows already stored by this batch
    rows_in: int = 0
    rows_stored: int = 0
    rows_aside: int = 0
    rows_ignored: int = 0
    receipt: str = Field(default="{}", sa_type=Text)  # JSON: ignored by reason, new/changed/unchanged, check sums, issues
    who: str = ""
    at: int = Field(sa_column=_instant(nullable=False))
    undone_at: int | None = Field(default=None, sa_column=_instant())
    undone_by: str = ""


class QuarantineRow(Base, table=True):
    """A row set aside: where, why, what to do; mapped fields only, no personal data."""

    __tablename__ = "quarantine_row"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=_batch())
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
    heartbeat: int = Field(sa_column=_instant(nullable=False))
    who: str = ""
    at: int = Field(sa_column=_instant(nullable=False))


class MappingProfile(Base, table=True):
    """A remembered column mapping, by header fingerprint."""

    __tablename__ = "mapping_profile"
    fingerprint: str = Field(primary_key=True)
    name: str
    grain: str  # the mapper format it maps to
    mapping: str = Field(sa_type=Text)  # JSON: field -> header as written
    who: str = ""
    at: int = Field(sa_column=_instant(nullable=False))


class SourceAnswer(Base, table=True):
    """An answer remembered per source, so that it is asked once."""

    __tablename__ = "source_answer"
    source: str = Field(primary_key=True)  # format + fingerprint (+ account or shop)
    question: str = Field(primary_key=True)
    answer: str
    who: str = ""
    at: int = Field(sa_column=_instant(nullable=False))


# ---------------------------------------------------------------- facts


class Counts(SQLModel):
    """The imported measures, in the order of `core.metrics.measures.IMPORTED`."""

    views: int | None = Field(default=None, sa_type=BigInteger)
    impressions: int | None = Field(default=None, sa_type=BigInteger)
    reach: int | None = Field(default=None, sa_type=BigInteger)
    viewers: int | None = Field(default=None, sa_type=BigInteger)
    new_viewers: int | None = Field(default=None, sa_type=BigInteger)
    returning_viewers: int | None = Field(default=None, sa_type=BigInteger)
    followers: int | None = Field(default=None, sa_type=BigInteger)
    likes: int | None = Field(default=None, sa_type=BigInteger)
    comments: int | None = Field(default=None, sa_type=BigInteger)
    shares: int | None = Field(default=None, sa_type=BigInteger)
    saves: int | None = Field(default=None, sa_type=BigInteger)
    follows: int | None = Field(default=None, sa_type=BigInteger)
    watch_seconds: int | None = Field(default=None, sa_type=BigInteger)
    watched_views: int | None = Field(default=None, sa_type=BigInteger)
    completions: int | None = Field(default=None, sa_type=BigInteger)
    completion_views: int | None = Field(default=None, sa_type=BigInteger)
    views_2s: int | None = Field(default=None, sa_type=BigInteger)
    views_6s: int | None = Field(default=None, sa_type=BigInteger)
    focused_views_6s: int | None = Field(default=None, sa_type=BigInteger)
    focused_views_15s: int | None = Field(default=None, sa_type=BigInteger)
    views_p25: int | None = Field(default=None, sa_type=BigInteger)
    views_p50: int | None = Field(default=None, sa_type=BigInteger)
    views_p75: int | None = Field(default=None, sa_type=BigInteger)
    profile_views: int | None = Field(default=None, sa_type=BigInteger)
    clicks: int | None = Field(default=None, sa_type=BigInteger)
    clicks_all: int | None = Field(default=None, sa_type=BigInteger)
    link_clicks: int | None = Field(default=None, sa_type=BigInteger)
    unique_link_clicks: int | None = Field(default=None, sa_type=BigInteger)
    cost: int | None = Field(default=None, sa_type=BigInteger)
    sessions: int | None = Field(default=None, sa_type=BigInteger)
    engaged_sessions: int | None = Field(default=None, sa_type=BigInteger)
    users: int | None = Field(default=None, sa_type=BigInteger)
    key_events: int | None = Field(default=None, sa_type=BigInteger)
    web_transactions: int | None = Field(default=None, sa_type=BigInteger)
    web_revenue: int | None = Field(default=None, sa_type=BigInteger)
    landing_page_views: int | None = Field(default=None, sa_type=BigInteger)
    adds_to_cart: int | None = Field(default=None, sa_type=BigInteger)
    checkouts: int | None = Field(default=None, sa_type=BigInteger)
    leads: int | None = Field(default=None, sa_type=BigInteger)
    installs: int | None = Field(default=None, sa_type=BigInteger)
    claimed_conversions: int | None = Field(default=None, sa_type=BigInteger)
    claimed_purchases: int | None = Field(default=None, sa_type=BigInteger)
    claimed_revenue: int | None = Field(default=None, sa_type=BigInteger)
    shop_gmv: int | None = Field(default=None, sa_type=BigInteger)
    shop_orders: int | None = Field(default=None, sa_type=BigInteger)
    shop_items: int | None = Field(default=None, sa_type=BigInteger)
    shop_refunds: int | None = Field(default=None, sa_type=BigInteger)
    commission: int | None = Field(default=None, sa_type=BigInteger)
    product_impressions: int | None = Field(default=None, sa_type=BigInteger)
    product_clicks: int | None = Field(default=None, sa_type=BigInteger)


class Stat(Base, Counts, table=True):
    """Counts of one subject over one period, as one file stated them.

    Natural key within a format: subject, kind, days, traffic, breakdown.
    """

    __tablename__ = "stat"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=_batch())
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
        Index("ix_stat_video", "video_id", sqlite_where=text("video_id <> ''"), postgresql_where=text("video_id <> ''")),
    )


class VideoFact(Base, table=True):
    """What a file says about a video itself."""

    __tablename__ = "video_fact"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=_batch())
    video_id: str = Field(index=True)
    handle: str = ""
    url: str = ""
    caption: str | None = Field(default=None, sa_type=Text)
    posted_at: int | None = Field(default=None, sa_column=_instant())
    posted_day: int | None = None  # in the account's or shop's zone, where only a day is stated
    posted_from: str = ""  # file | id | stated
    duration_seconds: int | None = None
    is_paid_partnership: bool | None = None


class AudienceShare(Base, table=True):
    """Share of an audience at one moment."""

    __tablename__ = "audience_share"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=_batch())
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
    batch_id: int = Field(sa_column=_batch())
    handle: str = Field(index=True)
    day: int
    hour: int
    active: int


class ShopOrder(Base, table=True):
    """One order as one file states it. Natural key: system, order_id."""

    __tablename__ = "shop_order"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=_batch())
    system: str  # shopify | tiktok_shop | woocommerce | ... (+ ':' + shop where several)
    order_id: str
    order_name: str = ""
    sale_key: str = ""  # the same sale in another system, for instance tiktok_shop/577…
    created_at: int = Field(sa_column=_instant(nullable=False))
    day: int  # of created_at in the shop's zone
    paid_at: int | None = Field(default=None, sa_column=_instant())
    cancelled_at: int | None = Field(default=None, sa_column=_instant())
    status: str  # paid | pending | authorized | partially_paid | partially_refunded | refunded | voided | cancelled | test
    currency: str
    subtotal: int | None = Field(default=None, sa_type=BigInteger)  # after discount, before shipping; with tax if tax_included
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
        Index("ix_shop_order_sale", "sale_key", sqlite_where=text("sale_key <> ''"), postgresql_where=text("sale_key <> ''")),
    )


class OrderLine(Base, table=True):
    """One line item of an order."""

    __tablename__ = "order_line"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=_batch())
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
    batch_id: int = Field(sa_column=_batch())
    system: str
    order_id: str = Field(index=True)
    position: int = 0
    kind: str  # code | affiliate | link
    key: str = Field(index=True)  # code key, handle, or link key
    written: str = ""  # as written in the file
    video_id: str = ""
    at: int | None = Field(default=None, sa_column=_instant())  # moment of the click, for links


class Touch(Base, table=True):
    """A tagged click of somebody who may order later (pseudonymous)."""

    __tablename__ = "touch"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=_batch())
    person_key: str = Field(index=True)  # same hash as shop_order.customer_key, or another system's hashed id
    at: int = Field(sa_column=_instant(nullable=False))
    link_key: str


class CommentFact(Base, table=True):
    """A comment, its author pseudonymised."""

    __tablename__ = "comment"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=_batch())
    comment_id: str = Field(index=True)
    video_id: str = Field(index=True)
    parent_id: str = ""
    text: str = Field(default="", sa_type=Text)
    likes: int | None = None
    replies: int | None = None
    created_at: int | None = Field(default=None, sa_column=_instant())
    author_key: str = ""
    is_creator: bool = False


class AppEvent(Base, table=True):
    """An app install or in-app event. Natural key: app, person, event, time, value digest."""

    __tablename__ = "app_event"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=_batch())
    provider: str
    app: str = ""
    person_key: str
    event: str  # install, or the event's name
    at: int = Field(sa_column=_instant(nullable=False))
    installed_at: int | None = Field(default=None, sa_column=_instant())
    touch_type: str = ""
    touched_at: int | None = Field(default=None, sa_column=_instant())
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
    batch_id: int = Field(sa_column=_batch())
    term_set: str
    term: str
    region: str = ""
    grain: str  # hour | day | week | month
    at: int = Field(sa_column=_instant(nullable=False))  # start of the period
    interest: int | None = None  # 0 to 100; None when below one
    is_below_one: bool = False


# ---------------------------------------------------------------- derived


class Video(Base, table=True):
    """What is currently known about a video, newest fact first per field."""

    __tablename__ = "video"
    video_id: str = Field(primary_key=True)
    handle: str = Field(default="", index=True)
    creator_id: int | None = Field(default=None, index=True)
    url: str = ""
    caption: str = Field(default="", sa_type=Text)
    hashtags: str = ""  # ' #one #two ' lower case, NFKC
    posted_at: int | None = Field(default=None, sa_column=_instant())
    posted_day: int | None = None
    duration_seconds: int | None = None
    campaign_id: int | None = Field(default=None, index=True)  # None: in no campaign, or in conflict
    membership: str = ""  # by hand | creator and dates | hashtag | link | conflict: …


class VideoDay(Base, Counts, table=True):
    """What became known of a video on a day: daily counts, or the rise of its lifetime counts since the snapshot before.

    Summing a video's additive measures up to a day gives its counts as known on that day.
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
