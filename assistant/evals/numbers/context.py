"""The words around a number: the same words with another number are a number changed."""

from collections.abc import Iterable
from functools import lru_cache

from assistant.evals.japanese import letters
from assistant.evals.numbers.numbers import Number, numbers_in
from assistant.evals.numbers.support import is_same

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


def changed_numbers(text: str, evidence: Iterable[str]) -> frozenset[Number]:
    """Return the numbers of `text` whose words the evidence says with other numbers only."""
    asked = contexts(text)
    around = {words for words, _ in asked}
    told: dict[str, list[Number]] = {}
    for other in evidence if asked else ():
        for words, number in contexts(other):
            if words in around:
                told.setdefault(words, []).append(number)
    return frozenset(
        claim
        for words, claim in asked
        if words in told and not any(is_same(claim, number) for number in told[words])
    )
