"""Where 下書き lie until they are published: one folder each under the data folder."""

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from assistant.corpus.intake.submission import Submission, from_json, to_json
from assistant.corpus.walking import MAX_FILE_BYTES, SIDECAR_SUFFIX
from assistant.errors import DocumentError, StoreError

_ID = re.compile(r"[0-9a-f]{12}")
_RECORD = "draft.json"
_COMING = "coming-"


class Area:
    """Submissions on disk, readable by their owner only; a crash leaves whole ones or none."""

    def __init__(self, root: Path) -> None:
        """Make nothing yet."""
        self._root = root

    def all(self) -> list[Submission]:
        """Return what lies here, newest first; what is broken is left out. Raises StoreError."""
        if not self._root.is_dir():
            return []
        found = []
        for folder in self._root.iterdir():
            if _ID.fullmatch(folder.name):
                try:
                    found.append(from_json((folder / _RECORD).read_text(encoding="utf-8")))
                except (OSError, StoreError):
                    continue
        return sorted(found, key=lambda one: (one.handed_in, one.id), reverse=True)

    def get(self, submission_id: str) -> Submission:
        """Return one. Raises DocumentError if it is not here (any more)."""
        if _ID.fullmatch(submission_id):
            try:
                record = self._root / submission_id / _RECORD
                return from_json(record.read_text(encoding="utf-8"))
            except OSError:
                pass
        raise DocumentError(
            "この下書きは、もうありません。",
            remedy="公開されたか、消されたようです。一覧を開き直してください。",
        )

    def file(self, submission: Submission) -> Path:
        """Return where the file of a submission lies."""
        return self._root / submission.id / "file" / submission.name

    def place(self, submission_id: str) -> Path:
        """Return the folder of a submission."""
        return self._root / submission_id

    def receive(self) -> "Coming":
        """Return a file that is about to come in. Raises StoreError."""
        try:
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            return Coming(self._root, secrets.token_hex(6))
        except OSError as error:
            raise _unwritable(self._root, error) from error

    def keep(self, submission: Submission) -> None:
        """Write what is known of a submission whose file is here. Raises StoreError."""
        folder = self.place(submission.id)
        try:
            self._rename_file(submission)
            write_whole(folder / _RECORD, to_json(submission).encode())
        except OSError as error:
            raise _unwritable(folder, error) from error

    def remove(self, submission: Submission) -> None:
        """Throw a submission away: gone at once, its bytes a moment later. Raises StoreError."""
        gone = self._root / f"{_COMING}{submission.id}-gone"
        try:
            self.place(submission.id).rename(gone)
        except OSError as error:
            raise _unwritable(self.place(submission.id), error) from error
        shutil.rmtree(gone, ignore_errors=True)

    @contextmanager
    def room(self) -> Iterator[Path]:
        """Yield an empty folder that is gone afterwards, or at the next start."""
        try:
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            made = TemporaryDirectory(prefix=_COMING, dir=self._root, ignore_cleanup_errors=True)
        except OSError as error:
            raise _unwritable(self._root, error) from error
        with made as room:
            yield Path(room)

    def clear_leftovers(self) -> None:
        """Remove what a stopped upload left; only while nothing is coming in."""
        for folder in self._root.glob(f"{_COMING}*"):
            shutil.rmtree(folder, ignore_errors=True)

    def _rename_file(self, submission: Submission) -> None:
        """Let the file follow the name; a sidecar is written anew by who changes the name."""
        wanted = self.file(submission)
        for there in [] if wanted.exists() else sorted(wanted.parent.iterdir()):
            if there.name.endswith(SIDECAR_SUFFIX):
                there.unlink()
            else:
                there.rename(wanted)


class Coming:
    """A file on its way in: written piece by piece, then kept whole or thrown away."""

    def __init__(self, root: Path, identity: str) -> None:
        self._root = root
        self._identity = identity
        self._size = 0
        self._folder = root / f"{_COMING}{identity}"
        (self._folder / "file").mkdir(mode=0o700, parents=True)
        self.path = self._folder / "file" / "incoming"
        self._file: IO[bytes] = self.path.open("xb")

    def write(self, data: bytes) -> None:
        """Add bytes. Raises DocumentError past the limit, StoreError where the disk is full."""
        self._size += len(data)
        if self._size > MAX_FILE_BYTES:
            raise DocumentError(
                f"ファイルが大きすぎます(上限 {MAX_FILE_BYTES // 1_000_000} MB)。",
                remedy="画像を減らすか、いくつかに分けてください。",
            )
        try:
            self._file.write(data)
        except OSError as error:
            raise _unwritable(self._folder, error) from error

    def close(self, name: str) -> Path:
        """End the writing, under its name; returns where it lies now. Raises DocumentError."""
        self._file.close()
        if self._size == 0:
            raise DocumentError(
                f"「{name}」は、中身が空のファイルです。", remedy="保存し直してから入れてください。"
            )
        self.path = self.path.rename(self.path.with_name(name))
        return self.path

    def accept(self, submission: Submission) -> Submission:
        """Make it a submission of this area. Raises StoreError."""
        submission = replace(submission, id=self._identity)
        try:
            write_whole(self._folder / _RECORD, to_json(submission).encode())
            self._folder.rename(self._root / self._identity)
        except OSError as error:
            raise _unwritable(self._folder, error) from error
        return submission

    def discard(self) -> None:
        """Throw away what came, unless it was accepted."""
        self._file.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a crash leaves the old one or the new one. Raises OSError."""
    part = path.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _make_lasting(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _make_lasting(folder: Path) -> None:
    """Let the new name outlive a loss of power, where folders can be synced."""
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(folder, os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _unwritable(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{path} に書き込めません({error.strerror})。",
        remedy="フォルダの権限と、ディスクの空きを確かめてください。",
    )
