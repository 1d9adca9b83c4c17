"""When the evidence does not answer, the answer says so."""

from dataclasses import replace

import pytest

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.abstain import (
    OPEN_THRESHOLD,
    SURE,
    THRESHOLD,
    Features,
    Setting,
    features,
    logistic,
    probability,
)
from assistant.answering.facts import lacks_fact
from assistant.answering.words import Topics
from assistant.domain import Hit, Intent, Kind, Passage, Query, Source


@pytest.fixture(scope="module")
def topics():
    return Topics(SudachiTokenizer())


def _hit(text="週報の書き方", **scores):
    passage = Passage("p", Source("a.md", "週報", Kind.MANUAL), 0, (), text)
    return Hit(passage, 1.0, **scores)


def _query(text, intent=Intent.HOW_TO):
    return Query(text=text, intent=intent)


_SETTING = Setting(passages=100, strange=0.0)

_NOTHING = Features(
    coverage=0.5,
    cosine=0.2,
    length=0.0,
    size=0.0,
    strange=0.0,
    fit=0.0,
    unfocused=0.0,
    fact=0.0,
    wish=0.0,
    lacking=0.0,
    ruled=0.0,
    mind=0.0,
    other_day=0.0,
    garbled=0.0,
)


def test_nothing_found_is_no_evidence(topics):
    assert probability(_query("週報"), [], topics=topics, setting=_SETTING) == 0.0


def test_covered_and_close_question_is_answered_and_a_strange_one_is_not(topics):
    asked = _query("週報の書き方を教えて")
    near = probability(
        asked, [_hit(bm25=9.0, cosine=0.9, coverage=0.9)], topics=topics, setting=_SETTING
    )
    far = probability(
        asked, [_hit(bm25=1.0, cosine=0.8, coverage=0.1)], topics=topics, setting=_SETTING
    )
    assert near > 0.8
    assert far < THRESHOLD


def test_a_passage_that_no_slot_chose_needs_more_than_one_that_was_chosen():
    assert SURE > OPEN_THRESHOLD > THRESHOLD


@pytest.mark.parametrize(
    "sign", ["lacking", "mind", "other_day", "garbled", "unfocused", "fact", "strange", "size"]
)
def test_every_sign_of_a_near_miss_makes_an_answer_less_likely(sign):
    assert logistic(replace(_NOTHING, **{sign: 1.0})) < logistic(_NOTHING)


@pytest.mark.parametrize("sign", ["coverage", "cosine", "ruled", "fit", "wish", "length"])
def test_every_sign_of_evidence_makes_an_answer_more_likely(sign):
    assert logistic(replace(_NOTHING, **{sign: 1.0})) > logistic(_NOTHING)


def test_the_last_noun_of_a_question_must_stand_in_the_evidence(topics):
    text = "研修は毎月第2水曜に開きます"
    told = features(_query("研修は水曜?"), [_hit(text)], topics=topics, setting=_SETTING)
    missed = features(_query("研修のお弁当?"), [_hit(text)], topics=topics, setting=_SETTING)
    assert (told.unfocused, missed.unfocused) == (0.0, 1.0)


def test_without_vectors_cosine_says_nothing(topics):
    assert (
        features(_query("週報"), [_hit(coverage=0.5)], topics=topics, setting=_SETTING).cosine
        == 0.0
    )


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("料金はいくらですか", "全社員が使えます", True),
        ("料金はいくらですか", "月1,200円です", False),
        ("研修はいつですか", "毎月第2水曜に開きます", False),
        ("研修はいつですか", "研修は楽しい", True),
        ("内線は何番ですか", "チャットで聞いてください", True),
        ("いつ入れてもいいですか", "何も書いていない", False),
    ],
)
def test_kind_of_fact_must_stand_in_the_evidence(question, text, lacks):
    assert lacks_fact(Query(text=question), [text]) is lacks
