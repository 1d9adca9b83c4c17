"""What each file of the folder was when it was last read: an untouched one is not opened again."""

import json
import os
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.domain import Problem, Severity

_FORMAT = 1

_SETTLED_SECONDS = 2.0
"""A file that was touched so shortly before it was read may change again without a new time stamp:
FAT counts in two seconds."""

Stamp = tuple[tuple[int, int, int, int], ...]
"""Size, times of change (content, anything) in ns and number, of each file that a document is
made of; zeros for one that is not there."""


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """A file as it was read."""

    stamp: Stamp
    digest: str
    """Of the document that came out of it."""
    text_digest: str
    problems: tuple[Problem, ...] = ()
    """Warnings about its details; they hold as long as the file is the same."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files by name, as far as they were read under the same circumstances."""

    made_by: str = ""
    """Everything else that decides what a file becomes."""
    entries: Mapping[str, ShelfEntry] = field(default_factory=dict)

    def untouched(self, name: str, stamp: Stamp) -> ShelfEntry | None:
        """Return what the file was, if it is still that."""
        entry = self.entries.get(name)
        return entry if entry is not None and entry.stamp == stamp else None


def stamp_of(paths: Iterable[str]) -> Stamp:
    """Return the stamp of these files."""
    return tuple(_stamp(path) for path in paths)


def settled(entry: ShelfEntry, *, now: float) -> ShelfEntry:
    """Return the entry, without its stamp where a file was touched a moment ago."""
    newest = max((max(times[1:3]) for times in entry.stamp), default=0)
    return replace(entry, stamp=()) if newest > (now - _SETTLED_SECONDS) * 1e9 else entry


def load_shelf(path: Path) -> Shelf:
    """Return what was kept at `path`; an empty shelf where that cannot be read."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["format"] == _FORMAT:
            entries = {name: _entry(values) for name, values in told["entries"].items()}
            return Shelf(str(told["made_by"]), entries)
    return Shelf()


def save_shelf(path: Path, shelf: Shelf) -> None:
    """Keep the shelf at `path`, by one rename. Where it cannot be kept, files are read again."""
    now = time.time()
    entries = {name: _values(settled(entry, now=now)) for name, entry in shelf.entries.items()}
    building = path.with_name(f".{path.name}-{os.getpid()}")
    with suppress(OSError):
        told = json.dumps({"format": _FORMAT, "made_by": shelf.made_by, "entries": entries})
        building.write_text(told, encoding="utf-8")
        building.chmod(0o600)
        building.replace(path)


def _stamp(path: str) -> tuple[int, int, int, int]:
    try:
        found = os.stat(path)  # noqa: PTH116 — 10,000 files: a Path for each costs as much again
    except OSError:
        return 0, 0, 0, 0
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _values(entry: ShelfEntry) -> list[Any]:
    problems = [
        [one.path, one.reason, one.remedy, one.severity, one.line, one.page]
        for one in entry.problems
    ]
    return [entry.stamp, entry.digest, entry.text_digest, problems]


def _entry(values: list[Any]) -> ShelfEntry:
    stamp, digest, text_digest, problems = values
    return ShelfEntry(
        tuple((size, changed, touched, number) for size, changed, touched, number in stamp),
        str(digest),
        str(text_digest),
        tuple(
            Problem(path, reason, remedy, Severity(severity), line, page)
            for path, reason, remedy, severity, line, page in problems
        ),
    )
