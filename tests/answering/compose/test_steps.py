"""Steps are those of the task that was found, whatever headings the guides have."""

import pytest

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.citations import CitationList
from assistant.answering.compose.steps import steps
from assistant.answering.japanese.words import Topics
from assistant.domain import Evidence, Hit, Kind, Measure, Passage, Prose, Source, Story


@pytest.fixture(scope="module")
def topics():
    return Topics(SudachiTokenizer())


def _story(name, task, text):
    source = Source(f"stories/{name}.md", name, Kind.STORY)
    return Hit(Passage(name, source, 0, ("やったこと",), text, Story(task, after=_AFTER)), 0.8)


def _shown(topics, text, *, stories=()):
    items = "- 会議の録音を選びます\n- 議事録の型を貼ります"
    source = Source("manuals/a.md", "会議の手引き", Kind.MANUAL)
    guide = Hit(Passage("g", source, 0, ("議事録の作り方",), items, Prose()), 0.9)
    evidence = Evidence(guides=(guide,), stories=tuple(stories))
    section = steps(topics.words(text), evidence, text=text, citations=CitationList())
    return [line.text for line in section.lines] if section else []


_AFTER = Measure("30分")
_OWN = "- 録音を文字にして要点だけを頼む\n- 決定事項を分けて書いてもらう"


def test_a_colleagues_steps_for_the_task_go_before_a_guides(topics):
    shown = _shown(topics, "議事録を早く作りたい", stories=[_story("a", "議事録", _OWN)])
    assert any("要点だけを頼む" in line for line in shown)


def test_without_such_a_story_the_guide_tells(topics):
    assert any("議事録の型" in line for line in _shown(topics, "議事録を早く作りたい"))


def test_no_steps_come_from_a_story_of_another_task_than_the_first(topics):
    silent = _story("b", "議事録", "まだ何も決まっていない。")
    shown = _shown(topics, "議事録を早く作りたい", stories=[silent, _story("c", "図面", _OWN)])
    assert not any("要点だけを頼む" in line for line in shown)
