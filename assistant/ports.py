"""What the core needs from the outside: Protocols with two real implementations, or one and a fake."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Block

Vectors = NDArray[np.float32]
"""Shape (n, dim), rows of length 1."""


class Embedder(Protocol):
    """Text to vectors. Vectors of two embedders with different names are never compared."""

    @property
    def name(self) -> str:
        """Identity of the vector space: model, weights and precision."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row a text. Raises ModelError."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return one unit vector, shape (dim,). Raises ModelError."""


@dataclass(frozen=True, slots=True)
class Morpheme:
    """A word of a sentence as the tokenizer sees it."""

    surface: str
    normalized: str
    pos: tuple[str, ...]
    """Part of speech, coarse to fine: ('名詞', '固有名詞', '人名', '姓')."""
    start: int
    """Code-point offset into the text given."""
    end: int
    known: bool = True
    """False for a word that the dictionary does not hold."""


class Tokenizer(Protocol):
    """Japanese words. Any length of text; never fails on any Unicode."""

    @property
    def name(self) -> str:
        """Identity of the token space: cached tokens are reused only under the same name."""

    def morphemes(self, text: str) -> list[Morpheme]:
        """Return the words of `text` in order, offsets into `text` as given."""

    def terms(self, text: str) -> list[str]:
        """Return the normalized content words, for the keyword leg."""

    def synonyms(self, text: str) -> list[str]:
        """Return ids of the synonym groups of the words, for the synonym field."""


class VectorIndex(Protocol):
    """Nearest passages by vector. Derived: it can always be rebuilt from the store."""

    def sync(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Make the index hold exactly these passages. Raises StoreError."""

    def nearest(self, vector: NDArray[np.float32], *, limit: int) -> list[tuple[str, float]]:
        """Return up to `limit` (passage id, cosine), best first."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader took out of a file."""

    blocks: tuple[Block, ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    """Japanese warnings for DX staff: scanned pages, hidden text removed, …"""


class Reader(Protocol):
    """One file format."""

    @property
    def suffixes(self) -> Collection[str]:
        """Lower-case suffixes with the dot."""

    def read(self, path: Path) -> Extract:
        """Return the blocks of the file in reading order. Raises DocumentError."""
