"""An embedder that tells what questions cost, so that the rest of an answer can be told apart."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.ports import Read, TokenEmbedder, Vectors

_T = TypeVar("_T")


class MeteredEmbedder:
    """Reads as `embedder` does, and counts the CPU of questions by the thread that asks."""

    def __init__(self, embedder: TokenEmbedder) -> None:
        self._embedder = embedder
        self._spent = threading.local()
        self.name = embedder.name
        self.dim = embedder.dim
        self.token_width = embedder.token_width

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text; not counted."""
        return self._embedder.embed_passages(texts)

    def read_passages(self, texts: Sequence[str]) -> list[Read]:
        """Return each text as it is read; not counted."""
        return self._embedder.read_passages(texts)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the question's vector."""
        return self._counted(lambda: self._embedder.embed_query(text))

    def read_query(self, text: str) -> Read:
        """Return the question as it is read."""
        return self._counted(lambda: self._embedder.read_query(text))

    def spent_ms(self) -> float:
        """Return the CPU of this thread's questions since this was asked last."""
        spent = getattr(self._spent, "ms", 0.0)
        self._spent.ms = 0.0
        return float(spent)

    def _counted(self, read: Callable[[], _T]) -> _T:
        started = time.thread_time()
        found = read()
        so_far = getattr(self._spent, "ms", 0.0)
        self._spent.ms = so_far + (time.thread_time() - started) * 1_000
        return found
