"""What a model is asked to write of an answer, and from which passages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from assistant.answering.modelled.forbidden import takes_over
from assistant.domain import (
    Answer,
    AnswerSection,
    AnswerStatus,
    Clause,
    Evidence,
    Intent,
    Passage,
    Slot,
    Template,
    VerdictKind,
)

_MOST = 9
"""Passages that a model gets: some 4,000 tokens."""
_OF_A_KIND = 3
"""Further passages of a kind, besides those that the composed answer rests on."""
_RELEVANT = 0.5
"""Share of the best score from which a further passage is sent: others mislead."""

_WRITTEN = frozenset({Intent.HOW_TO, Intent.FACT})
"""Kinds of question that are answered in own words. Permissions and the desk are answered in the
rule's, wishes for a story or a template with the thing itself: nothing is gained by retelling."""


@dataclass(frozen=True, slots=True)
class Brief:
    """The slots to fill, the one without which there is no answer first."""

    slots: tuple[Slot, ...]
    passages: Mapping[str, Passage]
    """By aliases that hold for this request alone: the model never sees our ids or paths."""


def brief_of(composed: Answer, evidence: Evidence) -> Brief | None:
    """Return what to ask of a model; None where the composed answer is the best there is."""
    refused = composed.verdict.kind is VerdictKind.PROHIBITED
    if composed.status is not AnswerStatus.ANSWERED or refused:
        return None
    if composed.query.intent not in _WRITTEN:
        return None
    slots = tuple(_slots(composed))
    chosen = islice(_passages(composed, evidence), _MOST)
    passages = {f"P{n}": passage for n, passage in enumerate(chosen, start=1)}
    return Brief(slots, passages) if slots and passages else None


def _slots(composed: Answer) -> Iterator[Slot]:
    shown = {section.slot: section for section in composed.sections}
    direct = shown.get(Slot.DIRECT)
    if direct is not None:
        if not _is_retellable(direct, composed):
            return
        yield Slot.DIRECT
    elif composed.query.intent is Intent.HOW_TO and shown.keys() & _HELPS:
        yield Slot.STEPS
    else:
        return
    if direct is not None and Slot.STEPS in shown:
        yield Slot.STEPS
    if any(section.stories for section in composed.sections):
        yield Slot.STORIES


_HELPS = frozenset({Slot.STEPS, Slot.STORIES, Slot.TEMPLATE})


def _is_retellable(direct: AnswerSection, composed: Answer) -> bool:
    """Tell whether it states what documents say: no clause, and nothing of withdrawn ones."""
    told = {citation.n: citation.passage for citation in composed.citations}
    marked = all(line.marks for line in direct.lines)
    cited = [told[mark] for line in direct.lines for mark in line.marks]
    return marked and not any(isinstance(passage.content, Clause) for passage in cited)


def _passages(composed: Answer, evidence: Evidence) -> Iterator[Passage]:
    """Yield what the composed answer rests on, then the best of each kind, each once."""
    seen: set[str] = set()
    cited = (one.passage for one in composed.citations)
    kinds = (evidence.guides, evidence.faqs, evidence.stories)
    floor = _RELEVANT * max((hit.score for hits in kinds for hit in hits), default=0.0)
    found = (hit.passage for hits in kinds for hit in hits[:_OF_A_KIND] if hit.score >= floor)
    for passage in (*_without_checks(cited, composed), *found):
        if passage.id not in seen and not _talks_to_machines(passage):
            seen.add(passage.id)
            yield passage


def _talks_to_machines(passage: Passage) -> bool:
    """Tell whether it holds a command to an AI; templates do, and are copied by code."""
    return not isinstance(passage.content, Template) and takes_over(passage.text)


def _without_checks(cited: Iterator[Passage], composed: Answer) -> Iterator[Passage]:
    """Yield the passages but for the final checks, which are the rule's and copied by code."""
    deciding = {clause.id for clause in composed.verdict.clauses}
    for passage in cited:
        if not isinstance(passage.content, Clause) or passage.id in deciding:
            yield passage
