"""«誤検知です»: what the guard masked though it was harmless. Masked text, class, version, week."""

import sqlite3
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.domain import Answer, Category
from assistant.usage.feedback import iso_week
from assistant.usage.files import opened

_SCHEMA = """
CREATE TABLE IF NOT EXISTS false_alarms (
    week TEXT NOT NULL,
    category TEXT NOT NULL,
    placeholder TEXT NOT NULL,
    safe_text TEXT NOT NULL,
    version INTEGER NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """One report. What was masked is not kept: it may have been confidential after all."""

    category: Category
    placeholder: str
    """「〔A様〕」: which of the masked words is meant."""
    safe_text: str
    """The whole question, still masked."""
    version: int
    """The published version whose rule and word lists were used."""
    week: str
    """ISO week: 「2026-W07」."""


def false_alarm(answer: Answer, placeholder: str, *, today: date) -> FalseAlarm | None:
    """Return the report on what `placeholder` stands for in `answer`; None if nothing does."""
    for finding in answer.findings:
        if finding.placeholder == placeholder:
            return FalseAlarm(
                finding.category,
                placeholder,
                answer.safe_text,
                version=answer.version,
                week=iso_week(today),
            )
    return None


class FalseAlarmLog:
    """The reports of everyone, in one SQLite file that only its owner can read."""

    def __init__(self, path: Path) -> None:
        """Keep the reports in the file `path`, made at the first use."""
        self._path = path

    def report(self, alarm: FalseAlarm) -> None:
        """Store one report. Raises StoreError."""
        with self._open() as connection:
            connection.execute(
                "INSERT INTO false_alarms VALUES (?, ?, ?, ?, ?)",
                (alarm.week, alarm.category, alarm.placeholder, alarm.safe_text, alarm.version),
            )

    def all(self) -> list[FalseAlarm]:
        """Return everything that was reported, oldest first. Raises StoreError."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT category, placeholder, safe_text, version, week"
                " FROM false_alarms ORDER BY rowid"
            ).fetchall()
        return [FalseAlarm(Category(category), *rest) for category, *rest in rows]

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return opened(self._path, schema=_SCHEMA, holds="誤検知の知らせ")
