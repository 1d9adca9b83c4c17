"""Publishes a corpus and kills itself at a named step; the parent checks what is left.

python -m tests.faults.publish_child CORPUS DATA STEP    STEP: "", "before:go_live", "after:publish"
Prints one line for each write that was acknowledged.
"""

import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.adapters.readers import default_readers
from assistant.adapters.sqlite_store import SqliteStore
from assistant.corpus.publish import Publisher
from assistant.ports import Vectors
from tests.fakes import FakeEmbedder

_WRITES = ("publish", "save_vectors", "go_live")


class DyingStore:
    """The real store; the process dies right before or after the write that is named."""

    def __init__(self, store: SqliteStore, step: str) -> None:
        self._store = store
        self._step = step

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)
        if name not in _WRITES:
            return method

        def write(*arguments: Any, **named: Any) -> Any:
            self._die_at(f"before:{name}")
            result = method(*arguments, **named)
            print(name, getattr(result, "id", ""), flush=True)
            self._die_at(f"after:{name}")
            return result

        return write

    def _die_at(self, step: str) -> None:
        if step == self._step:
            os.kill(os.getpid(), signal.SIGKILL)


class SlowEmbedder(FakeEmbedder):
    """Gives the parent time to kill in the middle."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        time.sleep(0.05)
        return super().embed_passages(texts)


def main(corpus: str, data: str, step: str) -> None:
    store: Any = DyingStore(SqliteStore(Path(data) / "katsuyo.sqlite3"), step)
    publisher = Publisher(
        store,
        readers=default_readers(),
        embedder_loader=SlowEmbedder,
        lock_path=Path(data) / "publish.lock",
    )
    print("start", flush=True)
    publisher.publish(Path(corpus), author="佐藤")


if __name__ == "__main__":
    main(*sys.argv[1:])
