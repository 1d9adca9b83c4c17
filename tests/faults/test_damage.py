"""Files that a disk or a person damaged: never believed, told in Japanese, brought back."""

import random
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.adapters.backup import back_up
from assistant.adapters.restore import restore
from assistant.adapters.sqlite.store import SqliteStore
from tests.faults.broken import Fault, Machine
from tests.faults.depth import Depth
from tests.faults.office import database, live_edition
from tests.faults.town import Town, Trouble

pytestmark = pytest.mark.slow

PAGE = 4096
SEED = 20261122
NOW = datetime(2026, 11, 22, tzinfo=UTC)
Damage = Callable[[Path], object]


@pytest.fixture
def town(machine: Machine, tmp_path: Path) -> Town:
    """Return a town whose third edition is live, with the search index built."""
    town = Town(machine, tmp_path)
    for _ in range(2):
        town.next_edition()
        town.publish_whole()
    assert machine.run("search", town.data).code == 0
    return town


def whole_pages(town: Town) -> list[Damage]:
    """Return what zeroes a page, and what fills it with noise, for each page of the database."""
    chance = random.Random(SEED)  # noqa: S311 — the same noise each time, not a secret
    pages = database(town.data).stat().st_size // PAGE

    def overwrite(page: int, data: bytes) -> Damage:
        def damage(path: Path) -> None:
            with path.open("r+b") as file:
                file.seek(page * PAGE)
                file.write(data)

        return damage

    return [
        overwrite(page, data)
        for page in range(pages)
        for data in (bytes(PAGE), chance.randbytes(PAGE))
    ]


def test_a_damaged_database_is_told_or_answers_rightly_and_a_backup_brings_it_back(
    machine: Machine, town: Town, tmp_path: Path, depth: Depth
) -> None:
    backup = tmp_path / "backup.zip"
    back_up(town.data, backup, now=NOW)
    whole = tmp_path / "whole"
    shutil.copytree(town.data, whole)
    cut: list[Damage] = [
        lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"not a database" * 1000),
        lambda path: path.with_name(path.name + "-wal").write_bytes(b"\xa5" * 50_000),
    ]
    told = 0
    for damage in [*cut, *depth.spread(whole_pages(town), sample=6)]:
        shutil.rmtree(town.data)
        shutil.copytree(whole, town.data)
        damage(database(town.data))
        for act in ("search", "publish"):
            ended = machine.run(act, town.data, corpus=town.corpus)
            assert ended.code in {0, 4}, ended.said
            told += ended.code == 4
            for line in ended.said:
                assert not line.startswith("error StoreError") or "katsuyo" in line, line
        restore(backup, town.data, replace=True, now=NOW)
        found = machine.run("search", town.data)
        assert f"found {town.live}" in found.said, found.said
    assert told >= 4
    with closing(SqliteStore(database(town.data))) as store:
        assert live_edition(store) == town.live


def test_what_is_derived_is_made_anew_whatever_happened_to_it(
    machine: Machine, town: Town, depth: Depth
) -> None:
    files = sorted(path for path in (town.data / "index").rglob("*") if path.is_file())
    assert files
    damages: list[Damage] = [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    ]
    whole = town.data.with_name("whole")
    shutil.copytree(town.data / "index", whole)
    tried = [(file, damage) for file in files for damage in damages]
    for file, damage in depth.spread(tried, sample=8):
        shutil.rmtree(town.data / "index")
        shutil.copytree(whole, town.data / "index")
        damage(file)
        ended = machine.run("search", town.data)
        assert f"found {town.live}" in ended.said, (file.name, ended.said)


@pytest.mark.parametrize("what", ["ENOSPC", "EIO"])
def test_search_on_a_failing_disk_answers_or_says_why(
    breakable: Machine, town: Town, what: str, depth: Depth
) -> None:
    shutil.rmtree(town.data / "index")
    calls = breakable.run("search", town.data, fault=Fault(0, what)).calls
    for call in depth.spread(range(1, calls + 1), sample=3):
        shutil.rmtree(town.data / "index", ignore_errors=True)
        ended = breakable.run("search", town.data, fault=Fault(call, what, forever=True))
        assert ended.code in {0, 4}, ended.said
        assert ended.code == 4 or f"found {town.live}" in ended.said, ended.said
        after = breakable.run("search", town.data)
        assert f"found {town.live}" in after.said, after.said
    assert town.publish(Trouble()).code == 0
