"""How items are marked by hand: bullets, numbers, 項, ○ and ×."""

import re

from assistant.corpus.rules.modals import MARKER
from assistant.corpus.text import narrow

PARAGRAPH = re.compile(r"\s*([0-9]{1,2})[\s\u3000]+(?=\S)")
"""«2 職員は、…»: a 項 of an article, or an item of a list, without a dot."""
MARK = re.compile(r"\s*(?:[○◯〇◎⭕✓✔✅△▲⚠×✕✖❌✗⛔🚫]\ufe0f?)\s*(?=\S)")
_DOTTED = re.compile(r"^[・•●■◆]\s*(?=\S)")
"""A bullet that was typed behind the list's own: «- ・氏名»."""


def look(text: str) -> str:
    """Return what a marker looks like: all numbers alike, all katakana alike."""
    text = narrow(text)
    match = MARKER.match(text) or MARK.match(text) or PARAGRAPH.match(text)
    marker = match[0].strip() if match else ""
    if MARK.match(text):
        return "mark"
    marker = re.sub(r"[0-9]+", "1", marker)
    marker = re.sub(r"[①-⑳]", "①", re.sub(r"[⑴-⒇]", "⑴", marker))
    marker = re.sub(r"[ァ-ヴ]", "ア", re.sub(r"[a-z]", "a", marker))
    return re.sub(r"[一二三四五六七八九十]+", "一", marker)


def number_of(text: str) -> str:
    """Return the number of an item as people call it: «(2)», «①», «2»; "" for a bullet."""
    match = MARKER.match(narrow(text))
    marker = match[0].strip() if match else ""
    numbered = re.search(r"[\d①-⑳⑴-⒇一二三四五六七八九十ァ-ヴa-z]", marker)
    return marker.rstrip(".") if numbered else ""


def paragraph_number(text: str) -> str:
    """Return «第2項» for «2 職員は、…», else ""."""
    match = PARAGRAPH.match(narrow(text))
    return f"第{int(match[1])}項" if match else ""


def mark_of(text: str) -> str:
    """Return the ○, △, × or ✅ that an item begins with, else ""."""
    match = MARK.match(text) or MARK.match(MARKER.sub("", narrow(text), count=1))
    return match[0].strip() if match else ""


def without_marker(text: str) -> str:
    """Return an item or 項 without its bullet or number, and without the mark behind it."""
    for pattern in (MARKER, MARK, PARAGRAPH):
        match = pattern.match(narrow(text))
        if match:
            rest = _DOTTED.sub("", text[match.end() :].strip())
            mark = MARK.match(narrow(rest))
            return rest[mark.end() :].strip() if mark else rest
    return text.strip()
