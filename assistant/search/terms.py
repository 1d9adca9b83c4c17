"""What of a text the keyword leg looks at: content words, synonym groups, character pairs."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.corpus.text import fold
from assistant.ports import Tokenizer
from assistant.search.house import HouseWords

_UNIT = "\x1f"
_FIELD = "\x1e"
"""Separators that no tokenizer leaves in a word: Unicode's own unit and record separators."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a text and the ids of their synonym groups, in order, with repeats."""

    words: tuple[str, ...]
    groups: tuple[str, ...]


def analyse(text: str, tokenizer: Tokenizer) -> Terms:
    """Return the terms of `text`."""
    return Terms(tuple(tokenizer.terms(text)), tuple(tokenizer.synonyms(text)))


def with_house_words(terms: Terms, text: str, house: HouseWords) -> Terms:
    """Return `terms` with the company's own things beside the synonym groups."""
    return Terms(terms.words, (*terms.groups, *house.terms(text)))


def encode(terms: Terms) -> str:
    """Return `terms` as the store caches them."""
    return _FIELD.join(_UNIT.join(field) for field in (terms.words, terms.groups))


def decode(text: str) -> Terms:
    """Return the terms that `encode` wrote."""
    words, _, groups = text.partition(_FIELD)
    return Terms(tuple(_split(words)), tuple(_split(groups)))


def _split(field: str) -> list[str]:
    return field.split(_UNIT) if field else []


def pairs(text: str) -> list[str]:
    """Return the pairs of neighbouring characters, as a net for words no dictionary knows.

    Pairs of hiragana alone are left out: they are grammar, and stand in every passage.
    """
    return list(_pairs(fold(text)))


def _pairs(folded: str) -> Iterator[str]:
    for left, right in pairwise(folded):
        if not (left.isalnum() and right.isalnum()):
            continue
        if _is_hiragana(left) and _is_hiragana(right):
            continue
        yield left + right


def _is_hiragana(character: str) -> bool:
    return "\u3041" <= character <= "\u309f"
