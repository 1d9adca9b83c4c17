"""What DX staff rely on when a disk dies: one file brings everything back, or changes nothing."""

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.adapters.backup import back_up, read_backup
from assistant.adapters.restore import restore
from assistant.adapters.sqlite.store import SqliteStore
from assistant.corpus.lock import exclusive
from assistant.domain import AnswerStatus, Company, Document, Kind, Passage, Source, VerdictKind
from assistant.errors import StoreError
from assistant.usage.questions import AskedQuestion, QuestionLog

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
ASKED = AskedQuestion("週報", "営業部", "2026-W47", AnswerStatus.ANSWERED, VerdictKind.NONE)


def publish(data: Path, text: str) -> None:
    source = Source("manuals/a.md", "手順", Kind.MANUAL)
    document = Document("a", source, (Passage(f"a-{text}", source, 0, (), text),), digest=text)
    with closing(SqliteStore(data / "katsuyo.sqlite3")) as store:
        version = store.publish(Company("会社", ()), [document], author="佐藤", summary=text)
        store.go_live(version.id)


def texts(data: Path) -> list[str]:
    with closing(SqliteStore(data / "katsuyo.sqlite3")) as store:
        return [version.summary for version in store.versions()]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock" and not path.name.endswith(("-wal", "-shm"))
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    publish(data, "第一")
    publish(data, "第二")
    QuestionLog(data / "usage.sqlite3").record(ASKED, today=date(2026, 11, 20))
    return data


@pytest.fixture
def archive(data: Path, tmp_path: Path) -> Path:
    back_up(data, tmp_path / "backup.zip", now=NOW)
    return tmp_path / "backup.zip"


def test_versions_and_records_come_back_in_an_empty_folder(archive: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    assert restore(archive, new, replace=False, now=NOW) is None
    assert texts(new) == ["第二", "第一"]
    assert QuestionLog(new / "usage.sqlite3").recent() == [ASKED]
    assert {path.stat().st_mode & 0o777 for path in new.glob("*.sqlite3")} == {0o600}
    assert archive.stat().st_mode & 0o777 == 0o600


def test_a_backup_is_of_one_moment_though_somebody_is_writing(data: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(data / "katsuyo.sqlite3")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE versions SET summary = '途中'")
        back_up(data, tmp_path / "b.zip", now=NOW)
        writer.rollback()
    restore(tmp_path / "b.zip", tmp_path / "new", replace=False, now=NOW)
    assert texts(tmp_path / "new") == ["第二", "第一"]


def test_a_folder_in_use_is_left_alone_until_somebody_insists(data: Path, archive: Path) -> None:
    publish(data, "第三")
    with pytest.raises(StoreError, match="もうデータがあります") as caught:
        restore(archive, data, replace=False, now=NOW)
    assert "--yes" in caught.value.remedy
    assert texts(data) == ["第三", "第二", "第一"]
    aside = restore(archive, data, replace=True, now=NOW)
    assert aside is not None
    assert texts(data) == ["第二", "第一"]
    assert texts(aside) == ["第三", "第二", "第一"]


def test_a_running_page_is_not_pulled_away_from_under_its_readers(
    data: Path, archive: Path
) -> None:
    with exclusive(data / "chroma.lock", who="katsuyo serve"), pytest.raises(StoreError) as caught:
        restore(archive, data, replace=True, now=NOW)
    assert "katsuyo serve" in caught.value.message


def repacked(archive: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Return a copy of `archive` with other members."""
    with zipfile.ZipFile(archive) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    change(members)
    copy = archive.with_name("changed.zip")
    with zipfile.ZipFile(copy, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return copy


def told(members: dict[str, bytes], name: str, content: bytes) -> None:
    """Add a member, and tell of it in the manifest as if it belonged there."""
    members[name] = content
    manifest = json.loads(members["manifest.json"])
    digest = hashlib.sha256(content).hexdigest()
    manifest["files"][name] = {"bytes": len(content), "sha256": digest}
    members["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda members: told(members, "../evil.sqlite3", b"x"),
        lambda members: told(members, "/evil.sqlite3", b"x"),
        lambda members: told(members, "..\\evil.sqlite3", b"x"),
        lambda members: told(members, "katsuyo.sqlite3-wal", b"x"),
        lambda members: told(members, "chroma/evil.sqlite3", b"x"),
        lambda members: told(members, "usage.sqlite3", b"not a database at all" * 99),
        lambda members: members.update({"extra.sqlite3": b"x"}),
        lambda members: members.pop("katsuyo.sqlite3"),
        lambda members: members.pop("manifest.json"),
        lambda members: members.update({"usage.sqlite3": members["usage.sqlite3"][:-1] + b"!"}),
        lambda members: members.update({"usage.sqlite3": b"\0" * 50_000_000}),
        lambda members: members.update({"manifest.json": b'{"format": 1, "files": [1]}'}),
        lambda members: members.update({"manifest.json": b"[" * 90_000}),
        lambda members: members.update({"manifest.json": b'{"format": 99, "files": {}}'}),
    ],
)
def test_an_archive_that_is_not_as_it_was_made_changes_nothing(
    data: Path, archive: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    before = contents(data.parent)
    changed = repacked(archive, change)
    with pytest.raises(StoreError) as caught:
        restore(changed, data, replace=True, now=NOW)
    assert caught.value.remedy
    changed.unlink()
    assert contents(data.parent) == before


def test_every_flipped_or_missing_piece_of_the_file_is_noticed(
    archive: Path, tmp_path: Path
) -> None:
    whole = archive.read_bytes()
    places = range(0, len(whole) - 400, len(whole) // 25)
    flipped = [whole[:n] + bytes([whole[n] ^ 0x55]) + whole[n + 1 :] for n in places]
    for number, content in enumerate([b"", b"PK", whole[: len(whole) // 2], *flipped]):
        archive.write_bytes(content)
        new = tmp_path / f"new{number}"
        try:
            restore(archive, new, replace=False, now=NOW)
        except StoreError:
            assert contents(new) == {}
        else:  # a byte that carries nothing, like a time stamp
            assert texts(new) == ["第二", "第一"]
            assert QuestionLog(new / "usage.sqlite3").recent() == [ASKED]


def test_only_an_earlier_backup_is_written_over(data: Path, archive: Path, tmp_path: Path) -> None:
    publish(data, "第三")
    back_up(data, archive, now=NOW)
    assert read_backup(archive).created == "2026-11-22T03:00:00+00:00"
    other = tmp_path / "report.docx"
    other.write_bytes(b"somebody's work")
    with pytest.raises(StoreError):
        back_up(data, other, now=NOW)
    assert other.read_bytes() == b"somebody's work"


def test_without_data_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="残すデータがありません"):
        back_up(tmp_path / "none", tmp_path / "b.zip", now=NOW)
    assert not (tmp_path / "b.zip").exists()
