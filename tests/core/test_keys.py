import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.keys import code_key, handle_key, link_key, link_part


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lena15", " LENA15 "),
        ("ＬＥＮＡ15", "lena15"),
        ("LE\u200bNA15", "lena15"),
        ("summer  sale", "SUMMER SALE"),
        ("straße", "STRASSE"),
    ],
    ids=["case and blanks", "full width", "unseen sign", "spaces", "sharp s"],
)
def test_the_same_code_written_differently_has_one_key(one, other):
    assert code_key(one) == code_key(other) != ""


def test_different_codes_keep_different_keys():
    assert code_key("LENA15") != code_key("LENNA15")


@given(st.text())
def test_the_key_of_a_code_key_is_itself(text):
    assert code_key(code_key(text)) == code_key(text)


@given(st.text())
def test_the_key_of_a_link_part_is_itself(text):
    assert link_part(link_part(text)) == link_part(text)


def test_a_link_has_one_key_however_an_export_writes_it():
    built = link_key("tiktok", "creator", "spring-2026", "lena.glow-v1")
    assert built == "tiktok|creator|spring-2026|lena.glow-v1|"
    assert link_key(" TikTok", "Creator ", "Spring%2D2026", "lena.glow%2Dv1", "(not set)") == built


def test_an_encoded_space_and_a_plus_are_a_space():
    assert (
        link_part("spring%20sale") == link_part("spring+sale") == link_part("Spring  Sale") == "spring sale"
    )


def test_a_separator_inside_a_value_cannot_fake_another_link():
    assert link_key("a|b", "c", "d") != link_key("a", "b|c", "d")
    assert link_key("a", "b", "c%7Cd").count("|") == 4


@pytest.mark.parametrize(
    "written",
    [
        "@Lena.Glow",
        "lena.glow",
        " LENA.GLOW ",
        "https://www.tiktok.com/@lena.glow?lang=en",
        "tiktok.com/@Lena.Glow/video/7301234567890123456",
        "m.tiktok.com/@lena.glow",
        "@lena.glow\u200b",
    ],
)
def test_a_handle_is_found_in_every_usual_writing(written):
    assert handle_key(written) == "lena.glow"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "@",
        "lena glow",
        "https://example.com/@lena",
        "https://vm.tiktok.com/ZM8/",
        "https://tiktok.com.evil.example/@lena",
        "=cmd()",
        "...",
        "http://[",
        "a" * 31,
    ],
)
def test_what_is_no_handle_gives_none(written):
    assert handle_key(written) == ""
