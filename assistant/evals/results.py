"""What a run came to: scores by metric and case, with intervals."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.evals.metric import Asked, Better, Score


@dataclass(frozen=True, slots=True)
class MetricResult:
    """One metric over all its cases."""

    name: str
    title: str
    better: Better
    value: float
    low: float
    """Lower end of the 95% interval (cluster bootstrap)."""
    high: float
    n: int
    """Cases that were scored."""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a run was made of: two runs are compared only where these allow it."""

    corpus: str
    """SHA-256 over the digests of all documents and company.yaml."""
    cases: Mapping[str, str]
    """SHA-256 of each case by id."""
    product: str
    """Version of katsuyo that scored."""
    target: str
    """"inprocess", a URL, or the name of the predictions file."""


@dataclass(frozen=True)
class Results:
    """Everything that gate and reports read."""

    metrics: tuple[MetricResult, ...]
    scores: Mapping[str, Mapping[str, Score]]
    """By metric name, then by case id; a metric without cases has an empty mapping."""
    asked: tuple[Asked, ...]
    fingerprint: Fingerprint
    machine_ms: float = 0.0
    """Milliseconds of a fixed piece of work on this machine during the run: latencies of two
    machines are compared in multiples of it. 0 = not measured."""
    seconds: Mapping[str, float] | None = None
    """Wall seconds by stage: index, ask, score."""

    def metric(self, name: str) -> MetricResult | None:
        """Return the result of that metric, if it is there."""
        return next((one for one in self.metrics if one.name == name), None)
