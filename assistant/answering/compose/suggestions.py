"""つぎに聞けること: questions near the topic that the corpus can answer, never a dead end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.japanese.words import PROCESS, Word, named
from assistant.answering.question.intent import intent_of
from assistant.corpus.text import fold
from assistant.domain import Evidence, FaqPair, Hit, Query, Story, Template

MOST = 3
_ON_TOPIC = 0.34
"""Share of the topic's words that a suggestion names: one of two, two of five."""
_SAME = 0.75
"""Share of common letters, two by two (Jaccard), that makes it the other question again."""
_CONTENT = re.compile(r"[一-龯々]+|[ァ-ヶー]+|[a-z0-9]+")
_NEAR = 0.4
"""Share of the best score below which a passage is about something else."""


def suggestions(
    evidence: Evidence, query: Query, shown: Sequence[str], *, words: Sequence[Word]
) -> tuple[str, ...]:
    """Return up to three real questions on the topic; `shown`: ids of passages in the answer.

    Better none than one about something else: each names a word of the question.
    """
    taken = set(shown)
    topic = [word for word in words if word.form not in PROCESS] or words
    evidence = _close(evidence)
    asked = fold(query.text)
    found: list[str] = []
    for question in _candidates(evidence, taken):
        folded = fold(question)
        on_topic = not topic or named(topic, folded) >= _ON_TOPIC
        again = intent_of(question) is query.intent and _alike(folded, asked)
        if on_topic and not again and not any(_alike(folded, fold(one)) for one in found):
            found.append(question)
        if len(found) == MOST:
            break
    return tuple(found)


def _alike(question: str, other: str) -> bool:
    """Tell whether two questions ask the same in nearly the same letters."""
    one, two = _grams(question), _grams(other)
    return question == other or len(one & two) >= _SAME * len(one | two)


def _grams(text: str) -> frozenset[str]:
    content = _CONTENT.findall(text)
    return frozenset(run[at : at + 2] for run in content for at in range(max(len(run) - 1, 1)))


def _close(evidence: Evidence) -> Evidence:
    """Return the evidence whose score comes near the best: the rest is another topic."""
    kinds = (evidence.faqs, evidence.templates, evidence.stories)
    floor = _NEAR * max((hit.score for hits in kinds for hit in hits), default=0.0)
    faqs, templates, stories = (tuple(hit for hit in hits if hit.score >= floor) for hits in kinds)
    return replace(evidence, faqs=faqs, templates=templates, stories=stories)


def _candidates(evidence: Evidence, taken: set[str]) -> Iterator[str]:
    faqs = [_faq(hit) for hit in evidence.faqs if hit.passage.id not in taken]
    yield from [question for question in faqs if question][:2]
    for hit in evidence.templates:
        content = hit.passage.content
        if hit.passage.id not in taken and isinstance(content, Template):
            yield f"「{hit.passage.source.title}」のテンプレートを見せて"
            break
    for hit in evidence.stories:
        content = hit.passage.content
        if hit.passage.id not in taken and isinstance(content, Story) and content.task:
            yield f"{content.task}の事例を教えて"
            break
    yield from [question for question in faqs if question][2:]


def _faq(hit: Hit) -> str:
    content = hit.passage.content
    return content.question.strip() if isinstance(content, FaqPair) else ""
