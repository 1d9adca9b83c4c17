"""The JSON of an answer, part by part (design §7)."""

from datetime import date
from typing import TypedDict

from assistant.domain import AnswerSection, Citation, FaqPair, Finding, Passage, StoryCard


class CitationJson(TypedDict):
    """A citation as outside scorers read it."""

    n: int
    source: str
    title: str
    kind: str
    department: str
    page: int | None
    heading: str
    quote: str
    score: float
    overdue: bool


class PassageJson(TypedDict):
    """A passage that search found, as outside scorers read it."""

    source: str
    text: str


class FindingJson(TypedDict):
    """A finding as outside scorers read it."""

    category: str
    text: str
    start: int
    end: int
    clause: str | None


class AnswerJson(TypedDict):
    """The contract of `ask --json` and `ask --batch`."""

    id: str
    status: str
    verdict: str
    clause: str | None
    answer: str
    sections: list[dict[str, object]]
    citations: list[CitationJson]
    retrieved: list[str]
    passages: list[PassageJson]
    findings: list[FindingJson]
    safe_text: str
    rewritten: str
    suggestions: list[str]
    notice: str
    mode: str
    dropped: dict[str, int]
    version: int
    timings_ms: dict[str, float]


def section_json(section: AnswerSection) -> dict[str, object]:
    """Return a section as plain values."""
    card = section.template
    return {
        "slot": section.slot.value,
        "title": section.title,
        "note": section.note,
        "lines": [{"text": line.text, "marks": list(line.marks)} for line in section.lines],
        "stories": [_story_json(story) for story in section.stories],
        "template": {
            "title": card.title,
            "body": card.body,
            "slots": list(card.slots),
            "caution": card.caution,
            "mark": card.mark,
        }
        if card
        else None,
    }


def _story_json(card: StoryCard) -> dict[str, object]:
    return {
        "title": card.title,
        "department": card.department,
        "nearness": card.nearness.value,
        "author": card.author,
        "told_on": _iso(card.told_on),
        "task": card.task,
        "tool": card.tool,
        "before": card.before.original if card.before else None,
        "after": card.after.original if card.after else None,
        "reduction": card.reduction.words if card.reduction else None,
        "derivation": card.reduction.derivation if card.reduction else None,
        "sentence": card.sentence,
        "mark": card.mark,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def citation_json(citation: Citation) -> CitationJson:
    """Return a citation as plain values."""
    passage = citation.passage
    return CitationJson(
        n=citation.n,
        source=passage.source.path,
        title=passage.source.title,
        kind=passage.source.kind.value,
        department="・".join(passage.source.departments),
        page=passage.page,
        heading=_heading(passage),
        quote=citation.quote,
        score=citation.score,
        overdue=citation.overdue,
    )


def _heading(passage: Passage) -> str:
    """Return the heading path; of an FAQ, its question."""
    if isinstance(passage.content, FaqPair) and not passage.headings:
        return passage.content.question
    return " > ".join(passage.headings)


def passage_json(passage: Passage) -> PassageJson:
    """Return a found passage as plain values."""
    return PassageJson(source=passage.source.path, text=passage.text)


def finding_json(finding: Finding) -> FindingJson:
    """Return a finding as plain values."""
    return FindingJson(
        category=finding.category.value,
        text=finding.text,
        start=finding.start,
        end=finding.end,
        clause=finding.clause.text if finding.clause else None,
    )
