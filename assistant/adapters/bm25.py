"""Term indexer on bm25s: BM25 weights computed once, saved, and opened by memory map."""

from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import StoreError
from assistant.ports import Postings

_K1 = 1.5
_B = 0.9
"""Long passages are longer because they treat more subjects: b .9 beat .75 on the administrative
FAQ (.679 against .625) and on debian_faq_ja, and cost .003 on JaQuAD (retrieval findings)."""

_EMPTY = "empty"
"""Name of the file that stands for an index without a single term."""

_DAMAGE = (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError)
"""What bm25s and numpy raise on files that are missing, cut, empty or of other content."""

_NOWHERE = Postings(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))


class Bm25Indexer:
    """BM25 in Lucene's form, which never gives a negative weight."""

    name = f"bm25s-lucene-k{_K1}-b{_B}-1"

    def build(self, texts: Iterable[Sequence[str]], folder: Path) -> None:
        """Index the terms of each text into `folder`. Raises StoreError."""
        from bm25s import BM25

        vocabulary: dict[str, int] = {}
        rows = [
            # An array takes 4 bytes a term; lists of strings took 60 (100,000 passages: 600 MB).
            array("i", [vocabulary.setdefault(term, len(vocabulary)) for term in terms])
            for terms in texts
        ]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not vocabulary:
                (folder / _EMPTY).touch()
                return
            index = BM25(k1=_K1, b=_B, method="lucene")
            index.index((rows, vocabulary), create_empty_token=False, show_progress=False)
            index.save(folder, show_progress=False)
        except OSError as error:
            raise StoreError(
                f"検索用の索引を {folder} に書けません（{error.strerror}）。",
                remedy="空き容量と、フォルダーに書き込めるかを確かめてください。",
            ) from error

    def open(self, folder: Path) -> "Bm25Index":
        """Open what `build` wrote, without reading it whole. Raises StoreError."""
        from bm25s import BM25

        if (folder / _EMPTY).exists():
            return Bm25Index(None)
        try:
            return Bm25Index(BM25.load(folder, mmap=True, show_progress=False))
        except _DAMAGE as error:
            raise StoreError(
                f"検索用の索引 {folder} が読めません。", remedy="自動で作り直します。"
            ) from error


class Bm25Index:
    """The weights of one field. Reading is safe from several threads."""

    def __init__(self, index: Any) -> None:
        self._vocabulary: dict[str, int] = index.vocab_dict if index else {}
        # bm25s keeps one column a term, rows ascending. Its own get_scores() fills a new array for
        # each call; several fields are summed cheaper from the columns. asarray: slices of a plain
        # array cost half of those of a memmap.
        scores = index.scores if index else {}
        # A list: a number out of an array costs three times as much, and a question takes 100.
        self._starts: list[int] = np.asarray(scores.get("indptr", ()), dtype=np.int64).tolist()
        self._rows = np.asarray(scores.get("indices", ()), dtype=np.int32)
        self._weights = np.asarray(scores.get("data", ()), dtype=np.float32)
        if len(self._rows) != len(self._weights) or len(self._starts) != len(self._vocabulary) + (
            1 if index else 0
        ):
            raise ValueError("columns and vocabulary do not belong together")

    def postings(self, term: str) -> Postings:
        """Return where `term` stands; empty where no text holds it."""
        column = self._vocabulary.get(term)
        if column is None:
            return _NOWHERE
        start, end = self._starts[column], self._starts[column + 1]
        return Postings(self._rows[start:end], self._weights[start:end])
