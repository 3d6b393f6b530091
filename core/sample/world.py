"""What happened in the sample campaign: videos and their days, followers, orders, visits.

Everything is drawn from one seeded generator per campaign, so that the same code gives
the same world on every machine. Only the standard library's generator is used: its
sequence does not change between versions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from core.sample.cast import BOOSTED, CREATORS, HASHTAG, HOOKS, CastCampaign, CastCreator

if TYPE_CHECKING:
    from collections.abc import Iterator

# Share of a video's views on each day after posting; the tail is spread over 40 days.
_FIRST_DAYS = (0.36, 0.17, 0.10, 0.07, 0.05, 0.04, 0.03)
_DAYS_OF_LIFE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldVideo:
    """One video and each of its days; index 0 is the day it was posted."""

    creator: CastCreator
    video_id: str
    posted_at: datetime
    caption: str
    duration_seconds: int
    organic_views: tuple[int, ...]
    paid_views: tuple[int, ...]

    @property
    def posted_day(self) -> date:
        """Return the day it was posted."""
        return self.posted_at.date()

    @property
    def url(self) -> str:
        """Return its address."""
        return f"https://www.tiktok.com/@{self.creator.handle}/video/{self.video_id}"

    def views_to(self, day: date, *, paid: bool = True) -> int:
        """Return the lifetime views at the end of a day."""
        days = (day - self.posted_day).days + 1
        organic = sum(self.organic_views[: max(days, 0)])
        return organic + (sum(self.paid_views[: max(days, 0)]) if paid else 0)

    def count_to(self, day: date, rate: float) -> int:
        """Return a lifetime count that is a steady share of views, at the end of a day."""
        return math.floor(self.views_to(day) * rate)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldOrder:
    """One order of the shop, whoever brought it."""

    number: int
    at: datetime
    customer: int
    status: str  # paid | pending | refunded | partially_refunded | cancelled
    price: int  # minor units, one line
    quantity: int
    discount_share: float
    codes: tuple[str, ...]
    creator: CastCreator | None  # who truly brought it
    by_link: bool  # a tagged click came before, seen by web analytics
    shop_order_id: str = ""  # of TikTok Shop, where it was bought there
    video_id: str = ""

    @property
    def gross(self) -> int:
        """Return price times quantity."""
        return self.price * self.quantity

    @property
    def discount(self) -> int:
        """Return what the codes took off."""
        return round(self.gross * self.discount_share)

    @property
    def subtotal(self) -> int:
        """Return the value after discount."""
        return self.gross - self.discount

    @property
    def refunded(self) -> int:
        """Return what was paid back."""
        if self.status == "refunded":
            return self.subtotal
        return self.subtotal // 2 if self.status == "partially_refunded" else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that truly happened around one campaign."""

    campaign: CastCampaign
    creators: tuple[CastCreator, ...]
    videos: tuple[WorldVideo, ...]
    orders: tuple[WorldOrder, ...]
    visits: dict[tuple[date, str], int] = field(hash=False)  # (day, handle) -> tagged sessions

    def videos_of(self, creator: CastCreator) -> tuple[WorldVideo, ...]:
        """Return a creator's videos, oldest first."""
        return tuple(video for video in self.videos if video.creator is creator)


def days_between(first: date, last: date) -> Iterator[date]:
    """Return every day from first to last, both included."""
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)


def make_world(campaign: CastCampaign, *, seed: int) -> World:
    """Return what happened in a campaign; the same seed gives the same world."""
    random = Random(seed)
    spring = campaign.code == "cold-brew-26"
    creators = tuple(creator for creator in CREATORS if spring or creator.winter)
    videos = tuple(sorted(_videos(campaign, creators, random), key=lambda video: video.posted_at))
    return World(
        campaign=campaign,
        creators=creators,
        videos=videos,
        orders=tuple(_orders(campaign, videos, random)),
        visits=_visits(campaign, videos, random),
    )


def _videos(
    campaign: CastCampaign, creators: tuple[CastCreator, ...], random: Random
) -> Iterator[WorldVideo]:
    length = (campaign.last_day - campaign.first_day).days + 1
    for creator in creators:
        for index in range(creator.videos):
            offset = min(length - 3, int((index + random.uniform(0.1, 0.8)) * length / creator.videos))
            at = datetime.combine(
                campaign.first_day + timedelta(days=offset),
                time(random.choice((8, 12, 17, 19, 20)), random.randrange(60)),
                UTC,
            )
            hook = random.choice(HOOKS)
            views = round(creator.typical_views * math.exp(random.gauss(0, 0.75)))
            boosted = creator.handle in BOOSTED and index == 0 and campaign.code == "cold-brew-26"
            yield WorldVideo(
                creator=creator,
                video_id=str((int(at.timestamp()) << 32) + random.getrandbits(30)),
                posted_at=at,
                caption=f"{hook} ☕ with @northlighttea, code {creator.code} #{HASHTAG} #{creator.niche.replace(' ', '')} #ad",
                duration_seconds=random.choice((14, 18, 22, 27, 34, 41)),
                organic_views=views_by_day(views, random),
                paid_views=paid_days(random) if boosted else (0,) * _DAYS_OF_LIFE,
            )


