"""バックアップ: the data folder's truth in one file; what is derived is made anew."""

import hashlib
import json
import os
import re
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import StoreError

_FORMAT = 1
_MANIFEST = "manifest.json"
_MANIFEST_BYTES = 100_000
STORE_FILE = "katsuyo.sqlite3"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}\.sqlite3")
"""What an archive may hold: no folders, no dots in front, nothing else than databases."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A database in an archive."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Backup:
    """What an archive holds, as its manifest says."""

    created: str
    """ISO 8601, UTC."""
    files: Mapping[str, StoredFile]
    format: int = _FORMAT


def back_up(data_dir: Path, archive: Path, *, now: datetime) -> Backup:
    """Write every database of `data_dir` as it is at one moment into `archive`, by one rename.

    Others may read and write meanwhile. An earlier backup is replaced, any other file is not.
    Raises StoreError.
    """
    if not (data_dir / STORE_FILE).is_file():
        raise StoreError(
            f"{data_dir} に、残すデータがありません。",
            remedy="KATSUYO_DATA_DIR を確かめるか、先に katsuyo publish を実行してください。",
        )
    if archive.exists():
        read_backup(archive)
    with (
        disk_errors(archive),
        tempfile.TemporaryDirectory(prefix=".katsuyo-", dir=archive.absolute().parent) as scratch,
    ):
        folder = Path(scratch)
        for database in sorted(data_dir.glob("*.sqlite3")):
            if _NAME.fullmatch(database.name):
                _copy_database(database, folder / database.name)
        files = {path.name: _stored(path) for path in sorted(folder.iterdir())}
        backup = Backup(now.astimezone(UTC).isoformat(timespec="seconds"), files)
        _pack(folder, backup, folder / _MANIFEST)
        (folder / _MANIFEST).replace(archive)
    return backup


def read_backup(archive: Path) -> Backup:
    """Return what `archive` says it holds. Raises StoreError for what is no backup of ours."""
    with opened_backup(archive) as packed:
        return manifest_of(archive, packed)


def _copy_database(source: Path, target: Path) -> None:
    """Copy by SQLite's own backup: whole and of one moment, whoever writes."""
    target.touch(mode=0o600)
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def _pack(folder: Path, backup: Backup, target: Path) -> None:
    with target.open("xb") as file:
        target.chmod(0o600)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(_MANIFEST, json.dumps(asdict(backup), indent=2))
            for name in backup.files:
                packed.write(folder / name, name)
        file.flush()
        os.fsync(file.fileno())


def _stored(path: Path) -> StoredFile:
    with path.open("rb") as file:
        return StoredFile(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


@contextmanager
def opened_backup(archive: Path) -> Iterator[zipfile.ZipFile]:
    """Open `archive`; whatever is wrong with it, also while it is read, becomes StoreError."""
    try:
        with zipfile.ZipFile(archive) as packed:
            yield packed
    except FileNotFoundError as error:
        raise StoreError(
            f"バックアップ {archive} がありません。", remedy="ファイルの場所を確かめてください。"
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise damaged(archive) from error
    except (RuntimeError, ValueError, KeyError) as error:  # encrypted, or names that are no names
        raise damaged(archive) from error
    except OSError as error:
        raise StoreError(
            f"バックアップ {archive} を読めません({error.strerror})。",
            remedy="ファイルの場所と権限を確かめてください。",
        ) from error


def manifest_of(archive: Path, packed: zipfile.ZipFile) -> Backup:
    """Return the manifest if it fits what is in the archive, name by name. Raises StoreError."""
    names = packed.namelist()
    if names.count(_MANIFEST) != 1 or packed.getinfo(_MANIFEST).file_size > _MANIFEST_BYTES:
        raise damaged(archive)
    told = json.loads(packed.read(_MANIFEST))
    if not isinstance(told, dict) or not isinstance(told.get("files"), dict):
        raise damaged(archive)
    if told.get("format") != _FORMAT:
        raise StoreError(
            f"バックアップ {archive} は、この活用ナビでは読めない形です。",
            remedy="作ったときと同じか、新しい活用ナビで戻してください。",
        )
    try:
        files = {name: StoredFile(**one) for name, one in told["files"].items()}
    except TypeError as error:
        raise damaged(archive) from error
    whole = STORE_FILE in files and sorted(names) == sorted([_MANIFEST, *files])
    sizes = all(isinstance(one.bytes, int) for one in files.values())
    if not (whole and sizes and all(_NAME.fullmatch(name) for name in files)):
        raise damaged(archive)
    return Backup(str(told.get("created", "")), files)


def damaged(archive: Path) -> StoreError:
    """Return the error for what is no backup of ours, or no longer."""
    return StoreError(
        f"{archive} は活用ナビのバックアップではないか、壊れています。なにも変えていません。",
        remedy="別のバックアップを指定してください。",
    )


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn what the disk refuses at `path` into StoreError."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise StoreError(
            f"{path} に書き込めません({reason})。",
            remedy="ディスクの空きとフォルダの権限を確かめてください。",
        ) from error
