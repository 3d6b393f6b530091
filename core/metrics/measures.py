"""Every measure, declared once.

The imported ones are the columns of the `stat` table and of its rollups, in this
order; a test holds the two together.
"""

from __future__ import annotations

from core.metrics.model import Additivity, Measure, Origin
from core.units import Unit

_TIKTOK = "TikTok Studio, public video data, Ads Manager"
_ADS = "Ads Manager"
_SHOP = "TikTok Shop"


def _imported(
    name: str,
    label: str,
    definition: str,
    source: str,
    unit: Unit = Unit.COUNT,
    additivity: Additivity = Additivity.ADDITIVE,
) -> Measure:
    return Measure(
        name=name,
        label=label,
        unit=unit,
        additivity=additivity,
        origin=Origin.IMPORTED,
        definition=definition,
        source=source,
    )


VIEWS = _imported("views", "Video views", "Times a video started to play.", _TIKTOK)
IMPRESSIONS = _imported("impressions", "Impressions", "Times an ad was shown, repeats counted.", _ADS)
REACH = _imported(
    "reach", "Reach", "People who saw it at least once.", _ADS + ", screenshots", additivity=Additivity.UNIQUE
)
VIEWERS = _imported(
    "viewers",
    "Viewers",
    "People who watched the account's videos that day.",
    "TikTok Studio",
    additivity=Additivity.UNIQUE,
)
NEW_VIEWERS = _imported(
    "new_viewers",
    "New viewers",
    "Viewers who had not watched before.",
    "TikTok Studio",
    additivity=Additivity.UNIQUE,
)
RETURNING_VIEWERS = _imported(
    "returning_viewers",
    "Returning viewers",
    "Viewers who had watched before.",
    "TikTok Studio",
    additivity=Additivity.UNIQUE,
)
FOLLOWERS = _imported(
    "followers",
    "Followers",
    "Followers of the account on that day.",
    "TikTok Studio",
    additivity=Additivity.LATEST,
)
LIKES = _imported("likes", "Likes", "Likes on a video.", _TIKTOK)
COMMENTS = _imported("comments", "Comments", "Comments on a video.", _TIKTOK)
SHARES = _imported("shares", "Shares", "Times a video was shared.", _TIKTOK)
SAVES = _imported(
    "saves", "Saves", "Times a video was saved to favourites.", "public video data, screenshots"
)
FOLLOWS = _imported(
    "follows",
    "New followers",
    "People who began to follow because of the video or ad.",
    _ADS + ", screenshots",
)
WATCH_SECONDS = _imported(
    "watch_seconds",
    "Watch time",
    "Total seconds played, replays included.",
    "screenshots, Ads Manager",
    unit=Unit.SECONDS,
)
WATCHED_VIEWS = _imported(
    "watched_views",
    "Views with known watch time",
    "Video views of the same figures that state the watch time.",
    "screenshots, Ads Manager",
)
COMPLETIONS = _imported(
    "completions", "Completed views", "Views that reached the end.", "screenshots, Ads Manager"
)
COMPLETION_VIEWS = _imported(
    "completion_views",
    "Views with known completion",
    "Video views of the same figures that state the completion.",
    "screenshots, Ads Manager",
)
VIEWS_2S = _imported("views_2s", "2-second video views", "Views of at least 2 seconds.", _ADS)
VIEWS_6S = _imported("views_6s", "6-second video views", "Views of at least 6 seconds.", _ADS)
FOCUSED_VIEWS_6S = _imported(
    "focused_views_6s", "6-second focused views", "Views of at least 6 seconds or with an engagement.", _ADS
)
FOCUSED_VIEWS_15S = _imported(
    "focused_views_15s",
    "15-second focused views",
    "Views of at least 15 seconds or with an engagement.",
    _ADS,
)
VIEWS_P25 = _imported("views_p25", "Video views at 25%", "Views that reached a quarter.", _ADS)
VIEWS_P50 = _imported("views_p50", "Video views at 50%", "Views that reached half.", _ADS)
VIEWS_P75 = _imported("views_p75", "Video views at 75%", "Views that reached three quarters.", _ADS)
PROFILE_VIEWS = _imported(
    "profile_views", "Profile visits", "Visits to the creator's profile.", "TikTok Studio, Ads Manager"
)
CLICKS = _imported("clicks", "Clicks (destination)", "Taps that led to the destination.", _ADS)
CLICKS_ALL = _imported("clicks_all", "Clicks (all)", "All taps on an ad.", _ADS)
LINK_CLICKS = _imported(
    "link_clicks", "Link clicks", "Clicks on a creator's tagged link.", "Bitly, link tools"
)
UNIQUE_LINK_CLICKS = _imported(
    "unique_link_clicks",
    "Unique link clicks",
    "People who clicked a tagged link.",
    "Bitly, link tools",
    additivity=Additivity.UNIQUE,
)
COST = _imported("cost", "Ad cost", "What the platform charged for delivery.", _ADS, unit=Unit.MONEY)
SESSIONS = _imported("sessions", "Sessions", "Visits to the shop or site.", "GA4")
ENGAGED_SESSIONS = _imported(
    "engaged_sessions", "Engaged sessions", "Visits with engagement as GA4 defines it.", "GA4"
)
USERS = _imported("users", "Users", "People who visited.", "GA4", additivity=Additivity.UNIQUE)
KEY_EVENTS = _imported("key_events", "Key events", "Events that the property counts as conversions.", "GA4")
WEB_TRANSACTIONS = _imported(
    "web_transactions", "Transactions (analytics)", "Purchases as web analytics counts them.", "GA4"
)
WEB_REVENUE = _imported(
    "web_revenue", "Revenue (analytics)", "Revenue as web analytics counts it.", "GA4", unit=Unit.MONEY
)
LANDING_PAGE_VIEWS = _imported(
    "landing_page_views", "Landing page views", "Times the landing page loaded after a click.", _ADS
)
ADDS_TO_CART = _imported(
    "adds_to_cart", "Adds to cart", "Times a product was put in the cart, as the platform counts.", _ADS
)
CHECKOUTS = _imported("checkouts", "Checkouts initiated", "Checkouts begun, as the platform counts.", _ADS)
LEADS = _imported("leads", "Sign-ups and leads", "Forms sent or accounts created.", "Ads Manager, GA4, form")
INSTALLS = _imported("installs", "App installs", "First openings of the app after an install.", "AppsFlyer")
CLAIMED_CONVERSIONS = _imported(
    "claimed_conversions",
    "Conversions (claimed)",
    "Conversions as Ads Manager attributes them to itself.",
    _ADS,
)
CLAIMED_PURCHASES = _imported(
    "claimed_purchases", "Purchases (claimed)", "Purchases as Ads Manager attributes them to itself.", _ADS
)
CLAIMED_REVENUE = _imported(
    "claimed_revenue",
    "Revenue (claimed)",
    "Purchase value as Ads Manager attributes it to itself.",
    _ADS,
    unit=Unit.MONEY,
)
SHOP_GMV = _imported(
    "shop_gmv",
    "Shop GMV (claimed)",
    "Gross merchandise value TikTok Shop attributes.",
    _SHOP,
    unit=Unit.MONEY,
)
SHOP_ORDERS = _imported("shop_orders", "Shop orders (claimed)", "Orders TikTok Shop attributes.", _SHOP)
SHOP_ITEMS = _imported("shop_items", "Shop items sold (claimed)", "Items TikTok Shop attributes.", _SHOP)
SHOP_REFUNDS = _imported(
    "shop_refunds", "Shop refunds (claimed)", "Refunded value TikTok Shop attributes.", _SHOP, unit=Unit.MONEY
)
COMMISSION = _imported(
    "commission", "Commission", "Commission TikTok Shop estimates or paid.", _SHOP, unit=Unit.MONEY
)
PRODUCT_IMPRESSIONS = _imported(
    "product_impressions", "Product impressions", "Times a product was shown in a video.", _SHOP
)
PRODUCT_CLICKS = _imported("product_clicks", "Product clicks", "Taps on a product in a video.", _SHOP)


