"""Tokenizer on Sudachi: normalized content words, synonym groups, and words with offsets."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from assistant.ports import Morpheme

_MAX_BYTES = 40_000
"""Sudachi 0.7 refuses one call of 49,149 bytes of UTF-8 or more."""

_FUNCTION_POS = frozenset({"助詞", "助動詞", "補助記号", "空白", "記号"})
"""Dropping these from the keyword leg gains .03–.04 nDCG@10 on every set measured."""

_FULL_NAME = ("人名", "一般")
"""How Sudachi tags a whole name; one that it can split again is a person of history or news."""
_SURNAMES = 10_000
"""Words remembered; some 1 MB."""

_REMEMBERED = 512
_REMEMBERED_CHARACTERS = 300
"""The guard, the topic and each leg of the search look at one question in turn, as it was typed and
in lower case. A remembered question takes some 10 KB, the longest 100."""

_LOWER = {upper: upper + 0x20 for upper in range(ord("A"), ord("Z") + 1)}
"""Sudachi reads small and capital letters alike: 688 questions had no word that differed."""

_LONG_REMEMBERED = 4
"""Words and synonyms of a passage are asked for one after the other; then it is done with."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """Everything that is asked of one text."""

    morphemes: tuple[Morpheme, ...]
    groups: tuple[str, ...]


class SudachiTokenizer:
    """Split mode A with the normalized form: the safest for short questions."""

    name = "sudachi-a-normalized-content-2"

    def __init__(self) -> None:
        self._local = threading.local()
        self._lock = threading.Lock()
        self._dictionary: Any = None
        self._surnames: dict[str, bool] = {}
        self._kinds: dict[int, tuple[str, ...]] = {}
        self._short = lru_cache(_REMEMBERED)(self._as_typed)
        self._long = lru_cache(_LONG_REMEMBERED)(self._read)

    def morphemes(self, text: str) -> list[Morpheme]:
        """Return the words of `text` in order, offsets into `text` as given."""
        return list(self._reading(text).morphemes)

    def is_surname(self, word: str) -> bool:
        """Tell whether the dictionary holds `word` as a surname; the first time takes 40 µs."""
        found = self._surnames.get(word)
        if found is None:
            self._tokenizer()
            entries = self._dictionary.lookup(word)
            found = any(entry.part_of_speech()[3] == "姓" for entry in entries)
            if len(self._surnames) < _SURNAMES:
                self._surnames[word] = found
        return found

    def terms(self, text: str) -> list[str]:
        """Return the normalized content words of `text`, lower-cased."""
        return [
            word.normalized.lower()
            for word in self._reading(text).morphemes
            if _is_content(word.pos, word.normalized)
        ]

    def synonyms(self, text: str) -> list[str]:
        """Return ids of the synonym groups of each content word, whole and in its A parts.

        「機械学習」 has a group of its own, and so have 「機械」 and 「学習」: all three are given.
        """
        return list(self._reading(text).groups)

    def _reading(self, text: str) -> _Reading:
        return (self._short if len(text) <= _REMEMBERED_CHARACTERS else self._long)(text)

    def _as_typed(self, text: str) -> _Reading:
        """Return the reading of the text in lower case, its words as they are typed."""
        lower = text.translate(_LOWER)
        if lower == text:
            return self._read(text)
        reading, typed = self._short(lower), _without_surrogates(text)
        words = list(reading.morphemes)
        for place, word in enumerate(words):
            written = typed[word.start : word.end]
            if written != word.surface:
                words[place] = replace(word, surface=written)
        return _Reading(tuple(words), reading.groups)

    def _read(self, text: str) -> _Reading:
        morphemes: list[Morpheme] = []
        groups: list[str] = []
        for offset, whole, parts in self._words(text):
            famous = len(parts) > 1 and self._pos(whole)[2:4] == _FULL_NAME
            if len(parts) > 1 and _is_content(self._pos(whole), whole.normalized_form()):
                groups += _groups(whole)
            for word in parts:
                morpheme = self._morpheme(word, offset, famous=famous)
                morphemes.append(morpheme)
                if morpheme.groups and _is_content(morpheme.pos, morpheme.normalized):
                    groups += morpheme.groups
        return _Reading(tuple(morphemes), tuple(groups))

    def _morpheme(self, word: Any, offset: int, *, famous: bool) -> Morpheme:
        return Morpheme(
            surface=word.surface(),
            normalized=word.normalized_form(),
            pos=self._pos(word),
            start=offset + word.begin(),
            end=offset + word.end(),
            known=not word.is_oov(),
            reading=word.reading_form(),
            famous=famous,
            groups=_groups(word),
        )

    def _pos(self, word: Any) -> tuple[str, ...]:
        """Return the part of speech, one tuple for all words that share it."""
        kind = word.part_of_speech_id()
        if kind not in self._kinds:
            self._kinds[kind] = tuple(part for part in word.part_of_speech() if part != "*")
        return self._kinds[kind]

    def _words(self, text: str) -> Iterator[tuple[int, Any, list[Any]]]:
        """Yield (offset of its piece, longest word, its parts in mode A).

        Splitting mode C's words gives exactly mode A's (300 JaQuAD passages), at no extra cost.
        """
        from sudachipy import SplitMode

        for offset, piece in _pieces(text):
            for whole in self._tokenizer().tokenize(piece):
                if whole.begin() < whole.end():
                    # Sudachi 0.7 gives an empty list for a word that has no finer units.
                    yield offset, whole, list(whole.split(SplitMode.A)) or [whole]

    def _tokenizer(self) -> Any:
        """Return this thread's tokenizer: Sudachi's is not safe to share."""
        tokenizer = getattr(self._local, "tokenizer", None)
        if tokenizer is None:
            from sudachipy import Dictionary, SplitMode

            with self._lock:
                if self._dictionary is None:
                    self._dictionary = Dictionary(dict="core")
            tokenizer = self._dictionary.tokenizer(mode=SplitMode.C)
            self._local.tokenizer = tokenizer
        return tokenizer


def _groups(word: Any) -> tuple[str, ...]:
    return tuple([str(group) for group in word.synonym_group_ids()])


def _is_content(pos: tuple[str, ...], normalized: str) -> bool:
    """Return whether a word says something by itself."""
    return pos[0] not in _FUNCTION_POS and bool(normalized.strip())


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut `text` into (offset, piece) that Sudachi accepts, at line or sentence ends."""
    text = _without_surrogates(text)
    limit = _MAX_BYTES // 4
    start = 0
    while start < len(text):
        end = min(start + limit, len(text))
        if end < len(text):
            cut = max(text.rfind(mark, start, end) for mark in "\n。 ")
            end = cut + 1 if cut > start else end
        yield start, text[start:end]
        start = end


def _without_surrogates(text: str) -> str:
    """Replace lone surrogates, which have no UTF-8, by a space of the same length."""
    return "".join(" " if "\ud800" <= character <= "\udfff" else character for character in text)
