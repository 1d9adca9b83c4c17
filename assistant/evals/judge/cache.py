"""Replies of the judge on disk: the same question is never paid twice."""

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.corpus.private import create_private
from assistant.errors import StoreError
from assistant.ports import ChatReply

_SCHEMA = """CREATE TABLE IF NOT EXISTS reply (
    key TEXT PRIMARY KEY, text TEXT NOT NULL, input_tokens INTEGER, output_tokens INTEGER
)"""


def reply_key(*, model: str, system: str, user: str, vote: int) -> str:
    """Return the identity of one call."""
    parts = json.dumps([model, system, user, vote], ensure_ascii=False)
    return hashlib.sha256(parts.encode()).hexdigest()


class ReplyCache:
    """One SQLite file that only its owner can read; only usable replies are kept."""

    def __init__(self, path: Path) -> None:
        """Keep the replies in `path`, made at the first use."""
        self._path = path

    def get(self, key: str) -> ChatReply | None:
        """Return the reply kept under `key`, if there is one. Raises StoreError."""
        with closing(self._open()) as connection:
            row = connection.execute(
                "SELECT text, input_tokens, output_tokens FROM reply WHERE key = ?", (key,)
            ).fetchone()
        return ChatReply(*row) if row else None

    def put(self, key: str, reply: ChatReply) -> None:
        """Keep a reply. Raises StoreError."""
        with closing(self._open()) as connection, connection:
            connection.execute(
                "INSERT OR REPLACE INTO reply VALUES (?, ?, ?, ?)",
                (key, reply.text, reply.input_tokens, reply.output_tokens),
            )

    def _open(self) -> sqlite3.Connection:
        try:
            create_private(self._path)
            connection = sqlite3.connect(self._path, timeout=5.0)
            connection.execute(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"採点の控え {self._path} を使えません。",
                remedy="フォルダの権限と空き容量を確かめるか、このファイルを消してください。",
            ) from error
        return connection
