"""Tagging videos: many at once, by who and when, and taken back exactly."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.access import Principal, Role
from core.content import (
    DEFAULTS,
    TagRow,
    add_word,
    list_tag_changes,
    list_tagged_videos,
    list_vocabulary,
    read_pasted_tags,
    rename_word,
    set_listed,
    set_tags,
    tag_videos,
    undo_tag_change,
)
from core.entry.forms import EntryError
from core.errors import PlumblineError
from core.evidence.tags import TYPED, Dimension
from core.store.engine import open_store
from tests.core.funnel import story
from tests.core.funnel.story import SPRING, WINTER

NOW = 1_775_000_000
HOOK, THEME = Dimension.HOOK, Dimension.THEME
QUESTION = (HOOK, "question")


@pytest.fixture
def told(store):
    story.tell(store)
    return store


def tags(store, video_id, campaign_id=SPRING):
    video = next(one for one in list_tagged_videos(store, campaign_id) if one.video_id == video_id)
    return {one.tag.label for one in video.given}


def test_a_new_workspace_offers_the_usual_words(told):
    words = list_vocabulary(told, SPRING)
    assert {tag.dimension for tag in words} == set(TYPED)
    assert [tag.value for tag in words if tag.dimension is HOOK] == list(DEFAULTS[HOOK])


def test_many_videos_get_a_word_at_once_and_it_is_written_down_who_gave_it(told):
    assert tag_videos(told, SPRING, ["7001", "7003"], QUESTION, is_on=True, now=NOW) == 2
    video = next(one for one in list_tagged_videos(told, SPRING) if one.video_id == "7001")
    assert [(one.tag.label, one.who, one.at) for one in video.given] == [
        ("Hook: question", "this computer", NOW)
    ]
    (work,) = list_tag_changes(told, SPRING)
    assert (work.about, work.videos, work.who) == ("Hook: question given to 2 videos", 2, "this computer")


def test_a_video_has_one_hook_and_several_themes(told):
    tag_videos(told, SPRING, ["7001"], QUESTION, is_on=True, now=NOW)
    tag_videos(told, SPRING, ["7001"], (HOOK, "unboxing"), is_on=True, now=NOW)
    for theme in ("comparison", "day in the life"):
        tag_videos(told, SPRING, ["7001"], (THEME, theme), is_on=True, now=NOW)
    assert tags(told, "7001") == {"Hook: unboxing", "Theme: comparison", "Theme: day in the life"}


def test_a_row_sets_the_kinds_it_names_and_leaves_the_others(told):
    tag_videos(told, SPRING, ["7001"], QUESTION, is_on=True, now=NOW)
    rows = [TagRow(video_id="7001", words={THEME: ("comparison", "Gift guide")})]
    assert set_tags(told, SPRING, rows, about="table", now=NOW) == 1
    assert tags(told, "7001") == {"Hook: question", "Theme: comparison", "Theme: Gift guide"}
    assert "Gift guide" in {tag.value for tag in list_vocabulary(told, SPRING)}
    assert set_tags(told, SPRING, rows, about="table", now=NOW) == 0, "the same again changes nothing"
    assert len(list_tag_changes(told, SPRING)) == 2


def test_two_hooks_on_one_video_are_refused_and_nothing_is_kept(told):
    rows = [
        TagRow(video_id="7002", words={THEME: ("comparison",)}),
        TagRow(video_id="7001", words={HOOK: ("question", "unboxing")}),
    ]
    with pytest.raises(EntryError, match="one hook only"):
        set_tags(told, SPRING, rows, about="table", now=NOW)
    assert tags(told, "7002") == set()


def test_a_video_of_another_campaign_is_refused(told):
    with pytest.raises(EntryError, match="not a video of this campaign"):
        tag_videos(told, SPRING, ["7000"], QUESTION, is_on=True, now=NOW)


def test_undo_gives_back_what_was_there_before_and_keeps_what_came_after(told):
    tag_videos(told, SPRING, ["7001", "7002"], QUESTION, is_on=True, now=NOW)
    tag_videos(told, SPRING, ["7001", "7002"], (HOOK, "unboxing"), is_on=True, now=NOW + 1)
    tag_videos(told, SPRING, ["7001"], (THEME, "comparison"), is_on=True, now=NOW + 2)
    second = list_tag_changes(told, SPRING)[1]
    undo_tag_change(told, SPRING, second.change_id, now=NOW + 3)
    assert tags(told, "7001") == {"Hook: question", "Theme: comparison"}
    assert list_tag_changes(told, SPRING)[1].undone_by == "this computer"
    with pytest.raises(PlumblineError, match="taken back already"):
        undo_tag_change(told, SPRING, second.change_id, now=NOW + 4)


def test_a_change_of_another_campaign_cannot_be_undone_from_here(told):
    tag_videos(told, WINTER, ["7000"], QUESTION, is_on=True, now=NOW)
    (work,) = list_tag_changes(told, WINTER)
    with pytest.raises(PlumblineError, match="another campaign"):
        undo_tag_change(told, SPRING, work.change_id, now=NOW)


def test_a_renamed_word_is_renamed_on_every_video(told):
    tag_videos(told, SPRING, ["7001"], QUESTION, is_on=True, now=NOW)
    rename_word(told, *QUESTION, "asks a question")
    assert tags(told, "7001") == {"Hook: asks a question"}
    with pytest.raises(EntryError, match="another word"):
        rename_word(told, HOOK, "asks a question", "Unboxing")


def test_a_word_off_the_list_stays_where_it_was_given_and_can_come_back(told):
    tag_videos(told, SPRING, ["7001"], QUESTION, is_on=True, now=NOW)
    set_listed(told, *QUESTION, is_listed=False)
    assert tags(told, "7001") == {"Hook: question"}
    assert not next(t for t in list_vocabulary(told) if t.value == "question").is_listed
    add_word(told, {"dimension": "hook", "value": " Question "})
    assert next(t for t in list_vocabulary(told) if t.value == "question").is_listed
    with pytest.raises(EntryError, match="on the list already"):
        add_word(told, {"dimension": "hook", "value": "QUESTION"})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"dimension": "hook", "value": "\u200b"}, "no sign that can be seen"),
        ({"dimension": "hook", "value": "a | b"}, "parts words"),
        ({"dimension": "length", "value": "short"}, "worked out"),
        ({"dimension": "mood", "value": "calm"}, "not one of the choices"),
        ({"dimension": "hook", "value": "x" * 61}, "too long"),
    ],
    ids=["unseen", "separator", "derived", "unknown kind", "long"],
)
def test_a_word_that_cannot_be_a_word_is_refused(told, values, said):
    with pytest.raises(EntryError, match=said):
        add_word(told, values)


def test_rows_pasted_from_a_spreadsheet_are_read_by_heading(told):
    text = (
        (
            "Video link\tCTA\tHook\tMood\n"
            "https://www.tiktok.com/@ana/video/7001\tlink in bio; comment\tQuestion\tcalm\n"
            "7003\t\tmystery box\t\n"
            "https://www.tiktok.com/@x/video/9999999\t\tquestion\t\n"
            "see below\t\tquestion\t\n"
            "7003\t\tquestion\t\n"
        )
        .replace("7001", "70010")
        .replace("7003", "70030")
    )
    with told.writing("ids as TikTok's") as connection:
        for old, new in (("7001", "70010"), ("7003", "70030")):
            connection.exec_driver_sql(f"UPDATE video SET video_id = '{new}' WHERE video_id = '{old}'")
    read = read_pasted_tags(told, SPRING, text)
    assert [row.words for row in read.rows] == [
        {Dimension.CALL_TO_ACTION: ("link in bio", "comment"), HOOK: ("Question",)},
        {HOOK: ("mystery box",)},
    ]
    assert read.new_words == ((HOOK, "mystery box"),)
    assert [item.issue.code for item in read.remarks] == ["not-a-video-here", "video-missing", "repeated-row"]
    assert set_tags(told, SPRING, read.rows, about="paste", now=NOW) == 2


def test_an_empty_paste_and_one_without_headings(told):
    assert read_pasted_tags(told, SPRING, " \n ").rows == ()
    assert read_pasted_tags(told, SPRING, "12345678\tcomparison").remarks[0].issue.code == "not-a-video-here"


def test_a_viewer_may_look_and_not_tag(told):
    viewer = told.acting_as(Principal(name="client", role=Role.VIEWER, campaign_ids=frozenset({SPRING})))
    assert list_tagged_videos(viewer, SPRING)
    for attempt in (
        lambda: tag_videos(viewer, SPRING, ["7001"], QUESTION, is_on=True, now=NOW),
        lambda: add_word(viewer, {"dimension": "hook", "value": "x"}),
        lambda: list_tagged_videos(viewer, WINTER),
    ):
        with pytest.raises(PlumblineError, match="right"):
            attempt()


VIDEOS = ("7001", "7002", "7003")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(VIDEOS),
        st.sampled_from([(THEME, "comparison"), (THEME, "customer story")]),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=15, deadline=None)
@given(acts=ACTS, chosen=st.integers(0, 7))
def test_what_stands_follows_from_the_acts_that_stand(tmp_path_factory, sqlite_template, acts, chosen):
    """Words of which a video may have several are independent of each other: the newest act on each decides."""
    path = tmp_path_factory.mktemp("tags") / "plumbline.db"
    shutil.copyfile(sqlite_template, path)
    store = open_store(f"sqlite:///{path}")
    story.tell(store)
    written = []
    for number, act in enumerate(acts):
        video, word, is_on = act
        if tag_videos(store, SPRING, [video], word, is_on=is_on, now=NOW + number):
            written.append((list_tag_changes(store, SPRING)[0].change_id, act))
    if written:
        gone = written.pop(chosen % len(written))
        undo_tag_change(store, SPRING, gone[0], now=NOW + 99)
    newest = {(video, word): is_on for _, (video, word, is_on) in written}
    for video in VIDEOS:
        expected = {f"Theme: {word[1]}" for (one, word), is_on in newest.items() if is_on and one == video}
        assert tags(store, video) == expected
    store.close()
