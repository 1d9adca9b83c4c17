"""What employees thought of an answer: masked text, department and week; never a person."""

import sqlite3
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from assistant.domain import VerdictKind
from assistant.usage.files import opened

_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
    week TEXT NOT NULL,
    department TEXT NOT NULL,
    opinion TEXT NOT NULL,
    verdict TEXT NOT NULL,
    safe_text TEXT NOT NULL
)
"""


class Opinion(StrEnum):
    """What the person pressed."""

    HELPFUL = "helpful"
    NOT_HELPFUL = "not_helpful"
    MASKED_TOO_MUCH = "masked_too_much"
    """«これは大丈夫なはず»: the guard masked something harmless."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One press of a button. There is no field for who pressed it or when exactly."""

    opinion: Opinion
    safe_text: str
    """The question with its confidential words masked."""
    department: str
    week: str
    """ISO week: 「2026-W07」."""
    verdict: VerdictKind


def iso_week(day: date) -> str:
    """Return the ISO week of `day` as 「2026-W07」."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


class FeedbackLog:
    """The feedback of everyone, in one SQLite file that only its owner can read."""

    def __init__(self, path: Path) -> None:
        """Keep the feedback in the file `path`, made at the first use."""
        self._path = path

    def record(self, feedback: Feedback) -> None:
        """Store one piece of feedback. Raises StoreError."""
        with self._open() as connection:
            connection.execute(
                "INSERT INTO feedback VALUES (?, ?, ?, ?, ?)",
                (
                    feedback.week,
                    feedback.department,
                    feedback.opinion,
                    feedback.verdict,
                    feedback.safe_text,
                ),
            )

    def all(self) -> list[Feedback]:
        """Return everything that was stored, oldest first. Raises StoreError."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT opinion, safe_text, department, week, verdict FROM feedback ORDER BY rowid"
            ).fetchall()
        return [
            Feedback(Opinion(opinion), safe_text, department, week, VerdictKind(verdict))
            for opinion, safe_text, department, week, verdict in rows
        ]

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return opened(self._path, schema=_SCHEMA, holds="ご意見")
