"""A model's sentence as plain text on one line: nothing in it links, loads, hides or formats."""

import re
import unicodedata

from assistant.corpus.cleaning import clean

_MARKS = (
    re.compile(r"\[\s*P?\d+(?:\s*[,、]\s*P?\d+)*\s*\]|[((]P\d+(?:\s*[,、]\s*P\d+)*[))]"),
    re.compile(r"\*+|_{2,}|`+|~{2,}"),
    re.compile(r"^\s*(?:#{1,6}\s+|[-・•>|]\s*|\d{1,2}[.)、]\s*|[①-⑳]\s*)+"),
)
"""Marks of sources, emphasis and lists: taken out, for the page sets its own."""

_LIVE = re.compile(
    r"(?:[a-z][a-z0-9+.\-]*)?://|www\.|\b(?:data|javascript|vbscript|mailto|tel|file):"
    r"|<[a-z/!?]|!\[|\]\s?[\[(](?!\s*P?\d)|\]:|\\\["
    r"|\b(?:[a-z0-9\-]+\.)+(?!(?:md|pdf|docx|xlsx|pptx|csv|txt|html)\b)[a-z]{2,}\b",
    re.IGNORECASE,
)
"""Links, pictures, HTML and names of hosts: who writes one writes nothing that is shown."""


def plain(text: str) -> str:
    """Return `text` as plain words; empty where it holds a link, a picture or HTML.

    Such a sentence is not mended: without its link, «ここから送ります» still leads astray.
    """
    visible = clean(text).text
    one_line = re.sub(r"\s*\n\s*", " ", visible).strip()
    for mark in _MARKS:
        one_line = mark.sub("", one_line)
    one_line = re.sub(r"[ \t]{2,}", " ", one_line).strip()
    return "" if "\x1b" in text or any(map(_is_live, (visible, one_line))) else one_line


def _is_live(text: str) -> bool:
    """Tell whether a link, a picture or HTML is in `text`, in letters of any width."""
    return bool(_LIVE.search(unicodedata.normalize("NFKC", text)))
