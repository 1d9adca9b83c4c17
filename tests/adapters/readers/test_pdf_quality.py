"""Pages that look like text and are not, and pages that look odd and are fine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.adapters.readers.pdf_pages import page_runs
from assistant.adapters.readers.pdf_quality import GOOD, READABLE, quality

TEXT = "検査員は、製品の外観を確かめたうえで、記録用紙に結果を書きます。" * 2


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "The inspector looks at the product and writes the result down on a form.",
        "髙橋 渡邊 齋藤 櫻井 濱田 廣瀬 澤田\n" * 3,
        "12,345 6,789 0.5% 2026/11/22 (株) A-1\n" * 5,
        "for (int i = 0; i < n; i++) { a[i] = b[i] * 2; }\n" * 4,
        "1. 検査の手順 ................................ 12\n" * 5,
        "部\n署\n名\n",
        "① 確認 ㈱アオバ ℡ 03-0000-0000 〒100-0001 ~ 10~20㎜",
    ],
)
def test_honest_pages_are_good(text: str) -> None:
    assert quality(text) >= GOOD


@pytest.mark.parametrize(
    "text",
    [
        TEXT.encode().decode("cp932", "replace"),
        TEXT.encode().decode("latin-1"),
        TEXT.encode("euc_jp").decode("cp932", "replace"),
        TEXT.encode("cp932").decode("cp1252", "replace"),
        "\ufffd" * 30 + "検査",
        "\ue012\ue013\ue014" * 10,
        "(cid:123)(cid:44)" * 9,
        "!\"#$%&'()*+,-./0123456789:;<=>?@" * 3,
        "⽣⼈⽤⼊⽇⽉" * 5,
        "",
    ],
)
def test_broken_pages_are_not_readable(text: str) -> None:
    assert quality(text) < READABLE


@pytest.mark.parametrize("text", ["SeealsoSourceonlyuploadsandmoreofthesewords", "\n".join(TEXT)])
def test_lost_spaces_and_scattered_characters_are_worth_a_second_reader(text: str) -> None:
    assert READABLE <= quality(text) < GOOD


@given(st.text())
def test_quality_is_a_share_whatever_the_text(text: str) -> None:
    assert 0 <= quality(text) <= 1


def test_runs_of_pages_are_told_in_short() -> None:
    assert page_runs([3, 5, 6, 7]) == "3, 5〜7"
    assert page_runs([1, 2]) == "1〜2"
    assert page_runs(range(1, 63, 2)).endswith(" ほか11")
