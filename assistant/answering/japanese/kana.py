"""Words that people type as they are read, or nearly: «ぎじろく», «ｼｭｳﾎｳ», «プロプント»."""

import re
import unicodedata
from collections.abc import Iterable

from assistant.answering.japanese.words import Topics

_KANA = re.compile(r"[ァ-ヶー]{3,}")
_PARTICLE = re.compile(r"[ノヲハガトモニヤデ]")
_SHORTEST = 3
"""Kana of a title's reading; shorter ones stand inside other words."""
_SHORTEST_OF_TEXT = 4
"""The same for words that only headings, questions and clauses hold, ten times as many."""
_LEAST_TYPED = 4
"""Characters of a katakana word in which one wrong letter is seen: «プロプント»."""

_SPEECH = frozenset({"イイン"})
"""«いいん?» of everyday speech, not 委員 or 医院."""

_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_KANJI = re.compile(r"[一-龠々ァ-ヶー]*[一-龠々]{2,}[一-龠々ァ-ヶー]*")
_KATAKANA = re.compile(r"[ァ-ヶー]+")


class Spelling:
    """How the company writes the words of its own titles, tasks and texts."""

    def __init__(self, titles: Iterable[str], topics: Topics, texts: Iterable[str] = ()) -> None:
        """`titles` name documents and tasks; `texts` are headings, questions and clauses."""
        self._topics = topics
        self._written: dict[str, str] = {}
        self._foreign: set[str] = set()
        for title in titles:
            for reading, written in topics.readings(title):
                self._learn(reading, written, shortest=_SHORTEST)
        rare: dict[str, set[str]] = {}
        for text in texts:
            for reading, written in topics.readings(text):
                self._foreign.update(_KATAKANA.findall(written))
                if _KANJI.fullmatch(written):
                    rare.setdefault(reading, set()).add(written)
        for reading, forms in rare.items():
            if len(forms) == 1 and not topics.is_word(_hiragana(reading)):
                self._learn(reading, *forms, shortest=_SHORTEST_OF_TEXT)
        self._longest = max(map(len, self._written), default=0)

    def _learn(self, reading: str, written: str, *, shortest: int) -> None:
        self._foreign.update(_KATAKANA.findall(written))
        spelt = written.translate(_TO_KATAKANA) == reading
        if not spelt and reading not in _SPEECH and len(reading) >= shortest:
            self._written.setdefault(reading, written)

    def of(self, text: str) -> str:
        """Return `text` (NFKC) with its words as the company writes them."""
        return self._corrected(self._from_kana(unicodedata.normalize("NFKC", text)))

    def _from_kana(self, text: str) -> str:
        kana = text.translate(_TO_KATAKANA)
        parts, at = [], 0
        for run in _KANA.finditer(kana):
            for start in self._starts(run):
                found = self._at(kana, start, run.end()) if start >= at else ""
                if found:
                    parts += [text[at:start], self._written[found]]
                    at = start + len(found)
        return "".join([*parts, text[at:]])

    @staticmethod
    def _starts(run: re.Match[str]) -> list[int]:
        """Return where a word may begin: the run, and after each particle in it."""
        inner = (run.start() + match.end() for match in _PARTICLE.finditer(run.group()))
        return [run.start(), *inner]

    def _at(self, kana: str, start: int, end: int) -> str:
        for size in range(min(self._longest, end - start), _SHORTEST - 1, -1):
            if kana[start : start + size] in self._written:
                return kana[start : start + size]
        return ""

    def _corrected(self, text: str) -> str:
        """Return `text` with typing errors mended that just one word of the company is near to."""
        for written in set(_KATAKANA.findall(text)):
            mended = self._typed(written)
            if mended:
                text = text.replace(written, mended)
        return text

    def _typed(self, written: str) -> str:
        """Return the katakana word that an unknown one misses by one character."""
        if len(written) < _LEAST_TYPED or written in self._foreign:
            return ""
        if self._topics.is_word(written):
            return ""
        near = [
            word for word in self._foreign if len(word) >= _LEAST_TYPED and _by_one(word, written)
        ]
        return near[0] if len(near) == 1 else ""


def _hiragana(katakana: str) -> str:
    return "".join(chr(ord(each) - 0x60) if "ァ" <= each <= "ヶ" else each for each in katakana)


def _by_one(left: str, right: str) -> bool:
    """Tell whether one character changed, added, left out or swapped makes one word the other."""
    if abs(len(left) - len(right)) > 1:
        return False
    start = _common(left, right)
    end = min(_common(left[::-1], right[::-1]), min(len(left), len(right)) - start)
    inner, other = left[start : len(left) - end], right[start : len(right) - end]
    return max(len(inner), len(other)) <= 1 or (len(inner) == 2 and inner == other[::-1])


def _common(left: str, right: str) -> int:
    """Return how many characters both begin with."""
    return next(
        (place for place, pair in enumerate(zip(left, right, strict=False)) if len(set(pair)) > 1),
        min(len(left), len(right)),
    )
