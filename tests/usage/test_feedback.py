import sqlite3
import stat
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from assistant.domain import VerdictKind
from assistant.errors import StoreError
from assistant.usage.feedback import Feedback, FeedbackLog, Opinion, iso_week

HELPFUL = Feedback(
    Opinion.HELPFUL, "〔A様〕へのメール", "営業部", "2026-W07", VerdictKind.CONDITIONAL
)


def test_feedback_is_still_there_for_the_next_process(tmp_path: Path) -> None:
    FeedbackLog(tmp_path / "usage.sqlite3").record(HELPFUL)
    assert FeedbackLog(tmp_path / "usage.sqlite3").all() == [HELPFUL]


def test_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "usage.sqlite3"
    FeedbackLog(path).record(HELPFUL)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_nothing_tells_who_pressed_or_when(tmp_path: Path) -> None:
    path = tmp_path / "usage.sqlite3"
    FeedbackLog(path).record(HELPFUL)
    connection = sqlite3.connect(path)
    columns = {row[1] for row in connection.execute("PRAGMA table_info(feedback)")}
    connection.close()
    assert columns == {"week", "department", "opinion", "verdict", "safe_text"}
    assert columns == {field.name for field in fields(Feedback)}


def test_week_is_the_iso_week() -> None:
    assert iso_week(date(2027, 1, 1)) == "2026-W53"
    assert iso_week(date(2026, 2, 9)) == "2026-W07"


def test_unusable_folder_is_told_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="保存できませんでした") as caught:
        FeedbackLog(tmp_path / "file" / "usage.sqlite3").record(HELPFUL)
    assert caught.value.remedy


def test_damaged_file_is_told_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "usage.sqlite3"
    path.write_bytes(b"not a database " * 100)
    with pytest.raises(StoreError):
        FeedbackLog(path).record(HELPFUL)
    assert path.read_bytes().startswith(b"not a database")
