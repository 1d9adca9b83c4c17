"""バックアップから戻す: unpacked and checked first, then everything is exchanged at once."""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import IO

from assistant.adapters.backup import STORE_FILE, damaged, disk_errors, manifest_of, opened_backup
from assistant.adapters.sqlite.store import SqliteStore
from assistant.corpus.lock import exclusive
from assistant.errors import StoreError

_LOCKS = ("publish.lock", "chroma.lock")
"""Who publishes, and the page that runs: neither may, while the databases are exchanged."""

_CHUNK = 1 << 20
_SPARE_BYTES = 50_000_000
"""Left free on the disk beside what is written."""


def restore(archive: Path, data_dir: Path, *, replace: bool, now: datetime) -> Path | None:
    """Bring the databases of `archive` into `data_dir`; return where the ones before are kept.

    Everything is unpacked and checked first: whatever is wrong, nothing has changed. Databases
    that are there need `replace`. Raises StoreError.
    """
    with disk_errors(data_dir):
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (
        exclusive(data_dir / _LOCKS[0], who="katsuyo restore"),
        exclusive(data_dir / _LOCKS[1], who="katsuyo restore"),
        disk_errors(data_dir),
        tempfile.TemporaryDirectory(prefix=".restoring-", dir=data_dir) as scratch,
    ):
        there = sorted(data_dir.glob("*.sqlite3*"))
        if there and not replace:
            raise _data_is_there(data_dir)
        _unpack(archive, Path(scratch))
        aside = data_dir / f"before-restore-{now.astimezone():%Y%m%d-%H%M%S}" if there else None
        _exchange(sorted(Path(scratch).iterdir()), there, data_dir, aside)
    return aside


def has_data(data_dir: Path) -> bool:
    """Return whether a restore into `data_dir` would move databases aside."""
    return any(data_dir.glob("*.sqlite3"))


def _data_is_there(data_dir: Path) -> StoreError:
    """Return the error for a folder that is in use."""
    return StoreError(
        f"{data_dir} には、もうデータがあります。なにも変えていません。",
        remedy="入れかえてよければ、--yes を付けてください(いまのデータは別の名前で残ります)。",
    )


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack into `folder` and open what came: whole, unchanged, and of a schema that is known."""
    with opened_backup(archive) as packed:
        backup = manifest_of(archive, packed)
        needed = sum(one.bytes for one in backup.files.values()) + _SPARE_BYTES
        if shutil.disk_usage(folder).free < needed:
            raise StoreError(
                f"空きが足りません({needed / 1e6:,.0f} MB 要ります)。なにも変えていません。",
                remedy="ディスクの空きを増やしてから、もう一度実行してください。",
            )
        for name, expected in backup.files.items():
            with packed.open(name) as source, (folder / name).open("xb") as target:
                (folder / name).chmod(0o600)
                if _copied(source, target, expected.bytes) != expected.sha256:
                    raise damaged(archive)
    for name in backup.files:
        if not _is_sound(folder / name):
            raise damaged(archive)
    with closing(SqliteStore(folder / STORE_FILE)) as store:
        store.versions()
    for leftover in (*folder.glob("*-wal"), *folder.glob("*-shm")):
        leftover.unlink()


def _copied(source: IO[bytes], target: IO[bytes], size: int) -> str:
    """Copy at most `size` bytes and return their SHA-256; empty if there were more."""
    digest, left = hashlib.sha256(), size
    while chunk := source.read(_CHUNK):
        left -= len(chunk)
        if left < 0:
            return ""
        digest.update(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest()


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def _exchange(new: list[Path], old: list[Path], folder: Path, aside: Path | None) -> None:
    """Move the old files aside and the new ones in; on a failure everything goes back."""
    done: list[tuple[Path, Path]] = []
    if aside is not None:
        aside.mkdir(mode=0o700)
    moves = [(path, aside / path.name) for path in old if aside is not None]
    moves += [(path, folder / path.name) for path in new]
    try:
        for source, target in moves:
            source.replace(target)
            done.append((source, target))
    except OSError:
        for source, target in reversed(done):
            target.replace(source)
        raise
