"""Who takes part in the sample's content tests, and what is true of each test. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.sample.cast import CastCampaign, CastCreator

TRIAL_BRAND = "Fernhill Skincare"
TRIALS = CastCampaign(
    code="serum-tests-25",
    name="Serum content tests, autumn 2025",
    first_day=date(2025, 9, 1),
    last_day=date(2025, 10, 31),
    budget=1_500_000,
    export_days=tuple(date.fromordinal(date(2025, 9, 6).toordinal() + 5 * step) for step in range(13)),
    last_export=date(2025, 11, 5),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One test: its plan and the truth behind it.

    Attributes:
        topic, name, hypothesis: as planned.
        arms: name, what creators are told, and the tag, for what is done today and for what is tried.
        creators: how many of the cast take part, from the first.
        videos_each: of each.
        seed: of the draw.
        effect: true factor on clicks per view of the version that is tried.
        boosted: how many of its videos were bought views for, which spoils the test.
    """

    topic: str
    name: str
    hypothesis: str
    dimension: str
    arms: tuple[tuple[str, str, str], tuple[str, str, str]]
    creators: int
    videos_each: int
    first_day: date
    last_day: date
    seed: int
    effect: float
    boosted: int = 0


TRIAL_LIST: tuple[Trial, ...] = (
    Trial(
        topic="hook",
        name="Question first or product first?",
        hypothesis="A question in the first two seconds makes more people follow the link.",
        dimension="hook",
        arms=(
            ("Product first", "Open with the bottle in your hand, as in the last campaign.", "result first"),
            ("Question first", "Open with a question to the viewer before the product is seen.", "question"),
        ),
        creators=12, videos_each=6, first_day=date(2025, 9, 1), last_day=date(2025, 9, 20), seed=1209, effect=1.6,
    ),
    Trial(
        topic="call to action",
        name="Link in bio, or comment for the link?",
        hypothesis="Asking for a comment brings more clicks than pointing to the bio.",
        dimension="call to action",
        arms=(
            ("Link in bio", "Say at the end that the link is in your bio.", "link in bio"),
            ("Comment for the link", "Ask viewers to comment “serum”, and answer with the link.", "comment"),
        ),
        creators=12, videos_each=6, first_day=date(2025, 9, 22), last_day=date(2025, 10, 11), seed=2209, effect=1.0,
    ),
    Trial(
        topic="offer",
        name="Gift or discount?",
        hypothesis="A free mini makes more people click than 15% off.",
        dimension="offer",
        arms=(
            ("15% off", "Mention the 15% code once.", "discount"),
            ("Free mini", "Mention the free mini once.", "gift"),
        ),
        creators=10, videos_each=4, first_day=date(2025, 10, 13), last_day=date(2025, 10, 25), seed=1310, effect=1.0,
        boosted=7,
    ),
)  # fmt: skip


def _creator(
    handle: str, name: str, niche: str, followers: int, fee: int, views: int, clicks: float
) -> CastCreator:
    return CastCreator(
        handle=handle, name=name, niche=niche, country="GB", followers=followers, fee=fee,
        code=f"{handle.split('.', maxsplit=1)[0].upper()}15", videos=16, typical_views=views, like_rate=0.055,
        comment_rate=0.005, share_rate=0.006, save_rate=0.012, click_rate=clicks, orders_per_thousand=0.0,
        watched=0.35, sends_exports="never",
    )  # fmt: skip


TRIAL_CREATORS: tuple[CastCreator, ...] = (
    _creator("amelie.skin", "Amelie Novak", "skin care", 18_400, 96_000, 11_000, 0.0120),
    _creator("bo.glows", "Bo Adeyemi", "beauty", 64_000, 160_000, 30_000, 0.0085),
    _creator("cleo.routine", "Cleo Marsh", "skin care", 9_200, 64_000, 6_500, 0.0160),
    _creator("dina.dermis", "Dina Haddad", "skin science", 41_000, 144_000, 24_000, 0.0140),
    _creator("esme.everyday", "Esme Clarke", "lifestyle", 27_500, 112_000, 15_000, 0.0095),
    _creator("fay.bathroom", "Fay Lindgren", "beauty", 12_800, 80_000, 8_200, 0.0110),
    _creator("gia.glassskin", "Gia Romano", "skin care", 88_000, 208_000, 46_000, 0.0070),
    _creator("hana.calm", "Hana Sato", "slow living", 15_600, 88_000, 9_400, 0.0130),
    _creator("ines.morning", "Ines Duarte", "lifestyle", 33_000, 128_000, 19_000, 0.0090),
    _creator("juno.patches", "Juno Wells", "acne", 21_000, 104_000, 13_500, 0.0150),
    _creator("kira.nightly", "Kira Olsen", "skin care", 52_000, 152_000, 27_000, 0.0080),
    _creator("lou.labels", "Lou Bennett", "skin science", 30_500, 120_000, 17_500, 0.0125),
)
