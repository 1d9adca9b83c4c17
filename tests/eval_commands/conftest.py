"""The small city office with an eval folder: published once, asked once, scored many times."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from tests.conftest import Finished, katsuyo
from tests.support.small_company import write_small_company
from tests.support.small_eval import write_small_eval


@dataclass(frozen=True)
class Office:
    """A company with an eval folder; `recording` is what it answered to every question."""

    corpus: Path
    folder: Path
    data: Path
    recording: Path = Path()

    def katsuyo(
        self, *arguments: str, settings: Mapping[str, str] = MappingProxyType({})
    ) -> Finished:
        finished = katsuyo(*arguments, data=self.data, corpus=self.corpus, settings=settings)
        assert "Traceback" not in finished.stdout + finished.stderr
        return finished

    def eval(self, *arguments: str, settings: Mapping[str, str] = MappingProxyType({})) -> Finished:
        """Run `katsuyo eval` with this folder; reports go to its `out`."""
        places = ("--folder", str(self.folder), "--out", str(self.out))
        return self.katsuyo("eval", *places, *arguments, settings=settings)

    def sub(self, command: str, *arguments: str) -> Finished:
        """Run a sub-command of `katsuyo eval` with this folder."""
        return self.katsuyo("eval", command, *arguments, "--folder", str(self.folder))

    def scored(
        self, *arguments: str, settings: Mapping[str, str] = MappingProxyType({})
    ) -> dict[str, Any]:
        """Return the JSON of a run that scores the recording, or what `arguments` name."""
        named = arguments or ("--predictions", str(self.recording))
        return json.loads(self.eval("--json", *named, settings=settings).stdout)

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def suite(self) -> Path:
        return self.folder / "suites" / "office.yaml"

    def written(self, name: str, text: str) -> Path:
        """Write a file of the eval folder and return its path."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def answers(self) -> list[dict[str, Any]]:
        """Return the lines of the recording."""
        return [json.loads(line) for line in self.recording.read_text("utf-8").splitlines()]

    def with_answers(self, answers: list[dict[str, Any]]) -> "Office":
        """Return the office with other answers recorded."""
        lines = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in answers)
        return replace(self, recording=self.written("answers.jsonl", lines))


@pytest.fixture(scope="session")
def asked_office(embedder: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return the office after its first run. Read only: take `office` to change something."""
    root = tmp_path_factory.mktemp("office")
    data = root / "data"
    data.mkdir(mode=0o700)
    (data / "embedder").symlink_to(embedder)
    fresh = Office(write_small_company(root / "corpus"), write_small_eval(root / "eval"), data)
    assert fresh.katsuyo("publish").returncode == 0
    finished = fresh.eval()
    assert finished.returncode == 0, finished.stdout + finished.stderr
    (root / "first.txt").write_text(finished.stdout, encoding="utf-8")
    return replace(fresh, recording=fresh.out / "run.jsonl")


@pytest.fixture
def office(asked_office: Office, tmp_path: Path) -> Office:
    """Return the office with an eval folder of this test's own."""
    folder = tmp_path / "eval"
    shutil.copytree(asked_office.folder, folder)
    return replace(asked_office, folder=folder, recording=folder / "out" / "run.jsonl")


ELSEWHERE = ("latency_p50", "latency_p95", "deletion_abstention", "swap_following")
"""Metrics that a recording does not repeat."""


def quality(result: Mapping[str, Any]) -> list[Any]:
    """Return value, interval and n of the metrics that depend on the answers alone."""
    return [
        (one["name"], one["value"], one["low"], one["high"], one["n"])
        for one in result["metrics"]
        if one["name"] not in ELSEWHERE
    ]
