"""Whether the evidence answers the question: a probability."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.words import Word, named
from assistant.domain import Hit, Story, Template


@dataclass(frozen=True, slots=True)
class Features:
    """What the logistic sees of the best hits of one question."""

    coverage: float
    """Best IDF coverage of the question's words among the first hits, 0–1."""
    cosine: float
    """Best cosine; e5's lie in .80–.92."""
    agreement: float
    """1 when the keyword leg's best passage is the dense leg's best too, else 0."""


_BIAS = -3.33
_COVERAGE = 4.15
_COSINE = 22.5
_COSINE_ZERO = 0.86
_AGREEMENT = 0.85
"""Fitted on 110 documents each of JaQuAD, lawqa and debian_faq_ja (141 answerable questions, 150
near misses, 122 unknown; benchmarks/abstention.py) and, three times as heavy, on 57 + 35 short
questions as employees ask them: those sets have few of these, and cosine tells more there."""

THRESHOLD = 0.25
"""Passes 94% of the answerable questions of the sets and 95% of the employees', 7% and 31% of
the unknown ones. What is about something else is left out when the slots are chosen, so that an
answer without a fitting passage abstains all the same."""
TOUCHED_THRESHOLD = 0.15
"""Where a clause of the rule names the task: the topic is the company's own."""

_DEPTH = 5


_TOPIC_TRUST = 0.9
"""How far the topic's nouns stand for the whole question when someone wishes for help: the other
words are complaint («地味にしんどい») and stand in no document."""


def probability(hits: Sequence[Hit], *, topic: Sequence[Word] = ()) -> float:
    """Return the probability (0–1) that the hits answer the question; 0 without hits.

    `topic`: the nouns of a how-to question, whose other words need not be covered.
    """
    if not hits:
        return 0.0
    seen = features(hits)
    held = max(named(topic, _whole(hit)) for hit in hits[:_DEPTH])
    seen = replace(seen, coverage=max(seen.coverage, _TOPIC_TRUST * held))
    dense = _COSINE * (seen.cosine - _COSINE_ZERO) if seen.cosine else 0.0
    x = _BIAS + _COVERAGE * seen.coverage + dense + _AGREEMENT * seen.agreement
    return 1 / (1 + math.exp(-x))


def _whole(hit: Hit) -> str:
    content = hit.passage.content
    task = content.task if isinstance(content, Story | Template) else ""
    return " ".join((hit.passage.source.title, task, *hit.passage.headings, hit.passage.text))


def features(hits: Sequence[Hit]) -> Features:
    """Return the features of a ranked list of hits."""
    top = hits[:_DEPTH]
    keyword = max(top, key=lambda hit: hit.bm25)
    dense = max(top, key=lambda hit: hit.cosine)
    return Features(
        coverage=max(hit.coverage for hit in top),
        cosine=dense.cosine,
        agreement=float(keyword is dense),
    )
