"""When the evidence does not answer, the answer says so."""

from dataclasses import replace

import pytest

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.abstention.abstain import (
    OPEN_THRESHOLD,
    SURE,
    THRESHOLD,
    Features,
    Setting,
    features,
    logistic,
    probability,
)
from assistant.answering.abstention.sure import rule_answers
from assistant.answering.japanese.words import Topics
from assistant.answering.question.facts import lacks_fact
from assistant.domain import (
    Hit,
    Intent,
    Kind,
    Passage,
    Query,
    Source,
    Verdict,
    VerdictKind,
)


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
    late=0.1,
    answerability=0.0,
    length=0.0,
    size=0.0,
    strange=0.0,
    fit=0.0,
    elsewhere=0.0,
    fact=0.0,
    permission=0.0,
    wish=0.0,
    lacking=0.0,
    ruled=0.0,
    mind=0.0,
    other_day=0.0,
    garbled=0.0,
)


def test_nothing_found_is_no_evidence(topics):
    assert probability(_query("週報"), [], topics=topics, setting=_SETTING) == 0.0


def test_a_near_miss_is_told_by_the_tokens_of_the_nearest_passage(topics):
    asked = _query("講習の先生はどなたですか", Intent.FACT)
    far = _hit("別の話", late=0.4, answerability=9.0)

    answers, misses = (
        probability(
            asked,
            [far, _hit("講習は第2水曜の16時からです", late=0.6, answerability=odds)],
            topics=topics,
            setting=_SETTING,
        )
        for odds in (4.0, -1.0)
    )

    assert answers > misses + 0.3


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
    "sign", ["lacking", "mind", "other_day", "garbled", "elsewhere", "fact", "strange", "size"]
)
def test_every_sign_of_a_near_miss_makes_an_answer_less_likely(sign):
    assert logistic(replace(_NOTHING, **{sign: 1.0})) < logistic(_NOTHING)


@pytest.mark.parametrize(
    "sign", ["coverage", "cosine", "ruled", "fit", "wish", "permission", "length"]
)
def test_every_sign_of_evidence_makes_an_answer_more_likely(sign):
    assert logistic(replace(_NOTHING, **{sign: 1.0})) > logistic(_NOTHING)


@pytest.mark.parametrize(
    ("question", "elsewhere"),
    [
        ("研修の定員は何人?", 0.0),
        ("研修の開始時刻は?", 1.0),
        ("研修の機材とメーカーは?", 1.0),
        ("研修のやり方がさっぱり", 0.0),
    ],
)
def test_what_is_asked_about_must_stand_in_the_evidence(topics, question, elsewhere):
    hits = [_hit("研修は毎月第2水曜に開きます。定員は20人です")]
    seen = features(_query(question), hits, topics=topics, setting=_SETTING)
    assert seen.elsewhere == elsewhere


def test_a_wish_in_other_words_than_the_documents_is_not_elsewhere(topics):
    asked = _query("締め日の合図いつ?", Intent.STORY)
    assert features(asked, [_hit()], topics=topics, setting=_SETTING).elsewhere == 0.0


@pytest.mark.parametrize(
    ("kind", "intent", "likely", "answers"),
    [
        (VerdictKind.ALLOWED, Intent.HOW_TO, THRESHOLD, True),
        (VerdictKind.ALLOWED, Intent.HOW_TO, THRESHOLD - 0.01, False),
        (VerdictKind.ALLOWED, Intent.PERMISSION, 0.0, True),
        (VerdictKind.PROHIBITED, Intent.HOW_TO, 0.0, True),
        (VerdictKind.NONE, Intent.HOW_TO, 1.0, False),
    ],
)
def test_that_a_task_is_allowed_answers_no_other_question(kind, intent, likely, answers):
    query = _query("課長は週報を読んで本心はどう思ってる?", intent)
    assert rule_answers(Verdict(kind), query, likely) is answers


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
