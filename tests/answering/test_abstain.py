"""When the evidence does not answer, the answer says so."""

import pytest

from assistant.answering.abstain import probability
from assistant.answering.facts import lacks_fact
from assistant.domain import Hit, Kind, Passage, Query, Source


def _hit(**scores):
    passage = Passage("p", Source("a.md", "週報", Kind.MANUAL), 0, (), "週報の書き方")
    return Hit(passage, 1.0, **scores)


def test_nothing_found_is_no_evidence():
    assert probability([]) == 0.0


def test_covered_and_close_question_is_answered_and_a_strange_one_is_not():
    assert probability([_hit(bm25=9.0, cosine=0.9, coverage=0.9)]) > 0.8
    assert probability([_hit(bm25=1.0, cosine=0.8, coverage=0.1)]) < 0.2


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
