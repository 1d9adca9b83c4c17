"""An FAQ that asks the same in other words."""

import pytest

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.compose.same_question import faq_for, is_same
from assistant.answering.japanese.words import Topics
from assistant.domain import FaqPair, Hit, Intent, Kind, Passage, Query, Source

_SOURCE = Source("faqs/faq.csv", "よくある質問", Kind.FAQ)


@pytest.fixture(scope="module")
def topics() -> Topics:
    return Topics(SudachiTokenizer())


def _faq(
    question: str,
    *,
    score: float = 0.9,
    cosine: float = 0.92,
    coverage: float = 0.9,
    late: float = 0.0,
) -> Hit:
    pair = FaqPair(question, "5MBまでです。")
    passage = Passage(question, _SOURCE, 0, (), f"{question}\n5MBまでです。", pair)
    return Hit(passage, score, cosine=cosine, coverage=coverage, late=late)


def _found(topics: Topics, text: str, *hits: Hit, intent: Intent = Intent.FACT) -> Hit | None:
    query = Query(text, intent=intent)
    return faq_for(query, topics.words(text), hits, topics)


def test_the_faq_that_asks_the_same_answers(topics: Topics) -> None:
    same, other = _faq("添付できるファイルの大きさは?"), _faq("研修の日程は?", score=0.5)
    assert _found(topics, "ファイルの大きさ、添付は何MBまで?", same, other) is same


def test_an_faq_that_shares_a_word_and_lies_far_does_not(topics: Topics) -> None:
    far = _faq("添付できるファイルの大きさは?", score=0.4, cosine=0.84, coverage=0.2)
    assert _found(topics, "ファイルの棚はどこで買った?", far) is None


def test_beside_a_verdict_an_faq_is_told_that_would_not_lead_by_itself(topics: Topics) -> None:
    near = _faq("添付できるファイルの大きさは?", score=0.5, cosine=0.87, coverage=0.4)
    text = "大きなファイルを渡しても大丈夫?"
    assert _found(topics, text, near) is None
    assert _found(topics, text, near, intent=Intent.PERMISSION) is near


def test_a_mishap_is_no_question_for_permission(topics: Topics) -> None:
    mishap = _faq("氏名を入れてしまったらどうする?")
    assert _found(topics, "氏名を入れてもいい?", mishap, intent=Intent.PERMISSION) is None
    assert _found(topics, "氏名を入れてしまった", mishap, intent=Intent.DESK) is mishap


def test_no_faq_is_no_answer(topics: Topics) -> None:
    assert _found(topics, "何MBまで?") is None


def test_who_asks_how_is_not_answered_by_whether_one_may(topics: Topics) -> None:
    may, how = _faq("議事録をAIに書かせてもいい?"), _faq("議事録はどう書かせる?", score=0.8)
    text = "議事録をAIに書かせたい、どうすれば?"
    assert _found(topics, text, may, how, intent=Intent.HOW_TO) is how
    assert _found(topics, text, may, intent=Intent.FACT) is may


def test_an_faq_asks_the_very_same_in_other_words_where_every_token_is_near(
    topics: Topics,
) -> None:
    text, question = "外国の手紙、訳していい?", "海外から英語のメールが来た。翻訳してもらっていい?"
    far, near = _faq(question, late=0.6), _faq(question, late=0.75)
    assert not is_same(topics.words(text), text, far, topics)
    assert is_same(topics.words(text), text, near, topics)
