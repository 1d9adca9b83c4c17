"""Over a thousand files as attackers, old disks and hurried colleagues leave them, in one batch."""

import json
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from assistant.adapters.readers import Limits
from tests.faults.bad_files import MUTANTS, Case, Fate, all_cases, write_all
from tests.faults.broken import ROOT
from tests.faults.depth import Depth

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="FIFOs, limits and /proc are Linux's"),
]


@dataclass(frozen=True, slots=True)
class Batch:
    """What was in the folder, and what became of it."""

    cases: Mapping[str, Case]
    read: frozenset[str]
    told: Mapping[str, str]
    cpu: Mapping[str, float]
    megabytes: float
    cpu_limit: int


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory, depth: Depth) -> Batch:
    """Return the batch after a process of its own has read it; CI lets a file take 2 s, not 10."""
    folder = tmp_path_factory.mktemp("bad") / "corpus"
    cases = all_cases(mutants=depth.pick(sample=40, everything=MUTANTS))
    limit = depth.pick(sample=2, everything=Limits().cpu_seconds)
    write_all(folder, cases)
    command = [sys.executable, "-m", "tests.faults.read_batch", str(folder), str(limit)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr[-3000:]
    result = json.loads(done.stdout)
    print(f"{len(cases)} files, {result['seconds']:.0f} s, {sum(result['cpu'].values()):.0f} s CPU")
    print("slowest:", sorted(result["cpu"].items(), key=lambda each: -each[1])[:5])
    print(f"{len(result['read'])} read, {len(result['told'])} told, {result['megabytes']:.0f} MB")
    return Batch(
        {_name(case): case for case in cases},
        frozenset(result["read"]),
        result["told"],
        result["cpu"],
        result["megabytes"],
        limit,
    )


def _name(case: Case) -> str:
    readable = case.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "manuals/" + unicodedata.normalize("NFC", readable)


def test_the_report_lists_exactly_the_bad_ones(batch: Batch) -> None:
    fates = {name: case.fate for name, case in batch.cases.items()}
    assert len(fates) >= 250
    assert [
        name for name, fate in fates.items() if fate is Fate.GOOD and name not in batch.read
    ] == []
    assert [
        name for name, fate in fates.items() if fate is Fate.BAD and name not in batch.told
    ] == []
    assert batch.read | set(batch.told) == set(fates)
    assert batch.read & set(batch.told) == set()


def test_each_bad_file_is_told_with_a_reason_and_a_remedy_in_japanese(batch: Batch) -> None:
    for name, line in batch.told.items():
        reason, arrow, remedy = line.removeprefix(name).partition(" → ")
        assert arrow, line
        assert any("ぁ" <= character <= "ん" for character in reason), line
        assert any("ぁ" <= character <= "ん" for character in remedy), line
        assert "Traceback" not in line, line


def test_no_file_takes_more_time_or_memory_than_it_may(batch: Batch) -> None:
    start_of_a_worker = 2.0
    limit = batch.cpu_limit + start_of_a_worker
    assert {name: cpu for name, cpu in batch.cpu.items() if cpu > limit} == {}
    assert batch.megabytes <= 512
    assert Limits() == Limits(cpu_seconds=10, memory_bytes=512_000_000)
