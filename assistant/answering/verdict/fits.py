"""How completely a clause and a question name each other."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.japanese.vocabulary import GENERAL, HOLDERS
from assistant.answering.japanese.words import PROCESS, Meanings, Word
from assistant.domain import Passage

_GENERAL_WEIGHT = 0.25
"""Weight of words such as 情報 or 資料 beside a topic word (1.0 and more)."""

_PROCESS_WEIGHT = 0.45
"""Weight of 下書き, 要約: alone they say too little to carry a verdict."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a clause fits a question."""

    clause: Passage
    strength: float
    """0–1: how completely its best-matching compound is named by the question."""
    coverage: float
    """0–1: share of the question's topic that the clause names."""
    named: bool = False
    """The question names a class of input that this clause forbids."""

    @property
    def score(self) -> float:
        """Both together, for ranking."""
        return (self.strength + self.coverage) / 2 + (0.5 if self.named else 0.0)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Words and what each weighs."""

    words: tuple[tuple[Word, float], ...]
    total: float

    def share(self, held: Meanings) -> float:
        """Return the share (0–1) of the weight that `held` names."""
        hit = sum(weight for word, weight in self.words if held.hold(word))
        return hit / self.total if self.total else 0.0


class Weights:
    """What words weigh beside the clauses of one rule: a rare word most, a general one least."""

    def __init__(self, compounds: Mapping[str, Iterable[Sequence[Word]]]) -> None:
        """`compounds`: of each clause, by its id."""
        self._rare = _inverse_frequency(compounds)

    def of(self, words: Iterable[Word]) -> Weighed:
        """Return `words` with their weights."""
        weights = tuple((word, self._weight(word)) for word in words)
        return Weighed(weights, sum(weight for _, weight in weights))

    def _weight(self, word: Word) -> float:
        if word.form in GENERAL:
            return _GENERAL_WEIGHT
        if word.form in PROCESS:
            return _PROCESS_WEIGHT
        return self._rare.get(word.form, 1.0)


def _inverse_frequency(
    compounds: Mapping[str, Iterable[Sequence[Word]]],
) -> dict[str, float]:
    """IDF over clauses, ln(1 + (N − n + .5) / (n + .5)), scaled so that a rare word weighs 1."""
    counts = Counter(
        form
        for cut in compounds.values()
        for form in {word.form for compound in cut for word in compound}
    )
    total = len(compounds)
    top = math.log(1 + (total - 0.5) / 1.5) or 1.0
    return {
        form: min(1.0, math.log(1 + (total - n + 0.5) / (n + 0.5)) / top)
        for form, n in counts.items()
    }


def is_holder(word: Word) -> bool:
    """Tell whether a word says whose something is, not what it is."""
    return word.form in HOLDERS or word.surface in HOLDERS


def _is_somebody(compound: Sequence[Word]) -> bool:
    whole = "".join(word.surface for word in compound)
    return whole in HOLDERS or all(is_holder(word) for word in compound)


def things(compounds: Sequence[Sequence[Word]]) -> Sequence[Sequence[Word]]:
    """Return what a clause is about; whose it is only where it names nothing else."""
    return [one for one in compounds if not _is_somebody(one)] or compounds


def is_thing(word: Word) -> bool:
    """Tell whether a word says what something is, not what is done with it."""
    return word.form not in PROCESS and word.form not in GENERAL
