"""What a compound noun and its neighbours look like, hashed: one row for each of its words."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.guard.surnames import LABEL, is_met
from assistant.answering.guard.trades import is_dealt_with, trade_of
from assistant.ports import Morpheme

EDGE = "<>"
"""What stands before the first word and behind the last."""
REMEMBERED = 8_192
"""Words, and compounds of them, whose looks are kept."""

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


@dataclass(frozen=True, slots=True)
class Run:
    """Words `first` to `last` (included) without a particle or blank between them."""

    first: int
    last: int


def compounds(text: str, words: Sequence[Morpheme]) -> Iterator[tuple[int, ...]]:
    """Yield for each word what the compound that it stands in looks like."""
    for run in _runs(words):
        inner = words[run.first : run.last + 1]
        nominal = _belongs(inner[0])
        end, look, trade, *rest = _compound(
            tuple((word.surface, word.pos, word.known) for word in inner), nominal
        )
        after = hashed(_surface(words, run.last + 1)), hashed(_surface(words, run.last + 2))
        before = hashed(_surface(words, run.first - 1))
        around = hashed(_around(text, inner[0].start, inner[-1].end) if nominal else "-")
        for at in range(len(inner)):
            place = f"{min(at, 2)}{min(len(inner) - 1 - at, 2)}"
            yield (end, *after, before, look, trade, hashed(place), around, *rest)


_Word = tuple[str, tuple[str, ...], bool]
"""Surface, part of speech, and whether the dictionary knows it."""


@lru_cache(maxsize=REMEMBERED)
def _compound(inner: tuple[_Word, ...], nominal: bool) -> tuple[int, ...]:  # noqa: FBT001 (a key)
    whole = "".join(surface for surface, _, _ in inner)
    return (
        hashed(inner[-1][0]),
        hashed(shape(whole)),
        hashed(_trade(whole) if nominal else "-"),
        hashed(_made_of(inner)),
        hashed(whole.lower()),
        hashed(_head(inner[0])),
        hashed(_own(whole, inner)),
    )


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
    return words[at].surface.lower() if 0 <= at < len(words) else EDGE


@lru_cache(maxsize=4_096)
def shape(text: str) -> str:
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


def _head(word: _Word) -> str:
    surface, pos, known = word
    return f"{'/'.join(pos[1:4])}{known:d}{shape(surface)}"


def _own(whole: str, inner: Sequence[_Word]) -> str:
    """Return what stands before the last word, or before the trade, without naming either."""
    trade = trade_of(whole)
    before = whole[: trade.start()] if trade else whole[: len(whole) - len(inner[-1][0])]
    return f"{bool(trade):d}{shape(before)}{_made_of(inner[:-1])}"


def _around(text: str, start: int, end: int) -> str:
    dealt, met = is_dealt_with(text, start, end), is_met(text, start, end)
    labelled = bool(LABEL.search(text[max(0, start - 24) : start]))
    return f"{dealt:d}{met:d}{labelled:d}"


def _made_of(inner: Sequence[_Word]) -> str:
    """Return the kinds of nouns in a compound, each once."""
    kinds = {pos[2] if "固有名詞" in pos else pos[min(1, len(pos) - 1)] for _, pos, _ in inner}
    unknown = not all(known for _, _, known in inner)
    return f"{'/'.join(sorted(kinds))}{unknown:d}"


@lru_cache(maxsize=16_384)
def hashed(text: str) -> int:
    """Return the CRC-32 of a trait."""
    return zlib.crc32(text.encode("utf-8", "replace"))
