"""The pages of "Learn" as a marketer meets them: from a pattern over a plan to a learning."""

from datetime import date, timedelta

import pytest

from core.content import list_tag_changes, list_tagged_videos, list_vocabulary, tag_videos
from core.evidence.tags import Dimension
from core.experiments.learnings import add_learning, list_learnings
from core.experiments.plans import get_experiment, list_experiments
from pages.ui.workspace import forget_store, workspace_store
from tests.core.experiments.campaign import ARMS, FIRST, counts, deliver, people, plan, post, started
from tests.core.experiments.test_running import finished, with_effect
from tests.pages.screens import button, open_page, press, words_of

FILES = ("patterns.py", "tags.py", "experiments.py", "experiment.py", "learnings.py")
QUESTION = (Dimension.HOOK, "question")
NOW = 1_770_000_000


@pytest.fixture
def store(sqlite_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    forget_store()
    opened = workspace_store()
    yield opened
    forget_store()
    opened.close()


def said(app):
    return words_of(app).replace("\\", "").replace("\u2060", "")


@pytest.mark.parametrize("file", FILES)
def test_without_a_campaign_there_is_one_button_that_helps(store, file):
    app = open_page(file)
    assert app.title[0].value
    assert "There is no campaign yet" in said(app)


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("patterns.py", "No video has a known"),
        ("tags.py", "No video is in this campaign yet"),
        ("experiments.py", "No experiment is planned here yet"),
        ("experiment.py", "No experiment is planned here yet"),
        ("learnings.py", "Nothing has been written down yet"),
    ],
)
def test_an_empty_campaign_says_why_and_what_to_do(store, file, why):
    people(store, 2)
    app = open_page(file, campaign="spring")
    assert not app.error
    assert why in said(app)


def some_videos(store):
    campaign_id, _ = people(store, 6)
    rows = [
        (
            f"{71_000_000 + 10 * at + n}",
            f"creator{at:02}",
            FIRST + 3 * n,
            {8: counts(10_000, 60 + 50 * (n % 2) + 9 * at)},
        )
        for at in range(6)
        for n in range(6)
    ]
    post(store, rows)
    return campaign_id, [row[0] for row in rows]


def test_tags_are_given_to_what_the_search_finds_and_taken_back(store):
    campaign_id, _ = some_videos(store)
    app = open_page("tags.py", campaign="spring", find_tags="creator03")
    assert "0 of 36 videos have tags" in said(app)
    word = app.selectbox(key="bulk_word")
    word.select(next(tag for tag in word.options if tag == "Hook: question")).run()
    press(app, "Give it")
    tagged = [video for video in list_tagged_videos(store, campaign_id) if video.given]
    assert {video.handle for video in tagged} == {"creator03"}
    assert len(tagged) == 6
    press(app, "Undo")
    assert not any(video.given for video in list_tagged_videos(store, campaign_id))
    assert list_tag_changes(store, campaign_id)[0].undone_by == "this computer"


def test_pasted_tags_show_new_words_before_they_are_kept(store):
    campaign_id, ids = some_videos(store)
    app = open_page("tags.py", campaign="spring")
    app.text_area(key="paste_tags_0").input(f"video\thook\n{ids[0]}\tmystery box\n99999999\tquestion").run()
    assert "1 word would be new on the list: mystery box (hook)" in said(app)
    assert "99999999 is not in this campaign" in said(app)
    press(app, "Tag 1 video")
    video = next(one for one in list_tagged_videos(store, campaign_id) if one.video_id == ids[0])
    assert [one.tag.label for one in video.given] == ["Hook: mystery box"]


def test_a_word_is_added_and_renamed(store):
    some_videos(store)
    app = open_page("tags.py", campaign="spring")
    app.text_input(key="new_word_hook").input("cliffhanger")
    press(app, "Add it")
    assert "cliffhanger" in said(app)
    app.selectbox(key="old_word_hook").select("cliffhanger").run()
    app.text_input(key="rename_hook_cliffhanger").input("open ending").run()
    press(app, "Rename")
    words = [tag.value for tag in list_vocabulary(store)]
    assert "open ending" in words
    assert "cliffhanger" not in words


def test_patterns_are_called_associations_and_lead_to_an_experiment(store):
    campaign_id, ids = some_videos(store)
    for place, word in enumerate(("result first", "question")):
        chosen = [video for n, video in enumerate(ids) if n % 2 == place]
        tag_videos(store, campaign_id, chosen, (Dimension.HOOK, word), is_on=True, now=NOW)
    app = open_page("patterns.py", campaign="spring", metric="link_click_rate")
    assert "“question” (hook) went with better link click rate. Nobody has tested it yet." in said(app)
    assert "Association only" in said(app)
    assert "winner" not in said(app)
    assert "Everybody together: +" in said(app)
    assert "https://www.tiktok.com/" in words_of(app)


