"""Prices, dates and limits: an answer to one holds one."""

import pytest

from assistant.answering.facts import lacks_fact, misses_trouble
from assistant.domain import Query


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("窓口AIって無料?", "業務用端末からだけ使えます。"),
        ("何時まで使えますか", "業務用端末と回線からだけ使えます。"),
        ("一回に何文字まで入る?", "電話の録音を文字にできます。2019年より前はありません。"),
        ("月額はいくら?", "全額を本部が負担します。"),
        ("窓口AIを作った会社はどこ", "初めて開く職員のために書いた。"),
    ],
)
def test_text_without_the_kind_of_fact_is_no_answer(question, text):
    assert lacks_fact(Query(question), [text])


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("窓口AIって無料?", "全額を本部が負担します。"),
        ("何時まで使えますか", "平日は20:00まで使える。"),
        ("一回に何文字まで入る?", "全角で8,000字までである。"),
        ("いつまで残る?", "90日間記録に残る。"),
        ("見出しが思いつかん", "十案を頼んだ。"),
        ("無料のAIを使っていい?", "使えません。"),
    ],
)
def test_text_with_the_kind_of_fact_or_a_question_for_none_passes(question, text):
    assert not lacks_fact(Query(question), [text])


def test_lost_card_is_not_answered_with_another_matter_of_cards():
    assert misses_trouble(Query("社員証をなくした"), ["社員証をかざすと画面が開きます。"])
    assert not misses_trouble(Query("暗証番号わすれた"), ["番号を忘れました: 電話へ。"])
