"""One at a time: a lock that dies with its process, and says who holds it."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.errors import StoreError

_POLL_SECONDS = 0.1

_SIGNATURE_BYTES = 10_000

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
        with suppress(OSError):  # Who holds it is good to know: that it is held is what counts.
            _sign(file, who)
        yield


@contextmanager
def _open(path: Path) -> Iterator[int]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(
            f"{path} に書き込めません({error.strerror})。",
            remedy="ディスクの空きとフォルダの権限を確かめるか、"
            "KATSUYO_DATA_DIR で書き込める場所を指定してください。",
        ) from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _taken(file: int) -> bool:
    """Take the lock if nobody holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file, _FAR_BYTE, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _sign(file: int, who: str) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    text = json.dumps({"pid": os.getpid(), "who": who, "when": now}, ensure_ascii=False)
    os.ftruncate(file, 0)
    os.lseek(file, 0, os.SEEK_SET)
    os.write(file, text.encode("utf-8", "replace"))


def _holder(file: int) -> str:
    """Return «佐藤、10:15から、プロセス 4711», or less if the file says less."""
    try:
        os.lseek(file, 0, os.SEEK_SET)
        holder = json.loads(os.read(file, _SIGNATURE_BYTES))
        since = datetime.fromisoformat(holder["when"]).astimezone().strftime("%H:%M")
        return f"{holder['who']}、{since}から、プロセス {holder['pid']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "だれかは分かりません"
