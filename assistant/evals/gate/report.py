"""What the gate found: values that reports, JUnit and the exit code are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class GateWord(StrEnum):
    """The verdict on a run, in one word."""

    PASS = "pass"  # noqa: S105 — a verdict
    REGRESSION = "regression"
    """A check failed: worse than the baseline, or below what is wanted."""
    SOFT_REGRESSION = "soft_regression"
    """Passed; something dropped, and chance alone may explain it."""
    IMPROVED = "improved"
    INSUFFICIENT_DATA = "insufficient_data"
    """A metric that has to be reached was tried out by too few cases."""
    UNRELIABLE_BASELINE = "unreliable_baseline"
    """The baseline says nothing about this suite."""


WORDS = {
    GateWord.PASS: "合格です。",
    GateWord.REGRESSION: "不合格です。悪くなったところ、または基準に届かないところがあります。",
    GateWord.SOFT_REGRESSION: "合格です。ただし、少し下がった指標があります(偶然の範囲です)。",
    GateWord.IMPROVED: "合格です。前より良くなりました。",
    GateWord.INSUFFICIENT_DATA: "不合格です。問いが足りず、判断できない指標があります。",
    GateWord.UNRELIABLE_BASELINE: "不合格です。比べる相手(baseline.json)が今の問いと合いません。",
}
"""What the word says to a reader."""


class Check(StrEnum):
    """What was looked at."""

    THRESHOLD = "threshold"
    ZERO_TOLERANCE = "zero_tolerance"
    NEW_FAILURES = "new_failures"
    REGRESSION = "regression"
    COVERAGE = "coverage"
    ERRORS = "errors"
    LATENCY = "latency"
    BASELINE = "baseline"
    MISSING_BASELINE = "missing_baseline"
    """There is nothing to compare with yet: the first `bless` mends it and needs no reason."""
    INTEGRITY = "integrity"
    """Whether the results are whole: no NaN, no lost score."""


@dataclass(frozen=True, slots=True)
class GateFinding:
    """One check of one metric (empty: of the whole run)."""

    check: Check
    metric: str
    ok: bool
    line: str
    """One Japanese line; names no holdout case."""
    word: GateWord = GateWord.PASS
    """What this finding alone would make of the run."""
    cases: tuple[str, ...] = ()
    """The cases it is about, without those of the holdout."""
    hidden: int = 0
    """How many holdout cases it is about."""


def finding(
    check: Check,
    metric: str,
    line: str,
    *,
    ok: bool,
    word: GateWord | None = None,
    cases: Sequence[str] = (),
    secret: frozenset[str] = frozenset(),
) -> GateFinding:
    """Return a finding; a failing one is a regression unless `word` says otherwise."""
    return GateFinding(
        check=check,
        metric=metric,
        ok=ok,
        line=line,
        word=word or (GateWord.PASS if ok else GateWord.REGRESSION),
        cases=tuple(sorted(one for one in cases if one not in secret)),
        hidden=sum(one in secret for one in cases),
    )


@dataclass(frozen=True, slots=True)
class Flip:
    """A case whose score changed between the baseline and now. Never one of the holdout."""

    case_id: str
    metric: str
    before: float
    after: float
    why: str
    """The scorer's line of evidence now."""
    worse: bool


@dataclass(frozen=True, slots=True)
class GateReport:
    """The gate's verdict with everything that led to it."""

    word: GateWord
    findings: tuple[GateFinding, ...]
    """Failing ones first, then in the order of checks and metrics."""
    flips: tuple[Flip, ...] = ()
    """Those that got worse first."""
    hidden_flips: int = 0
    """Flips of holdout cases."""
    notes: tuple[str, ...] = ()
    """What a reader has to know and that decides nothing (Japanese)."""

    @property
    def passed(self) -> bool:
        """Return whether every check is fine."""
        return all(finding.ok for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """Return 0 when passed, else 1."""
        return 0 if self.passed else 1

    @property
    def headline(self) -> str:
        """Return the verdict as a sentence."""
        return WORDS[self.word]

    @property
    def failures(self) -> tuple[GateFinding, ...]:
        """Return the findings that fail the gate."""
        return tuple(finding for finding in self.findings if not finding.ok)
