"""Prices, dates and limits: an answer to one holds one."""

import pytest

from assistant.answering.question.facts import (
    asks_teller,
    asks_value,
    facts_asked,
    lacks_fact,
    misses_trouble,
    tells,
)
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


@pytest.mark.parametrize(
    "question",
    [
        "予備は何枚?",
        "第4回の定員は?",
        "残業は月なんぼ減ったん",
        "申し込みはいつまで?",
        "何分になった?",
    ],
)
def test_question_for_one_value_is_known(question):
    assert asks_value(question)


@pytest.mark.parametrize(
    "question",
    [
        "週報を早く書きたい",
        "関数で応援の人数を数えたい",
        "何回も直すのがつらい",
        "何から始めればいい?",
        "お礼メールを作って。電話は〔電話番号〕",
        "名簿を入れてもいい?",
    ],
)
def test_wish_or_complaint_asks_for_no_value(question):
    assert not asks_value(question)


@pytest.mark.parametrize("question", ["それやってる人、だれ?", "実際やってる部署ある?"])
def test_who_does_it_already_asks_for_the_teller(question):
    assert asks_teller(question)
    assert not asks_teller("だれに頼めばいい?")


def test_facts_are_told_in_the_order_in_which_they_are_asked():
    first, second = facts_asked("何日まで借りられる?どこに頼む?")
    assert tells(first, "貸し出しは3日までです")
    assert not tells(first, "総務部の窓口へ")
    assert tells(second, "総務部の窓口へ")


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        ("何行まで読める?", "2,000行までです", "20MBまでです"),
        ("何日前に出す?", "公開の5営業日前までに", "確認は2営業日です"),
        ("何人で見る?", "2名で見ます", "2回見ます"),
        ("どんだけ早くなった?", "半日で終わる", "3人でした"),
    ],
)
def test_counter_of_the_question_tells_what_the_answer_holds(question, told, other):
    fact = facts_asked(question)[0]
    assert tells(fact, told)
    assert not tells(fact, other)
