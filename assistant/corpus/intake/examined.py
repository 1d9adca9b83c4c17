"""What a 下書き became, and what a person should look at before it is published."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.corpus.intake.likeness import Alike, alike
from assistant.corpus.loading import Loaded
from assistant.corpus.upkeep import care_problems
from assistant.domain import (
    Document,
    Finding,
    Inspection,
    Kind,
    Passage,
    Problem,
    Severity,
    Source,
    Status,
)

Inspect = Callable[[Sequence[str]], Sequence[Inspection]]
"""The guard of the live version, on several texts at once."""


@dataclass(frozen=True, slots=True)
class Private:
    """Words of a passage that the company's rule keeps out of AI."""

    passage: Passage
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Examined:
    """A 下書き as employees would get it, with everything that was noticed."""

    document: Document | None
    """None where nothing can be read; `errors` then says why."""
    problems: tuple[Problem, ...] = ()
    alike: tuple[Alike, ...] = ()
    private: tuple[Private, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return what keeps it from being published."""
        return tuple(one for one in self.problems if one.severity is Severity.ERROR)


def examine(
    loaded: Loaded, published: Iterable[Passage], *, inspect: Inspect, today: date
) -> Examined:
    """Return what there is to know of a document that was just read."""
    document = loaded.document
    if document is None:
        return Examined(None, loaded.problems)
    care = tuple(care_problems(document, today))
    return Examined(
        document,
        tuple(dict.fromkeys((*loaded.problems, *care))),
        tuple(alike(document, published)) if document.source.status is Status.CURRENT else (),
        tuple(_private(document, inspect)),
    )


def rival_rules(source: Source, others: Iterable[Source]) -> Iterator[Problem]:
    """Yield a warning for each other rule that holds for the same people."""
    if source.kind is not Kind.RULE or source.status is not Status.CURRENT:
        return
    for other in others:
        if other.kind is Kind.RULE and set(other.departments) == set(source.departments):
            yield Problem(
                source.path,
                f"いまのルール「{other.title}」({other.path})も、まだ有効です",
                "新しい版なら、そのルールと差しかえるか、公開したあとで前のルールを取り下げてください",
                Severity.WARNING,
            )


def _private(document: Document, inspect: Inspect) -> Iterable[Private]:
    inspections = inspect([passage.text for passage in document.passages])
    for passage, inspection in zip(document.passages, inspections, strict=True):
        if inspection.findings:
            yield Private(passage, inspection.findings)
