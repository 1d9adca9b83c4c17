"""Search: one question, one snapshot, three legs, one list of hits."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.corpus.text import fold
from assistant.domain import Hit, Query, Version
from assistant.ports import Embedder, Morpheme, Read, Store, TermIndexer, Tokenizer, VectorIndex
from assistant.search.cache import IndexCache
from assistant.search.dense import SCANNED, NearestPassages, QuestionEmbedder
from assistant.search.fusion import LEG_SIZE
from assistant.search.house import HouseWords
from assistant.search.index import IndexBuilder
from assistant.search.keyword import Word
from assistant.search.late import RERANKED, KeptTokens, reranked
from assistant.search.live import LiveSnapshot
from assistant.search.ranking import Asked, rank
from assistant.search.scale import CosineScale
from assistant.search.snapshot import Snapshot
from assistant.search.terms import analyse, with_house_words

_QUESTION_CHARACTERS = 1_000
"""What lies beyond is not searched for: the embedder reads 512 tokens, and a pasted document of
20,000 characters should not cost everyone else's time. The limit is chosen, not measured."""

_AS_THEY_ARE = CosineScale()

_CONTENT_POS = frozenset({"名詞", "動詞", "形容詞", "形状詞"})
_DEPENDENT = "非自立可能"
"""Sudachi's mark of words that also serve as auxiliaries: する, ある, いい, ください."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first, and the wall time that finding them took."""

    hits: tuple[Hit, ...]
    embed_ms: float
    search_ms: float
    """Everything but the embedding."""
    read: Read | None = None
    """The question; None where its cosines tell nothing."""


class SearchEngine:
    """Search on the live version; one for a process, asked from any thread."""

    def __init__(
        self,
        store: Store,
        *,
        tokenizer: Tokenizer,
        embedder_loader: Callable[[], Embedder],
        index: VectorIndex,
        indexer: TermIndexer,
        cache_dir: Path,
        scale: CosineScale | None = _AS_THEY_ARE,
        scanned: int = SCANNED,
    ) -> None:
        """Open nothing yet: the first question, or `snapshot()`, does.

        `scale`: how the embedder's cosines are read. With None they only rank: hits tell no cosine
        (0), as without vectors, which cost 15 points of templates handed over and 1 of verdicts.
        `scanned`: passages up to which all vectors are compared and `index` is not asked.
        """
        self._tokenizer = tokenizer
        self._scale = scale
        self._embedder = QuestionEmbedder(embedder_loader)
        self._tokens = KeptTokens(store)
        self._nearest = NearestPassages(index, scanned=scanned)
        self._live = LiveSnapshot(
            store,
            IndexBuilder(store, tokenizer, indexer, IndexCache(cache_dir)),
            embedder=self._embedder.get,
            nearest=self._nearest,
        )

    @property
    def notice(self) -> str:
        """Return one quiet Japanese line while only words are compared; else empty."""
        return self._embedder.notice

    def snapshot(self) -> Snapshot:
        """Return the live version, for one question. Raises IndexMissing, StoreError."""
        return self._live.current()

    def pinned(self, version: Version) -> "PinnedEngine":
        """Return search on a kept version, whichever is live: to compare two. Raises StoreError."""
        return PinnedEngine(self, self._live.of(version))

    def search(
        self, query: Query, *, limit: int = 30, snapshot: Snapshot | None = None
    ) -> list[Hit]:
        """Return up to `limit` hits, best first: current passages that everyone may read."""
        return list(self.search_timed(query, limit=limit, snapshot=snapshot).hits)

    def search_timed(
        self, query: Query, *, limit: int = 30, snapshot: Snapshot | None = None
    ) -> SearchResult:
        """Return what `search` does, with timings. Raises IndexMissing, StoreError."""
        snapshot = snapshot or self.snapshot()
        text = query.text.strip()[:_QUESTION_CHARACTERS]
        if not text or not snapshot.index.ids:
            return SearchResult((), 0.0, 0.0)
        started = time.perf_counter()
        read = self._embedder.read(text)
        embedded = time.perf_counter()
        house = snapshot.index.house
        terms = with_house_words(analyse(text, self._tokenizer), text, house)
        asked = Asked(query, text, terms, self._words(text, house), read)
        hits = self._hits(snapshot, asked, limit=limit)
        return SearchResult(
            hits,
            embed_ms=(embedded - started) * 1000,
            search_ms=(time.perf_counter() - embedded) * 1000,
            read=read if self._scale else None,
        )

    def read(
        self, questions: Sequence[str], texts: Sequence[str]
    ) -> tuple[list[Read], list[Read]] | None:
        """Return both as they are read; None without an embedder whose cosines tell."""
        return self._embedder.read_all(questions, texts) if self._scale else None

    def _hits(self, snapshot: Snapshot, asked: Asked, *, limit: int) -> tuple[Hit, ...]:
        index = snapshot.index
        nearest = np.empty(0, dtype=np.intp)
        if asked.read is not None and index.vectors.present.any():
            nearest = self._nearest.rows(index, asked.read.vector, limit=LEG_SIZE)
        found = rank(index, asked, nearest=nearest, limit=max(limit, RERANKED))
        passages = snapshot.passages([index.ids[row] for row in found.rows])
        tokens = self._tokens.compared(asked.read, passages, embedder=index.vectors.embedder)
        scores = reranked(found.scores - found.gains, tokens.late) + found.gains
        order = np.argsort(-scores, kind="stable")[:limit]
        numbers = zip(
            scores.tolist(),
            found.bm25.tolist(),
            self._told(found.cosines).tolist(),
            found.coverage.tolist(),
            tokens.late.tolist(),
            tokens.answerability.tolist(),
            strict=True,
        )
        hits = [Hit(passage, *each) for passage, each in zip(passages, numbers, strict=True)]
        return tuple(hits[place] for place in order)

    def _told(self, cosines: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.zeros_like(cosines) if self._scale is None else self._scale.told(cosines)

    def _words(self, text: str, house: HouseWords) -> tuple[Word, ...]:
        """Return the content words of the question, each once; own names with their thing."""
        named = list(house.spans(text)) if len(fold(text)) == len(text) else []
        groups: dict[str, tuple[str, ...]] = {}
        for word in self._tokenizer.morphemes(text):
            if _is_content(word):
                term = word.normalized.lower()
                own = (thing for start, end, thing in named if start <= word.start < end)
                groups.setdefault(term, tuple(dict.fromkeys((*word.groups, *own))))
        return tuple(Word(term, group) for term, group in groups.items())


@dataclass(frozen=True, slots=True)
class PinnedEngine:
    """Search that stays on one version while others go live."""

    engine: SearchEngine
    version: Snapshot

    @property
    def notice(self) -> str:
        """Return one quiet line while only words are compared; else empty."""
        return self.engine.notice

    def snapshot(self) -> Snapshot:
        """Return the version, whichever is live."""
        return self.version

    def search_timed(
        self, query: Query, *, limit: int = 30, snapshot: Snapshot | None = None
    ) -> SearchResult:
        """Return what `SearchEngine.search_timed` does, of this version."""
        return self.engine.search_timed(query, limit=limit, snapshot=snapshot or self.version)

    def read(
        self, questions: Sequence[str], texts: Sequence[str]
    ) -> tuple[list[Read], list[Read]] | None:
        """Return what `SearchEngine.read` does."""
        return self.engine.read(questions, texts)


def _is_content(word: Morpheme) -> bool:
    return bool(word.pos) and word.pos[0] in _CONTENT_POS and _DEPENDENT not in word.pos
