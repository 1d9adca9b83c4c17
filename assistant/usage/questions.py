"""Recent questions, for looking ahead: masked text, department and week; never a person."""

import sqlite3
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from assistant.domain import Answer, AnswerStatus, Intent, VerdictKind
from assistant.usage.feedback import iso_week
from assistant.usage.files import opened

KEPT = timedelta(days=90)
"""Older weeks are forgotten: a preview looks at what is asked now."""

MOST_KEPT = 2_000

_LONGEST = 300
"""Characters. What is longer is a pasted text, of which a guard may miss something."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS questions (
    week TEXT NOT NULL,
    department TEXT NOT NULL,
    status TEXT NOT NULL,
    verdict TEXT NOT NULL,
    safe_text TEXT NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """What was asked, by nobody in particular and no finer than the week."""

    safe_text: str
    """The question with its confidential words masked; of a follow-up, as it was read."""
    department: str
    week: str
    """ISO week: 「2026-W07」."""
    status: AnswerStatus
    verdict: VerdictKind


def asked_question(answer: Answer, department: str, *, today: date) -> AskedQuestion | None:
    """Return what is kept of the question of `answer`; None for talk and for pasted texts."""
    text = " ".join((answer.rewritten or answer.safe_text).split())
    if answer.query.intent is Intent.SMALL_TALK or not 0 < len(text) <= _LONGEST:
        return None
    week = iso_week(today)
    return AskedQuestion(text, department, week, status=answer.status, verdict=answer.verdict.kind)


class QuestionLog:
    """The questions of the last weeks, in one SQLite file that only its owner can read."""

    def __init__(self, path: Path) -> None:
        """Keep them in the file `path`, made at the first use."""
        self._path = path

    def record(self, question: AskedQuestion, *, today: date) -> None:
        """Store one question and forget what is too old or too much. Raises StoreError."""
        oldest = iso_week(today - KEPT)
        with self._open() as connection:
            connection.execute(
                "INSERT INTO questions VALUES (?, ?, ?, ?, ?)",
                (
                    question.week,
                    question.department,
                    question.status,
                    question.verdict,
                    question.safe_text,
                ),
            )
            connection.execute("DELETE FROM questions WHERE week < ?", (oldest,))
            connection.execute(
                "DELETE FROM questions WHERE rowid <= "
                "(SELECT rowid FROM questions ORDER BY rowid DESC LIMIT 1 OFFSET ?)",
                (MOST_KEPT,),
            )

    def recent(self) -> list[AskedQuestion]:
        """Return what is kept, newest first. Raises StoreError."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT safe_text, department, week, status, verdict"
                " FROM questions ORDER BY rowid DESC"
            ).fetchall()
        return [
            AskedQuestion(text, department, week, AnswerStatus(status), VerdictKind(verdict))
            for text, department, week, status, verdict in rows
        ]

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return opened(self._path, schema=_SCHEMA, holds="最近の質問")
