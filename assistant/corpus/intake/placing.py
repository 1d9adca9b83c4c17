"""Files put into the corpus folder so that every stop leaves them as they were, or all new."""

import json
import shutil
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.corpus.intake.area import write_whole
from assistant.corpus.walking import SIDECAR_SUFFIX
from assistant.errors import DocumentError, StoreError

_KEPT = 10
"""Changes that can be taken back: as many as the store keeps versions."""
_RECORD = "change.json"


@dataclass(frozen=True, slots=True)
class Change:
    """What one publishing from the page wrote into the corpus folder."""

    folder: Path
    """Where the record and the old files lie."""
    paths: tuple[str, ...]
    """Relative to the corpus; sidecars first."""
    version: int | None = None
    """The version that it led to; None while it is under way."""
    previous: int | None = None
    """The version that was live before."""
    draft: str = ""
    """Id of the 下書き that was published; empty for a withdrawal or a renewed review."""

    @property
    def described(self) -> tuple[str, ...]:
        """Return the paths of the documents that the change is about."""
        paths = (path.removesuffix(SIDECAR_SUFFIX) for path in self.paths)
        return tuple(dict.fromkeys(paths))


class Changes:
    """The changes that the page made in one corpus folder, newest last, each with what was before.

    The old files are safe on disk before the first new one is put in its place.
    """

    def __init__(self, root: Path, corpus_dir: Path) -> None:
        """Make nothing yet."""
        self._root = root
        self._corpus = corpus_dir

    def put(self, files: Mapping[str, bytes], *, previous: int | None, draft: str = "") -> Change:
        """Write `files` (by path in the corpus). Raises DocumentError and StoreError."""
        paths = sorted(files, key=lambda path: (not path.endswith(SIDECAR_SUFFIX), path))
        targets = {path: self._target(path) for path in paths}
        name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        change = Change(self._root / name, tuple(paths), previous=previous, draft=draft)
        try:
            (change.folder / "before").mkdir(mode=0o700, parents=True)
            for number, path in enumerate(paths):
                if targets[path].exists():
                    old = targets[path].read_bytes()
                    write_whole(change.folder / "before" / str(number), old)
            self._note(change)
        except OSError as error:
            shutil.rmtree(change.folder, ignore_errors=True)
            raise _unwritable(change.folder, error) from error
        try:
            for path in paths:
                targets[path].parent.mkdir(parents=True, exist_ok=True)
                write_whole(targets[path], files[path])
        except OSError as error:
            self.take_back(change)
            raise _unwritable(targets[path], error) from error
        return change

    def finish(self, change: Change, version: int) -> Change:
        """Note the version that a change led to, and forget the oldest ones. Raises StoreError."""
        done = replace(change, version=version)
        try:
            self._note(done)
        except OSError as error:
            raise _unwritable(change.folder, error) from error
        for old in self._all()[:-_KEPT]:
            shutil.rmtree(old.folder, ignore_errors=True)
        return done

    def take_back(self, change: Change) -> None:
        """Put the old files back, in the opposite order, and forget the change."""
        for number, path in reversed(list(enumerate(change.paths))):
            target, old = self._target(path), change.folder / "before" / str(number)
            try:
                if old.exists():
                    write_whole(target, old.read_bytes())
                else:
                    target.unlink(missing_ok=True)
            except OSError as error:
                raise _unwritable(target, error) from error
        shutil.rmtree(change.folder, ignore_errors=True)

    def of_version(self, version: int) -> Change | None:
        """Return the change that led to a version, if the page made it."""
        return next((one for one in self._all() if one.version == version), None)

    def recover(self, is_live: Callable[[Change], int | None]) -> list[Change]:
        """Settle what a crash left half done; returns the changes that had gone live after all.

        `is_live` tells the version in which a change is published; the others are taken back.
        """
        live = []
        for change in self._all():
            if change.version is not None:
                continue
            version = is_live(change)
            if version is None:
                self.take_back(change)
            else:
                live.append(self.finish(change, version))
        return live

    def _all(self) -> list[Change]:
        found = []
        for folder in sorted(self._root.iterdir()) if self._root.is_dir() else []:
            try:
                match json.loads((folder / _RECORD).read_text(encoding="utf-8")):
                    case {
                        "paths": list(paths),
                        "version": int() | None as version,
                        "previous": int() | None as previous,
                        "draft": str(draft),
                    }:
                        found.append(Change(folder, tuple(paths), version, previous, draft))
            except (OSError, ValueError):
                continue  # stopped before the first file was touched
        return found

    def _note(self, change: Change) -> None:
        kept = {
            "paths": change.paths,
            "version": change.version,
            "previous": change.previous,
            "draft": change.draft,
        }
        write_whole(change.folder / _RECORD, json.dumps(kept, ensure_ascii=False).encode())

    def _target(self, path: str) -> Path:
        return target_of(self._corpus, path)


def target_of(corpus_dir: Path, path: str) -> Path:
    """Return where `path` lies on disk, whatever the Unicode form of its names there.

    Raises DocumentError for what would lead out of the corpus folder.
    """
    root = corpus_dir.resolve()
    target = root
    for part in path.split("/"):
        if part in {"", ".", ".."}:
            raise _outside(path)
        target = _entry(target, part)
    if not target.resolve().is_relative_to(root) or target.is_symlink():
        raise _outside(path)
    return target


def same_name(corpus_dir: Path, path: str) -> str:
    """Return the path that already stands where `path` would, but for case and form; or ""."""
    folder, _, name = path.rpartition("/")
    try:
        there = sorted(entry.name for entry in target_of(corpus_dir, folder).iterdir())
    except OSError:
        return ""
    wanted = unicodedata.normalize("NFC", name).casefold()
    found = (one for one in there if unicodedata.normalize("NFC", one).casefold() == wanted)
    return next((f"{folder}/{unicodedata.normalize('NFC', one)}" for one in found), "")


def _entry(folder: Path, name: str) -> Path:
    wanted = folder / name
    if wanted.exists() or not folder.is_dir():
        return wanted
    nfc = unicodedata.normalize("NFC", name)
    for entry in folder.iterdir():
        if unicodedata.normalize("NFC", entry.name) == nfc:
            return entry
    if name.endswith(SIDECAR_SUFFIX):
        document = _entry(folder, name.removesuffix(SIDECAR_SUFFIX))
        return document.with_name(document.name + SIDECAR_SUFFIX)
    return wanted


def _outside(path: str) -> DocumentError:
    return DocumentError(
        f"「{path}」は資料フォルダの外を指しています。", remedy="名前を付け直してください。"
    )


def _unwritable(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{path} に書き込めません({error.strerror})。",
        remedy="フォルダの権限と、ディスクの空きを確かめてください。公開中の内容は変わっていません。",
    )
