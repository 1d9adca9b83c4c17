"""Where the full lines of a PDF's page end: what ends before it, ends there."""

import re
from collections.abc import Sequence

_SURELY_ALIKE = 3
"""One in so many lines end alike by no chance."""
_SHORT = 0.8
"""Share of the width of a page's text: what all lines stay below is no edge of a column."""
_NARROW = 0.5
"""The same where many lines end alike, as those of a narrow column do."""
_AMID = 30
"""Characters of a line that is no heading."""
_KANA_OR_KANJI = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def right_edge(rows: Sequence[tuple[str, float]], *, left: float, margin: float) -> float:
    """Return where full lines end, of rows (text, where it ends): an edge that several share.

    On a page of short items two may end alike by chance: there a long line that stops amid its
    sentence shows where the edge is, or else the right `margin`, if it is as wide as the left.
    """
    long = [(text, right) for text, right in rows if len(text) >= 10]
    rights = sorted((right for _, right in long), reverse=True)
    needed = max(2, len(rights) // 8)
    for right in rights:
        alike = sum(right - 25 <= other <= right for other in rights)
        if alike < needed:
            continue
        if not _mostly_japanese(long):
            return right
        if alike * _SURELY_ALIKE >= len(rights):
            return _beyond(right, left, margin, least=_NARROW)
        further = [end for text, end in long if len(text) >= _AMID and not _ends(text)]
        return _beyond(right, left, max(further, default=margin))
    if not rights:
        return 10_000.0
    return _beyond(rights[0], left, margin) if _mostly_japanese(long) else rights[0]


def _beyond(right: float, left: float, margin: float, *, least: float = _SHORT) -> float:
    """Return what bounds the text where the lines end far from it: not one of them is full."""
    return margin if right - left < least * (margin - left) else right


def _mostly_japanese(rows: Sequence[tuple[str, float]]) -> bool:
    """Return whether the widths of rows are known well: those of Latin letters are estimates."""
    text = "".join(text for text, _ in rows)
    return 2 * len(_KANA_OR_KANJI.findall(text)) > len(text)


def _ends(text: str) -> bool:
    return text.endswith(("。", "」", ")", "\uff09", ":", "\uff1a"))
