"""In which order what was found is told: what the answer rests on, its kin, a mix of kinds."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.corpus.text import fold
from assistant.domain import (
    Answer,
    AnswerStatus,
    Hit,
    Intent,
    Kind,
    Passage,
    Query,
    Story,
    Template,
    Verdict,
    VerdictKind,
)

# Fused scores lie in 0–1. Fitted for recall@5 and nDCG@10 of documents on eight companies;
# fitted on seven of them, the eighth gets what it gets here within .02.
_CITED = 0.4
_CITED_RULE = 0.3
"""For a passage that the answer cites. A clause is cited for its final checks, too."""
_CLAUSE = 0.2
_CLAUSE_ASKED = 0.6
"""For the clause that decides, and where a permission is what is asked for."""
_RULE = 0.05
_RULE_ASKED = 0.3
"""For the rule beside a wish, and beside a question for permission."""
_KIN = 0.2
"""Share of its score that a passage lends to the others of its task: a story finds its template."""
_KIND_AGAIN = 0.12
"""Off for each document of the same kind that stands before."""
_DOCUMENT_AGAIN = 0.2
"""Off for each passage of the same document that stands before, unless the question names it."""

_PLACES = 10
_COMPARED = 40
"""Passages that compete for the places: the best by their worth."""

_WISHES = frozenset({Intent.HOW_TO, Intent.TEMPLATE, Intent.STORY})
_ASKED = frozenset({VerdictKind.ASK_DESK, VerdictKind.PROHIBITED})


@dataclass(frozen=True, slots=True)
class _Rated:
    passage: Passage
    worth: float


def with_found(answer: Answer, hits: Sequence[Hit]) -> Answer:
    """Return the answer with what it rests on and what was found besides, best first.

    `hits`: of the search, best first. «わかりません» rests on nothing that it names.
    """
    answered = answer.status is AnswerStatus.ANSWERED
    cited = [citation.passage for citation in answer.citations] if answered else []
    found = in_order(hits, answer.query, answer.verdict, cited)
    paths = dict.fromkeys(passage.source.path for passage in found)
    return replace(answer, found=found, retrieved=tuple(paths))


def in_order(
    hits: Sequence[Hit], query: Query, verdict: Verdict, cited: Sequence[Passage]
) -> tuple[Passage, ...]:
    """Return clauses, cited passages and hits in the order in which they answer the question."""
    rated = _rated(hits, query, verdict, cited)
    first = _spread(rated[:_COMPARED], fold(query.text))
    taken = {passage.id for passage in first}
    return (*first, *(one.passage for one in rated if one.passage.id not in taken))


def _rated(
    hits: Sequence[Hit], query: Query, verdict: Verdict, cited: Sequence[Passage]
) -> list[_Rated]:
    scores = {hit.passage.id: hit.score for hit in hits}
    passages = {one.id: one for one in (*(hit.passage for hit in hits), *verdict.clauses, *cited)}
    kin = _kin_scores(passages.values(), scores)
    borne = {passage.id for passage in cited}
    asked = query.intent is Intent.PERMISSION or verdict.kind in _ASKED
    deciding = verdict.clauses[0].id if verdict.clauses else ""

    def worth(passage: Passage) -> float:
        gain = scores.get(passage.id, 0.0) + _KIN * kin.get(passage.id, 0.0)
        rule = passage.source.kind is Kind.RULE
        if passage.id in borne:
            gain += _CITED_RULE if rule else _CITED
        if passage.id == deciding:
            gain += _CLAUSE_ASKED if asked else _CLAUSE
        if rule:
            gain += _RULE_ASKED if asked else _RULE * (query.intent in _WISHES)
        return gain

    rated = (_Rated(passage, worth(passage)) for passage in passages.values())
    return sorted(rated, key=lambda one: -one.worth)


def _spread(rated: Sequence[_Rated], question: str) -> list[Passage]:
    """Return the places in turn to what is worth most beside those already there."""
    left, told = list(rated), list[Passage]()
    kinds, documents = Counter[Kind](), Counter[str]()

    def beside(one: _Rated) -> float:
        source = one.passage.source
        again = documents[source.path]
        if again and fold(source.title) in question:
            return one.worth
        same_kind = kinds[source.kind] - (1 if again else 0)
        return one.worth - _KIND_AGAIN * same_kind - _DOCUMENT_AGAIN * again

    while left and len(documents) < _PLACES:
        best = left.pop(_place_of_best(left, beside))
        source = best.passage.source
        kinds[source.kind] += 0 if documents[source.path] else 1
        documents[source.path] += 1
        told.append(best.passage)
    return told


def _place_of_best(rated: Sequence[_Rated], beside: Callable[[_Rated], float]) -> int:
    """Return the first place of the highest value; none is more than its worth, which falls."""
    place, highest = 0, -math.inf
    for at, one in enumerate(rated):
        if one.worth <= highest:
            break
        value = beside(one)
        if value > highest:
            place, highest = at, value
    return place


def _kin_scores(passages: Iterable[Passage], scores: Mapping[str, float]) -> dict[str, float]:
    """Return the best score of another story or template of the same task, by passage."""
    families: dict[str, list[str]] = {}
    for passage in passages:
        if isinstance(passage.content, Story | Template):
            for name in _family(passage):
                families.setdefault(name, []).append(passage.id)
    kin: dict[str, float] = {}
    for members in families.values():
        for one in members if len(members) > 1 else ():
            others = (scores.get(other, 0.0) for other in members if other != one)
            kin[one] = max(kin.get(one, 0.0), max(others, default=0.0))
    return kin


def _family(passage: Passage) -> Iterator[str]:
    """Yield the task of a story or template, and the template that is told of or is one."""
    content, source = passage.content, passage.source
    if isinstance(content, Template):
        yield from dict.fromkeys((content.task or source.title, source.title, source.path))
    elif isinstance(content, Story):
        yield from dict.fromkeys(name for name in (content.task, content.template) if name)
