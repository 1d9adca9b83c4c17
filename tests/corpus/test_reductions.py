"""How much shorter the work became: from the story's own two times, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.measures import parse_measure
from assistant.corpus.reductions import reduction


@pytest.mark.parametrize(
    ("before", "after", "words", "derivation"),
    [
        ("3時間", "50分", "約7割減", "3時間=180分、(180−50)÷180=72%"),
        ("二時間", "四十分", "約7割減", "2時間=120分、(120−40)÷120=67%"),
        ("1件20分", "1件5分", "75%減", "(20−5)÷20=75%"),
        ("月8h", "月二時間", "75%減", "(8−2)÷8=75%"),
        ("5時間", "2時間", "6割減", "(5−2)÷5=60%"),
        ("2日", "半日", "75%減", "半日=0.5日、(2−0.5)÷2=75%"),
        ("2時間", "5分", "約96%減", "2時間=120分、(120−5)÷120=96%"),
        ("10分", "5分", "半分", "(10−5)÷10=50%"),
        ("1時間", "32分", "約半分", "1時間=60分、(60−32)÷60=47%"),
    ],
)
def test_saved_time_is_told_with_how_it_was_reckoned(before, after, words, derivation):
    saved = reduction(parse_measure(before), parse_measure(after))
    assert (saved.words, saved.derivation) == (words, derivation)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1件あたり30分", "月8時間"),  # other bases
        ("半日", "40分"),  # how long a day of work is, the story does not say
        ("3週間", "4日"),
        ("30分", "1時間"),  # longer
        ("2枚", "9枚"),
        ("30〜40分", "10分"),
    ],
)
def test_what_cannot_be_compared_is_not(before, after):
    assert reduction(parse_measure(before), parse_measure(after)) is None


def test_without_one_of_the_times_nothing_is_reckoned():
    assert reduction(parse_measure("3時間"), None) is None
    assert reduction(None, None) is None


@given(st.integers(2, 600), st.integers(1, 599))
def test_told_share_is_never_more_than_five_points_off(before, after):
    saved = reduction(parse_measure(f"{before}分"), parse_measure(f"{after}分"))
    if after >= before:
        assert saved is None
        return
    digits = "".join(letter for letter in saved.words if letter.isdigit())
    told = 50 if "半分" in saved.words else int(digits) * (10 if "割" in saved.words else 1)
    assert abs(told - saved.share * 100) <= 3.5 + 1e-9
    assert ("約" in saved.words) == (abs(told - saved.share * 100) > 1e-9)
