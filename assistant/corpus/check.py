"""What `katsuyo check` tells: counts, clauses and numbers as the product understood them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.corpus.reading import CorpusReading
from assistant.corpus.reviews import Review, reviews_of
from assistant.domain import (
    Clause,
    ClauseKind,
    Document,
    Kind,
    Measure,
    Passage,
    Problem,
    Prose,
    Status,
    Story,
    Template,
)


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many documents and passages of one kind, current ones apart."""

    kind: Kind
    documents: int
    current: int
    passages: int


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause as the rule engine will use it."""

    kind: ClauseKind
    label: str
    text: str
    path: str
    headings: tuple[str, ...]
    """Where it stands, outermost first; the last may be the sentence that leads into it."""


@dataclass(frozen=True, slots=True)
class RestLine:
    """Text of a rule that decides nothing: shown as a reference only."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story's numbers as they were understood."""

    title: str
    path: str
    departments: tuple[str, ...]
    before: Measure | None
    after: Measure | None


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template and its slots."""

    title: str
    path: str
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The corpus at a glance, for a person who wants to know whether it was understood."""

    kinds: tuple[KindCount, ...]
    clauses: tuple[ClauseLine, ...]
    rest: tuple[RestLine, ...]
    """What of the current rules is no clause."""
    stories: tuple[StoryLine, ...]
    templates: tuple[TemplateLine, ...]
    stories_by_department: Mapping[str, int]
    """Every department of company.yaml, those without a story with 0."""
    reviews: tuple[Review, ...]
    """Of all current documents with a day for it."""
    problems: tuple[Problem, ...]


def check_report(reading: CorpusReading, *, today: date) -> CheckReport:
    """Return what was understood of a corpus; clauses and stories of current documents only."""
    current = [d for d in reading.documents if d.source.status is Status.CURRENT]
    passages = [passage for document in current for passage in document.passages]
    stories = tuple(_story(p, p.content) for p in passages if isinstance(p.content, Story))
    counted = Counter(name for story in stories for name in story.departments)
    return CheckReport(
        kinds=tuple(_count(kind, reading.documents) for kind in Kind),
        clauses=tuple(
            ClauseLine(p.content.clause, p.content.label, p.text, p.source.path, p.headings)
            for p in passages
            if isinstance(p.content, Clause)
        ),
        rest=tuple(
            RestLine(p.text, p.source.path)
            for p in passages
            if p.source.kind is Kind.RULE and isinstance(p.content, Prose)
        ),
        stories=stories,
        templates=tuple(
            TemplateLine(_title(p), p.source.path, p.content.slots)
            for p in passages
            if isinstance(p.content, Template)
        ),
        stories_by_department={d.name: counted[d.name] for d in reading.company.departments},
        reviews=reviews_of(reading.documents, today=today),
        problems=reading.problems,
    )


def _count(kind: Kind, documents: Sequence[Document]) -> KindCount:
    of_kind = [document for document in documents if document.source.kind is kind]
    return KindCount(
        kind,
        documents=len(of_kind),
        current=sum(document.source.status is Status.CURRENT for document in of_kind),
        passages=sum(len(document.passages) for document in of_kind),
    )


def _title(passage: Passage) -> str:
    return passage.headings[-1] if passage.headings else passage.source.title


def _story(passage: Passage, story: Story) -> StoryLine:
    source = passage.source
    return StoryLine(_title(passage), source.path, source.departments, story.before, story.after)
