"""How text is folded for matching, and what of a passage is searched."""

import hashlib
import unicodedata
from functools import lru_cache

from assistant.domain import Passage

_NARROW = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20}


@lru_cache(maxsize=2_048)
def fold(text: str) -> str:
    """Return `text` as it is matched: NFKC, lower case. Offsets are not kept.

    One question folds itself and the passages found for it 150 times.
    """
    return unicodedata.normalize("NFKC", text).lower()


def narrow(text: str) -> str:
    """Return `text` with full-width ASCII and spaces in half width; offsets are kept."""
    return text.translate(_NARROW)


def search_text(passage: Passage) -> str:
    """Return what is indexed and embedded: «title > heading path» in front of the text.

    The heading path in front put the answer into the first 2,000 characters of evidence in 65% of
    cases, against 51% without (retrieval findings 5).
    """
    return _searched(passage.source.title, passage.headings, passage.text)


def text_key(passage: Passage) -> str:
    """Return the key under which vectors and terms of this text are cached, 32 hex digits."""
    return _key(passage.source.title, passage.headings, passage.text)


def _searched(title: str, headings: tuple[str, ...], text: str) -> str:
    path = " > ".join((title, *headings))
    return f"{path}\n{text}"


@lru_cache(maxsize=4_096)
def _key(title: str, headings: tuple[str, ...], text: str) -> str:
    """Remembered, for every question compares tokens of 60 passages: .008 ms in place of .126."""
    searched = _searched(title, headings, text)
    return hashlib.sha256(searched.encode("utf-8", "replace")).hexdigest()[:32]
