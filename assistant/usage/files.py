"""Files of this room: one owner reads them, nobody else."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.corpus.private import create_private
from assistant.errors import StoreError

BUSY_SECONDS = 5.0
"""How long a writer waits for another one."""


@contextmanager
def opened(path: Path, *, schema: str, holds: str) -> Iterator[sqlite3.Connection]:
    """Yield a transaction on the private file at `path`, made by `schema` if it is new.

    `holds`: what is kept in it, for the person who reads the StoreError that this raises.
    """
    try:
        create_private(path)
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute(schema)
            with connection:
                yield connection
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"{holds}を保存できませんでした: {path}。",
            remedy="フォルダに書き込めるか、空き容量があるかを確かめてください。",
        ) from error
