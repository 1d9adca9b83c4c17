"""Names that only an honorific gives away."""

import pytest

from assistant.answering.guard.inspect import Guard
from assistant.corpus.company import load_company
from assistant.domain import Category
from benchmarks.guard import SETS, guard_of
from tests.answering.guard.expecting import assert_kept_back


@pytest.fixture(scope="module")
def guard() -> Guard:
    return guard_of(load_company(SETS / "company.yaml"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wilhelmina van Oort教授に資料の貸し出しを英文で頼みたい", "Wilhelmina van Oort"),
        ("新婦のPadma De Costa様へ席次の案内を書いて", "Padma De Costa"),
        ("鷲尾みのりさんに感謝状を贈ります。文案を", "鷲尾みのり"),
        ("ﾀﾝﾄｳﾉ ｵｵｶﾜ ﾖｼｵ ｻﾝﾆ ﾐﾂﾓﾘｦ ｵｸﾙ ﾌﾞﾝ", "ｵｵｶﾜ ﾖｼｵ"),
    ],
)
def test_whoever_is_honoured_is_kept_back(guard: Guard, text: str, words: str) -> None:
    assert_kept_back(guard, text, words, Category.PERSON)


@pytest.mark.parametrize(
    "text",
    [
        "ﾃﾞﾝﾜ ｵﾘｶｴｼ ﾉ ﾌﾞﾝ ｦ ﾂｸｯﾃ",
        "鈴木のおじさんという役の台詞を考えて",
        "千葉からお客さんが来る日の段取り",
    ],
)
def test_words_before_another_word_are_no_given_name(guard: Guard, text: str) -> None:
    found = [text[one.start : one.end] for one in guard.inspect(text).findings]
    assert not {"ﾃﾞﾝﾜ ｵﾘｶｴ", "鈴木のおじ", "千葉からお客"} & set(found)
