"""Katakana words that people shorten: レク of レクリエーション, プレゼン of プレゼンテーション."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assistant.answering.japanese.words import Word

_KATAKANA = re.compile(r"[ァ-ヴー]{2,}")
_DROPPED = 2
"""Characters that a short form leaves out at least: メモ is none of メモリ."""


def katakana(words: Iterable[Word]) -> list[Word]:
    """Return the words that are written in katakana, which others may be short for."""
    return [word for word in words if _KATAKANA.fullmatch(word.surface)]


def lengthened(
    words: Sequence[Word], long: Sequence[Word], *, is_word: Callable[[str], bool]
) -> tuple[Word, ...]:
    """Return `words` with those that are short for one of `long` meaning it, too.

    What is left out is no word of its own, else they are two things: チェック is no チェックリスト.
    """
    return tuple(_lengthened(word, long, is_word) for word in words)


def _lengthened(word: Word, long: Sequence[Word], is_word: Callable[[str], bool]) -> Word:
    short = word.surface
    if not _KATAKANA.fullmatch(short):
        return word
    for one in long:
        if _begins(short, one.surface) and not is_word(one.surface[len(short) :]):
            return replace(word, form=one.form, groups=one.groups)
    return word


def _begins(short: str, long: str) -> bool:
    return len(long) >= len(short) + _DROPPED and long.startswith(short)
