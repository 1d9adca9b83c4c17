"""What every target can do: answer questions in order, and lose none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.domain import Turn
from assistant.evals.prediction import Prediction


@dataclass(frozen=True, slots=True)
class Asking:
    """One question as a target gets it: nothing in it tells what is expected."""

    id: str
    question: str
    department: str = ""
    history: tuple[Turn, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return a line of `ask --batch`."""
        return {
            "id": self.id,
            "question": self.question,
            "department": self.department,
            "history": [
                {"role": turn.role.value, "content": turn.content} for turn in self.history
            ],
        }


class Target(Protocol):
    """What answers the questions of a suite."""

    @property
    def name(self) -> str:
        """How reports call it: "inprocess", a URL, the name of a file."""

    @property
    def machine_ms(self) -> float:
        """Median milliseconds of the reference workload during the run; 0 = not measured."""

    def prepare(self) -> None:
        """Do what comes before the first question. Raises KatsuyoError if it cannot answer."""

    def answers(self, questions: Sequence[Asking]) -> Iterator[Prediction]:
        """Yield one prediction for each question, in order; a failure is one, too.

        Raises TargetUnreachable when it went away, SuiteError for a wrong file.
        """
