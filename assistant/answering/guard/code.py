"""Source code pasted into a question."""

import re
from collections.abc import Iterator

from assistant.answering.guard.spans import Span
from assistant.domain import Category

_FENCED = re.compile(r"```[^\n]*\n[\s\S]{10,}?(?:```|\Z)")
_RUN = re.compile(r"[\x20-\x7e\n\t]{16,}(?:[^\x00-\x7e]{1,24}[\x20-\x7e\n\t]{8,})*")
"""Latin text with short Japanese comments or strings between."""

_STRONG = re.compile(
    r"\bdef \w+\(.*\)\s*(?:->[^:]+)?:|\bclass \w+(?:\(.*\))?\s*[:{]|\bfunction\s*\w*\s*\("
    r"|\b(?:const|let|var)\s+[\w{}\[\], ]+\s*=|=>\s*[{(\w]|#include\s*[<\"]"
    r"|\b(?:public|private|protected|static)\s+(?:static\s+)?[\w<>\[\]]+\s+\w+\s*[(={]"
    r"|\bSELECT\b[\s\S]+\bFROM\b|\bINSERT\s+INTO\b|\bUPDATE\s+\w+\s+SET\b|\bDELETE\s+FROM\b"
    r"|\bCREATE\s+TABLE\b|\b(?:from\s+[\w.]+\s+)?import\s+[\w.{}*, ]+(?:\n|;|$)"
    r"|\bfor\s*\(.*;.*;.*\)|\bif\s*\(.*\)\s*\{|\b(?:Sub|Function)\s+\w+\([^)]*\)|\bDim\s+\w+\s+As\b"
    r"|<\?php|</(?:div|script|html|table)>|\bSystem\.out\.|\bconsole\.log\(|\bprintf?\s*\("
    r"|\bfor\s+\w+(?:,\s*\w+)*\s+in\s+.+:|\breturn\s+[\w.]+\s*[*+(\[/-]",
    re.IGNORECASE,
)
_WEAK = re.compile(r"[{};]\s*(?:\n|$)|==|!=|&&|\|\||\w+\.\w+\(|\w+\(\w*\)|\w+\[\w+\]|\+=|->|::")
_FORMULA = re.compile(r"^\s*=\s*[A-Z]{2,}[A-Z0-9.]*\(")
"""A spreadsheet formula is what people ask about, and holds no secret."""


def find_code(text: str) -> Iterator[Span]:
    """Yield program text in folded `text`."""
    for match in _FENCED.finditer(text):
        yield Span(match.start(), match.end(), Category.SOURCE_CODE)
    if not re.search(r"[(={;<#]|select|import", text, re.IGNORECASE):
        return
    for match in _RUN.finditer(text):
        run = match.group()
        if not _FORMULA.match(run) and _is_code(run):
            start = match.start() + len(run) - len(run.lstrip())
            yield Span(start, match.start() + len(run.rstrip()), Category.SOURCE_CODE)


def _is_code(run: str) -> bool:
    return bool(_STRONG.search(run)) or len(_WEAK.findall(run)) >= 3
