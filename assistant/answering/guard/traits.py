"""What a word, its neighbours and the compound that it stands in look like, as numbers."""

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.answering.guard.surnames import LABEL, is_met
from assistant.answering.guard.trades import is_dealt_with, trade_of
from assistant.ports import Morpheme

BUCKETS = 1 << 18
"""Rows of the table of weights; a trait's number is its hash."""

_CALLED = frozenset({"さん", "様", "さま", "氏", "殿", "君", "くん", "ちゃん", "先生", "御中"})
_JOINTS = frozenset({"・", "&", "ー", "="})
_SCRIPTS = (
    (re.compile(r"[ぁ-ん]+"), "h"),
    (re.compile(r"[ァ-ヶー・]+"), "k"),
    (re.compile(r"[一-龠々〆ヶ]+"), "c"),
    (re.compile(r"[A-Z][a-z'-]+"), "X"),
    (re.compile(r"[A-Z]+"), "A"),
    (re.compile(r"[a-z]+"), "a"),
    (re.compile(r"[0-9]+"), "0"),
)
_NEAR = (-2, -1, 0, 1, 2)
_BESIDE = (-1, 0, 1)
_EDGE = "<>"

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

    atoms = numpy.array(
        [
            (*own, *around)
            for own, around in zip(_words(words, is_surname), _compounds(text, words), strict=True)
        ],
        dtype=numpy.uint32,
    )
    count = len(words)
    edge = numpy.full((2, atoms.shape[1]), zlib.crc32(_EDGE.encode()), dtype=numpy.uint32)
    padded = numpy.concatenate([edge, atoms, edge])
    columns = [
        padded[2 + near : 2 + near + count, column]
        for near in _NEAR
        for column in (_SURFACE, _KIND, _SHAPE)
    ]
    columns += [
        padded[2 + near : 2 + near + count, column]
        for near in _BESIDE
        for column in (_LAST, _LAST_TWO, _FIRST, _FLAGS)
    ]
    columns += [atoms[:, column] for column in range(_END, _OWN + 1)]
    columns += [_both(atoms[:, one], atoms[:, two]) for one, two in _PAIRS]
    kinds = padded[:, _KIND]
    columns += [
        _both(kinds[1 : 1 + count], kinds[2 : 2 + count]),
        _both(kinds[2 : 2 + count], kinds[3 : 3 + count]),
        _both(padded[1 : 1 + count, _SURFACE], kinds[2 : 2 + count]),
        _both(kinds[2 : 2 + count], padded[3 : 3 + count, _SURFACE]),
    ]
    table = numpy.stack(columns, axis=1)
    salt = numpy.arange(1, table.shape[1] + 1, dtype=numpy.uint32) * numpy.uint32(0x9E3779B1)
    mixed = (table ^ salt) * numpy.uint32(_MULTIPLIER)
    mixed ^= mixed >> numpy.uint32(15)
    return (mixed * numpy.uint32(0x85EBCA6B)) >> numpy.uint32(14)


def _both(one: Any, two: Any) -> Any:
    return (one * 31) ^ (two + 0x7F4A7C15)


def _words(
    words: Sequence[Morpheme], is_surname: Callable[[str], bool]
) -> Iterator[tuple[int, ...]]:
    end = 0
    for word in words:
        surface = word.surface.lower()
        flags = f"{word.known:d}{word.famous:d}{word.start == end:d}{_surname(word, is_surname):d}"
        end = word.end
        yield (
            _hash(surface),
            _hash("/".join(word.pos[:4])),
            _hash(_shape(word.surface)),
            _hash(surface[-1:]),
            _hash(surface[-2:]),
            _hash(surface[:1]),
            _hash(flags),
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


@dataclass(frozen=True, slots=True)
class Run:
    """Words `first` to `last` (included) without a particle or blank between them."""

    first: int
    last: int


def _compounds(text: str, words: Sequence[Morpheme]) -> Iterator[tuple[int, ...]]:
    for run in _runs(words):
        inner = words[run.first : run.last + 1]
        start, end = inner[0].start, inner[-1].end
        whole = text[start:end]
        nominal = _belongs(inner[0])
        shared = [
            _hash(inner[-1].surface),
            _hash(_surface(words, run.last + 1)),
            _hash(_surface(words, run.last + 2)),
            _hash(_surface(words, run.first - 1)),
            _hash(_shape(whole)),
            _hash(_trade(whole) if nominal else "-"),
        ]
        rest = [
            _hash(_around(text, start, end) if nominal else "-"),
            _hash(_made_of(inner)),
            _hash(whole.lower()),
            _hash(_head(inner[0])),
            _hash(_own(whole, inner)),
        ]
        for at in range(len(inner)):
            place = f"{min(at, 2)}{min(len(inner) - 1 - at, 2)}"
            yield (*shared, _hash(place), *rest)


def _runs(words: Sequence[Morpheme]) -> Iterator[Run]:
    at = 0
    while at < len(words):
        last = at
        while (
            _belongs(words[at])
            and last + 1 < len(words)
            and _belongs(words[last + 1])
            and words[last + 1].start == words[last].end
        ):
            last += 1
        yield Run(at, last)
        at = last + 1


def _belongs(word: Morpheme) -> bool:
    if word.surface in _CALLED:
        return False
    return word.pos[0] in {"名詞", "接頭辞", "接尾辞", "形状詞"} or word.surface in _JOINTS


def _surface(words: Sequence[Morpheme], at: int) -> str:
    return words[at].surface.lower() if 0 <= at < len(words) else _EDGE


@lru_cache(maxsize=4_096)
def _shape(text: str) -> str:
    """Return scripts in order, and the length up to five: «ひだまり光通信» is hc5."""
    look, at = "", 0
    while at < len(text) and len(look) < 6:
        for pattern, letter in _SCRIPTS:
            match = pattern.match(text, at)
            if match:
                look, at = look + letter, match.end()
                break
        else:
            look, at = look + text[at], at + 1
    return f"{look}{min(len(text), 5)}"


def _trade(whole: str) -> str:
    trade = trade_of(whole)
    return f"{trade.group()}{min(trade.start(), 2)}" if trade else ""


def _head(word: Morpheme) -> str:
    return f"{'/'.join(word.pos[1:4])}{word.known:d}{_shape(word.surface)}"


def _own(whole: str, inner: Sequence[Morpheme]) -> str:
    """Return what stands before the last word, or before the trade, without naming either."""
    trade = trade_of(whole)
    before = whole[: trade.start()] if trade else whole[: inner[-1].start - inner[0].start]
    return f"{bool(trade):d}{_shape(before)}{_made_of(inner[:-1])}"


def _around(text: str, start: int, end: int) -> str:
    dealt, met = is_dealt_with(text, start, end), is_met(text, start, end)
    labelled = bool(LABEL.search(text[max(0, start - 24) : start]))
    return f"{dealt:d}{met:d}{labelled:d}"


def _made_of(inner: Sequence[Morpheme]) -> str:
    """Return the kinds of nouns in a compound, each once."""
    kinds = {
        word.pos[2] if "固有名詞" in word.pos else word.pos[min(1, len(word.pos) - 1)]
        for word in inner
    }
    unknown = any(not word.known for word in inner)
    return f"{'/'.join(sorted(kinds))}{unknown:d}"


@lru_cache(maxsize=16_384)
def _hash(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "replace"))
