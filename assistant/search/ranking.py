"""From a question's words and vector to rows in order: propose, score, fuse, prefer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Query
from assistant.ports import Read
from assistant.search.centred import Look
from assistant.search.fusion import LEG_SIZE, Leg, Top, best, fuse, top
from assistant.search.index import PassageIndex
from assistant.search.keyword import Word
from assistant.search.terms import Terms

WORDS_WEIGHT = 0.35
DENSE_WEIGHT = 0.45
PAIRS_WEIGHT = 0.2
"""Words, meaning, character pairs: nDCG@10 on JaQuAD / lawqa / debian_faq_ja with our fp32 e5.
.5/.5/0         .926 / .804 / .675
.4/.5/.1        .929 / .804 / .685
.4/.4/.2        .935 / .805 / .682
.35/.45/.2      .934 / .807 / .683   clears what was promised on each: .915 / .805 / .68
  and centred   .933 / .814 / .682   with one more look beside the best passage (search/centred.py)
Recall@5 of documents by search alone, raw → centred: the sample company .746 → .815, seven invented
companies .912 → .916, the cases of all that were kept for the last look .775 → .841.
Ten mixtures were compared on the first three sets, and others (.25–.4 of words, .4–.55 of meaning)
on all: the differences are within noise. Do not tune further on them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, taken apart once."""

    query: Query
    text: str
    terms: Terms
    words: tuple[Word, ...]
    """Content words that an answer should hold."""
    read: Read | None = None
    """As the embedder reads it; None while there is none."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Rows in order, best first, and their scores; all of one length."""

    rows: NDArray[np.intp]
    scores: NDArray[np.float32]
    gains: NDArray[np.float32]
    """What of the scores is preferred before a word is compared."""
    bm25: NDArray[np.float32]
    cosines: NDArray[np.float32]
    coverage: NDArray[np.float32]


def rank(index: PassageIndex, asked: Asked, *, nearest: NDArray[np.intp], limit: int) -> Ranked:
    """Return the best `limit` passages; `nearest` are the rows that the dense leg proposes."""
    keyword = index.keyword.scores(asked.terms, asked.text)
    words, pairs = top(keyword.words), top(keyword.pairs)
    rows = np.unique(np.concatenate((words.rows, pairs.rows, nearest)))
    legs = [
        Leg(WORDS_WEIGHT, words, keyword.words[rows]),
        Leg(PAIRS_WEIGHT, pairs, keyword.pairs[rows]),
    ]
    priors = index.priors.gains(asked.query)[index.source_of[rows]]
    if asked.read is not None and len(nearest):
        look = index.centres.look(index.vectors, rows, asked.read.vector)
        cosines = look.cosines
        scores = _with_meaning(legs, look, present=index.vectors.present[rows], priors=priors)
    else:
        cosines = np.zeros(len(rows), dtype=np.float32)
        scores = fuse(legs) + priors
    order = np.lexsort((rows, -scores))[:limit]
    return Ranked(
        rows=rows[order],
        scores=scores[order],
        gains=priors[order],
        bm25=keyword.words[rows[order]],
        cosines=cosines[order],
        coverage=index.keyword.coverage(asked.words, rows[order]),
    )


def _with_meaning(
    legs: Sequence[Leg],
    look: Look,
    *,
    present: NDArray[np.bool_],
    priors: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Return the scores of all legs, compared once more in the light of the best passage."""
    scores = fuse([*legs, _dense(look.scores, present)]) + priors
    first = int(np.argmax(np.where(present, scores, -np.inf)))
    return fuse([*legs, _dense(look.again(first), present)]) + priors


def _dense(scores: NDArray[np.float32], present: NDArray[np.bool_]) -> Leg:
    own = scores[present]
    nearest = own[best(own, LEG_SIZE)]
    return Leg(DENSE_WEIGHT, Top.of(np.flatnonzero(present), nearest), scores, present)
