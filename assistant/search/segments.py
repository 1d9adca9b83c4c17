"""A built index as one segment, or as the one of an earlier version and what came since."""

import json
import math
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import StoreError
from assistant.ports import DocumentEntry, Postings, TermIndex

_BASE = "base"
"""Subfolder with the files of the earlier version: links, so that either may go."""

_CONTENT = "content.json"
_KEYS = "keys.json"

_MOST_NEW = 0.05
"""Share (0–1) of passages that may have come or gone since: the mean length of a passage, which
weighs in every score, is still that of the earlier version. Chosen, not measured."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the files of a segment were built from."""

    made_by: str
    """Identity of everything that decides how: formats, tokenizer, the company's own words."""
    marks: tuple[str, ...]
    """One a passage, in the order of the segment's rows."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Files of passages that were built together."""

    folder: Path
    rows: NDArray[np.int64]
    """The version's row of each of the segment's own; -1 for one that the version lacks."""

    def keys(self) -> list[str]:
        """Return the text keys of the segment's own rows."""
        return list(json.loads((self.folder / _KEYS).read_text(encoding="ascii")))


def marks_of(entries: Sequence[DocumentEntry]) -> tuple[str, ...]:
    """Return what tells the text of each passage, its title included, from every other."""
    marks: list[str] = []
    for entry in entries:
        title = blake2b(entry.source.title.encode("utf-8", "replace"), digest_size=6).hexdigest()
        marks += (f"{passage_id}:{title}" for passage_id in entry.passage_ids)
    return tuple(marks)


def write_content(folder: Path, content: Content, keys: Sequence[str]) -> None:
    """Write down what a segment was built from. Raises OSError."""
    told = json.dumps({"made_by": content.made_by, "marks": content.marks})
    (folder / _CONTENT).write_text(told, encoding="utf-8")
    (folder / _KEYS).write_text(json.dumps(list(keys)), encoding="ascii")


def find_base(folders: Sequence[Path], content: Content) -> Path | None:
    """Return the segment of an earlier version that lacks least of `content`; None if too much."""
    wanted = frozenset(content.marks)
    best, fewest = None, int(_MOST_NEW * len(wanted)) + 1
    for folder in dict.fromkeys(_base_of(folder) for folder in folders):
        known = _content(folder)
        if known is not None and known.made_by == content.made_by:
            differs = len(wanted.symmetric_difference(known.marks))
            if differs < fewest:
                best, fewest = folder, differs
    return best


def lacking(base: Path, content: Content) -> list[int]:
    """Return the rows of `content` that `base` does not hold."""
    known = _content(base)
    held = frozenset(known.marks if known else ())
    return [row for row, mark in enumerate(content.marks) if mark not in held]


def link_base(base: Path, folder: Path) -> Path:
    """Let `folder` have the files of `base` too, and return where. Raises OSError."""
    target = folder / _BASE
    for source in sorted(base.rglob("*")):
        place = target / source.relative_to(base)
        if source.is_dir():
            place.mkdir(parents=True, exist_ok=True)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, place)
        except OSError:  # a file system without hard links
            shutil.copy2(source, place)
    return target


def segments_of(folder: Path, marks: Sequence[str]) -> tuple[Segment, ...]:
    """Return the segments that were built for the passages of `marks`. Raises StoreError."""
    if not (folder / _BASE).is_dir():
        return (Segment(folder, np.arange(len(marks), dtype=np.int64)),)
    row_of = {mark: row for row, mark in enumerate(marks)}
    segments = tuple(_segment(part, row_of) for part in (folder / _BASE, folder))
    held = np.concatenate([segment.rows for segment in segments])
    if len(np.unique(held[held >= 0])) != len(marks):
        raise StoreError(f"検索用の索引 {folder} が読めません。", remedy="自動で作り直します。")
    return segments


def keys_of(segments: Sequence[Segment], size: int) -> list[str]:
    """Return the text keys of the version's rows."""
    keys = [""] * size
    for segment in segments:
        for row, key in zip(segment.rows, segment.keys(), strict=True):
            if row >= 0:
                keys[row] = key
    return keys


class JoinedIndex:
    """One field of an earlier version, and of what came since, as one.

    How rare a term is counts over the version as it is now. What came since has its weights
    without it.
    """

    def __init__(
        self, base: TermIndex, added: TermIndex, *, segments: tuple[Segment, Segment], size: int
    ) -> None:
        self._base, self._added = base, added
        self._base_rows, self._added_rows = segments[0].rows, segments[1].rows
        self._size = size

    def postings(self, term: str) -> Postings:
        """Return where `term` stands, rows ascending."""
        old, new = self._base.postings(term), self._added.postings(term)
        rows, added = self._base_rows[old.rows], self._added_rows[new.rows]
        stays = rows >= 0
        found = int(stays.sum()) + len(added)
        if not found:
            return Postings(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))
        now = _rarity(found, self._size)
        then = _rarity(max(1, len(old.rows)), len(self._base_rows))
        both = np.concatenate([rows[stays], added])
        weights = np.concatenate([old.weights[stays] * (now / then), new.weights * now])
        order = np.argsort(both, kind="stable")
        return Postings(both[order].astype(np.int32), weights[order].astype(np.float32))


def _rarity(frequency: int, size: int) -> float:
    """Return the IDF of BM25 in Lucene's form."""
    return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))


def _base_of(folder: Path) -> Path:
    base = folder / _BASE
    return base if base.is_dir() else folder


def _segment(folder: Path, row_of: Mapping[str, int]) -> Segment:
    content = _content(folder)
    if content is None:
        raise StoreError(f"検索用の索引 {folder} が読めません。", remedy="自動で作り直します。")
    rows = np.fromiter((row_of.get(mark, -1) for mark in content.marks), dtype=np.int64)
    return Segment(folder, rows)


def _content(folder: Path) -> Content | None:
    """Return what the files of `folder` were built from; None where it is not told."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        told = json.loads((folder / _CONTENT).read_text(encoding="utf-8"))
        return Content(str(told["made_by"]), tuple(map(str, told["marks"])))
    return None
