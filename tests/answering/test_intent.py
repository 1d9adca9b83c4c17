"""Kinds of questions, in the words that employees use."""

import pytest

from assistant.answering.intent import intent_of
from assistant.domain import Intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("週報を早く書きたい", Intent.HOW_TO),
        ("毎月あの表つくるの地味にしんどい、AIでどうにかならへん?", Intent.HOW_TO),
        ("議事録", Intent.HOW_TO),
        ("顧客名を入れてもいい?", Intent.PERMISSION),
        ("入れちゃダメだよね?", Intent.PERMISSION),
        ("録音を使ってもかまへん?", Intent.PERMISSION),
        ("ＣｈａｔＧＰＴは使えますか?", Intent.PERMISSION),
        ("Copilotは誰が使えますか", Intent.FACT),
        ("利用料はいくら?", Intent.FACT),
        ("他の部署ではどう使ってますか", Intent.STORY),
        ("うちの部署で試した人いる?", Intent.STORY),
        ("お詫びメールのひな形ください", Intent.TEMPLATE),
        ("誰に相談すればいいですか", Intent.DESK),
        ("間違えて入れてしまった", Intent.DESK),
        ("お疲れさまです!", Intent.SMALL_TALK),
    ],
)
def test_question_is_recognised(text, intent):
    assert intent_of(text) is intent
