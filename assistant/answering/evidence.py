"""Hits into slots: examples of the own department first, then neighbours'; repeats collapse."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from assistant.answering.fit import fitting_first
from assistant.answering.tasks import names_task
from assistant.corpus.text import fold
from assistant.domain import Evidence, Hit, Kind, Nearness, Passage, Query

_PER_DOCUMENT = 2
"""Guides from one document: more crowd out the others."""

_SAME = 0.8
"""Share of common 4-character pieces (Jaccard) from which two passages say the same thing."""

_RELEVANT = 0.6
"""Share of the best score of its kind from which a nearer passage goes before a better one."""

_OPENING = 160
"""Characters that tell near-duplicates apart: 0.03 ms a passage."""

_SHOWN = 6
"""Passages of a kind that can come into an answer or its suggestions."""

_ORDER = tuple(Nearness)


def select(hits: Sequence[Hit], query: Query) -> Evidence:
    """Return the slots of an answer, each best first."""
    # An FAQ answers one question: a neighbour's other question in front of it helps nobody.
    by_kind: dict[Kind, list[Hit]] = {kind: [] for kind in Kind}
    for hit in hits:
        by_kind[kind_of(hit)].append(hit)
    templates, fit = fitting_first(hits, query)
    return Evidence(
        rule=tuple(by_kind[Kind.RULE]),
        faqs=tuple(_distinct(by_kind[Kind.FAQ])),
        guides=tuple(_capped(_distinct(by_kind[Kind.MANUAL]))),
        stories=tuple(_distinct(_near_first(by_kind[Kind.STORY], query))),
        templates=tuple(_distinct(templates)),
        template_fit=fit,
    )


def kind_of(hit: Hit) -> Kind:
    """Return the kind of the hit's document."""
    return hit.passage.source.kind


def nearness(passage: Passage, query: Query) -> Nearness:
    """Return whose passage it is, seen from the asker's department."""
    departments = passage.source.departments
    if query.department and query.department in departments:
        return Nearness.OWN
    if any(neighbour in departments for neighbour in query.neighbours):
        return Nearness.NEIGHBOUR
    return Nearness.OTHER


def _near_first(hits: Iterable[Hit], query: Query) -> list[Hit]:
    """Own department, neighbours, others, as long as they are about the question.

    A story whose task the question names is, whatever its score.
    """
    found = list(hits)
    floor = _RELEVANT * max((hit.score for hit in found), default=0.0)

    def order(hit: Hit) -> tuple[bool, bool, int, float]:
        rank = _ORDER.index(nearness(hit.passage, query))
        named = names_task(query.text, hit.passage)
        near = named or hit.score >= floor
        return (not named, not near, rank if near else 0, -hit.score)

    return sorted(found, key=order)


def _distinct(hits: Iterable[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    seen: list[frozenset[str]] = []
    for hit in hits:
        shingles = _shingles(hit.passage.text[:_OPENING])
        if any(_is_same(shingles, other) for other in seen):
            continue
        kept.append(hit)
        seen.append(shingles)
        if len(kept) >= _SHOWN:
            break
    return kept


def _capped(hits: Iterable[Hit]) -> list[Hit]:
    counts: dict[str, int] = {}
    kept = []
    for hit in hits:
        path = hit.passage.source.path
        counts[path] = counts.get(path, 0) + 1
        if counts[path] <= _PER_DOCUMENT:
            kept.append(hit)
    return kept


@lru_cache(maxsize=4_096)
def _shingles(text: str) -> frozenset[str]:
    bare = "".join(fold(text).split())
    return frozenset([bare[at : at + 4] for at in range(max(len(bare) - 3, 1))])


@lru_cache(maxsize=4_096)
def _is_same(first: frozenset[str], second: frozenset[str]) -> bool:
    """Compare by Jaccard, which is the share of their sizes at most."""
    if min(len(first), len(second)) < _SAME * max(len(first), len(second)):
        return False
    common = len(first & second)
    return common / (len(first) + len(second) - common) >= _SAME
