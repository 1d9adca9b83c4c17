"""Tokenizer on Sudachi: normalized content words, synonym groups, and words with offsets."""

import threading
from collections.abc import Iterator
from typing import Any

from assistant.ports import Morpheme

_MAX_BYTES = 40_000
"""Sudachi 0.7 refuses one call of 49,149 bytes of UTF-8 or more."""

_FUNCTION_POS = frozenset({"助詞", "助動詞", "補助記号", "空白", "記号"})
"""Dropping these from the keyword leg gains .03–.04 nDCG@10 on every set measured."""


class SudachiTokenizer:
    """Split mode A with the normalized form: the safest for short questions."""

    name = "sudachi-a-normalized-content-1"

    def __init__(self) -> None:
        self._local = threading.local()
        self._lock = threading.Lock()
        self._dictionary: Any = None

    def morphemes(self, text: str) -> list[Morpheme]:
        """Return the words of `text` in order, offsets into `text` as given."""
        words = []
        for offset, piece in _pieces(text):
            for word in self._tokenizer().tokenize(piece):
                if word.begin() == word.end():
                    continue
                words.append(
                    Morpheme(
                        surface=word.surface(),
                        normalized=word.normalized_form(),
                        pos=tuple(part for part in word.part_of_speech() if part != "*"),
                        start=offset + word.begin(),
                        end=offset + word.end(),
                        known=not word.is_oov(),
                    )
                )
        return words

    def terms(self, text: str) -> list[str]:
        """Return the normalized content words of `text`, lower-cased."""
        return [
            word.normalized_form().lower()
            for _, piece in _pieces(text)
            for word in self._tokenizer().tokenize(piece)
            if word.part_of_speech()[0] not in _FUNCTION_POS and word.normalized_form().strip()
        ]

    def synonyms(self, text: str) -> list[str]:
        """Return the synonym group ids of the content words of `text`, as strings."""
        return [
            str(group)
            for _, piece in _pieces(text)
            for word in self._tokenizer().tokenize(piece)
            if word.part_of_speech()[0] not in _FUNCTION_POS
            for group in word.synonym_group_ids()
        ]

    def _tokenizer(self) -> Any:
        """Return this thread's tokenizer: Sudachi's is not safe to share."""
        tokenizer = getattr(self._local, "tokenizer", None)
        if tokenizer is None:
            from sudachipy import Dictionary, SplitMode

            with self._lock:
                if self._dictionary is None:
                    self._dictionary = Dictionary(dict="core")
            tokenizer = self._dictionary.create(mode=SplitMode.A)
            self._local.tokenizer = tokenizer
        return tokenizer


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
