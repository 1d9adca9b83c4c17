"""Term indexer on bm25s: BM25 weights computed once, saved, and opened by memory map."""

import json
import zipfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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

_MEAN = "mean.txt"
"""Name of the file with the mean length of a text: what came later is weighed by it."""

_TERMS, _COLUMNS = "terms.json", "columns.npz"
"""Names of the files of texts that came later."""

_DAMAGE = (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile)
"""What bm25s and numpy raise on files that are missing, cut, empty or of other content."""

_NOWHERE = Postings(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))


class Bm25Indexer:
    """BM25 in Lucene's form, which never gives a negative weight."""

    name = f"bm25s-lucene-k{_K1}-b{_B}-1"

    def build(self, texts: Iterable[Sequence[str]], folder: Path) -> None:
        """Index the terms of each text into `folder`. Raises StoreError."""
        from bm25s import BM25

        vocabulary, rows = _numbered(texts)
        with _writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / _MEAN).write_text(repr(_mean(rows)), encoding="ascii")
            if not vocabulary:
                (folder / _EMPTY).touch()
                return
            index = BM25(k1=_K1, b=_B, method="lucene")
            index.index((rows, vocabulary), create_empty_token=False, show_progress=False)
            index.save(folder, show_progress=False)

    def extend(self, base: Path, texts: Iterable[Sequence[str]], folder: Path) -> None:
        """Index further texts by the mean length of what `build` wrote into `base`.

        Their weights are without the term's rarity. Raises StoreError.
        """
        vocabulary, rows = _numbered(texts)
        try:
            mean = float((base / _MEAN).read_text(encoding="ascii")) or _mean(rows)
        except (OSError, ValueError) as error:
            raise _unreadable(base) from error
        with _writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / _TERMS).write_text(json.dumps(list(vocabulary)), encoding="utf-8")
            np.savez(folder / _COLUMNS, **_columns(rows, len(vocabulary), mean))

    def open(self, folder: Path) -> "Bm25Index":
        """Open what `build` wrote, without reading it whole. Raises StoreError."""
        from bm25s import BM25

        if (folder / _EMPTY).exists():
            return Bm25Index({}, {})
        try:
            if (folder / _COLUMNS).exists():
                terms = json.loads((folder / _TERMS).read_text(encoding="utf-8"))
                with np.load(folder / _COLUMNS, allow_pickle=False) as columns:
                    return Bm25Index({term: n for n, term in enumerate(terms)}, dict(columns))
            index = BM25.load(folder, mmap=True, show_progress=False)
            return Bm25Index(index.vocab_dict, index.scores)
        except _DAMAGE as error:
            raise _unreadable(folder) from error


class Bm25Index:
    """The weights of one field. Reading is safe from several threads."""

    def __init__(self, vocabulary: dict[str, int], scores: Mapping[str, Any]) -> None:
        self._vocabulary = vocabulary
        # bm25s keeps one column a term, rows ascending. Its own get_scores() fills a new array for
        # each call; several fields are summed cheaper from the columns. asarray: slices of a plain
        # array cost half of those of a memmap.
        # A list: a number out of an array costs three times as much, and a question takes 100.
        self._starts: list[int] = np.asarray(scores.get("indptr", ()), dtype=np.int64).tolist()
        self._rows = np.asarray(scores.get("indices", ()), dtype=np.int32)
        self._weights = np.asarray(scores.get("data", ()), dtype=np.float32)
        if len(self._rows) != len(self._weights) or len(self._starts) != len(self._vocabulary) + (
            1 if scores else 0
        ):
            raise ValueError("columns and vocabulary do not belong together")

    def postings(self, term: str) -> Postings:
        """Return where `term` stands; empty where no text holds it."""
        column = self._vocabulary.get(term)
        if column is None:
            return _NOWHERE
        start, end = self._starts[column], self._starts[column + 1]
        return Postings(self._rows[start:end], self._weights[start:end])


def _numbered(texts: Iterable[Sequence[str]]) -> tuple[dict[str, int], list["array[int]"]]:
    """Return the number of each term, and each text as numbers.

    An array takes 4 bytes a term; lists of strings took 60 (100,000 passages: 600 MB).
    """
    numbers: dict[str, int] = {}
    rows = [
        array("i", [numbers.setdefault(term, len(numbers)) for term in terms]) for terms in texts
    ]
    return numbers, rows


def _mean(rows: Sequence["array[int]"]) -> float:
    return sum(map(len, rows)) / len(rows) if rows else 0.0


def _columns(rows: Sequence["array[int]"], terms: int, mean: float) -> dict[str, Any]:
    """Return one column a term, rows ascending, in the form that bm25s keeps them."""
    found: list[list[tuple[int, float]]] = [[] for _ in range(terms)]
    for row, said in enumerate(rows):
        damping = _K1 * (1 - _B + _B * len(said) / mean) if mean else _K1
        for term, times in Counter(said).items():
            found[term].append((row, times / (times + damping)))
    flat = [pair for column in found for pair in column]
    return {
        "indptr": np.cumsum([0, *map(len, found)], dtype=np.int64),
        "indices": np.array([row for row, _ in flat], dtype=np.int32),
        "data": np.array([weight for _, weight in flat], dtype=np.float32),
    }


def _unreadable(folder: Path) -> StoreError:
    return StoreError(f"検索用の索引 {folder} が読めません。", remedy="自動で作り直します。")


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"検索用の索引を {folder} に書けません（{error.strerror}）。",
            remedy="空き容量と、フォルダーに書き込めるかを確かめてください。",
        ) from error
