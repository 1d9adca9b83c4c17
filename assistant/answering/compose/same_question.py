"""Which FAQ asks what the person asks: a probability."""

import math
from collections.abc import Sequence

from assistant.answering.japanese.words import Topics, Word, share
from assistant.answering.question.asking import asks
from assistant.answering.question.intent import HAPPENED
from assistant.domain import FaqPair, Hit, Intent, Query

_BIAS = -4.29
_LIKENESS = 2.92
_COSINE = 0.57
_COSINE_ZERO, _COSINE_STEP = 0.86, 0.05
_LAG = -0.89
_LAG_STEP = 0.02
_SCORE = 1.93
_COVERAGE = 1.28
_FIRST = 1.11
_OTHER_TIME = -0.59
_LENGTH = -0.41
"""Likeness of the questions; cosine; how far it lies behind the nearest FAQ's; score; coverage; for
the first FAQ; where one asks of what has happened and the other does not; ln(1 + words asked).
Logistic on 5,100 FAQs found for 1,020 wordings of six companies' suites (no holdout)."""

TOLD = 0.3
"""Probability from which an FAQ is told beside a verdict. Constants fitted
without a company find 77 of its 104 FAQs asked for permission at .15, 67 here, 49 at .5."""
LEADS = 0.5
"""The same from which it answers before all else: 109 of 273 questions of any kind that an FAQ
answers (62 by five limits on words and cosines, as it was), and 55 of 747 others (20)."""
_COMPARED = 6
"""FAQs, best first."""
_ALIKE = 0.6
"""Likeness from which an FAQ's question is the one that is asked: 30 of 45, who asks for permission
in eight companies' suites (no holdout)."""
_SAME_TOKENS = 0.7
"""The same of nearness token by token: 23 of 30, in whatever words."""


def faq_for(
    query: Query,
    words: Sequence[Word],
    hits: Sequence[Hit],
    topics: Topics,
    *,
    least: float = 0.0,
) -> Hit | None:
    """Return the FAQ that asks what the person asks, if one does.

    `hits`: FAQs, best first. `least`: the probability that it takes; 0: by the kind of question.
    Who asks how is not answered by whether one may: the verdict says that already.
    """
    needed = least or (TOLD if query.intent is Intent.PERMISSION else LEADS)
    happened = bool(HAPPENED.search(query.text))
    rated = [
        (_probability(query, words, hits, place, topics=topics), hit)
        for place, hit in enumerate(hits[:_COMPARED])
        if isinstance(hit.passage.content, FaqPair)
        and (query.intent is not Intent.PERMISSION or happened or not _of_mishap(hit))
        and not (query.intent is Intent.HOW_TO and asks(hit.passage.content.question))
    ]
    likely, best = max(rated, key=lambda row: row[0], default=(0.0, None))
    return best if likely >= needed else None


def _probability(
    query: Query, words: Sequence[Word], hits: Sequence[Hit], place: int, *, topics: Topics
) -> float:
    hit = hits[place]
    content = hit.passage.content
    question = content.question if isinstance(content, FaqPair) else ""
    nearest = max(other.cosine for other in hits)
    worth = (
        _BIAS
        + _LIKENESS * likeness(words, query.text, question, topics)
        + _COSINE * ((hit.cosine - _COSINE_ZERO) / _COSINE_STEP if hit.cosine else 0.0)
        + _LAG * (nearest - hit.cosine) / _LAG_STEP
        + _SCORE * hit.score
        + _COVERAGE * hit.coverage
        + _FIRST * (place == 0)
        + _OTHER_TIME * (bool(HAPPENED.search(query.text)) != _of_mishap(hit))
        + _LENGTH * math.log1p(len(words))
    )
    return 1 / (1 + math.exp(-worth))


def _of_mishap(hit: Hit) -> bool:
    content = hit.passage.content
    return isinstance(content, FaqPair) and bool(HAPPENED.search(content.question))


def likeness(words: Sequence[Word], text: str, other: str, topics: Topics) -> float:
    """Return how alike two questions are (0–1): shared topic both ways, and shared words."""
    theirs = topics.words(other)
    mine, yours = topics.terms(text), topics.terms(other)
    common = len(mine & yours) / max(len(mine | yours), 1)
    if not words or not theirs:
        return common
    both = (share(words, theirs) + share(theirs, words)) / 2
    return 0.75 * both + 0.25 * common


def is_same(
    words: Sequence[Word], text: str, faq: Hit, topics: Topics, *, clause: str = ""
) -> bool:
    """Tell whether an FAQ's question is the one that is asked, and not only one like it.

    `clause`: text of the clause that decides. Who asks in its words is answered by it.
    """
    content = faq.passage.content
    if not isinstance(content, FaqPair):
        return False
    if faq.late >= _SAME_TOKENS:
        return True
    alike = likeness(words, text, content.question, topics)
    return alike >= _ALIKE and alike >= likeness(words, text, clause, topics)
