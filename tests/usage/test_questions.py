"""Recent questions: enough to look ahead with, nothing about who asked."""

import sqlite3
from contextlib import closing
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.domain import Answer, AnswerStatus, Intent, Question, VerdictKind
from assistant.errors import StoreError
from assistant.usage.questions import AskedQuestion, QuestionLog, asked_question
from assistant.web.remembering import Remembering
from tests.web.fake_answers import full_answer
from tests.web.fakes import FakeAssistant

TODAY = date(2026, 11, 20)
ASKED = AskedQuestion(
    "〔A社様〕への見積メール", "営業部", "2026-W47", AnswerStatus.ANSWERED, VerdictKind.CONDITIONAL
)


@pytest.fixture
def log(tmp_path: Path) -> QuestionLog:
    return QuestionLog(tmp_path / "usage.sqlite3")


def test_what_was_asked_last_comes_first(log: QuestionLog) -> None:
    other = replace(ASKED, safe_text="週報を早く書きたい")
    log.record(ASKED, today=TODAY)
    log.record(other, today=TODAY)
    assert log.recent() == [other, ASKED]


def test_nothing_tells_who_asked_or_when_exactly(log: QuestionLog, tmp_path: Path) -> None:
    log.record(ASKED, today=TODAY)
    with closing(sqlite3.connect(tmp_path / "usage.sqlite3")) as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(questions)")}
    assert columns == {"week", "department", "status", "verdict", "safe_text"}
    assert columns == {field.name for field in fields(AskedQuestion)}


def test_what_was_asked_before_ninety_days_is_forgotten(log: QuestionLog, tmp_path: Path) -> None:
    log.record(replace(ASKED, safe_text="古い質問", week="2026-W33"), today=date(2026, 8, 14))
    log.record(ASKED, today=TODAY)
    assert log.recent() == [ASKED]
    assert "古い質問".encode() not in (tmp_path / "usage.sqlite3").read_bytes()


def test_only_the_newest_two_thousand_are_kept(log: QuestionLog, tmp_path: Path) -> None:
    log.record(ASKED, today=TODAY)
    with closing(sqlite3.connect(tmp_path / "usage.sqlite3")) as connection, connection:
        row = (ASKED.week, "営業部", ASKED.status, ASKED.verdict, "質問")
        connection.executemany("INSERT INTO questions VALUES (?, ?, ?, ?, ?)", [row] * 2_500)
    log.record(replace(ASKED, safe_text="最後の質問"), today=TODAY)
    kept = log.recent()
    assert (len(kept), kept[0].safe_text) == (2_000, "最後の質問")


def answer(**changes: object) -> Answer:
    return replace(full_answer(Question("週報")), **changes)  # type: ignore[arg-type]


def test_a_follow_up_is_kept_as_it_was_read() -> None:
    kept = asked_question(answer(rewritten="営業部の週報"), "営業部", today=TODAY)
    assert kept is not None
    assert (kept.safe_text, kept.department, kept.week) == ("営業部の週報", "営業部", "2026-W47")


def test_talk_and_pasted_texts_are_not_kept() -> None:
    talk = answer(query=replace(full_answer(Question("週報")).query, intent=Intent.SMALL_TALK))
    assert asked_question(talk, "", today=TODAY) is None
    assert asked_question(answer(safe_text="長い文" * 200), "", today=TODAY) is None
    assert asked_question(answer(safe_text="  "), "", today=TODAY) is None


def test_an_answer_comes_though_its_question_cannot_be_kept() -> None:
    class Full:
        def record(self, question: AskedQuestion, *, today: date) -> None:
            raise StoreError("いっぱいです。")

    asked = Question("週報", "営業部")
    plain = list(FakeAssistant().stream(asked))
    assert list(Remembering(FakeAssistant(), Full()).stream(asked))[-1] == plain[-1]


def test_each_question_is_kept_once_it_is_answered(log: QuestionLog) -> None:
    asking = Remembering(FakeAssistant(), log, today=lambda: TODAY + timedelta(days=7))
    list(asking.stream(Question("週報を書きたい", "営業部")))
    (kept,) = log.recent()
    assert (kept.department, kept.week) == ("営業部", "2026-W48")
