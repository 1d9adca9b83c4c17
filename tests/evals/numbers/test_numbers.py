import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.evals.numbers.numbers import numbers_in


def told(text: str) -> list[tuple[float, str]]:
    return [(one.value, one.unit_class) for one in numbers_in(text) if one.stated]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("三十分", [(1800, "time")]),
        ("1時間半", [(5400, "time")]),
        ("1時間と30分", [(5400, "time")]),
        ("二千五百万円", [(25_000_000, "yen")]),
        ("1万2千円", [(12_000, "yen")]),
        ("月8h", [(28_800, "time")]),
        ("半日が40分に", [(0.5, "day"), (2400, "time")]),
        ("3割5分引き", [(35, "percent")]),
        ("3分の1", [(pytest.approx(1 / 3), "times")]),
        ("2〜3日", [(2, "day"), (3, "day")]),
        ("4〜6月", [(400, "date"), (600, "date")]),
        ("1~2万円", [(10_000, "yen"), (20_000, "yen")]),
        ("2026年4月1日", [(20260401, "date")]),
        ("二〇二六年四月一日", [(20260401, "date")]),
        ("9:00〜17:30", [(540, "clock"), (1050, "clock")]),
        ("午後5時半", [(1050, "clock")]),
        ("入社三年目", [(3, "ordinal")]),
        ("3拠点", [(3, "拠点")]),
        ("24時間365日", [(86400, "time"), (365, "day")]),
        ("2026年度", [(2026, "年度")]),
        ("20MB", [(20, "mb")]),
    ],
)
def test_number_is_read_with_its_unit(text: str, numbers: list[tuple[float, str]]) -> None:
    assert told(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "1. 読む\n2) 書く\n(3) 出す",
        "[3]と[1, 2]",
        "①から⑳まで",
        "ルール「4. 最終チェック」",
        "3の条件",
        "GPT-4oとA4とM365とMicrosoft 365",
        "v1.2.3、バージョン2.1、Ver.3",
        "https://example.jp/2026/04",
        "1on1と5S",
        "十分に、一度、一人で、1つずつ",
        "六本木の三井さん、一時的、三分類",
        "数十件、何百人",
    ],
)
def test_markers_names_and_manners_of_speaking_are_no_claims(text: str) -> None:
    assert told(text) == []


@settings(max_examples=100, deadline=None)
@given(
    st.text("0123456789一二十百千万億兆.,年月日時分半割の〜~-/:第目円人つ[]①Ａa ３", max_size=40)
)
def test_every_text_is_read_and_offsets_point_into_it(text: str) -> None:
    for one in numbers_in(text):
        assert text[one.start : one.end] == one.text
