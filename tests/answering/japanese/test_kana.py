"""Words that are typed as they are read, or nearly, are read as the company writes them."""

import pytest

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.japanese.kana import Spelling
from assistant.answering.japanese.words import Topics

_TITLES = ("週報の下書き", "議事録")
_TEXTS = ("プロンプトの書き方", "契約書を貼らない", "機関の決定", "Wi-Fiのパスワード")


@pytest.fixture(scope="module")
def spelling():
    return Spelling(_TITLES, Topics(SudachiTokenizer()), _TEXTS)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ぎじろくをはやく", "議事録をはやく"),
        ("ｼｭｳﾎｳの書き方", "週報の書き方"),
        ("けいやくしょ いれていい?", "契約書 いれていい?"),
        ("プロプントのコツ", "プロンプトのコツ"),
    ],
)
def test_a_word_as_it_is_read_or_nearly_becomes_the_companys_word(spelling, typed, written):
    assert spelling.of(typed) == written


@pytest.mark.parametrize(
    "text", ["パスポートのコピー", "期間の決まり", "けいかくを立てる", "書類と写真"]
)
def test_other_words_stay_as_they_are_typed(spelling, text):
    assert spelling.of(text) == text
