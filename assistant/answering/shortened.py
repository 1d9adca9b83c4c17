"""Katakana words that people shorten: レク of レクリエーション, プレゼン of プレゼンテーション."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answering.words import Word

_KATAKANA = re.compile(r"[ァ-ヴー]{2,}")
_DROPPED = 2
"""Characters that a short form leaves out at least: メモ is none of メモリ."""


def katakana(words: Iterable[Word]) -> list[Word]:
    """Return the words that are written in katakana, which others may be short for."""
    return [word for word in words if _KATAKANA.fullmatch(word.surface)]


def lengthened(words: Sequence[Word], long: Sequence[Word]) -> tuple[Word, ...]:
    """Return `words` with those that are short for one of `long` meaning it, too."""
    return tuple(_lengthened(word, long) for word in words)


def _lengthened(word: Word, long: Sequence[Word]) -> Word:
    if not _KATAKANA.fullmatch(word.surface):
        return word
    whole = next((one for one in long if _is_short(word.surface, one.surface)), None)
    return word if whole is None else replace(word, form=whole.form, groups=whole.groups)


def _is_short(short: str, long: str) -> bool:
    return len(long) >= len(short) + _DROPPED and long.startswith(short)
