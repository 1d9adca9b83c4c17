"""Files of this room: one owner reads them, nobody else."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.errors import StoreError

BUSY_SECONDS = 5.0
"""How long a writer waits for another one."""


def make_private(path: Path) -> None:
    """Make `path` and its folder, readable by their owner only. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


@contextmanager
def opened(path: Path, *, schema: str, holds: str) -> Iterator[sqlite3.Connection]:
    """Yield a transaction on the private file at `path`, made by `schema` if it is new.

    `holds`: what is kept in it, for the person who reads the StoreError that this raises.
    """
    try:
        make_private(path)
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
            connection.execute(schema)
            with connection:
                yield connection
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"{holds}を保存できませんでした: {path}。",
            remedy="フォルダに書き込めるか、空き容量があるかを確かめてください。",
        ) from error
