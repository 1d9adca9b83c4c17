"""In which order what was found is told: what the answer rests on, its kin, a mix of kinds."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest

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

    rated = []
    for passage in passages.values():
        gain = scores.get(passage.id, 0.0) + _KIN * kin.get(passage.id, 0.0)
        rule = passage.source.kind is Kind.RULE
        if passage.id in borne:
            gain += _CITED_RULE if rule else _CITED
        if passage.id == deciding:
            gain += _CLAUSE_ASKED if asked else _CLAUSE
        if rule:
            gain += _RULE_ASKED if asked else _RULE * (query.intent in _WISHES)
        rated.append(_Rated(passage, gain))
    return sorted(rated, key=_worth, reverse=True)


def _worth(one: _Rated) -> float:
    return one.worth


def _spread(rated: Sequence[_Rated], question: str) -> list[Passage]:
    """Return the places in turn to what is worth most beside those already there."""
    left, told = list(rated), list[Passage]()
    kinds, documents = dict[Kind, int](), dict[str, int]()
    while left and len(documents) < _PLACES:
        best = left.pop(_place_of_best(left, question, kinds=kinds, documents=documents)).passage
        path, kind = best.source.path, best.source.kind
        if path not in documents:
            kinds[kind] = kinds.get(kind, 0) + 1
        documents[path] = documents.get(path, 0) + 1
        told.append(best)
    return told


def _place_of_best(
    rated: Sequence[_Rated],
    question: str,
    *,
    kinds: Mapping[Kind, int],
    documents: Mapping[str, int],
) -> int:
    """Return the first place of the highest value; none is more than its worth, which falls."""
    place, highest = 0, -math.inf
    for at, one in enumerate(rated):
        value = one.worth
        if value <= highest:
            break
        source = one.passage.source
        again = documents.get(source.path, 0)
        if not again:
            value -= _KIND_AGAIN * kinds.get(source.kind, 0)
        elif fold(source.title) not in question:
            value -= _KIND_AGAIN * (kinds.get(source.kind, 0) - 1) + _DOCUMENT_AGAIN * again
        if value > highest:
            place, highest = at, value
    return place


def _kin_scores(passages: Iterable[Passage], scores: Mapping[str, float]) -> dict[str, float]:
    """Return the best score of another story or template of the same task, by passage."""
    families: dict[str, list[tuple[float, str]]] = {}
    for passage in passages:
        for name in _family(passage):
            member = (scores.get(passage.id, 0.0), passage.id)
            families.setdefault(name, []).append(member)
    kin: dict[str, float] = {}
    for members in families.values():
        if len(members) > 1:
            (best, first), (second, _) = nlargest(2, members)
            for _, one in members:
                kin[one] = max(kin.get(one, 0.0), second if one == first else best)
    return kin


def _family(passage: Passage) -> tuple[str, ...]:
    """Return the task of a story or template, and the template that is told of or is one."""
    content, source = passage.content, passage.source
    if isinstance(content, Template):
        return tuple(dict.fromkeys((content.task or source.title, source.title, source.path)))
    if isinstance(content, Story):
        return tuple(name for name in dict.fromkeys((content.task, content.template)) if name)
    return ()