def test_the_conversation_tells_what_a_test_can_see_and_keeps_the_plan(store):
    campaign_id, _ = people(store, 8)
    app = open_page("experiments.py", campaign="spring", new="1")
    assert "you would notice a better version only if it lifts link click rate by about" in said(app)
    app.selectbox(key="plan_primary").select("views").run()
    assert "A test on views is not recommended" in said(app)
    app.selectbox(key="plan_primary").select("link_click_rate").run()
    press(app, "Keep this plan")
    assert list_experiments(store, campaign_id) == ()
    assert "is empty" in "".join(str(problem.value) for problem in app.error)
    app.text_input(key="arm_name_0").input("Product first")
    app.text_input(key="arm_name_1").input("Question first")
    app.text_input(key="plan_name").input("Hook test")
    press(app, "Keep this plan")
    (kept,) = list_experiments(store, campaign_id)
    assert (kept.name, kept.primary, kept.videos_each) == ("Hook test", "link_click_rate", 6)
    assert [arm.name for arm in kept.arms] == ["Product first", "Question first"]


def test_the_method_can_be_tried_on_own_videos(store):
    some_videos(store)
    app = open_page("experiments.py", campaign="spring", new="1")
    press(app, "Try it")
    assert "imaginary tests on your own 36 videos" in said(app)


def test_a_draft_is_started_by_the_draw_and_shows_briefs(store):
    campaign_id, _ = people(store, 6)
    number = plan(store, campaign_id)
    app = open_page("experiment.py", campaign="spring", experiment=str(number))
    press(app, "Draw the versions and start")
    experiment = get_experiment(store, campaign_id, number)
    assert len(experiment.slots) == 24
    app.session_state["experiment_tabs"] = "Videos and briefs"
    app.run()
    assert "0 of 24 planned videos are in." in said(app)
    assert any("for “Hook test” we would like 4 videos" in str(code.value) for code in app.code)


def test_the_result_stands_in_one_sentence_with_its_range_and_checks(store):
    campaign_id, creators = people(store, 8)
    experiment = started(store, campaign_id, creators, videos_each=6)
    deliver(store, experiment, with_effect(experiment, 1.8))
    app = open_page("experiment.py", campaign="spring", experiment=str(experiment.experiment_id))
    text = said(app)
    assert "Question first wins" in text
    assert "assigned at random" in text
    assert "likely between" in text
    assert "checks passed" in "".join(one.label for one in app.expander)
    assert "p-value" not in text.lower().split("details")[0]


def test_an_experiment_of_another_campaign_is_not_shown(store):
    people(store, 2)
    app = open_page("experiment.py", campaign="spring", experiment="999")
    assert not app.exception


def test_from_the_end_of_a_test_to_the_learning(store):
    campaign_id, creators = people(store, 8)
    experiment = started(store, campaign_id, creators, videos_each=6)
    deliver(store, experiment, with_effect(experiment, 1.8))
    app = open_page("experiment.py", campaign="spring", experiment=str(experiment.experiment_id))
    app.session_state["experiment_tabs"] = "Finish"
    app.run()
    app.text_area(key="decision_reason").input("It is clear.")
    press(app, "Finish this experiment")
    done = get_experiment(store, campaign_id, experiment.experiment_id).conclusion
    assert (done.decision, done.verdict) == ("use the new version", "wins")
    assert "Put the suggestion right" in said(app)
    press(app, "Keep the learning")
    (learning,) = list_learnings(store, date(2026, 12, 1))
    assert learning.experiment_id == experiment.experiment_id
    assert learning.clause == ARMS[1]["brief"]


def test_stale_learnings_ask_to_be_tested_again(store):
    campaign_id, _ = finished(store)
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011  (the page asks for the reader's day)
    values = {"hypothesis": "Short works", "clause": "Keep it short.", "strength": "experience"}
    add_learning(store, campaign_id, values | {"retest_day": yesterday}, now=NOW)
    app = open_page("learnings.py", campaign="spring")
    assert "1 learning should be tested again first" in said(app)
    assert button(app, "Retire")


def test_a_learning_is_written_down_without_an_experiment(store):
    people(store, 1)
    app = open_page("learnings.py", campaign="spring")
    app.text_area(key="new_learning_what").input("Creators answer faster by message.")
    press(app, "Keep it")
    (learning,) = list_learnings(store, date(2026, 12, 1))
    assert learning.retest_on is not None
    assert "Creators answer faster by message" in said(app)
