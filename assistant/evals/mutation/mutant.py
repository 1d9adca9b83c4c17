"""What a mutant is, and the small tools that breaking an answer needs."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from assistant.evals.case import Case
from assistant.evals.metric import Asked
from assistant.evals.prediction import PredictedLine, PredictedSection, Prediction
from assistant.evals.references import References


@dataclass(frozen=True)
class Recording:
    """A run of the unbroken assistant: what mutants are made from."""

    asked: tuple[Asked, ...]
    references: References

    def chance(self, name: str, case_id: str) -> random.Random:
        """Return a source of chance that is the same in every run of this mutant and case."""
        return random.Random(f"{name}:{case_id}")  # noqa: S311 — nothing secret is drawn

    def others(self, asked: Asked) -> list[Prediction]:
        """Return the answered predictions to other cases, in order."""
        return [
            one.prediction
            for one in self.asked
            if one.case.id != asked.case.id and one.prediction.ok and not one.prediction.abstained
        ]


Break: TypeAlias = Callable[[Asked, Recording], Prediction]
"""Return what the broken assistant answers to the case in place of its prediction."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One broken assistant."""

    name: str
    metric: str
    """Name of the metric that has to fail."""
    title: str
    """What is broken, in Japanese."""
    broken: Break
    every: int = 1
    """Only every n-th of the cases that `applies` to is broken, counted from the first."""
    applies: Callable[[Asked], bool] = lambda _: True
    paraphrases: bool = False
    """Whether the answers to paraphrases are broken as well."""


def mutated(mutant: Mutant, recording: Recording) -> tuple[Asked, ...]:
    """Return the run that the broken assistant would have given, cases in the same order."""
    changed: dict[str, Asked] = {}
    fitting = [one for one in recording.asked if mutant.applies(one)]
    for one in fitting[:: mutant.every]:
        prediction = mutant.broken(one, recording)
        paraphrases = one.paraphrases
        if mutant.paraphrases:
            paraphrases = tuple(
                mutant.broken(replace(one, prediction=told), recording) for told in paraphrases
            )
        changed[one.case.id] = replace(one, prediction=prediction, paraphrases=paraphrases)
    return tuple(changed.get(one.case.id, one) for one in recording.asked)


def answered(asked: Asked) -> bool:
    """Return whether there is an answer to break."""
    return asked.prediction.ok and not asked.prediction.abstained


def with_text(prediction: Prediction, change: Callable[[str], str]) -> Prediction:
    """Return the prediction with every sentence that it shows changed, its quotes untouched."""
    return replace(
        prediction,
        answer=change(prediction.answer),
        sections=tuple(_with_text(section, change) for section in prediction.sections),
    )


def _with_text(section: PredictedSection, change: Callable[[str], str]) -> PredictedSection:
    return replace(
        section,
        note=change(section.note),
        lines=tuple(PredictedLine(change(line.text), line.marks) for line in section.lines),
    )


def verdict_of(case: Case) -> str:
    """Return the expected verdict in the contract's words; empty = none is expected."""
    return case.expect.verdict.value if case.expect.verdict else ""


def renumbered(text: str, numbers: Mapping[int, int]) -> str:
    """Return Markdown with its markers [n] changed to [numbers[n]]."""
    for old, new in numbers.items():
        text = text.replace(f"[{old}]", f"[\0{new}]")
    return text.replace("[\0", "[")