def views_by_day(views: int, random: Random) -> tuple[int, ...]:
    """Return the earned views of each day of a video's life."""
    tail = _DAYS_OF_LIFE - len(_FIRST_DAYS)
    rest = 1 - sum(_FIRST_DAYS)
    shares = [*_FIRST_DAYS, *(rest * 2 * (tail - day) / (tail * (tail + 1)) for day in range(tail))]
    return tuple(round(views * share * math.exp(random.gauss(0, 0.15))) for share in shares)


def paid_days(random: Random) -> tuple[int, ...]:
    """Return the bought views of each day of a boosted video's life."""
    bought = [0, 0] + [round(random.uniform(6_000, 11_000)) for _ in range(10)]
    return tuple(bought + [0] * (_DAYS_OF_LIFE - len(bought)))


def _poisson(mean: float, random: Random) -> int:
    """Return a Poisson draw (Knuth's product of uniforms; the means here are small)."""
    limit, product, count = math.exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count


def _visits(
    campaign: CastCampaign, videos: tuple[WorldVideo, ...], random: Random
) -> dict[tuple[date, str], int]:
    visits: dict[tuple[date, str], int] = {}
    for video in videos:
        for age, organic in enumerate(video.organic_views):
            day = video.posted_day + timedelta(days=age)
            if day > campaign.last_export:
                break
            mean = (organic + video.paid_views[age]) * video.creator.click_rate
            sessions = round(mean * math.exp(random.gauss(0, 0.1)))
            if sessions:
                key = (day, video.creator.handle)
                visits[key] = visits.get(key, 0) + sessions
    return visits


_PRODUCTS = (1450, 1890, 2400, 3200)
_LINES = ("Cold Brew Sampler", "Cold Brew Bottle", "Loose Leaf Trio", "Starter Kit")


def product_name(price: int) -> str:
    """Return the name of the product with this price."""
    return _LINES[_PRODUCTS.index(price)]


def _orders(campaign: CastCampaign, videos: tuple[WorldVideo, ...], random: Random) -> Iterator[WorldOrder]:
    drafts = sorted(
        [*_creator_orders(campaign, videos, random), *_other_orders(campaign, random)],
        key=lambda draft: draft[0],
    )
    buyers: dict[str, list[int]] = {}
    customers = 0
    for number, (at, creator, video) in enumerate(drafts, start=1001):
        group = creator.handle if creator else ""
        known = buyers.setdefault(group, [])
        if known and random.random() < 0.17:
            customer = random.choice(known)
        else:
            customers += 1
            customer = customers
            known.append(customer)
        yield _order(number, at, customer, creator, video, random)


_Draft = tuple[datetime, CastCreator | None, WorldVideo | None]


def _creator_orders(
    campaign: CastCampaign, videos: tuple[WorldVideo, ...], random: Random
) -> Iterator[_Draft]:
    for video in videos:
        for age, organic in enumerate(video.organic_views):
            day = video.posted_day + timedelta(days=age)
            if day > campaign.last_export:
                break
            mean = (organic + 0.4 * video.paid_views[age]) * video.creator.orders_per_thousand / 1000
            for _ in range(_poisson(mean, random)):
                yield _moment(day, random), video.creator, video


def _other_orders(campaign: CastCampaign, random: Random) -> Iterator[_Draft]:
    for day in days_between(campaign.first_day - timedelta(days=14), campaign.last_export):
        for _ in range(_poisson(13, random)):
            yield _moment(day, random), None, None


def _moment(day: date, random: Random) -> datetime:
    return datetime.combine(
        day, time(random.randrange(7, 23), random.randrange(60), random.randrange(60)), UTC
    )


def _order(
    number: int,
    at: datetime,
    customer: int,
    creator: CastCreator | None,
    video: WorldVideo | None,
    random: Random,
) -> WorldOrder:
    price = random.choice(_PRODUCTS)
    bought_in_shop = creator is not None and random.random() < 0.09
    codes = _codes(creator, random) if not bought_in_shop else ()
    status = random.choices(
        ("paid", "refunded", "partially_refunded", "pending", "cancelled"), (0.91, 0.035, 0.02, 0.02, 0.015)
    )[0]
    return WorldOrder(
        number=number,
        at=at,
        customer=customer,
        status=status,
        price=price,
        quantity=random.choices((1, 2, 3), (0.74, 0.2, 0.06))[0],
        discount_share=0.15
        if any(code.upper().endswith("15") for code in codes)
        else (0.1 if codes else 0.0),
        codes=codes,
        creator=creator,
        by_link=creator is not None and not bought_in_shop and random.random() < 0.38,
        shop_order_id=f"5773{random.getrandbits(46):015d}" if bought_in_shop else "",
        video_id=video.video_id if video and bought_in_shop else "",
    )


def _codes(creator: CastCreator | None, random: Random) -> tuple[str, ...]:
    """Return codes as customers type them: mostly right, sometimes in another case, stacked or misspelt."""
    if creator is None:
        return ("WELCOME10",) if random.random() < 0.22 else ()
    draw = random.random()
    if draw < 0.58:
        return (creator.code,)
    if draw < 0.66:
        return (creator.code.lower(),)
    if draw < 0.70:
        return ("WELCOME10", creator.code)
    if draw < 0.715:
        return (creator.code.replace("15", "-15"),)  # nobody made this one
    return ()
