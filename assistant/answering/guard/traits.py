"""What a word, its neighbours and the compound that it stands in look like, as numbers."""

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from assistant.answering.guard.compounds import EDGE, REMEMBERED, compounds, hashed, shape
from assistant.ports import Morpheme

BUCKETS = 1 << 18
"""Rows of the table of weights; a trait's number is its hash."""

_NEAR = (-2, -1, 0, 1, 2)
_BESIDE = (-1, 0, 1)

# Columns of one word's row.
_SURFACE, _KIND, _SHAPE, _LAST, _LAST_TWO, _FIRST, _FLAGS = range(7)
(
    _END,
    _AFTER,
    _SECOND_AFTER,
    _BEFORE,
    _LOOK,
    _TRADE,
    _PLACE,
    _AROUND,
    _MADE_OF,
    _WHOLE,
    _HEAD,
    _OWN,
) = range(7, 19)

_PAIRS = (
    (_PLACE, _AFTER), (_PLACE, _TRADE), (_KIND, _AFTER), (_KIND, _BEFORE), (_SHAPE, _AFTER),
    (_LOOK, _AFTER), (_LOOK, _TRADE), (_LOOK, _AROUND), (_KIND, _AROUND), (_TRADE, _AROUND),
    (_MADE_OF, _AROUND), (_MADE_OF, _TRADE), (_MADE_OF, _AFTER), (_FLAGS, _AFTER), (_END, _PLACE),
    (_AFTER, _SECOND_AFTER), (_LAST_TWO, _PLACE), (_BEFORE, _AFTER), (_LOOK, _BEFORE),
    (_HEAD, _END), (_HEAD, _AFTER), (_HEAD, _AROUND), (_OWN, _AFTER), (_OWN, _AROUND),
    (_OWN, _PLACE), (_OWN, _BEFORE),
)  # fmt: skip
_MULTIPLIER = 2_654_435_761
"""Knuth's multiplicative hash, The Art of Computer Programming 6.4."""


def traits(text: str, words: Sequence[Morpheme], is_surname: Callable[[str], bool]) -> Any:
    """Return an array (words, traits) of rows below BUCKETS; needs at least one word."""
    import numpy

    atoms = [
        own + around
        for own, around in zip(_words(words, is_surname), compounds(text, words), strict=True)
    ]
    edge = (zlib.crc32(EDGE.encode()),) * (len(atoms[0]) * -_NEAR[0])
    flat = numpy.array([*edge, *chain.from_iterable(atoms), *edge], dtype=numpy.uint32)
    single, one, two, salt = _columns()
    width = len(atoms[0])
    first = numpy.arange(-_NEAR[0] * width, (len(atoms) - _NEAR[0]) * width, width)[:, None]
    table = numpy.empty((len(atoms), len(salt)), dtype=numpy.uint32)
    table[:, : len(single)] = flat.take(first + single)
    paired = flat.take(first + one)
    paired *= numpy.uint32(31)
    paired ^= flat.take(first + two) + numpy.uint32(0x7F4A7C15)
    table[:, len(single) :] = paired
    table ^= salt
    table *= numpy.uint32(_MULTIPLIER)
    table ^= table >> numpy.uint32(15)
    table *= numpy.uint32(0x85EBCA6B)
    table >>= numpy.uint32(14)
    return table


@cache
def _columns() -> tuple[Any, Any, Any, Any]:
    """Return where traits stand from a word on: single ones, both of the pairs; and their salt."""
    import numpy

    width = _OWN + 1

    def place(near: int, column: int) -> int:
        return near * width + column

    single = [
        *(place(near, column) for near in _NEAR for column in (_SURFACE, _KIND, _SHAPE)),
        *(place(n, column) for n in _BESIDE for column in (_LAST, _LAST_TWO, _FIRST, _FLAGS)),
        *range(_END, _OWN + 1),
    ]
    pairs = [
        *((place(0, one), place(0, two)) for one, two in _PAIRS),
        (place(-1, _KIND), place(0, _KIND)),
        (place(0, _KIND), place(1, _KIND)),
        (place(-1, _SURFACE), place(0, _KIND)),
        (place(0, _KIND), place(1, _SURFACE)),
    ]
    ones, twos = numpy.array(pairs).T
    count = len(single) + len(pairs)
    salt = numpy.arange(1, count + 1, dtype=numpy.uint32) * numpy.uint32(0x9E3779B1)
    return numpy.array(single), ones, twos, salt


def _words(
    words: Sequence[Morpheme], is_surname: Callable[[str], bool]
) -> Iterator[tuple[int, ...]]:
    end = 0
    for word in words:
        joined, end = word.start == end, word.end
        flags = f"{word.known:d}{word.famous:d}{joined:d}{_surname(word, is_surname):d}"
        yield (*_word(word.surface, word.pos), hashed(flags))


@lru_cache(maxsize=REMEMBERED)
def _word(surface: str, pos: tuple[str, ...]) -> tuple[int, ...]:
    low = surface.lower()
    return (
        hashed(low),
        hashed("/".join(pos[:4])),
        hashed(shape(surface)),
        hashed(low[-1:]),
        hashed(low[-2:]),
        hashed(low[:1]),
    )


_KANJI = re.compile(r"[一-龠々]{2,3}")


def _surname(word: Morpheme, is_surname: Callable[[str], bool]) -> bool:
    """Tell a surname that Sudachi took for another noun."""
    return (
        word.pos[0] == "名詞"
        and word.pos[-1] != "姓"
        and "サ変可能" not in word.pos
        and bool(_KANJI.fullmatch(word.surface))
        and is_surname(word.surface)
    )
