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

    name = "sudachi-a-normalized-content-2"

    def __init__(self) -> None:
        self._local = threading.local()
        self._lock = threading.Lock()
        self._dictionary: Any = None

    def morphemes(self, text: str) -> list[Morpheme]:
        """Return the words of `text` in order, offsets into `text` as given."""
        return [
            Morpheme(
                surface=word.surface(),
                normalized=word.normalized_form(),
                pos=tuple(part for part in word.part_of_speech() if part != "*"),
                start=offset + word.begin(),
                end=offset + word.end(),
                known=not word.is_oov(),
                reading=word.reading_form(),
            )
            for offset, _, parts in self._words(text)
            for word in parts
        ]

    def terms(self, text: str) -> list[str]:
        """Return the normalized content words of `text`, lower-cased."""
        return [
            word.normalized_form().lower()
            for _, _, parts in self._words(text)
            for word in parts
            if _is_content(word)
        ]

    def synonyms(self, text: str) -> list[str]:
        """Return ids of the synonym groups of each content word, whole and in its A parts.

        「機械学習」 has a group of its own, and so have 「機械」 and 「学習」: all three are given.
        """
        groups: list[str] = []
        for _, whole, parts in self._words(text):
            words = (whole, *parts) if len(parts) > 1 else parts
            groups += [
                str(group)
                for word in words
                if _is_content(word)
                for group in word.synonym_group_ids()
            ]
        return groups

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


def _is_content(word: Any) -> bool:
    """Return whether `word` says something by itself."""
    return word.part_of_speech()[0] not in _FUNCTION_POS and bool(word.normalized_form().strip())


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
