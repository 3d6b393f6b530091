"""A campaign with creators and videos that are counted at some days, for the tests of experiments."""

from core.experiments.assignment import start_experiment
from core.experiments.plans import create_plan, get_experiment
from core.rollups import rebuild_all
from core.units import day_number, day_of
from tests.core.rollups.world import put
from tests.core.written import NOW, join, make_campaign

FIRST = day_number(day_of(20_513))  # 1 March 2026
LAST = FIRST + 20
END = FIRST + 40
ARMS = ({"name": "Product first", "brief": "Show the bottle."}, {"name": "Question first", "brief": "Ask."})
PLAN = {
    "name": "Hook test",
    "topic": "hook",
    "design": "inside creators",
    "primary": "link_click_rate",
    "secondary": ("save_rate",),
    "guardrails": {"engagement_rate": "10%"},
    "worth": "10%",
    "videos_each": 4,
    "first_day": day_of(FIRST),
    "last_day": day_of(LAST),
}


def people(store, count=6):
    """Return a campaign and the ids of its creators."""
    campaign_id = make_campaign(store)
    return campaign_id, join(store, campaign_id, *(f"creator{number:02}" for number in range(count)))


def plan(store, campaign_id, arms=ARMS, **changes):
    """Return the id of a draft."""
    return create_plan(store, campaign_id, PLAN | changes, list(arms), now=NOW)


def started(store, campaign_id, creators, arms=ARMS, **changes):
    """Return a started experiment."""
    number = plan(store, campaign_id, arms, **changes)
    start_experiment(store, campaign_id, number, creators, now=NOW, seed=7)
    return get_experiment(store, campaign_id, number)


def post(store, rows):
    """Import videos: (id, handle, day posted, {age: {measure: lifetime count}})."""
    with store.writing("videos for a test") as connection:
        batch = connection.exec_driver_sql("SELECT COALESCE(MAX(id), 0) + 1 FROM import_batch").scalar_one()
        put(
            connection, "import_batch", id=batch, upload="u", file_name="f", sha256=str(batch), size=1, format="x",
            label="x", account="", currency="", zone="", provenance="platform", as_of=NOW, as_of_from="file",
            answers="{}", importer_version=1, rows_digest="", rows_in=0, rows_stored=0, rows_aside=0,
            rows_ignored=0, receipt="{}", who="", at=NOW,
        )  # fmt: skip
        for video_id, handle, day, snapshots in rows:
            put(
                connection, "video_fact", batch_id=batch, video_id=video_id, handle=handle,
                url=f"https://www.tiktok.com/@{handle}/video/{video_id}", caption=f"Caption {video_id}",
                posted_at=day * 86_400 + 43_200, posted_from="file",
            )  # fmt: skip
            for age, counts in snapshots.items():
                put(
                    connection, "stat", batch_id=batch, subject_kind="video", subject=video_id, kind="lifetime",
                    first_day=day + age, last_day=day + age, traffic="total", breakdown="", video_id=video_id,
                    handle=handle, campaign_hint="", label="", currency="", is_rounded=False, **counts,
                )  # fmt: skip
        rebuild_all(connection)


def boost(store, video_ids, day, views):
    """Import bought views of videos on a day."""
    with store.writing("ads for a test") as connection:
        batch = connection.exec_driver_sql("SELECT MAX(id) + 1 FROM import_batch").scalar_one()
        put(
            connection, "import_batch", id=batch, upload="u", file_name="ads", sha256=str(batch), size=1, format="x",
            label="x", account="", currency="", zone="", provenance="platform", as_of=NOW, as_of_from="file",
            answers="{}", importer_version=1, rows_digest="", rows_in=0, rows_stored=0, rows_aside=0,
            rows_ignored=0, receipt="{}", who="", at=NOW,
        )  # fmt: skip
        for video_id in video_ids:
            put(
                connection, "stat", batch_id=batch, subject_kind="ad", subject=f"ad{video_id}", kind="daily",
                first_day=day, last_day=day, traffic="paid", breakdown="", video_id=video_id, handle="",
                campaign_hint="", label="", currency="USD", is_rounded=False, views=views,
            )  # fmt: skip
        rebuild_all(connection)


def counts(views, clicks, **more):
    """Return what is counted of a video; clicks None leaves them unknown."""
    found = {
        "views": views,
        "likes": round(views * 0.05),
        "comments": 20,
        "shares": 10,
        "saves": round(views * 0.01),
    }
    return found | ({} if clicks is None else {"link_clicks": clicks}) | more


def deliver(store, experiment, rate, *, age=8, views=10_000, skip=()):
    """Import a video for every planned one, posted in order.

    Args:
        experiment: started.
        rate: slot -> clicks per view; None leaves clicks unknown.
        age: of the one snapshot.
        views: of each video.
        skip: slots for which nothing is made.
    """
    rows = []
    for number, slot in enumerate(experiment.slots):
        if slot in skip:
            continue
        share = rate(slot)
        clicks = None if share is None else round(views * share)
        day = FIRST + 4 * (slot.position - 1)
        rows.append((f"{70_000_000 + number}", slot.handle, day, {age: counts(views, clicks)}))
    post(store, rows)
    return rows
