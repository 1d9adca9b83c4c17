"""Late interaction: how near a text comes to each token of a question (ColBERT's MaxSim).

One vector for a whole passage blurs what it lists. Tokens are compared for the few passages that
the legs propose: which of them answers is seen there.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.corpus.text import text_key
from assistant.corpus.token_rows import space_of, unpacked
from assistant.domain import Passage
from assistant.ports import Embedder, Read, Store, TokenEmbedder
from assistant.search.answerability import shipped

RERANKED = 60
"""Passages that are compared token by token."""

_WEIGHT = 0.4
"""Of the tokens beside the other legs together."""

_REMEMBERED = 1_024
"""Passages whose tokens stay in memory: 34 MB at most."""

_NO_TOKENS = np.empty((0, 0), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class TokenBlock:
    """The tokens of some texts, one under another."""

    rows: NDArray[np.float32]
    starts: NDArray[np.intp]
    """Where each text with tokens begins."""
    held: NDArray[np.bool_]
    """Which texts have any."""

    @classmethod
    def of(cls, tokens: Sequence[NDArray[np.float32]]) -> "TokenBlock":
        """Return the tokens of texts, in order."""
        sizes = np.array([len(each) for each in tokens], dtype=np.intp)
        whole = [each for each in tokens if len(each)]
        rows = np.concatenate(whole) if whole else _NO_TOKENS
        return cls(rows, (np.cumsum(sizes) - sizes)[sizes > 0], sizes > 0)

    def late(self, read: Read) -> NDArray[np.float32]:
        """Return for each text the mean of `near`; 0 for a text without tokens."""
        scores = np.zeros(len(self.held), dtype=np.float32)
        if self.meets(read):
            scores[self.held] = self.near(read).mean(axis=0)
        return scores

    def near(self, read: Read) -> NDArray[np.float32]:
        """Return the cosine of each of the question's tokens to the nearest of each text's."""
        cosines = self.rows @ read.tokens.T  # twice as fast as the other way round
        return np.maximum.reduceat(cosines, self.starts, axis=0).T

    def covered(self, read: Read) -> NDArray[np.float32]:
        """Return the other way round for each text: the mean of its tokens to the question's.

        High where the question names all of a short text, whatever else it speaks of; 0 for a text
        without tokens.
        """
        scores = np.zeros(len(self.held), dtype=np.float32)
        if self.meets(read):
            nearest = (self.rows @ read.tokens.T).max(axis=1)
            sizes = np.diff(self.starts, append=len(self.rows))
            scores[self.held] = np.add.reduceat(nearest, self.starts) / sizes
        return scores

    def meets(self, read: Read) -> bool:
        """Tell whether there is anything to compare."""
        return bool(read.tokens.size and self.rows.shape[1] == read.tokens.shape[1])


@dataclass(frozen=True, slots=True)
class Compared:
    """What the tokens of some passages say beside those of a question; 0 where nothing is known."""

    late: NDArray[np.float32]
    """How near each comes: MaxSim by token, −1…1."""
    answerability: NDArray[np.float32]
    """Log-odds that each answers."""

    @classmethod
    def nothing(cls, passages: int) -> "Compared":
        """Return zeros."""
        return cls(*np.zeros((2, passages), dtype=np.float32))


class KeptTokens:
    """The tokens of passages as they were published; those seen last stay in memory."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._remembered: OrderedDict[tuple[str, str], NDArray[np.float32]] = OrderedDict()

    def compared(
        self, read: Read | None, passages: Sequence[Passage], *, embedder: str
    ) -> Compared:
        """Return what each passage's tokens say beside the question's.

        `embedder`: the name of the one that read both. Raises ModelError, StoreError.
        """
        compared = Compared.nothing(len(passages))
        if read is None or not read.tokens.size or not passages:
            return compared
        kept = self._of(passages, space_of(embedder), width=read.tokens.shape[1])
        block = TokenBlock.of(kept)
        if block.meets(read):
            near = block.near(read)
            compared.late[block.held] = near.mean(axis=0)
            learned = shipped()
            if learned.embedder == embedder:
                compared.answerability[block.held] = learned.told(read.tokens, near)
        return compared

    def _of(
        self, passages: Sequence[Passage], space: str, *, width: int
    ) -> list[NDArray[np.float32]]:
        keys = [text_key(passage) for passage in passages]
        with self._lock:
            known = {key: self._remembered.get((space, key)) for key in keys}
        missing = [key for key, tokens in known.items() if tokens is None]
        if missing:
            rows = self._store.vectors(missing, embedder=space)
            found = {key: unpacked(row, width=width) for key, row in rows.items()}
            self._remember(space, found)
            known |= found
        none = np.empty((0, width), dtype=np.float32)
        return [none if (tokens := known[key]) is None else tokens for key in keys]

    def _remember(self, space: str, found: dict[str, NDArray[np.float32]]) -> None:
        with self._lock:
            self._remembered.update({(space, key): tokens for key, tokens in found.items()})
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)


def reranked(scores: NDArray[np.float32], late: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the legs' scores with the tokens' beside them, scaled over what was compared.

    A passage without tokens keeps its place by the legs alone.
    """
    there = late != 0
    if there.sum() < 2:
        return scores
    low, high = late[there].min(), late[there].max()
    near = (late - low) / max(high - low, np.float32(1e-6))
    return np.where(there, (1 - _WEIGHT) * scores + _WEIGHT * near, scores).astype(np.float32)


def read_passages(embedder: Embedder, texts: Sequence[str]) -> list[Read]:
    """Return texts as `embedder` reads them; without tokens where it tells none.

    Raises ModelError.
    """
    if isinstance(embedder, TokenEmbedder):
        return embedder.read_passages(texts)
    return [Read(vector, _NO_TOKENS) for vector in embedder.embed_passages(texts)]


def read_query(embedder: Embedder, text: str) -> Read:
    """Return a question as `embedder` reads it; without tokens where it tells none.

    Raises ModelError.
    """
    if isinstance(embedder, TokenEmbedder):
        return embedder.read_query(text)
    return Read(embedder.embed_query(text), _NO_TOKENS)
