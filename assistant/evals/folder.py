"""The folder of an evaluation: suites, gate, baseline, exceptions, judge."""

from dataclasses import dataclass
from pathlib import Path

from assistant.errors import SuiteError


@dataclass(frozen=True, slots=True)
class EvalFolder:
    """Where everything of `eval/` stands; DX staff own its content."""

    path: Path

    @property
    def suites(self) -> Path:
        """Return the folder of suite files."""
        return self.path / "suites"

    @property
    def gate(self) -> Path:
        """Return gate.toml: what a run has to reach."""
        return self.path / "gate.toml"

    @property
    def baseline(self) -> Path:
        """Return baseline.json: the run that later ones are compared with."""
        return self.path / "baseline.json"

    @property
    def known_failures(self) -> Path:
        """Return known_failures.toml: what may fail, until a date."""
        return self.path / "known_failures.toml"

    @property
    def judge(self) -> Path:
        """Return judge.toml: votes and caps of the LLM judge."""
        return self.path / "judge.toml"

    @property
    def calibration(self) -> Path:
        """Return judge_calibration.json: how far the judge agrees with people."""
        return self.path / "judge_calibration.json"

    def check(self) -> None:
        """Raise SuiteError when there is no such folder."""
        if not self.path.is_dir():
            raise SuiteError(
                f"評価のフォルダ {self.path} がありません。",
                remedy="--folder で、suites/ と gate.toml のあるフォルダを指定してください。",
            )
