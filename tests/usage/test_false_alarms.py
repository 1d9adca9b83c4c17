import json
import sqlite3
import stat
from datetime import date
from pathlib import Path

import pytest

from assistant.app import App
from assistant.domain import Answer, AnswerStatus, Category, Finding, Query, Verdict, VerdictKind
from assistant.errors import StoreError
from assistant.settings import Settings
from assistant.usage.false_alarms import FalseAlarm, FalseAlarmLog
from tests.conftest import katsuyo

ANSWER = Answer(
    status=AnswerStatus.ANSWERED,
    verdict=Verdict(VerdictKind.NONE),
    sections=(),
    citations=(),
    safe_text="〔A様〕で行く出張の報告書を整えて",
    query=Query("〔A様〕で行く出張の報告書を整えて"),
    findings=(Finding(Category.PERSON, "こだま", 0, 3, "〔A様〕"),),
    version=3,
)


@pytest.fixture
def app(tmp_path: Path) -> App:
    return App(Settings(data_dir=tmp_path / "data"), today=lambda: date(2026, 11, 20))


def test_report_is_still_there_for_the_next_process(app: App) -> None:
    assert app.report_false_alarm(ANSWER, "〔A様〕")
    kept = App(app.settings).false_alarms.all()
    assert kept == [FalseAlarm(Category.PERSON, "〔A様〕", ANSWER.safe_text, 3, "2026-W47")]


def test_words_that_were_masked_are_not_on_disk(app: App) -> None:
    app.report_false_alarm(ANSWER, "〔A様〕")
    for path in app.settings.data_dir.rglob("*"):
        assert "こだま".encode() not in path.read_bytes()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_report_on_what_nobody_masked_is_refused(app: App) -> None:
    assert not app.report_false_alarm(ANSWER, "〔B社様〕")
    assert app.false_alarms.all() == []


def test_nothing_tells_who_reported_or_when(app: App) -> None:
    app.report_false_alarm(ANSWER, "〔A様〕")
    connection = sqlite3.connect(app.settings.data_dir / "usage.sqlite3")
    columns = {row[1] for row in connection.execute("PRAGMA table_info(false_alarms)")}
    connection.close()
    assert columns == {"week", "category", "placeholder", "safe_text", "version"}


def test_place_that_cannot_be_written_is_told_in_japanese(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="保存できませんでした"):
        FalseAlarmLog(tmp_path / "file" / "usage.sqlite3").all()


def test_dx_staff_read_the_reports(app: App) -> None:
    app.report_false_alarm(ANSWER, "〔A様〕")
    shown = katsuyo("guard", "alarms", data=app.settings.data_dir)
    assert "氏名 〔A様〕" in shown.stdout
    assert ANSWER.safe_text in shown.stdout
    as_json = katsuyo("guard", "alarms", "--json", data=app.settings.data_dir)
    assert json.loads(as_json.stdout)[0]["category"] == "person"


def test_dx_staff_are_told_that_there_is_no_report(tmp_path: Path) -> None:
    assert "まだありません" in katsuyo("guard", "alarms", data=tmp_path / "data").stdout
