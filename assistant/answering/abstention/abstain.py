"""Whether the evidence answers the question: a probability."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields

from assistant.answering.abstention.unknowable import (
    asks_mind,
    asks_other_day,
    is_garbled,
    lacks_count,
    lacks_subject,
)
from assistant.answering.japanese.words import Topics
from assistant.answering.question.facts import lacks_fact
from assistant.corpus.text import fold
from assistant.domain import Hit, Intent, Query, Story, Template


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a question besides its words and its hits."""

    passages: int
    """How many passages can be found: the more there are, the nearer the nearest by chance."""
    strange: float
    """Share (0–1) of what the question writes that no passage holds."""
    template_fit: float = 0.0
    """Probability that the first template is the one for the asked task."""
    ruled: bool = False
    """A clause of the rule decides: the topic is the company's own."""


@dataclass(frozen=True, slots=True)
class Features:
    """What the logistic sees of one question and its best hits; yes is 1, no is 0."""

    coverage: float
    """Best IDF coverage of the question's words by one hit, 0–1."""
    cosine: float
    """Best cosine in steps of .05 above .86; e5's lie in .80–.92. 0 without vectors."""
    late: float
    """Best nearness token by token (MaxSim) in steps of .1 above .47; most lie in .44–.74.
    0 without tokens."""
    answerability: float
    """How far the log-odds that the passage with the nearest tokens answers lie below those of
    answered questions, ≤ 0: it knows near misses, of other questions it says nothing."""
    length: float
    """Length of the question, −1…1: ln of its characters by 20. A story of one's trouble shares
    few of its words with the passage that helps, a short question shares all or means another."""
    size: float
    """Size of the corpus, −1…1.6: ln of its passages by 100."""
    strange: float
    """Share of what the question writes that no passage holds."""
    fit: float
    """Probability that the first template is for the asked task."""
    elsewhere: float
    """What is asked about stands in none of them, and no story, template or desk is wished for."""
    fact: float
    """The question asks for a fact: near misses are mostly these."""
    permission: float
    """The question asks whether one may: what nobody knows is hardly asked like that."""
    wish: float
    """The question asks for a story, a template or the desk."""
    lacking: float
    """None holds the kind of fact that is asked for: a price, a date, 何秒, 何県."""
    ruled: float
    """A clause of the rule decides."""
    mind: float
    """The question asks what somebody thinks, or for a guess."""
    other_day: float
    """The question asks which or how many on a day that the hits do not speak of."""
    garbled: float
    """The question means nothing."""


_COSINE_ZERO = 0.86
_COSINE_STEP = 0.05
_LATE_ZERO = 0.47
_LATE_STEP = 0.1
_ANSWERABILITY_LEAST = 1.5
"""A tenth of the questions that are answered lie below it, half of the near misses."""
_CHARACTERS = 20
_PASSAGES = 100
_MOST = 1.6
"""As far as corpora were measured: 41 to 374 passages."""
_WISHES = frozenset({Intent.STORY, Intent.TEMPLATE, Intent.DESK})

_NAMES = tuple(each.name for each in fields(Features))

BIAS = 1.27
WEIGHTS = Features(
    coverage=1.36,
    cosine=1.12,
    late=0.86,
    answerability=0.85,
    length=0.76,
    size=-0.76,
    strange=-0.07,
    fit=0.76,
    elsewhere=-0.70,
    fact=-0.98,
    permission=0.89,
    wish=1.60,
    lacking=-2.70,
    ruled=0.34,
    mind=-4.23,
    other_day=-3.15,
    garbled=-2.35,
)
"""Fitted as benchmarks/abstention.py does, on the suites of this and of seven invented companies
and on thirteen organisations of `training/` that the embedder was not tuned on, leaning on the
constants before. AUC of each company .92–.97, of the organisations .89–.99; where .7–.9 is told,
.81 of the questions are answerable, below .1 one of ten (docs/en/benchmarks.md). The weight of
answerability was chosen beside the others as they were."""

THRESHOLD = 0.70
"""From here on what the slots found is told: they look at the words themselves. Chosen with the
next two for F1 over the companies, each as heavy as the other: .69 where the probability alone
decides, and .017 of what is answerable is left unanswered."""
OPEN_THRESHOLD = 0.80
"""From here on the nearest passage is told although no slot found the words of the question in it:
people use other words than documents."""
SURE = 0.99
"""From here on it is told although it seems to lack the kind of fact that is asked for."""
_DEPTH = 5

_MASKED = re.compile(r"〔[^〕]*〕")
_MASKED_TRUST = 0.9
"""How far the other nouns stand for a question that was masked: no document holds «〔A社様〕»."""


def probability(query: Query, hits: Sequence[Hit], *, topics: Topics, setting: Setting) -> float:
    """Return the probability (0–1) that the hits answer the question; 0 without hits."""
    if not hits:
        return 0.0
    return logistic(features(query, hits, topics=topics, setting=setting))


def logistic(seen: Features) -> float:
    """Return the probability of these features."""
    parts = (getattr(WEIGHTS, name) * getattr(seen, name) for name in _NAMES)
    return 1 / (1 + math.exp(-BIAS - sum(parts)))


def features(query: Query, hits: Sequence[Hit], *, topics: Topics, setting: Setting) -> Features:
    """Return the features of a question and its ranked hits, of which there is at least one."""
    best = hits[:_DEPTH]
    texts = [_whole(hit) for hit in best]
    asked = _MASKED.sub(" ", query.text)
    wish = query.intent in _WISHES
    cosine = max(hit.cosine for hit in best)
    nearest = max(best, key=lambda hit: hit.late)
    late = nearest.late
    coverage = max(hit.coverage for hit in best)
    if asked != query.text:
        coverage = max(coverage, _MASKED_TRUST * _share(topics, asked, texts))
    return Features(
        coverage=coverage,
        cosine=(cosine - _COSINE_ZERO) / _COSINE_STEP if cosine else 0.0,
        late=(late - _LATE_ZERO) / _LATE_STEP if late else 0.0,
        answerability=min(nearest.answerability - _ANSWERABILITY_LEAST, 0.0) if late else 0.0,
        length=_clipped(math.log(max(len(query.text), 1) / _CHARACTERS), 1.0),
        size=_clipped(math.log(max(setting.passages, 1) / _PASSAGES), _MOST),
        strange=setting.strange,
        fit=setting.template_fit,
        elsewhere=float(not wish and lacks_subject(asked, texts)),
        fact=float(query.intent is Intent.FACT),
        permission=float(query.intent is Intent.PERMISSION),
        wish=float(wish),
        lacking=float(lacks_fact(query, texts) or lacks_count(query.text, texts)),
        ruled=float(setting.ruled),
        mind=float(asks_mind(query.text)),
        other_day=float(asks_other_day(query.text, texts)),
        garbled=float(is_garbled(query.text, topics)),
    )


def _clipped(value: float, most: float) -> float:
    return min(max(value, -1.0), most)


def _share(topics: Topics, asked: str, texts: Sequence[str]) -> float:
    """Return the share of the nouns that stand in any of the texts; all, where there are none."""
    words = topics.words(asked)
    held = (any(word.surface in text or word.form in text for text in texts) for word in words)
    return sum(held) / len(words) if words else 1.0


def _whole(hit: Hit) -> str:
    content = hit.passage.content
    task = content.task if isinstance(content, Story | Template) else ""
    return fold(" ".join((hit.passage.source.title, task, *hit.passage.headings, hit.passage.text)))
