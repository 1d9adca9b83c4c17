"""Words that people type as they are read: «ぎじろく», «ｼｭｳﾎｳ»."""

import re
import unicodedata
from collections.abc import Iterable

from assistant.answering.words import Topics

_KANA = re.compile(r"[ァ-ヶー]{3,}")
_PARTICLE = re.compile(r"[ノヲハガトモニヤデ]")
_SHORTEST = 3
"""Kana of a reading; shorter ones stand inside other words."""

_SPEECH = frozenset({"イイン"})
"""«いいん?» of everyday speech, not 委員 or 医院."""

_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}


class Spelling:
    """How the company writes the words of its own titles and tasks."""

    def __init__(self, titles: Iterable[str], topics: Topics) -> None:
        self._written: dict[str, str] = {}
        for title in titles:
            for reading, written in topics.readings(title):
                if reading in _SPEECH:
                    continue
                if len(reading) >= _SHORTEST and written.translate(_TO_KATAKANA) != reading:
                    self._written.setdefault(reading, written)
        self._longest = max(map(len, self._written), default=0)

    def of(self, text: str) -> str:
        """Return `text` (NFKC) with kana words as the company writes them."""
        text = unicodedata.normalize("NFKC", text)
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
