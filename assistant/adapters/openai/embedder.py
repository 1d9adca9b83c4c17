"""Embedder port on any OpenAI-compatible endpoint, on the openai client itself.

LlamaIndex's OpenAILikeEmbedding is not used: it replaces line breaks in the texts, takes vectors in
the order in which they come instead of by their index, checks neither length nor numbers, and has
an environment and retries of its own.
"""

import re
import time
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.openai.endpoint import CONNECT_SECONDS, UNDER_WAY, Endpoint, open_client
from assistant.adapters.openai.timed import Call, Patience, Timed
from assistant.errors import ModelError, ModelFault
from assistant.ports import Vectors

if TYPE_CHECKING:
    import httpx
    from openai import OpenAI
    from openai.types import CreateEmbeddingResponse

_BATCH = 64
"""Texts sent at a time: endpoints take 32 (TEI) to 2,048 (OpenAI); 64 of ours are 40 kB."""
_QUESTION = Patience(first=1.5, whole=1.5, gap=1.5)
"""A question then goes by its words alone, and the answer still comes within 3 s."""
_PASSAGES = Patience(first=60.0, whole=60.0, gap=60.0)
_RETRIES = 2
"""Of a batch of passages: publishing can wait."""
_PAUSE_SECONDS = 0.5
_AGAIN = frozenset({ModelFault.UNREACHABLE, ModelFault.LIMITED, ModelFault.BROKEN, ModelFault.SLOW})
_LEAST_NORM = 1e-6
_PREFIXES: tuple[tuple[str, str, str], ...] = (
    (r"\be5\b", "query: ", "passage: "),
    (r"\bruri-v3\b", "検索クエリ: ", "検索文書: "),
)
"""What these families were trained with; without it they find less. From their model cards."""


def vector_space(model: str, dim: int) -> str:
    """Return the name under which vectors of this model are kept: no other's are compared."""
    return f"{model}/{dim}"


class OpenAIEmbedder:
    """Vectors of a remote model: unit rows of the length that was agreed, or a ModelError."""

    notice = ""
    """Nothing is amiss on this machine."""

    def __init__(self, endpoint: Endpoint, *, dim: int) -> None:
        """Talk to `endpoint` only. Nothing is sent before the first text."""
        self._endpoint = endpoint
        self._dim = dim
        families = (each for each in _PREFIXES if re.search(each[0], endpoint.model.lower()))
        _, self._query, self._passage = next(families, ("", "", ""))

    @property
    def name(self) -> str:
        """Model and length."""
        return vector_space(self._endpoint.model, self._dim)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._dim

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row a text, asked for in batches. Raises ModelError."""
        batches = [texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH)]
        rows = [self._patiently([self._passage + text for text in batch]) for batch in batches]
        return np.concatenate(rows) if rows else np.zeros((0, self._dim), dtype=np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return one unit vector, within a time that an asker can wait. Raises ModelError."""
        row: NDArray[np.float32] = self._embedded([self._query + text], _QUESTION)[0]
        return row

    def close(self) -> None:
        """Close the idle connections."""
        if "_client" in self.__dict__:
            self._client.close()

    def _patiently(self, texts: Sequence[str]) -> Vectors:
        for attempt in range(_RETRIES):
            try:
                return self._embedded(texts, _PASSAGES)
            except ModelError as error:
                if error.fault not in _AGAIN:
                    raise
                time.sleep(_PAUSE_SECONDS * 2**attempt)
        return self._embedded(texts, _PASSAGES)

    def _embedded(self, texts: Sequence[str], patience: Patience) -> Vectors:
        from assistant.adapters.openai.errors import VENDOR_ERRORS, model_error

        _ = self._client

        def asked(call: Call) -> Iterator["CreateEmbeddingResponse"]:
            UNDER_WAY.set(call)
            yield self._client.embeddings.create(
                model=self._endpoint.model,
                input=list(texts),
                encoding_format="float",  # some servers know no other
                timeout=_timeout(patience),
            )

        try:
            (reply,) = Timed(asked, patience)
            listed = sorted(reply.data, key=lambda each: each.index)
            rows = [np.asarray(each.embedding, dtype=np.float32) for each in listed]
        except VENDOR_ERRORS as error:
            # Not chained: some endpoints repeat the key or the text in their errors.
            raise model_error(error, self._endpoint) from None
        return self._checked(rows, count=len(texts))

    def _checked(self, rows: Sequence[NDArray[np.float32]], *, count: int) -> Vectors:
        if len(rows) != count:
            raise self._wrong(f"文章{count}件に、ベクトルを{len(rows)}件返しました")
        lengths = sorted({row.size for row in rows})
        if lengths != [self._dim]:
            shown = "、".join(str(length) for length in lengths)
            raise self._wrong(
                f"次元の違うベクトルを返しました(設定は{self._dim}、実際は{shown})",
                remedy=f"KATSUYO_EMBEDDING_DIM={lengths[-1]} にするか、モデル名を直してください。",
            )
        matrix = np.stack(rows)
        norms = np.linalg.norm(matrix, axis=1, keepdims=True)
        if not np.isfinite(norms).all() or norms.min() < _LEAST_NORM:
            raise self._wrong("数でないか、ゼロのベクトルを返しました")
        return np.asarray(matrix / norms, dtype=np.float32)

    def _wrong(
        self, what: str, *, remedy: str = "意味検索用のモデルかを確かめてください。"
    ) -> ModelError:
        where = f"{self._endpoint.role}({self._endpoint.shown})"
        return ModelError(f"{where}が{what}。", remedy=remedy, fault=ModelFault.UNREADABLE)

    @cached_property
    def _client(self) -> "OpenAI":
        client = open_client(self._endpoint)
        _ = client.embeddings  # imports its part of the library at the first use
        return client


def _timeout(patience: Patience) -> "httpx.Timeout":
    import httpx

    return httpx.Timeout(patience.whole, connect=min(CONNECT_SECONDS, patience.whole))
