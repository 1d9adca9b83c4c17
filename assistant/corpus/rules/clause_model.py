"""Which kind of clause a text of a rule is, weighed by the characters of it and its headings."""

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from assistant.corpus.runs import Learned, grams, odds, read_learned
from assistant.domain import ClauseKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = "clauses.npz"
"""Fitted by `training/clauses.py` on the clauses of invented organisations."""
NO_CLAUSE = "none"
"""The label of what only explains."""
_NEAREST, _ABOVE = 0x3C6EF372, 0x1B873593
"""What keeps the runs of the nearest heading, and of the one above it, apart from the text's."""

Odds = dict[ClauseKind | None, float]
"""The probability (0–1) of each kind; of None, that the text is no clause."""

_SURE, _SURE_OF_LEAVE = 0.5, 0.6
"""From where what was learned counts, and where a permission does: of the clauses of voices left
out that no word of the rules tells, none that is forbidden is read as free above these."""


def sure_kind(text: str, headings: tuple[str, ...], *, least: float = _SURE) -> ClauseKind | None:
    """Return the kind that is likely enough (0–1) to count; None where none is."""
    found = likely_kinds(text, headings)
    best = max(found, key=found.__getitem__)
    if best is ClauseKind.ENCOURAGED:
        least = max(least, _SURE_OF_LEAVE)
    return best if found[best] >= least else None


@lru_cache(maxsize=4_096)
def likely_kinds(text: str, headings: tuple[str, ...]) -> Odds:
    """Return how likely the text under these headings, the nearest last, is of each kind."""
    return weigh(text, headings, _model())


def weigh(text: str, headings: Sequence[str], model: Learned) -> Odds:
    """Return the probabilities by other weights than those of the product."""
    found = odds(clause_grams(text, headings), model)
    return {None if name == NO_CLAUSE else ClauseKind(name): odd for name, odd in found.items()}


def clause_grams(text: str, headings: Sequence[str]) -> "NDArray[np.uint32]":
    """Return the hashes of the runs of a text and of its two nearest headings, ascending."""
    import numpy as np

    above = zip(reversed(headings), (_NEAREST, _ABOVE), strict=False)
    found = [grams(heading) ^ np.uint32(sort) for heading, sort in above]
    return np.unique(np.concatenate([grams(text), *found]))


@cache
def _model() -> Learned:
    return read_learned(files("assistant.corpus.rules") / WEIGHTS, labels="kinds")
