"""Characters nobody sees are gone; legitimate ones stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.cleaning import clean


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("⽣成AIの⼊⼒", "生成AIの入力"),
        ("⻑い⻄暦の⻘", "長い西暦の青"),
        ("︑︒", "、。"),
        ("禁\u200b止\u202e", "禁止"),
        ("可\U000e0041\U000e0042", "可"),
        ("NUL\x00と\x07", "NULと"),
        ("a\r\nb\x0bc", "a\nb\nc"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("髙橋 ㈱①", "髙橋 ㈱①"),
        ("✔\ufe0f済", "✔\ufe0f済"),
    ],
)
def test_text_reads_as_a_person_sees_it(text: str, seen: str) -> None:
    assert clean(text).text == seen


def test_hidden_characters_are_counted() -> None:
    assert clean("a\u200b\u2060b").hidden == 2
    assert clean("ふつう").hidden == 0


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once.text) == type(once)(once.text)


def test_the_middle_dot_that_fonts_turn_into_a_hyphenation_point_is_put_right():
    assert clean("\u2027要約\u2027校正").text == "・要約・校正"
