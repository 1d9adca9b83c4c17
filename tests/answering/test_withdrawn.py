"""What was withdrawn says since when and why, and what holds now."""

from datetime import date

import pytest

from assistant.answering.citations import CitationList
from assistant.answering.japanese.words import Topics
from assistant.answering.withdrawn import Gone, asked_by_name
from assistant.domain import Hit, Kind, Passage, Source, Status, Story, Template

_RETRACTED = Source(
    "stories/survey.md",
    "アンケートの集計を10分の1に",
    Kind.STORY,
    updated=date(2026, 9, 14),
    status=Status.RETRACTED,
    status_reason="数字に誤りがあったため",
)
_OLD_RULE = Source("rules/old.md", "試験利用の取扱い", Kind.RULE, status=Status.SUPERSEDED)
_RULE = Passage(
    "r", Source("rules/new.md", "AI利用ルール", Kind.RULE, updated=date(2026, 4, 1)), 0, (), "…"
)
_SURVEY = Passage(
    "t",
    Source("templates/survey.md", "アンケート集計の相談", Kind.TEMPLATE),
    0,
    (),
    "アンケートの集計に使います。",
    Template("…", task="アンケート集計"),
)
_OTHER = Passage(
    "s", Source("stories/minutes.md", "議事録を早く", Kind.STORY), 0, (), "…", Story("議事録")
)


@pytest.fixture(scope="module")
def topics(tokenizer):
    return Topics(tokenizer)


def _section(topics, source, *passages):
    citations = CitationList()
    gone = Gone([source], (_RULE,), [Hit(passage, 1.0) for passage in passages])
    return gone.section(topics, citations), citations.all


def test_retracted_story_names_day_reason_and_what_can_be_used_instead(topics):
    section, citations = _section(topics, _RETRACTED, _OTHER, _SURVEY)
    first, second = section.lines
    assert "2026年9月14日" in first.text
    assert "取り下げられていて" in first.text
    assert "数字に誤りがあったため" in first.text
    assert second.text == "いま見られるのは「アンケート集計の相談」です。"
    assert [citation.passage for citation in citations] == [_SURVEY]
    assert second.marks == (1,)


def test_story_of_another_task_is_no_replacement(topics):
    section, citations = _section(topics, _RETRACTED, _OTHER)
    assert len(section.lines) == 1
    assert citations == ()


def test_superseded_rule_names_the_rule_that_holds_now_and_its_day(topics):
    section, _ = _section(topics, _OLD_RULE, _OTHER)
    assert "置きかわり" in section.lines[0].text
    assert "理由は記録されていません" in section.lines[0].text
    assert section.note == "いま有効なのは「AI利用ルール」(2026年4月1日更新)です"


@pytest.mark.parametrize(
    "text",
    [
        "試験利用の取扱いはまだ有効?",
        "試験利用の取扱い(第1.0版)って今も使える?",
    ],
)
def test_version_in_a_title_need_not_be_told(text):
    old = Source("rules/old.md", "試験利用の取扱い（第1.0版）", Kind.RULE, status=Status.SUPERSEDED)
    assert asked_by_name(text, [old], []) == [old]


def test_most_of_a_title_is_enough_where_someone_looks_for_it():
    assert asked_by_name("アンケートの集計を10分の1にした話、どこいった?", [_RETRACTED], [])
    assert not asked_by_name("アンケートの集計を早くしたい、どこを見る?", [_RETRACTED], [])
