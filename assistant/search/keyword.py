"""The keyword leg: BM25 over words, their synonym groups, and character pairs."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.ports import Postings, TermIndex, TermIndexer
from assistant.search.segments import JoinedIndex, Segment
from assistant.search.terms import Terms, decode, pairs

_SYNONYM_WEIGHT = 0.6
"""Of a synonym against the word itself; .6–.8 when chosen by leave-one-set-out (findings, 3)."""

_WORDS, _GROUPS, _PAIRS = "words", "groups", "pairs"


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of the question and the synonym groups that stand for it."""

    term: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeywordScores:
    """Raw scores of every passage, by row."""

    words: NDArray[np.float32]
    """BM25 of the words, and of their synonyms at a lower weight."""
    pairs: NDArray[np.float32]


def build_fields(
    terms: Sequence[str],
    texts: Sequence[str],
    *,
    indexer: TermIndexer,
    folder: Path,
    base: Path | None = None,
) -> None:
    """Index encoded `terms` and `texts`, passage by passage, into `folder`. Raises StoreError.

    With `base`, they are what came since the index there was built.
    """
    # Decoded once a field, one passage at a time: 100,000 passages in words would take 700 MB.
    fields: tuple[tuple[str, Iterator[Sequence[str]]], ...] = (
        (_WORDS, (decode(each).words for each in terms)),
        (_GROUPS, (decode(each).groups for each in terms)),
        (_PAIRS, (pairs(text) for text in texts)),
    )
    for name, said in fields:
        if base is None:
            indexer.build(said, folder / name)
        else:
            indexer.extend(base / name, said, folder / name)


class KeywordLeg:
    """The three fields of one version. Reading is safe from several threads."""

    def __init__(self, segments: Sequence[Segment], *, size: int, indexer: TermIndexer) -> None:
        """Open what `build_fields` wrote for `size` passages. Raises StoreError."""
        self._size = size
        self._words, self._groups, self._pairs = (
            _opened(name, segments, size=size, indexer=indexer)
            for name in (_WORDS, _GROUPS, _PAIRS)
        )

    def scores(self, terms: Terms, text: str) -> KeywordScores:
        """Return how well every passage fits the question `text` with its `terms`."""
        said = _weighed(self._words, terms.words, weight=1.0)
        meant = _weighed(self._groups, terms.groups, weight=_SYNONYM_WEIGHT)
        written = _weighed(self._pairs, pairs(text), weight=1.0)
        return KeywordScores(
            _summed([*said, *meant], size=self._size), _summed(written, size=self._size)
        )

    def frequency(self, piece: str) -> int:
        """Return how many passages hold a pair of characters, or a word of another length."""
        held = len(self._pairs.postings(piece).rows) if len(piece) == 2 else 0
        return held or len(self._words.postings(piece).rows)

    def coverage(self, words: Sequence[Word], rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return the IDF-weighted share (0–1) of `words` that each of `rows` holds.

        A synonym counts as the word. A word that no passage holds weighs most: it is what the
        question is about, and nothing here answers it.
        """
        covered = np.zeros(len(rows), dtype=np.float32)
        total = 0.0
        for word in words:
            fields = [self._words.postings(word.term)]
            fields += [self._groups.postings(group) for group in word.groups]
            idf = self._idf(fields[0])
            total += idf
            held = np.zeros(self._size, dtype=np.bool_)
            for postings in fields:
                held[postings.rows] = True
            covered += idf * held[rows]
        return covered / np.float32(total) if total else covered

    def _idf(self, postings: Postings) -> float:
        frequency = len(postings.rows)
        return math.log(1 + (self._size - frequency + 0.5) / (frequency + 0.5))


def _opened(
    name: str, segments: Sequence[Segment], *, size: int, indexer: TermIndexer
) -> TermIndex:
    fields = [indexer.open(segment.folder / name) for segment in segments]
    if len(fields) == 1:
        return fields[0]
    base, added = segments
    return JoinedIndex(*fields, segments=(base, added), size=size)


def _weighed(field: TermIndex, terms: Sequence[str], *, weight: float) -> list[Postings]:
    """Return the BM25 of each of `terms`, a repeated term as often as it is said."""
    found = ((field.postings(term), weight * times) for term, times in Counter(terms).items())
    return [
        Postings(each.rows, np.float32(factor) * each.weights) if factor != 1.0 else each
        for each, factor in found
    ]


def _summed(parts: Sequence[Postings], *, size: int) -> NDArray[np.float32]:
    """Return the sum by row; adding them up one by one took four times as long."""
    if not parts:
        return np.zeros(size, dtype=np.float32)
    rows = np.concatenate([each.rows for each in parts])
    weights = np.concatenate([each.weights for each in parts])
    return np.bincount(rows, weights=weights, minlength=size).astype(np.float32)
