"""The passage that is told when no slot found the words of the question."""

import pytest

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.citations import CitationList, scores_of
from assistant.answering.compose.closest import closest
from assistant.answering.japanese.words import Topics
from assistant.domain import (
    Clause,
    ClauseKind,
    Hit,
    Intent,
    Kind,
    Passage,
    Prose,
    Query,
    Source,
    Story,
)

_TEXT = "確定した記録は、3営業日以内に参加者へ配ります。"
_ASKED = "打ち合わせのまとめって、みんなにどのタイミングで回すんだっけ"


@pytest.fixture(scope="module")
def topics():
    return Topics(SudachiTokenizer())


def _hit(content=None, *, cosine=0.895, departments=(), kind=Kind.MANUAL):
    source = Source("a.md", "記録の手引き", kind, departments)
    passage = Passage("p", source, 0, (), _TEXT, content or Prose())
    return Hit(passage, 0.9, cosine=cosine, coverage=0.3)


def _told(topics, hit, text=_ASKED, intent=Intent.HOW_TO, likely=0.9, near=None):
    return closest(
        [hit],
        near=[hit] if near is None else near,
        query=Query(text=text, department="経理部", intent=intent),
        words=topics.words(text),
        phrases=topics.phrases(text),
        rules=(),
        topics=topics,
        own_tells=False,
        likely=likely,
        citations=CitationList(scores_of([hit])),
    )


def test_a_passage_near_in_meaning_is_told_and_said_to_be_only_the_nearest(topics):
    section = _told(topics, _hit(cosine=0.888))
    assert section is not None
    assert section.lines[0].text == _TEXT
    assert "いちばん近い" in section.note


def test_a_passage_that_hardly_answers_is_not_told(topics):
    assert _told(topics, _hit(cosine=0.85), likely=0.5) is None
    assert _told(topics, _hit(cosine=0.85), likely=0.9) is not None


def test_what_may_not_be_told_is_not_told_however_near_it_comes(topics):
    assert _told(topics, _hit(cosine=0.888), near=[]) is None


def test_a_fact_from_another_department_s_story_says_whose_it_is(topics):
    hit = _hit(Story(task="記録"), cosine=0.90, departments=("営業部",), kind=Kind.STORY)
    section = _told(topics, hit, intent=Intent.FACT)
    assert section is not None
    assert "営業部" in section.note


def test_a_wish_is_not_answered_with_a_list_of_the_rule(topics):
    clause = _hit(Clause(ClauseKind.ENCOURAGED, "使ってよいもの"), kind=Kind.RULE)
    assert _told(topics, clause) is None
    assert _told(topics, clause, intent=Intent.FACT) is not None
