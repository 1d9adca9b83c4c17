"""When nothing answers, the nearest documents are shown as just that, with the desk."""

from assistant.answering.citations import CitationList, scores_of
from assistant.answering.compose.desk import nearby
from assistant.domain import Company, Desk, Hit, Kind, Passage, Prose, Source

_COMPANY = Company(name="社", departments=(), desk=Desk(name="よろず相談", channel="内線 31"))


def _section(hits):
    return nearby(hits, _COMPANY, CitationList(scores_of(hits)))


def test_near_documents_are_said_to_hold_no_answer_and_the_desk_follows():
    passage = Passage(
        "p", Source("a.md", "手引き", Kind.MANUAL), 0, (), "週報の書き方です。", Prose()
    )
    section = _section([Hit(passage, 0.5)])
    assert "答えそのものではありません" in section.note
    assert "手引き" in section.lines[0].text
    assert "よろず相談(内線 31)" in section.lines[-1].text


def test_without_any_document_only_the_desk_is_named():
    section = _section([])
    assert section.note == ""
    assert len(section.lines) == 1
