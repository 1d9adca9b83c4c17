"""An embedder and a tokenizer that cost next to nothing, so that the rest is seen alone."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.ports import Morpheme, Vectors


class RandomEmbedder:
    """Costs nothing, so that reading and storing are seen alone."""

    name = "random"
    dim = 384

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return random unit rows."""
        rows = np.random.default_rng(0).standard_normal((len(texts), self.dim), dtype=np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return a random unit vector."""
        return np.ravel(self.embed_passages([text]))


class ScriptTokenizer:
    """Words are runs of kanji, katakana or Latin letters: the dictionary is measured elsewhere."""

    name = "scripts"
    _word = re.compile(r"[一-鿿々]+|[ァ-ヺー]+|[A-Za-z0-9]+")

    def morphemes(self, text: str) -> list[Morpheme]:
        """Return the words of `text`, all of them nouns."""
        return [
            Morpheme(each.group(), each.group().lower(), ("名詞",), each.start(), each.end())
            for each in self._word.finditer(text)
        ]

    def is_surname(self, word: str) -> bool:  # noqa: ARG002 — the port's signature
        """Return False: nobody is searched for."""
        return False

    def terms(self, text: str) -> list[str]:
        """Return the words in lower case."""
        return [word.lower() for word in self._word.findall(text)]

    def synonyms(self, text: str) -> list[str]:  # noqa: ARG002 — the port's signature
        """Return none."""
        return []
