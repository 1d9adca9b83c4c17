"""Built indexes on disk, one folder a content: whole or not there, and the oldest go."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assistant.errors import StoreError

_KEPT = 3
"""The live version, and two for a rollback or for a process that still answers from the last."""

_ABANDONED_SECONDS = 24 * 3600
"""A half-built folder of this age belongs to a process that was killed."""

_BUILDING = ".building-"


class IndexCache:
    """Folders named by the fingerprint of what they were built from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, fingerprint: str) -> Path | None:
        """Return the folder built for `fingerprint`; None where there is none."""
        entry = self._folder / fingerprint
        if not entry.is_dir():
            return None
        with suppress(OSError):  # A folder that may only be read still serves.
            os.utime(entry)
        return entry

    def build(self, fingerprint: str, write: Callable[[Path], None]) -> Path:
        """Let `write` fill a folder for `fingerprint` and return it. Raises StoreError.

        The folder appears whole, by one rename; when two processes build it, the first one's stays.
        """
        entry = self._folder / fingerprint
        with _writing(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=self._folder))
            try:
                write(building)
                with suppress(FileExistsError, NotADirectoryError):
                    _rename(building, entry)
            finally:
                shutil.rmtree(building, ignore_errors=True)
        self._prune(keep=entry)
        return entry

    def built(self) -> list[Path]:
        """Return the folders that are there, the one that was used last first."""
        with suppress(OSError):
            there = [one for one in self._folder.iterdir() if not one.name.startswith(_BUILDING)]
            return sorted(there, key=lambda one: -one.stat().st_mtime)
        return []

    def drop(self, fingerprint: str) -> None:
        """Remove a folder that turned out to be damaged."""
        shutil.rmtree(self._folder / fingerprint, ignore_errors=True)

    def _prune(self, *, keep: Path) -> None:
        """Remove what no version that matters was built from; a failure to do so is no failure."""
        with suppress(OSError):
            by_age = sorted(self._folder.iterdir(), key=lambda entry: -entry.stat().st_mtime)
            built = [entry for entry in by_age if not entry.name.startswith(_BUILDING)]
            stale = [entry for entry in built[_KEPT:] if entry != keep]
            limit = time.time() - _ABANDONED_SECONDS
            stale += [
                entry
                for entry in by_age
                if entry.name.startswith(_BUILDING) and entry.stat().st_mtime < limit
            ]
            for entry in stale:
                shutil.rmtree(entry, ignore_errors=True)


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let `write` make a file, which then appears at `path` by one rename. Raises StoreError."""
    with _writing(path.parent):
        building = path.with_name(f"{_BUILDING}{os.getpid()}-{path.name}")
        try:
            write(building)
            _replace(building, path)
        finally:
            building.unlink(missing_ok=True)


def _replace(building: Path, path: Path) -> None:
    """Move the file there; one that Windows does not let go holds the same already."""
    try:
        building.replace(path)
    except PermissionError:
        if not path.is_file():
            raise


def _rename(building: Path, entry: Path) -> None:
    if entry.is_dir():
        raise FileExistsError(entry)
    building.rename(entry)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Tell a person what to do when `folder` cannot be written to."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"検索用の索引を {folder} に書けません（{error.strerror}）。",
            remedy="空き容量と、フォルダーに書き込めるかを確かめてください。",
        ) from error
