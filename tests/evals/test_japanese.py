import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.evals.japanese import char_f1, contains, folded

WORDS = st.text("週報下書コピー三十分0123456789時間円%ＡａＢ「」、。・ 　ー〜()", max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("３０分", "三十分"),
        ("2時間", "120分"),
        ("「週報」、です。", "週報です"),
        ("Ｃｏｐｉｌｏｔ", "copilot"),
        ("３割", "30%"),
        ("1万2千円", "12,000円"),
        ("令和8年4月1日", "2026年4月1日"),
        ("ｺﾋﾟｰ", "コピー"),
    ],
)
def test_same_words_fold_to_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("コピー", "コピ"), ("30分", "30時間"), ("30分", "130分"), ("3-5", "35"), ("10%", "10")],
)
def test_other_words_stay_others(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("text", "words", "holds"),
    [
        ("2026年4月1日から", "4月1日", True),
        ("12回まで", "2回", False),
        ("1時間30分です", "30分", False),
        ("対象は30人", "30", True),
        ("対象は130人", "30", False),
        ("はい!!", "!!", True),
        ("はい", "!!", False),
        ("はい", "", False),
    ],
)
def test_words_are_found_whole(text: str, words: str, *, holds: bool) -> None:
    assert contains(text, words) is holds


def test_char_f1_ignores_punctuation_and_knows_both_ends() -> None:
    assert char_f1("週報です。", "週報です") == 1
    assert char_f1("甲乙", "丙丁") == 0
    assert char_f1("", "甲") == 0
    assert char_f1("", "。") == 1
    assert char_f1("甲乙", "甲丙") == 0.5


@settings(max_examples=80, deadline=None)
@given(one=WORDS, other=WORDS)
def test_char_f1_is_a_ratio_and_symmetric(one: str, other: str) -> None:
    assert 0 <= char_f1(one, other) <= 1
    assert char_f1(one, other) == pytest.approx(char_f1(other, one))


@settings(max_examples=80, deadline=None)
@given(WORDS)
def test_width_changes_nothing(text: str) -> None:
    assert folded(text) == folded(unicodedata.normalize("NFKC", text))
