"""Headers, footers and page numbers of a PDF: what repeats in the margins is taken out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.adapters.readers.lines import Line
from assistant.adapters.readers.pdf_page import Page

_MARGIN = 0.13
"""Share of the page's height, at top and bottom, where running headers and footers stand."""


def without_running_lines(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without headers, footers and page numbers."""
    seen = Counter(
        key
        for page in pages
        for key in {key for line, top in _margin(page) for key in _keys(line.text, page.number)}
    )
    often = max(2, len(pages) // 2)

    def runs(line: Line, top: float, number: int) -> bool:
        if not _in_margin(line, top):
            return False
        return _is_number(line.text) or any(seen[key] >= often for key in _keys(line.text, number))

    return [
        replace(
            page,
            lines=tuple(
                line
                for line, top in zip(page.lines, page.tops, strict=True)
                if not runs(line, top, page.number)
            ),
            tops=(),
        )
        for page in pages
    ]


def _margin(page: Page) -> Iterator[tuple[Line, float]]:
    pairs = zip(page.lines, page.tops, strict=True)
    return ((line, top) for line, top in pairs if _in_margin(line, top))


def _in_margin(line: Line, top: float) -> bool:
    return bool(line.text) and not line.rows and not (_MARGIN < top < 1 - _MARGIN)


def _keys(text: str, page: int) -> set[str]:
    """Return the text, and the text with its first and last number counted from the page's.

    «3. 手順» and «4. 手順» on top of two pages are headings, «手引き 3» and «手引き 4» are not:
    only a number that grows with the pages makes two lines one.
    """
    text = re.sub(r"\s", "", text)
    numbers = list(re.finditer(r"[0-9]+", text))
    counted = {
        f"{text[: match.start()]}<{int(match[0][:6]) - page}>{text[match.end() :]}"
        for match in (*numbers[:1], *numbers[-1:])
    }
    return {text, *counted}


_PAGE_NUMBER = re.compile(
    r"[\s\-–—(]*(?:p\.?|page)?\s*\d{1,4}\s*(?:[//]\s*\d{1,4}|ページ|頁)?[\s\-–—)]*"
    r"|(?:file|https?)://\S+.*|\d{1,4}/\d{1,2}/\d{1,4},? \d{1,2}:\d{2}.*",
    re.IGNORECASE,
)
"""Page numbers, and the address and time that browsers print in the margins."""


def _is_number(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text))
