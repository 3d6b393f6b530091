"""Patterns: inside creators, at equal age, with what may be luck called so."""

from __future__ import annotations

import math
from random import Random

import pytest

from core.content import find_patterns, keep_usual_words, list_tagged_videos, tag_videos
from core.evidence.tags import Dimension
from core.statistics.association import compare_tags
from tests.core.experiments.campaign import ARMS, FIRST, boost, counts, people, post, started

HOOK = Dimension.HOOK
NOW = (FIRST - 3) * 86_400


def told(store, *, effect=1.0, who=1.0, creators=8, each=6, seed=3, now=NOW):
    """Store tagged videos: `question` has an effect inside creators, and strong creators use it more by `who`."""
    campaign_id, _ = people(store, creators)
    random = Random(seed)  # noqa: S311
    rows, asks, others = [], [], []
    for at in range(creators):
        strong = at % 2 == 1
        for n in range(each):
            question = n < (each - 2 if strong and who > 1 else 2 if who > 1 else each // 2)
            rate = (
                0.01
                * (who if strong else 1.0)
                * (effect if question else 1.0)
                * (0.9 + 0.2 * random.random())
            )
            video = f"{72_000_000 + 100 * at + n}"
            day = FIRST + (5 * n + at) % 20
            rows.append((video, f"creator{at:02}", day, {8: counts(10_000, round(10_000 * rate))}))
            (asks if question else others).append(video)
    post(store, rows)
    tag_videos(store, campaign_id, asks, (HOOK, "question"), is_on=True, now=now)
    tag_videos(store, campaign_id, others, (HOOK, "result first"), is_on=True, now=now)
    return campaign_id


def hooks(patterns):
    return [one for one in patterns.shown if one.tag.dimension is HOOK]


def test_a_word_with_an_effect_stands_out_with_its_range_and_examples(store):
    campaign_id = told(store, effect=1.6)
    found = find_patterns(store, campaign_id, metric="link_click_rate")
    (one,) = hooks(found)
    assert (one.tag.value, one.is_notable) == ("question", True)
    assert one.low < 0.6 < one.high
    assert len(one.examples) == 3
    assert all(example.url.startswith("https://") and example.times > 1 for example in one.examples)
    assert "association only" in found.cautions[0].lower()
    assert "winner" not in (found.sentence + one.sentence).lower()


def test_two_words_that_exclude_each_other_are_one_comparison(store):
    campaign_id = told(store, effect=0.6)
    (one,) = hooks(find_patterns(store, campaign_id, metric="link_click_rate"))
    assert (one.tag.value, one.lift > 0) == ("result first", True)


def test_what_is_only_who_used_it_is_said_to_be_so(store):
    campaign_id = told(store, who=3.0)
    (one,) = hooks(find_patterns(store, campaign_id, metric="link_click_rate"))
    assert abs(one.raw) > 0.25
    assert abs(one.lift) < 0.1
    assert one.is_mostly_who
    assert not one.is_notable
    assert "explained by who used it" in one.sentence


def test_at_most_five_words_are_shown_and_the_correction_is_over_all_of_them(store):
    campaign_id = told(store, creators=10, each=8)
    ids = [video.video_id for video in list_tagged_videos(store, campaign_id)]
    random = Random(5)  # noqa: S311
    for theme in (
        "product in use",
        "comparison",
        "customer story",
        "how it is made",
        "day in the life",
        "season or trend",
    ):
        chosen = random.sample(ids, 30)
        tag_videos(store, campaign_id, chosen, (Dimension.THEME, theme), is_on=True, now=NOW)
    found = find_patterns(store, campaign_id, metric="link_click_rate")
    assert len(found.shown) == 5
    assert found.others >= 2
    assert not any(one.is_notable for one in found.shown)
    assert "may be luck" in found.sentence


@pytest.mark.parametrize("days", [-3, 40], ids=["before", "after the results"])
def test_tags_given_after_the_results_are_said(store, days):
    campaign_id = told(store, now=(FIRST + days) * 86_400)
    cautions = " ".join(find_patterns(store, campaign_id, metric="link_click_rate").cautions)
    assert ("tagged after their results" in cautions) is (days > 0)


def test_bought_views_are_said_and_organic_ones_compared(store):
    campaign_id = told(store)
    boost(store, ["72000000"], FIRST + 2, 4_000)
    cautions = " ".join(find_patterns(store, campaign_id, metric="engagement_rate").cautions)
    assert "1 video had bought views" in cautions


def test_a_word_that_is_tested_leads_to_its_experiment(store):
    campaign_id = told(store, effect=1.6)
    ids = {tag.value: tag.tag_id for tag in keep_usual_words(store, campaign_id) if tag.dimension is HOOK}
    arms = [ARMS[0] | {"tag_id": ids["result first"]}, ARMS[1] | {"tag_id": ids["question"]}]
    assert not hooks(find_patterns(store, campaign_id, metric="link_click_rate"))[0].is_in_test
    started(store, campaign_id, [], arms, design="not assigned")
    assert hooks(find_patterns(store, campaign_id, metric="link_click_rate"))[0].is_in_test


def test_without_figures_or_with_too_few_videos_it_says_so(store):
    campaign_id, _ = people(store, 2)
    assert "No video has a known" in find_patterns(store, campaign_id, metric="link_click_rate").sentence
    post(store, [("72000001", "creator00", FIRST, {8: counts(1_000, 10)})])
    tag_videos(store, campaign_id, ["72000001"], (HOOK, "question"), is_on=True, now=NOW)
    found = find_patterns(store, campaign_id, metric="link_click_rate")
    assert (found.shown, found.videos, found.tagged) == ((), 1, 1)
    assert "No word could be compared" in found.sentence


def test_the_adjusted_figure_is_that_of_the_estimator(sqlite_store):
    """One reading against the numeric part fed by hand, without any covariate that varies."""
    campaign_id, _ = people(sqlite_store, 6)
    rows = [
        (
            f"{72_000_000 + 10 * at + n}",
            f"creator{at:02}",
            FIRST + 1,
            {8: counts(10_000, 50 + 30 * (n % 2) + at)},
        )
        for at in range(6)
        for n in range(6)
    ]
    post(sqlite_store, rows)
    asks = [row[0] for n, row in enumerate(rows) if n % 2]
    others = [row[0] for n, row in enumerate(rows) if not n % 2]
    tag_videos(sqlite_store, campaign_id, asks, (HOOK, "question"), is_on=True, now=NOW)
    tag_videos(sqlite_store, campaign_id, others, (HOOK, "no hook"), is_on=True, now=NOW)
    (one,) = hooks(find_patterns(sqlite_store, campaign_id, metric="link_click_rate"))
    (alone,) = compare_tags(
        [row[1] for row in rows],
        {"question": [n % 2 == 1 for n in range(36)]},
        [row[3][8]["link_clicks"] for row in rows],
        [10_000.0] * 36,
    )
    assert one.lift == pytest.approx(math.expm1(alone.adjusted))
    assert one.raw == pytest.approx(math.expm1(alone.raw))
