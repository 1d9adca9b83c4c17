"""Gold spans and findings laid over the question: which are found, which still stand there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.domain import Category
from assistant.evals.case import ForbiddenSpan
from assistant.evals.metric import Asked
from assistant.evals.prediction import PredictedFinding
from assistant.evals.references import squeezed

_RUNS = ("0-9０-９", "A-Za-zＡ-Ｚａ-ｚ", "ァ-ヺー")
"""Scripts in which a neighbour of the same script makes another word: «123» is not in «51234».
Not kanji: «田中様» has to be found for «田中»."""

_COVERED = 0.5
"""Share of a gold span's characters that findings have to cover."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A finding where it really stands in the question; `places` is empty if it does not."""

    category: str
    places: frozenset[int]


def laid_findings(asked: Asked) -> tuple[Laid, ...]:
    """Return the findings; offsets that do not hold the told text are looked up by the text."""
    question = asked.case.question
    return tuple(Laid(one.category, _places_of(one, question)) for one in asked.prediction.findings)


def is_found(
    span: ForbiddenSpan, asked: Asked, laid: Iterable[Laid], *, category: Category | None = None
) -> bool:
    """Return whether the span is covered by half (by that class alone, if given) and masked."""
    covered: set[int] = set()
    for one in laid:
        if category is None or one.category == category.value:
            covered |= one.places
    starts = _starts(span.text, asked.case.question)
    needed = max(1.0, _COVERED * len(span.text))
    places = (covered.intersection(range(start, start + len(span.text))) for start in starts)
    return any(len(part) >= needed for part in places) and not _is_readable(span, asked)


def overlaps(finding: Laid, spans: Iterable[ForbiddenSpan], question: str) -> bool:
    """Return whether the finding shares a character with one of the gold spans."""
    return any(
        not finding.places.isdisjoint(range(start, start + len(span.text)))
        for span in spans
        for start in _starts(span.text, question)
    )


def _is_readable(span: ForbiddenSpan, asked: Asked) -> bool:
    """Return whether the words still stand in what goes to search, model and log.

    A target that tells no `safe_text` masks nothing.
    """
    safe = asked.prediction.safe_text or asked.case.question
    return bool(_starts(span.text, safe) or _starts(squeezed(span.text), squeezed(safe)))


def _starts(words: str, text: str) -> list[int]:
    """Return where `words` stand in `text` as words of their own."""
    before = next((f"(?<![{run}])" for run in _RUNS if re.match(f"[{run}]", words)), "")
    after = next((f"(?![{run}])" for run in _RUNS if re.search(f"[{run}]$", words)), "")
    return [match.start() for match in re.finditer(before + re.escape(words) + after, text)]


def _places_of(finding: PredictedFinding, question: str) -> frozenset[int]:
    told = question[max(0, finding.start) : max(0, finding.end)]
    if told and squeezed(told) == squeezed(finding.text):
        return frozenset(range(finding.start, finding.end))
    places: set[int] = set()
    for start in _starts(finding.text, question) if finding.text else []:
        places.update(range(start, start + len(finding.text)))
    return frozenset(places)
