"""What a target answered, in the words of the JSON contract (design §7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a question. Everything but OK is a scored failure."""

    OK = "ok"
    CRASH = "crash"
    """The target raised, answered an HTTP error, or wrote something else than the contract."""
    TIMEOUT = "timeout"


@dataclass(frozen=True, slots=True)
class PredictedCitation:
    """A citation as the target gave it."""

    n: int
    source: str
    quote: str
    title: str = ""
    kind: str = ""
    department: str = ""
    page: int | None = None
    heading: str = ""


@dataclass(frozen=True, slots=True)
class PredictedFinding:
    """A finding as the target gave it; offsets count into the question."""

    category: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PredictedLine:
    """One claim and the numbers of the citations that bear it."""

    text: str
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PredictedStory:
    """A story card."""

    title: str
    department: str
    nearness: str = ""
    task: str = ""
    before: str = ""
    after: str = ""
    sentence: str = ""
    mark: int = 0


@dataclass(frozen=True, slots=True)
class PredictedTemplate:
    """A template card."""

    title: str
    body: str
    slots: tuple[str, ...] = ()
    mark: int = 0


@dataclass(frozen=True, slots=True)
class PredictedSection:
    """One part of the answer. A system that gives none is scored on `answer` alone."""

    slot: str
    title: str = ""
    note: str = ""
    lines: tuple[PredictedLine, ...] = ()
    stories: tuple[PredictedStory, ...] = ()
    template: PredictedTemplate | None = None


@dataclass(frozen=True, slots=True)
class PredictedPassage:
    """A passage that search found."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Prediction:
    """The answer of a target to one question of a case."""

    id: str
    """The case's id; of its n-th paraphrase (from 1) `id#n`."""
    outcome: Outcome = Outcome.OK
    error: str = ""
    """Why it is not OK (one line, Japanese)."""
    status: str = ""
    verdict: str = "none"
    clause: str = ""
    answer: str = ""
    """Markdown."""
    sections: tuple[PredictedSection, ...] = ()
    citations: tuple[PredictedCitation, ...] = ()
    retrieved: tuple[str, ...] = ()
    """Source paths, best first, without repeats."""
    passages: tuple[PredictedPassage, ...] = ()
    """The passages found, best first, up to 10; empty for systems that tell none."""
    findings: tuple[PredictedFinding, ...] = ()
    safe_text: str = ""
    mode: str = ""
    dropped: Mapping[str, int] = field(default_factory=dict)
    """Sentences of a chat model that were left out, by reason."""
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    latency_ms: float = 0.0
    """Wall milliseconds as the harness measured them; 0 = not measured (a predictions file)."""

    @property
    def ok(self) -> bool:
        """Return whether the target answered at all."""
        return self.outcome is Outcome.OK

    @property
    def abstained(self) -> bool:
        """Return whether it said that it does not know: read from the typed field only."""
        return self.status == "no_evidence"


def paraphrase_id(case_id: str, number: int) -> str:
    """Return the id under which the `number`-th paraphrase (from 1) is asked."""
    return f"{case_id}#{number}"
