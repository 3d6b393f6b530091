"""Comments: people pseudonymised, threads kept, moments right."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from core.imports.model import Ask

VIDEO = str(int(datetime(2026, 5, 3, 9, tzinfo=UTC).timestamp()) << 32 | 5)
LINK = f"https://www.tiktok.com/@bea.reads/video/{VIDEO}"


def comment_id(minute: int, number: int = 1) -> str:
    return str(int(datetime(2026, 5, 4, 8, minute, 5, tzinfo=UTC).timestamp()) << 32 | number)


def comment(minute: int, user: str, text: str, **more: object) -> dict:
    return {"comment_id": comment_id(minute), "username": user, "nickname": "Secret Name", "comment": text,
            "create_time": f"2026-05-04T15:{minute:02d}:12", "avatar": "https://example.invalid/a.jpg", "replies": [], **more}  # fmt: skip


def threaded(*comments: dict) -> str:
    return json.dumps({"caption": "x", "video_url": LINK, "comments": list(comments), "has_more": 0})


def test_replies_know_their_comment_and_the_ids_tell_the_zone(facts_of) -> None:
    facts = facts_of(
        "c.json",
        threaded(
            comment(1, "one.fan", "Where?", replies=[comment(3, "bea.reads", "in bio")]),
            comment(9, "two", ""),
        ),
    )
    frame = facts.tables["comment"]
    assert not facts.questions
    assert frame["parent_id"].tolist() == ["", frame["comment_id"][0], ""]
    assert frame["created_at"].tolist()[0] == int(datetime(2026, 5, 4, 8, 1, 12, tzinfo=UTC).timestamp())
    assert frame["is_creator"].tolist() == [False, True, False]
    assert set(frame["video_id"]) == {VIDEO}
    assert facts.rows == 3


def test_no_name_handle_or_picture_of_a_person_is_kept(facts_of) -> None:
    text = "ask @other.fan or write to a.b@example.com, +49 170 1234567"
    facts = facts_of(
        "c.json", threaded(comment(1, "one.fan", text, replies=[comment(2, "one.fan", "@Other.Fan yes")]))
    )
    stored = facts.tables["comment"].to_json()
    for secret in ("one.fan", "other.fan", "Other.Fan", "Secret", "example.invalid", "a.b@", "1234567"):
        assert secret not in stored
    frame = facts.tables["comment"]
    assert frame["author_key"].nunique() == 1
    first, second = (words.split("@")[1][:6] for words in frame["text"])
    assert first == second


def test_text_stays_as_written(facts_of) -> None:
    texts = ["=1+1", "𝔻𝕠𝕟𝕖 cafe\u0301", "two\nlines 😍", "-5", "NA"]
    facts = facts_of("c.json", threaded(*(comment(minute, "fan", text) for minute, text in enumerate(texts))))
    assert facts.tables["comment"]["text"].tolist() == texts


def test_the_zone_is_asked_where_ids_show_no_clock(facts_of) -> None:
    text = f"video_id,entry_id,text_content,author_username,creation_timestamp,parent_comment_id\n{VIDEO},73080f80-9eb2,Hi,fan,2026-05-04 15:01:12,"
    facts = facts_of("c.csv", text)
    assert [one.ask for one in facts.questions] == [Ask.ZONE]
    told = facts_of("c.csv", text, answers={(Ask.ZONE, facts.questions[0].key): "Asia/Jakarta"})
    assert told.tables["comment"]["created_at"].tolist() == [
        int(datetime(2026, 5, 4, 8, 1, 12, tzinfo=UTC).timestamp())
    ]


def test_the_video_is_asked_where_the_file_names_none(facts_of) -> None:
    text = ",ID,Date,Likes,Comment\n0,1,2026-05-04T08:01:05Z,4,Lovely\n1,2,2026-05-04T08:02:05Z,0,Lovely"
    facts = facts_of("c.csv", text)
    assert [one.ask for one in facts.questions] == [Ask.VIDEO]
    told = facts_of("c.csv", text, answers={(Ask.VIDEO, ""): LINK})
    assert not told.questions
    assert set(told.tables["comment"]["video_id"]) == {VIDEO}
    assert told.tables["comment"]["comment_id"].nunique() == 2


def test_row_numbers_are_no_ids_so_the_same_comment_in_two_files_is_one(facts_of) -> None:
    head, first, second = (
        ",ID,Date,Likes,Comment",
        "2026-05-04T08:01:05Z,4,Lovely",
        "2026-05-04T09:01:05Z,4,Fine",
    )
    answers = {(Ask.VIDEO, ""): VIDEO}
    one = facts_of("a.csv", f"{head}\n0,1,{first}\n1,2,{second}", answers=answers).tables["comment"]
    two = facts_of("b.csv", f"{head}\n0,1,{second}\n1,2,{first}", answers=answers).tables["comment"]
    assert set(one["comment_id"]) == set(two["comment_id"])


@pytest.mark.parametrize("written", ["1777881665", "2026-05-04T08:01:05.000Z", "2026-05-04T10:01:05+02:00"])
def test_moments_are_read_in_every_form(facts_of, written) -> None:
    text = f"comment_id,video_url,comment,create_time,username\n{comment_id(1)},{LINK},Hi,{written},fan\n{comment_id(2)},{LINK},Ho,{written},fan"
    assert facts_of("c.csv", text).tables["comment"]["created_at"].tolist() == [1777881665] * 2


def test_status_messages_and_repeats_are_not_counted(facts_of) -> None:
    rows = [{**comment(1, "fan", "Hi"), "videoWebUrl": LINK}] * 2 + [
        {"error": "no_items", "videoWebUrl": LINK}
    ]
    for row in rows:
        row.pop("replies", None)
    facts = facts_of("c.json", json.dumps(rows))
    assert facts.rows == 1
    assert dict(facts.ignored) == {"status message instead of a comment": 1, "same comment twice": 1}


FLAT = "video_id,entry_id,text_content,author_username,creation_timestamp,parent_comment_id\n"


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "UTC"], ids=["right zone", "wrong zone"])
def test_one_comment_has_one_key_whichever_tool_collected_it(facts_of, zone) -> None:
    nested = facts_of(
        "c.json", threaded(comment(1, "fan", "Where? ", replies=[comment(3, "other", "in bio")]))
    ).tables["comment"]
    rows = f"{VIDEO},7d1f-a,Where?,fan,2026-05-04 15:01:12,\n{VIDEO},7d1f-b,in bio,other,2026-05-04 15:03:12,7d1f-a"
    flat = facts_of("c.csv", FLAT + rows, answers={(Ask.ZONE, ""): zone}).tables["comment"]
    assert flat["comment_id"].tolist() == nested["comment_id"].tolist()
    assert flat["parent_id"].tolist() == nested["parent_id"].tolist() == ["", flat["comment_id"][0]]


def test_the_same_words_again_later_are_another_comment(facts_of) -> None:
    rows = f"{VIDEO},a,Nice,fan,2026-05-04T15:01:12Z,\n{VIDEO},b,Nice,fan,2026-05-04T15:16:12Z,\n{VIDEO},c,Nice,fan,2026-05-04T15:16:13Z,"
    assert facts_of("c.csv", FLAT + rows).tables["comment"]["comment_id"].nunique() == 3


def test_the_id_of_the_file_counts_where_the_author_is_not_known(facts_of) -> None:
    text = f"comment_id,video_url,comment,create_time\n{comment_id(1)},{LINK},Hi,2026-05-04T08:01:05Z"
    assert facts_of("c.csv", text).tables["comment"]["comment_id"].tolist() == [comment_id(1)]


def test_replies_to_replies_keep_their_own_comment(facts_of) -> None:
    deepest = comment(5, "c", "third")
    nested = comment(1, "a", "first", replies=[comment(3, "b", "second", replies=[deepest])])
    frame = facts_of("c.json", threaded(nested)).tables["comment"]
    assert frame["parent_id"].tolist() == ["", *frame["comment_id"].tolist()[:2]]
