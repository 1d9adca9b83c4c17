"""Japanese text as scoring compares it."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from assistant.evals.numbers.calendar import date_parts
from assistant.evals.numbers.numbers import Number, numbers_in
from assistant.evals.numbers.units import DATE, NUMBER

_DASHES = re.compile(r"[‐‑‒–—―−﹣]")
_WAVES = re.compile(r"[〜～∼]")
_ELLIPSES = re.compile(r"\.{2,}|…+")
_MARK = re.compile(r"\[\d{1,3}\]")
_SILENT = re.compile(r"[^\w%+\-~/@&#<>=$°]|_")
"""Punctuation, brackets and quotation marks; ー of katakana is a letter."""


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Return `text` as it is compared: letters in one width and case, numbers in one spelling.

    NFKC, lower case, no spaces, no punctuation. «三十分», «３０分» and «0.5時間» fold to the same;
    «30分» is then no part of «130分». The long vowel ー of katakana is a letter and stays.
    """
    parts, at = [], 0
    for number in numbers_in(text):
        parts += [letters(text[at : number.start]), _spelt(number)]
        at = number.end
    return "".join([*parts, letters(text[at:])])


def contains(haystack: str, needle: str) -> bool:
    """Tell whether `haystack` says `needle`, whatever the width, punctuation or spelling."""
    bare = letters(needle)
    if not bare:
        return bool(needle.strip()) and _plain(needle) in _plain(haystack)
    numbers = numbers_in(needle)
    if not numbers:
        return bare in letters(haystack)
    if folded(needle) in folded(haystack):
        return True
    if any(number.unit_class != NUMBER for number in numbers):
        return False
    return bool(re.search(rf"(?<!\d){re.escape(bare)}(?!\d)", letters(haystack)))


def char_f1(answer: str, gold: str) -> float:
    """Return the F1 of shared characters after folding (SQuAD's F1, characters for tokens).

    2·P·R / (P + R) over multisets of characters; 1.0 when both are empty, 0.0 when one is.
    Source: Rajpurkar et al. 2016; characters as in JSQuAD, since Japanese has no spaces.
    """
    ours, theirs = Counter(folded(answer)), Counter(folded(gold))
    if not ours or not theirs:
        return float(ours == theirs)
    common = (ours & theirs).total()
    return 2 * common / (ours.total() + theirs.total())


@lru_cache(maxsize=8192)
def bigrams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of the folded text."""
    whole = folded(text)
    return frozenset(whole[n : n + 2] for n in range(max(len(whole) - 1, 1))) - {""}


@lru_cache(maxsize=8192)
def letters(text: str) -> str:
    """Return letters and digits, and the few signs that change what a text says."""
    plain = _plain(_MARK.sub("", text))
    if plain.isalnum():
        return plain
    return _SILENT.sub("", _ELLIPSES.sub("", _WAVES.sub("~", _DASHES.sub("-", plain))))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _spelt(number: Number) -> str:
    """Return a number so that equal ones are equal text, bounded on both sides."""
    if number.unit_class == DATE:
        units = zip(date_parts(number.value), "年月日", strict=True)
        return "".join(f"{{{part}{unit}}}" for part, unit in units if part)
    unit = {NUMBER: "", "day": "日"}.get(number.unit_class, number.unit_class)
    return f"{{{number.value:.10g}{unit}}}"
