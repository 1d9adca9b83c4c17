"""Working times as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.measures import find_change, parse_measure, saving


@pytest.mark.parametrize(
    ("text", "minutes", "per"),
    [
        ("2時間", 120, ""),
        ("２時間", 120, ""),
        ("二時間", 120, ""),
        ("四十分", 40, ""),
        ("1時間半", 90, ""),
        ("1時間30分", 90, ""),
        ("1.5h", 90, ""),
        ("90min", 90, ""),
        ("約20分", 20, ""),
        ("半日", 240, ""),
        ("1日", 480, ""),
        ("月8h", 480, "月"),
        ("月12時間", 720, "月"),
        ("月に約10時間", 600, "月"),
        ("毎週2時間", 120, "週"),
        ("週3時間", 180, "週"),
        ("1件20分", 20, "件"),
        ("30分/件", 30, "件"),
        ("20分(1件あたり)", 20, "件"),
        ("1日30分", 30, "日"),
        ("10件で2時間", 120, "10件"),
    ],
)
def test_a_time_is_understood_however_it_is_written(text: str, minutes: int, per: str) -> None:
    measure = parse_measure(text)
    assert (measure.duration, measure.per) == (timedelta(minutes=minutes), per)
    assert measure.original == text


@pytest.mark.parametrize("text", ["3件", "8割", "30〜40分", "2026年4月1日", "とても長い", ""])
def test_what_is_not_one_time_keeps_its_words_only(text: str) -> None:
    measure = parse_measure(text)
    assert measure.duration is None
    assert measure.original == text


@given(
    hours=st.integers(0, 99),
    minutes=st.integers(1, 59),
    per=st.sampled_from(["", "月", "週", "件", "回", "本"]),
)
def test_hours_and_minutes_for_a_unit_come_back(hours: int, minutes: int, per: str) -> None:
    text = f"{per}{hours}時間{minutes}分"
    measure = parse_measure(text)
    assert measure.duration == timedelta(hours=hours, minutes=minutes)
    assert measure.per == per


@given(st.text(max_size=200))
def test_any_text_gives_a_measure(text: str) -> None:
    assert parse_measure(text).original == text.strip()


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("2時間 → 30分", 120, 30),
        ("半日から40分になりました", 240, 40),
        ("毎週2時間かかっていたのが、30分に減った", 120, 30),
        ("1件20分→1件5分", 20, 5),
        ("作業時間: 90分 ⇒ 15分", 90, 15),
    ],
)
def test_before_and_after_are_found_in_a_sentence(text: str, before: int, after: int) -> None:
    change = find_change(text)
    assert change is not None
    assert change[0].duration == timedelta(minutes=before)
    assert change[1].duration == timedelta(minutes=after)


def test_the_words_of_a_change_stay_as_they_were_written() -> None:
    change = find_change("集計は月8hかかっていたのが、\n月8h→月二時間になった。")
    assert change is not None
    assert [measure.original for measure in change] == ["月8h", "月二時間"]


def test_a_saving_needs_the_same_unit() -> None:
    assert saving(parse_measure("月8h"), parse_measure("月2h")) == timedelta(hours=6)
    assert saving(parse_measure("月8h"), parse_measure("1件20分")) is None
    assert saving(parse_measure("3件"), None) is None
