"""A model's sentence as plain text on one line: nothing in it links, loads, hides or formats."""

import re
import unicodedata

from assistant.corpus.cleaning import clean

_GONE = (
    (re.compile(r"<!--.*?(?:-->|$)|<[a-zA-Z/!?][^<>]*(?:>|$)", re.DOTALL), ""),
    (re.compile(r"!\[[^\]]*\](?:\([^)]*\)?|\[[^\]]*\])?"), ""),
    (re.compile(r"\[([^\]]*[^\]\dP][^\]]*)\](?:\([^)]*\)?|\[[^\]]*\])"), r"\1"),
    (re.compile(r"\[\s*P?\d+(?:\s*[,、]\s*P?\d+)*\s*\]|[((]P\d+(?:\s*[,、]\s*P\d+)*[))]"), ""),
    (re.compile(r"^\s*\[[^\]]+\]:\s*\S+.*$", re.MULTILINE), ""),
    (re.compile(r"\b[a-z][a-z0-9+.\-]*://[!-~]*|\bwww\.[!-~]+", re.IGNORECASE), ""),
    (re.compile(r"\b(?:data|javascript|vbscript|mailto|tel|file):[!-~]+", re.IGNORECASE), ""),
    (
        re.compile(
            r"\b(?:[a-z0-9\-]+\.)+(?!(?:md|pdf|docx|xlsx|pptx|csv|txt|html)\b)[a-z]{2,}"
            r"(?::\d+)?(?:/[!-~]*)?",
            re.IGNORECASE,
        ),
        "",
    ),
    (re.compile(r"\*+|_{2,}|`+|~{2,}"), ""),
    (re.compile(r"^\s*(?:#{1,6}\s+|[-・•>|]\s*|\d{1,2}[.)、]\s*|[①-⑳]\s*)+"), ""),
)
_LIVE = re.compile(r"://|www\.|javascript:|data:|<[a-z/!]|\]\(", re.IGNORECASE)


def plain(text: str) -> str:
    """Return `text` as plain words; empty where markup is left that cannot be taken out."""
    one_line = re.sub(r"\s*\n\s*", " ", clean(text).text).strip()
    for pattern, kept in _GONE:
        one_line = pattern.sub(kept, one_line)
    one_line = re.sub(r"[ \t]{2,}", " ", one_line).strip()
    # Full-width «ｈｔｔｐｓ：／／» is a link to whoever copies it.
    return "" if _LIVE.search(unicodedata.normalize("NFKC", one_line)) else one_line
