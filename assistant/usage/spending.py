"""Tokens and yen of the chat model: by day and by person, and no further than agreed.

A person is a pseudonym that lasts a day: what was given is hashed with a salt that is thrown away
at the next day's first question, and yesterday's rows are added up.
"""

import hashlib
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.errors import ModelError, ModelFault
from assistant.settings import Settings
from assistant.usage.files import opened

_SPENDING = """
CREATE TABLE IF NOT EXISTS spending (
    day TEXT NOT NULL,
    asker TEXT NOT NULL,
    calls INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    yen REAL NOT NULL,
    PRIMARY KEY (day, asker)
)
"""
_SALTS = "CREATE TABLE IF NOT EXISTS spending_salts (day TEXT PRIMARY KEY, salt BLOB NOT NULL)"
_ADD = """
INSERT INTO spending VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (day, asker) DO UPDATE SET
    calls = calls + excluded.calls,
    input_tokens = input_tokens + excluded.input_tokens,
    output_tokens = output_tokens + excluded.output_tokens,
    yen = yen + excluded.yen
"""
_SUM = """
SELECT ifnull(sum(calls), 0), ifnull(sum(input_tokens), 0), ifnull(sum(output_tokens), 0),
    ifnull(sum(yen), 0.0) FROM spending WHERE day = ?
"""
_EVERYONE = ""
_TOMORROW = "明日また使えます。いまは、資料からまとめた答えをお使いください。"


@dataclass(frozen=True, slots=True)
class Use:
    """What was used: whole numbers ≥ 0, and yen."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    yen: float = 0.0

    @property
    def tokens(self) -> int:
        """What was sent and what was written."""
        return self.input_tokens + self.output_tokens


@dataclass(frozen=True, slots=True)
class Price:
    """Yen for a million tokens."""

    input_yen: float = 0.0
    output_yen: float = 0.0

    def use(self, input_tokens: int, output_tokens: int) -> Use:
        """Return one call of that many tokens with its yen."""
        yen = (input_tokens * self.input_yen + output_tokens * self.output_yen) / 1_000_000
        return Use(1, input_tokens, output_tokens, yen)


@dataclass(frozen=True, slots=True)
class Caps:
    """How much a day; 0 = without limit."""

    tokens: int = 0
    yen: float = 0.0
    tokens_per_asker: int = 0


@dataclass(frozen=True, slots=True)
class Reservation:
    """What was set aside for one call."""

    day: str
    asker: str
    use: Use


class Spending:
    """The use of all processes on this data folder, in one SQLite file. Safe between threads."""

    def __init__(
        self,
        path: Path,
        *,
        price: Price,
        caps: Caps,
        today: Callable[[], date] = date.today,
    ) -> None:
        """Keep it in the file `path`, made at the first use."""
        self._path = path
        self.price = price
        self.caps = caps
        self._today = today

    def reserve(self, use: Use, *, asker: str = "") -> Reservation:
        """Set aside what a call may use at most. Raises ModelError (SPENT) and StoreError."""
        day = self._today().isoformat()
        with self._transaction() as connection:
            person = _pseudonym(connection, day, asker) if asker else _EVERYONE
            self._check(connection, day, person, use)
            _add(connection, Reservation(day, person, use))
        return Reservation(day, person, use)

    def settle(self, reservation: Reservation, used: Use) -> None:
        """Put what was used in the place of what was set aside. Raises StoreError."""
        kept = reservation.use
        change = Use(
            used.calls - kept.calls,
            used.input_tokens - kept.input_tokens,
            used.output_tokens - kept.output_tokens,
            used.yen - kept.yen,
        )
        with self._transaction() as connection:
            _add(connection, Reservation(reservation.day, reservation.asker, change))

    def today(self) -> Use:
        """Return the use of everyone today, calls under way with all they may use."""
        with self._transaction() as connection:
            return _sum(connection, self._today().isoformat())

    def _check(self, connection: sqlite3.Connection, day: str, person: str, use: Use) -> None:
        whole = _sum(connection, day)
        caps = self.caps
        if (caps.tokens and whole.tokens + use.tokens > caps.tokens) or (
            caps.yen and whole.yen + use.yen > caps.yen
        ):
            raise ModelError(
                "生成AIの今日の分を使い切りました。", remedy=_TOMORROW, fault=ModelFault.SPENT
            )
        if person == _EVERYONE or not caps.tokens_per_asker:
            return
        own = _sum(connection, day, person)
        if own.tokens + use.tokens > caps.tokens_per_asker:
            raise ModelError(
                "生成AIの、お一人あたりの今日の分を使い切りました。",
                remedy=_TOMORROW,
                fault=ModelFault.SPENT,
            )

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with opened(self._path, schema=_SPENDING, holds="生成AIの使用量") as connection:
            connection.execute("BEGIN IMMEDIATE")  # nobody spends between the look and the note
            connection.execute(_SALTS)
            yield connection


def open_spending(settings: Settings, *, today: Callable[[], date]) -> Spending:
    """Return the spending with the prices and caps that the settings name."""
    return Spending(
        settings.data_dir / "usage.sqlite3",
        price=Price(
            settings.llm_yen_per_million_input_tokens,
            settings.llm_yen_per_million_output_tokens,
        ),
        caps=Caps(
            tokens=settings.llm_tokens_per_day,
            yen=settings.llm_yen_per_day,
            tokens_per_asker=settings.llm_tokens_per_user_per_day,
        ),
        today=today,
    )


def _pseudonym(connection: sqlite3.Connection, day: str, asker: str) -> str:
    row = connection.execute("SELECT salt FROM spending_salts WHERE day = ?", (day,)).fetchone()
    if row is None:
        _forget(connection, day)
        row = (secrets.token_bytes(32),)
        connection.execute("INSERT INTO spending_salts VALUES (?, ?)", (day, *row))
    return hashlib.blake2b(asker.encode(), key=row[0], digest_size=12).hexdigest()


def _forget(connection: sqlite3.Connection, day: str) -> None:
    """Add up the rows of the days before, and throw their salts away."""
    sums = connection.execute(
        "SELECT day, sum(calls), sum(input_tokens), sum(output_tokens), sum(yen)"
        " FROM spending WHERE day < ? GROUP BY day",
        (day,),
    ).fetchall()
    connection.execute("DELETE FROM spending WHERE day < ?", (day,))
    for past, *numbers in sums:
        connection.execute("INSERT INTO spending VALUES (?, '', ?, ?, ?, ?)", (past, *numbers))
    connection.execute("DELETE FROM spending_salts WHERE day < ?", (day,))


def _add(connection: sqlite3.Connection, kept: Reservation) -> None:
    use = kept.use
    connection.execute(
        _ADD, (kept.day, kept.asker, use.calls, use.input_tokens, use.output_tokens, use.yen)
    )


def _sum(connection: sqlite3.Connection, day: str, asker: str | None = None) -> Use:
    if asker is None:
        return Use(*connection.execute(_SUM, (day,)).fetchone())
    return Use(*connection.execute(f"{_SUM} AND asker = ?", (day, asker)).fetchone())
