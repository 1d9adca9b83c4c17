"""Numbers in a sentence and what stands around them, as the model of numbers looks at them."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.ports import Morpheme

BUCKETS = 1 << 17
"""Rows of the table of weights; a trait's number is its hash."""

_NUMBER = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:US)?[$€¥£]\s?|[A-Za-z]{1,9}(?:[-_#.:]|(?= ?\d)) ?)?#?\d"
    r"(?:[0-9A-Za-z]|[,.\-_/](?=[0-9A-Za-z])|-(?=[一-龠ァ-ヶ])|(?<=-)[一-龠ァ-ヶ](?![一-龠ァ-ヶ])"
    r"|(?<=\d) (?=\d{1,5}(?![\d.]))){0,60}\*?(?:[兆億万千百][0-9,.兆億万千百]{0,12})?"
    r"|[一二三四五六七八九十百千万億〇]{2,12}"
)
"""Digits with letters, separators and blanks between groups; numerals in kanji."""
_UNITED = frozenset({"名詞", "接尾辞"})
_FUNCTION = frozenset({"助詞", "助動詞"})
_SIGNS = frozenset({"補助記号", "空白"})
_MOST = 40
"""Numbers of one text that are looked at: a pasted table holds no more that differ."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """`start:end` is a number, `whole` its end with the unit; of words the first and last."""

    start: int
    end: int
    whole: int
    first: int
    last: int
    unit: tuple[str, ...]


def numerals(text: str, words: Sequence[Morpheme]) -> list[Numeral]:
    """Return the numbers of folded `text` that words cover."""
    found = list[Numeral]()
    at = 0
    for match in _NUMBER.finditer(text):
        while at < len(words) and words[at].end <= match.start():
            at += 1
        last = at
        while last + 1 < len(words) and words[last + 1].start < match.end():
            last += 1
        if at < len(words) and words[at].start < match.end() and len(found) < _MOST:
            found.append(_numeral(text, words, match, at, last))
    return found


def _numeral(
    text: str, words: Sequence[Morpheme], match: re.Match[str], first: int, last: int
) -> Numeral:
    end = match.end()
    unit = [text[end : words[last].end]] if words[last].end > end else []
    following = last + 1
    while following < len(words) and len(unit) < 3 and _is_unit(words, following):
        unit.append(words[following].surface)
        following += 1
    whole = max(end, words[following - 1].end)
    return Numeral(match.start(), end, whole, first, last, tuple(unit))


def _is_unit(words: Sequence[Morpheme], at: int) -> bool:
    word = words[at]
    if word.start != words[at - 1].end or "数詞" in word.pos or word.surface in {"さん", "様"}:
        return False
    return word.pos[0] in _UNITED or word.surface in {"%", "/"}


def traits(text: str, words: Sequence[Morpheme], found: Sequence[Numeral]) -> Iterator[list[int]]:
    """Yield for each number the rows below BUCKETS of what it and its sentence look like."""
    sentence = _Sentence(text, words, found)
    for one in found:
        yield sorted(sentence.bag.union(map(_row, sentence.of(one)), sentence.around(one)))


class _Sentence:
    """The words of a text, read once for all of its numbers."""

    def __init__(self, text: str, words: Sequence[Morpheme], found: Sequence[Numeral]) -> None:
        self._text = text
        self._words = words
        self._plain = [word.normalized.lower() for word in words]
        for one in found:
            self._plain[one.first : one.last + 1] = ["#"] * (one.last + 1 - one.first)
        self._strong = [
            self._plain[at] != "#" and word.pos[0] not in _FUNCTION | _SIGNS
            for at, word in enumerate(words)
        ]
        self._sentences, self._clauses = _borders(words)
        self.bag = frozenset(self._shared(found))
        """Rows that all numbers of the text share."""

    def _shared(self, found: Sequence[Numeral]) -> Iterator[int]:
        yield _row(f"q:{self._text.rstrip()[-1:]}")
        yield from {_row(f"o:{''.join(one.unit[:1])}") for one in found}
        for at, word in enumerate(self._words):
            if self._strong[at]:
                yield from _word("s", self._plain[at], word.groups)
            elif self._plain[at] != "#" and word.pos[0] not in _SIGNS:
                yield _row(f"s:{self._plain[at]}")

    def of(self, one: Numeral) -> Iterator[str]:
        """Yield the traits of one number."""
        number = self._text[one.start : one.end]
        unit = "".join(one.unit[:1])
        amount = unit + ("m" if _LARGE.search(number) else "")
        right = one.last + 1 + len(one.unit) - (self._words[one.last].end > one.end)
        yield from _own(number, one.unit, amount)
        yield from self._beside(one.first, right, amount)
        yield from self._head(one.first, amount)
        yield from self._verb(right, amount)

    def _at(self, place: int) -> str:
        return self._plain[place] if 0 <= place < len(self._plain) else "<>"

    def _beside(self, first: int, right: int, amount: str) -> Iterator[str]:
        before = [self._at(first - n) for n in range(1, 5)]
        after = [self._at(right + n) for n in range(4)]
        yield from (f"L{n}:{word}" for n, word in enumerate(before))
        yield from (f"R{n}:{word}" for n, word in enumerate(after))
        yield f"LL:{before[1]}|{before[0]}"
        yield f"LLL:{before[2]}|{before[1]}|{before[0]}"
        yield f"RR:{after[0]}|{after[1]}"
        yield f"uL:{amount}{before[0]}"
        yield f"uLL:{amount}{before[1]}{before[0]}"
        yield f"uR:{amount}{after[0]}"
        yield f"LR:{before[0]}|{after[0]}"
        words = self._words
        if first:
            joined = "=" if words[first - 1].end == words[first].start else ""
            yield f"Lp:{'/'.join(words[first - 1].pos[:2])}{joined}"
        if right < len(words):
            yield f"Rp:{'/'.join(words[right].pos[:2])}"

    def _head(self, first: int, amount: str) -> Iterator[str]:
        """Yield the compound noun in front: «仕入れ値» of «仕入れ値は1玉92円»."""
        words = self._words
        for at in range(first - 1, max(-1, first - 6), -1):
            if self._strong[at] and words[at].pos[0] in _UNITED:
                break
        else:
            return
        start = at
        while start and self._belongs(start - 1):
            start -= 1
        head, last = self._text[words[start].start : words[at].end], self._plain[at]
        yield from (f"h:{head}", f"hl:{last}", f"hc:{head[-1:]}", f"hcc:{head[-2:]}")
        yield from (f"hu:{last}{amount}", f"hcu:{head[-1:]}{amount}", f"hd:{last}{first - at}")
        yield from (f"hg:{group}" for group in words[at].groups)

    def _belongs(self, at: int) -> bool:
        word = self._words[at]
        joined = word.end == self._words[at + 1].start and self._plain[at] != "#"
        return joined and word.pos[0] in _UNITED | {"接頭辞"}

    def _verb(self, right: int, amount: str) -> Iterator[str]:
        for at in range(right, min(right + 8, len(self._words))):
            if self._words[at].pos[0] == "動詞":
                yield f"v:{self._plain[at]}"
                yield f"vu:{self._plain[at]}{amount}"
                return

    def around(self, one: Numeral) -> Iterator[int]:
        """Yield rows of the words of the clause, of the sentence, and up to eight on each side."""
        clauses = {self._clauses[one.first], self._clauses[one.last]}
        first, end = max(0, one.first - _FAR), min(one.last + _FAR, len(self._words))
        for at in range(first, end):
            if not self._strong[at]:
                continue
            word, plain = self._words[at], self._plain[at]
            if self._clauses[at] in clauses:
                yield from _word("c", plain, word.groups)
            if self._sentences[at] == self._sentences[one.first]:
                yield from _word("S", plain, word.groups)
            if -_NEAR <= at - one.first < 0:
                yield _row(f"wl:{plain}")
                yield _row(f"wc:{word.surface[-1:]}")
            if 0 < at - one.last <= _NEAR:
                yield _row(f"wr:{plain}")


_NEAR = 8
_FAR = 60
"""Words on each side; a sentence is seldom longer."""
_LARGE = re.compile(r"[兆億万千百]")
_DIGITS = re.compile(r"\d+")
_NOT_DIGITS = re.compile(r"\D*")
_SHAPES = (
    (_DIGITS, lambda match: "0" * min(len(match.group()), 5)),
    (re.compile(r"[A-Z]+"), "A"),
    (re.compile(r"[a-z]+"), "a"),
    (re.compile(r"[一二三四五六七八九十百千〇]+"), "零"),
)


def _own(number: str, unit: Sequence[str], amount: str) -> Iterator[str]:
    shape = number
    for pattern, plain in _SHAPES:
        shape = pattern.sub(plain, shape)
    shape = shape[:16]
    before = _NOT_DIGITS.match(number)
    count = min(sum(character.isdigit() for character in number), 8)
    signs = "".join(sign for sign in ",.-" if sign in number[1:])
    yield from (f"u:{amount}", f"u2:{''.join(unit[:2])}", f"sh:{shape}", f"shu:{shape}{amount}")
    yield f"pre:{before.group().lower() if before else ''}"
    yield f"dg:{count}{signs}{amount and '+'}"


def _borders(words: Sequence[Morpheme]) -> tuple[list[int], list[int]]:
    """Return of each word the number of its sentence and of its clause."""
    sentences, clauses = list[int](), list[int]()
    sentence = clause = 0
    for word in words:
        sentences.append(sentence)
        clauses.append(clause)
        ends = word.surface in _ENDS or "\n" in word.surface
        sentence += ends
        clause += ends or word.surface in {"、", ","}
    return sentences, clauses


_ENDS = frozenset("。!?")


@lru_cache(maxsize=8_192)
def _word(where: str, plain: str, groups: tuple[str, ...]) -> tuple[int, ...]:
    """Return the rows of a word of the text (s), the sentence (S) or the clause (c)."""
    return (_row(f"{where}:{plain}"), *(_row(f"{where}g:{group}") for group in groups))


@lru_cache(maxsize=16_384)
def _row(trait: str) -> int:
    return zlib.crc32(trait.encode("utf-8", "replace")) % BUCKETS
