"""影響: which answers another version of the documents gives otherwise, and how grave that is."""

from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.answering.render import to_markdown
from assistant.corpus.publishing.publish import PublishReport
from assistant.domain import Answer, AnswerStatus, Problem, VerdictKind

STRICTNESS = {
    VerdictKind.ALLOWED: 0,
    VerdictKind.NONE: 1,
    VerdictKind.CONDITIONAL: 1,
    VerdictKind.ASK_DESK: 2,
    VerdictKind.PROHIBITED: 3,
}
"""How much a verdict keeps people from doing."""


class ImpactKind(StrEnum):
    """What differs most between two answers to a question; the gravest first."""

    LOOSER = "looser"
    """The verdict keeps people from less: what may do harm."""
    STRICTER = "stricter"
    OTHER_VERDICT = "other_verdict"
    """Another verdict, as strict as the one before."""
    CONDITIONS = "conditions"
    """The same verdict by other clauses: another condition, another ban."""
    UNANSWERED = "unanswered"
    """Answered before; now it says that it does not know."""
    ANSWERED = "answered"
    LEAD = "lead"
    """Another document comes first."""
    TEXT = "text"


_VERDICT_KINDS = (
    ImpactKind.LOOSER,
    ImpactKind.STRICTER,
    ImpactKind.OTHER_VERDICT,
    ImpactKind.CONDITIONS,
)

IMPACT_NAMES = {
    ImpactKind.LOOSER: "判定がゆるくなる",
    ImpactKind.STRICTER: "判定がきびしくなる",
    ImpactKind.OTHER_VERDICT: "判定がかわる",
    ImpactKind.CONDITIONS: "条件・根拠の条項がかわる",
    ImpactKind.UNANSWERED: "答えられなくなる",
    ImpactKind.ANSWERED: "答えられるようになる",
    ImpactKind.LEAD: "いちばんの資料がかわる",
    ImpactKind.TEXT: "文がかわる",
}
"""How they are called in what people read."""

VERDICT_NAMES = {
    VerdictKind.ALLOWED: "可",
    VerdictKind.CONDITIONAL: "条件付き",
    VerdictKind.PROHIBITED: "禁止",
    VerdictKind.ASK_DESK: "窓口",
    VerdictKind.NONE: "なし",
}


class Origin(StrEnum):
    """Where a question of the comparison comes from."""

    SUITE = "suite"
    ASKED = "asked"
    """A recent question of an employee, masked."""
    DOCUMENTS = "documents"
    """Made from the documents, where a company has no suites."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a person is told, as far as the documents decide it."""

    verdict: VerdictKind
    clauses: tuple[str, ...]
    """The deciding one first."""
    answered: bool
    lead: str
    """Path of the document cited first; empty where none is."""
    text: str
    """Markdown, without notices and suggestions."""


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question that the two versions answer differently."""

    origin: Origin
    id: str
    """The case's; empty for a question that was asked."""
    question: str
    department: str
    kind: ImpactKind
    before: Told
    after: Told
    expected: VerdictKind | None = None
    """What the suite says is right."""

    @property
    def of_verdict(self) -> bool:
        """Return whether what is allowed changes, or by which clause."""
        return self.kind in _VERDICT_KINDS

    @property
    def unexpected(self) -> bool:
        """Return whether the verdict becomes another one than the suite expects."""
        flips = self.before.verdict is not self.after.verdict
        return flips and self.expected is not None and self.after.verdict is not self.expected


@dataclass(frozen=True, slots=True)
class MetricMove:
    """A number of the gate that is another one with the new version, over the same questions."""

    name: str
    title: str
    before: float
    """0–1."""
    after: float
    better: bool
    cases: int


@dataclass(frozen=True, slots=True)
class Impact:
    """What another version does to the answers."""

    report: PublishReport
    """What was, or would be, published: its `replaced` is compared with its `version`."""
    changes: tuple[AnswerChange, ...] = ()
    """The gravest first; none of the holdout, which nobody is to see."""
    hidden: int = 0
    """Changed answers of the holdout."""
    unchanged: int = 0
    failed: int = 0
    """Questions that got no answer from one of the two versions."""
    left_out: int = 0
    """Questions beyond what is asked in one go."""
    asked: int = 0
    """Employees' questions among those compared."""
    metrics: tuple[MetricMove, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Entries of suites that could not be read, and were not compared."""
    failure: str = ""
    """Why nothing could be compared (one line, Japanese)."""

    @property
    def compared(self) -> int:
        """Return how many questions both versions answered."""
        return len(self.changes) + self.hidden + self.unchanged

    @property
    def of_verdicts(self) -> tuple[AnswerChange, ...]:
        """Return the changes of what is allowed, and by which clause."""
        return tuple(change for change in self.changes if change.of_verdict)


def told_by(answer: Answer) -> Told:
    """Return what `answer` tells."""
    return Told(
        verdict=answer.verdict.kind,
        clauses=tuple(clause.text for clause in answer.verdict.clauses),
        answered=answer.status is AnswerStatus.ANSWERED,
        lead=answer.citations[0].passage.source.path if answer.citations else "",
        text=to_markdown(replace(answer, notice="", suggestions=())),
    )


def compare_told(before: Told, after: Told) -> ImpactKind | None:
    """Return the gravest difference; None if a person is told the same."""
    if before.verdict is not after.verdict:
        step = STRICTNESS[after.verdict] - STRICTNESS[before.verdict]
        if step:
            return ImpactKind.LOOSER if step < 0 else ImpactKind.STRICTER
        return ImpactKind.OTHER_VERDICT
    if before.clauses != after.clauses:
        return ImpactKind.CONDITIONS
    if before.answered != after.answered:
        return ImpactKind.ANSWERED if after.answered else ImpactKind.UNANSWERED
    if before.lead != after.lead:
        return ImpactKind.LEAD
    return ImpactKind.TEXT if before.text != after.text else None


def gravest_first(change: AnswerChange) -> tuple[int, str, str]:
    """Return the key that sorts changes as they are shown."""
    return tuple(ImpactKind).index(change.kind), change.id, change.question
