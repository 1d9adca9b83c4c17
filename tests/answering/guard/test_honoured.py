"""Names that only an honorific gives away."""

import pytest

from assistant.answering.guard.inspect import Guard
from assistant.domain import Category
from tests.answering.guard.expecting import assert_kept_back


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
    ("text", "words"),
    [
        ("ﾃﾞﾝﾜ ｵﾘｶｴｼ ﾉ ﾌﾞﾝ ｦ ﾂｸｯﾃ", "ﾃﾞﾝﾜ ｵﾘｶｴｼ"),
        ("鈴木のおじさんという役の台詞を考えて", "のおじさん"),
        ("山本とおばさんの会話を台本にして", "とおばさん"),
    ],
)
def test_words_before_another_word_are_no_given_name(guard: Guard, text: str, words: str) -> None:
    assert words in guard.inspect(text).safe_text