def _derived(
    name: str,
    label: str,
    definition: str,
    origin: Origin,
    source: str,
    unit: Unit = Unit.COUNT,
    additivity: Additivity = Additivity.ADDITIVE,
) -> Measure:
    return Measure(
        name=name,
        label=label,
        unit=unit,
        additivity=additivity,
        origin=origin,
        definition=definition,
        source=source,
    )


_LEDGER = "shop orders and the credit rule"
ORDERS = _derived(
    "orders", "Credited orders", "Orders credited to a creator, each once.", Origin.LEDGER, _LEDGER
)
REVENUE = _derived(
    "revenue",
    "Credited revenue (net)",
    "Order value after discounts and refunds, before tax and shipping, of credited orders.",
    Origin.LEDGER,
    _LEDGER,
    Unit.MONEY,
)
REFUNDS = _derived(
    "refunds", "Refunds", "Refunded value of credited orders.", Origin.LEDGER, _LEDGER, Unit.MONEY
)
CODE_ORDERS = _derived(
    "code_orders",
    "Code redemptions",
    "Credited orders that carried the creator's code.",
    Origin.LEDGER,
    _LEDGER,
)
KNOWN_CUSTOMER_ORDERS = _derived(
    "known_customer_orders",
    "Credited orders with a known customer",
    "Credited orders whose customer can be told apart.",
    Origin.LEDGER,
    _LEDGER,
)
NEW_CUSTOMERS = _derived(
    "new_customers",
    "New customers",
    "Credited orders that were the customer's first in the shop's files.",
    Origin.LEDGER,
    _LEDGER,
)
REPEAT_CUSTOMERS = _derived(
    "repeat_customers",
    "Customers who came back",
    "New customers of the campaign with a further order on a later day.",
    Origin.LEDGER,
    _LEDGER,
)
REPEAT_REVENUE = _derived(
    "repeat_revenue",
    "Revenue of later orders",
    "Net value of later orders of the campaign's new customers.",
    Origin.LEDGER,
    _LEDGER,
    Unit.MONEY,
)
FEES = _derived(
    "fees", "Creator fees", "Fees agreed with creators.", Origin.PLAN, "collaborations", Unit.MONEY
)
SPEND = _derived(
    "spend",
    "Total spend",
    "Creator fees, ad cost and commission together, as far as known.",
    Origin.PLAN,
    "collaborations, Ads Manager, TikTok Shop",
    Unit.MONEY,
)
VIDEOS = _derived("videos", "Videos", "Videos that belong to the campaign.", Origin.PLAN, "membership rules")
CREATORS = _derived(
    "creators", "Creators", "Creators with a collaboration in the campaign.", Origin.PLAN, "collaborations"
)

_READ = "worked out when read"
ORGANIC_VIEWS = _derived(
    "organic_views",
    "Organic video views",
    "Video views that were earned and not bought.",
    Origin.DERIVED,
    _READ,
)
FOLLOWERS_AT_START = _derived(
    "followers_at_start",
    "Followers at the start",
    "Followers of the creators' accounts on their first known day.",
    Origin.DERIVED,
    _READ,
)
FOLLOWERS_GAINED = _derived(
    "followers_gained",
    "Followers gained",
    "Followers on the last known day less those on the first.",
    Origin.DERIVED,
    _READ,
)
FOLLOWERS_AT_POSTING = _derived(
    "followers_at_posting",
    "Followers when posted",
    "Followers of the account on the day of each video, added over the videos.",
    Origin.DERIVED,
    _READ,
)

MEASURES: tuple[Measure, ...] = tuple(
    value for value in globals().copy().values() if isinstance(value, Measure)
)
IMPORTED: tuple[Measure, ...] = tuple(measure for measure in MEASURES if measure.origin is Origin.IMPORTED)
BY_NAME: dict[str, Measure] = {measure.name: measure for measure in MEASURES}
