"""One at a time: a lock that dies with its process, and says who holds it."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from assistant.errors import StoreError

_POLL_SECONDS = 0.1

_FAR_BYTE = 1 << 30
"""What Windows locks: a locked byte cannot be read, and the file's first ones say who holds it."""


@contextmanager
def exclusive(
    path: Path,
    *,
    who: str,
    wait: timedelta = timedelta(0),
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[None]:
    """Hold the lock file at `path`; another holder is waited for, then named in a StoreError.

    The kernel frees the lock when the holder ends in whatever way, so a stale file never blocks.
    """
    with _open(path) as file:
        deadline = time.monotonic() + wait.total_seconds()
        while not _taken(file):
            if time.monotonic() >= deadline:
                raise StoreError(
                    f"ほかの処理が使っています({_holder(file)})。",
                    remedy="終わるのを待って、もう一度実行してください。",
                )
            sleep(_POLL_SECONDS)
        _sign(file, who)
        yield


def _open(path: Path) -> IO[str]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"{path} に書き込めません({error.strerror})。",
            remedy="フォルダの権限を直すか、KATSUYO_DATA_DIR で書き込める場所を指定してください。",
        ) from error


def _taken(file: IO[str]) -> bool:
    """Take the lock if nobody holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file.fileno(), _FAR_BYTE, os.SEEK_SET)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _sign(file: IO[str], who: str) -> None:
    file.seek(0)
    file.truncate()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    json.dump({"pid": os.getpid(), "who": who, "when": now}, file, ensure_ascii=False)
    file.flush()


def _holder(file: IO[str]) -> str:
    """Return «佐藤さん、10:15から、プロセス 4711», or less if the file says less."""
    file.seek(0)
    try:
        holder = json.load(file)
        since = datetime.fromisoformat(holder["when"]).astimezone().strftime("%H:%M")
        return f"{holder['who']}、{since}から、プロセス {holder['pid']}"
    except (ValueError, KeyError, TypeError):
        return "だれかは分かりません"
