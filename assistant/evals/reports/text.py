"""Answers are hostile: what is left of a text before it goes into any report."""

import html
import re
import unicodedata

_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_DIRECTIONS = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINE_BREAKS = re.compile(r"\r\n?|[\u2028\u2029]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~$&])")
_CALLS_SOMEONE = re.compile(r"[@#]")
_ADDRESS = re.compile(r"(?i)(https?|ftp|www|mailto)(?=[:.])")
_BLOCK_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
_SKIPPED = "…(以下略)"
_CUT_BEFORE_CLEANING = 4
"""Answers of megabytes are cut before any expression runs over them: to this times the limit."""


def clean(text: str, limit: int = 6_000) -> str:
    """Return at most about `limit` characters, without controls; direction marks are shown."""
    kept = text[: limit * _CUT_BEFORE_CLEANING]
    kept = _CONTROLS.sub("", _LINE_BREAKS.sub("\n", kept))
    kept = _DIRECTIONS.sub(lambda mark: f"[U+{ord(mark.group()):04X}]", kept)
    if len(kept) <= limit and len(text) <= limit * _CUT_BEFORE_CLEANING:
        return kept
    return kept[:limit].rstrip() + _SKIPPED


def one_line(text: str, limit: int = 200) -> str:
    """Return the cleaned text with every run of whitespace as one space."""
    return clean(" ".join(text[: limit * _CUT_BEFORE_CLEANING].split()), limit)


def markdown(text: str, limit: int = 200) -> str:
    """Return one line that stays plain text in Markdown: no markup, mention, link or reference."""
    escaped = _MARKDOWN.sub(r"\\\1", one_line(text, limit))
    escaped = _BLOCK_START.sub(r"\1\\\2" if escaped[:1] in "-+=" else r"\1\2&#8203;", escaped)
    escaped = _CALLS_SOMEONE.sub(r"\\\g<0>&#8203;", escaped)
    return _ADDRESS.sub(r"\1&#8203;", escaped)


def in_html(text: str, limit: int = 200) -> str:
    """Return one line that stays plain text where Markdown is not read: inside an HTML block."""
    escaped = html.escape(one_line(text, limit))
    escaped = re.sub(r"[@#](?!x?[0-9a-f]+;)", r"\g<0>&#8203;", escaped)
    return _ADDRESS.sub(r"\1&#8203;", escaped)


def fence(text: str) -> str:
    """Return a fence of backticks that nothing in `text` closes."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(3, longest + 1)


def width(text: str) -> int:
    """Return the columns that `text` takes on a terminal: full-width characters take two."""
    return sum(_columns(character) for character in text)


def padded(text: str, columns: int) -> str:
    """Return `text` filled with spaces to `columns`."""
    return text + " " * (columns - width(text))


def narrowed(text: str, columns: int) -> str:
    """Return `text`, cut with an ellipsis where it is wider than `columns`."""
    if width(text) <= columns:
        return text
    kept, used = [], 0
    for character in text:
        used += _columns(character)
        if used > columns - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
