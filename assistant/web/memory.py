"""What an open page remembers of its conversation: nothing unmasked."""

from dataclasses import dataclass, field
from datetime import date

from assistant.answering.question.turns import turns_of
from assistant.domain import Answer, AnswerStatus, Turn, VerdictKind
from assistant.usage.false_alarms import FalseAlarm, false_alarm

_REMEMBERED_TURNS = 12


@dataclass(frozen=True, slots=True)
class Ask:
    """What the page sends for one question."""

    number: int
    """Of the turn in this conversation, from 1."""
    text: str
    department: str
    alone: bool = False
    """The person mended how it was read: nothing of the conversation is added."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What is kept of an answered question: nothing unmasked."""

    safe_text: str
    department: str
    verdict: VerdictKind
    alarms: tuple[FalseAlarm, ...] = ()
    """What could be reported as masked by mistake, a word each."""


@dataclass(slots=True)
class Conversation:
    """The memory of one open page; it goes when the page is closed or «新しい会話» is pressed."""

    turns: list[Turn] = field(default_factory=list)
    answered: dict[int, Answered] = field(default_factory=dict)

    def history(self) -> tuple[Turn, ...]:
        """Return the last turns, masked, oldest first."""
        return tuple(self.turns[-_REMEMBERED_TURNS:])

    def remember(self, ask: Ask, answer: Answer, *, today: date) -> None:
        """Keep what later questions may refer to, and what an opinion may be about."""
        alarms = {
            finding.placeholder: false_alarm(answer, finding.placeholder, today=today)
            for finding in answer.findings
        }
        kept = Answered(
            answer.safe_text,
            ask.department,
            answer.verdict.kind,
            alarms=tuple(filter(None, alarms.values())),
        )
        self.answered[ask.number] = kept
        if answer.status is AnswerStatus.NO_EVIDENCE:
            return
        self.turns += turns_of(answer)
        del self.turns[:-_REMEMBERED_TURNS]

    def forget(self) -> None:
        """Start anew."""
        self.turns.clear()
        self.answered.clear()
