"""What every report shows, joined once: metrics beside the baseline, cases beside their changes."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.evals.baseline import KeptAnswer
from assistant.evals.case import Case
from assistant.evals.metric import Better
from assistant.evals.prediction import Prediction
from assistant.evals.reports import labels
from assistant.evals.results import MetricResult

_ALMOST = 1e-9


class Change(StrEnum):
    """How an answer differs from the baseline's."""

    WORSE = "worse"
    BETTER = "better"
    WORDING = "wording"
    """Other words, the same scores."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One metric, beside the baseline's value and the gate's word on it."""

    result: MetricResult
    topic: str
    base: float | None
    """The baseline's value over the cases of both runs."""
    delta: float | None
    """Now − baseline over the cases of both runs."""
    passed: bool | None
    """None: no check of the gate looks at it."""
    lost: int
    """Cases with less than the full score, holdout cases included."""

    @property
    def told(self) -> bool:
        """Return whether there is anything to tell: some case tried it out, or the gate failed."""
        return self.result.n > 0 or self.passed is False


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One metric's score of one case."""

    metric: str
    title: str
    shown: str
    """The value; where it moved, the baseline's and now's: 「100.0% → 0.0%」."""
    why: str
    full: bool
    worse: bool | None = None
    """Whether it got worse since the baseline; None = it did not move."""


@dataclass(frozen=True, slots=True)
class Check:
    """A finding of the gate; holdout cases are only counted."""

    metric: str
    kind: str
    ok: bool
    line: str
    cases: tuple[str, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class FlipRow:
    """A case whose score moved between baseline and now."""

    case_id: str
    metric: str
    title: str
    before: str
    after: str
    worse: bool
    why: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case that may be shown, with all that is known about its answer."""

    case: Case
    prediction: Prediction
    paraphrases: tuple[Prediction, ...]
    """Parallel to `case.paraphrases`."""
    scores: tuple[ScoreRow, ...]
    failed: tuple[Check, ...]
    """The checks of the gate that failed because of it."""
    known: tuple[str, ...]
    """Why the allow-list lets it fail; empty = it is not on the list."""
    flips: tuple[FlipRow, ...]
    change: Change
    earlier: KeptAnswer | None

    @property
    def lost(self) -> tuple[ScoreRow, ...]:
        """Return the scores that are not full."""
        return tuple(score for score in self.scores if not score.full)


@dataclass(frozen=True, slots=True)
class Hidden:
    """Holdout cases: counted, never shown."""

    cases: int
    failed: int
    """Of the check that most of them fail."""
    flips: int


@dataclass(frozen=True, slots=True)
class View:
    """Everything that a report may show."""

    word: str
    passed: bool
    sentence: str
    notes: tuple[str, ...]
    metrics: tuple[MetricRow, ...]
    checks: tuple[Check, ...]
    cases: tuple[CaseRow, ...]
    flips: tuple[FlipRow, ...]
    hidden: Hidden

    def case(self, case_id: str) -> CaseRow | None:
        """Return the case with that id, if it may be shown."""
        return next((row for row in self.cases if row.case.id == case_id), None)

    def by_topic(self) -> tuple[tuple[str, tuple[MetricRow, ...]], ...]:
        """Return the metrics that were tried out under their headings, and those that failed."""
        grouped = (
            (topic, tuple(row for row in self.metrics if row.topic == topic and row.told))
            for topic in labels.TOPICS
        )
        return tuple((topic, rows) for topic, rows in grouped if rows)

    def untried(self) -> tuple[str, ...]:
        """Return the names of the metrics that no case tried out."""
        return tuple(row.result.name for row in self.metrics if not row.told)


def is_full(result: MetricResult, value: float) -> bool:
    """Return whether a case lost nothing; latencies are never judged case by case."""
    if result.unit:
        return True
    return value >= 1 - _ALMOST if result.better is Better.HIGHER else value <= _ALMOST
