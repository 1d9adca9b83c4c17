"""The second reader of PDF pages (pypdfium2), and Tesseract's OCR of pictures of them.

Both are extras: without them, pages that the first reader cannot read stay unread and are told.
"""

import re
import shutil
import time
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.adapters.readers.lines import Line
from assistant.adapters.readers.pdf_page import Page
from assistant.adapters.readers.pdf_quality import MIN_CHARACTERS, READABLE, quality
from assistant.corpus.cleaning import clean, is_japanese

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

INSTALL_PDFIUM = "pip install 'katsuyo[pdfium]'"
INSTALL_OCR = "pip install 'katsuyo[ocr]' と、Tesseract の日本語(tesseract-ocr-jpn)"

_OCR_SECONDS = 80.0
"""For all pages of a file: a page of A4 takes 2–6 s, and a file may take 120 s."""
_PAGE_SECONDS = 20
_MAX_PIXELS = 6_000_000
"""A4 at 200 dpi has 3.9 million; a page of 10 m × 10 m is drawn smaller."""
_DOTS_PER_POINT = 200 / 72

_MIN_SIZE = 2.0
_WHITE = 242
"""Of 255, in all three colours: as `pdf_page` has it."""
_INVISIBLE_MODES = (3, 7)


class SecondReader:
    """Reads single pages of one file again. Opened when the first page needs it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._document: PdfDocument | None = None
        self._closed = False
        self._until = time.monotonic() + _OCR_SECONDS

    def close(self) -> None:
        """Close the file."""
        if self._document is not None:
            self._document.close()

    def text_of(self, number: int) -> Page | None:
        """Return the visible text of the page at 1-based `number`; None if it cannot be read."""
        page = self._page(number)
        if page is None:
            return None
        with closing(page):
            return _as_page(number, _visible_text(page))

    def ocr_of(self, number: int) -> Page | None:
        """Return what Tesseract reads on the page; None without it, in vain or out of time."""
        if time.monotonic() > self._until or not has_ocr():
            return None
        page = self._page(number)
        if page is None:
            return None
        with closing(page):
            width, height = page.get_size()
            pixels = max(1.0, width * height) * _DOTS_PER_POINT**2
            scale = _DOTS_PER_POINT * min(1.0, (_MAX_PIXELS / pixels) ** 0.5)
            image = page.render(scale=scale, grayscale=True).to_pil()
        darkest, brightest = image.getextrema()
        text = _recognised(image) if darkest < brightest else ""
        good = len(text) >= MIN_CHARACTERS and quality(text) >= READABLE
        return _as_page(number, text) if good else None

    def _page(self, number: int) -> "PdfPage | None":
        try:
            import pypdfium2
        except ImportError:
            return None
        try:
            if self._document is None and not self._closed:
                self._document = pypdfium2.PdfDocument(str(self._path))
            return self._document[number - 1] if self._document is not None else None
        except (pypdfium2.PdfiumError, IndexError):
            self._closed = self._document is None
            return None


def has_pdfium() -> bool:
    """Return whether the second reader is installed."""
    try:
        import pypdfium2  # noqa: F401
    except ImportError:
        return False
    return True


def has_ocr() -> bool:
    """Return whether the extra, the program and its Japanese are installed."""
    try:
        import pypdfium2  # noqa: F401
        import pytesseract
    except ImportError:
        return False
    return _reads_japanese(pytesseract.pytesseract.tesseract_cmd)


@lru_cache
def _reads_japanese(tesseract: str) -> bool:
    import pytesseract

    if shutil.which(tesseract) is None:
        return False
    try:
        return "jpn" in pytesseract.get_languages()
    except (pytesseract.TesseractError, OSError):
        return False


def _recognised(image: Any) -> str:
    import pytesseract

    try:
        text = pytesseract.image_to_string(image, lang="jpn", timeout=_PAGE_SECONDS)
    except (pytesseract.TesseractError, RuntimeError, OSError):
        return ""
    return "\n".join(_without_gaps(line) for line in clean(str(text)).text.splitlines())


def _without_gaps(line: str) -> str:
    """Return the line without the spaces that Tesseract puts between Japanese characters."""
    parts = re.split(r"( +)", line.strip())
    kept = []
    for place, part in enumerate(parts):
        between = 0 < place < len(parts) - 1 and not part.strip()
        if between and (is_japanese(parts[place - 1][-1]) or is_japanese(parts[place + 1][0])):
            continue
        kept.append(part)
    return "".join(kept)


def _visible_text(page: "PdfPage") -> str:
    """Return the characters that a person can see: the same rules as for the first reader."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    with closing(page.get_textpage()) as text:
        characters = []
        for place in range(text.count_chars()):
            character = chr(pdfium.FPDFText_GetUnicode(text, place))
            if character.isspace() or _is_visible(text, place, width=width, height=height):
                characters.append(character)
    return clean("".join(characters)).text


def _is_visible(text: Any, place: int, *, width: float, height: float) -> bool:
    import ctypes

    import pypdfium2.raw as pdfium

    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, place, x, y)
    if not (-2 <= x.value <= width + 2 and -2 <= y.value <= height + 2):
        return False
    if pdfium.FPDFText_GetFontSize(text, place) <= 0:
        return False
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, place, matrix)
    scale = max(abs(matrix.d), abs(matrix.b))
    if pdfium.FPDFText_GetFontSize(text, place) * scale < _MIN_SIZE:
        return False
    colour = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFText_GetFillColor(text, place, *colour)
    if colour[3].value == 0 or min(one.value for one in colour[:3]) >= _WHITE:
        return False
    mode = pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(text, place))
    return mode not in _INVISIBLE_MODES


def _as_page(number: int, text: str) -> Page:
    lines = [line.rstrip() for line in text.replace("\r", "").split("\n")]
    count = max(1, len(lines))
    return Page(
        number,
        tuple(Line(line, page=number) for line in lines),
        tuple(1 - (place + 0.5) / count for place in range(len(lines))),
        characters=sum(len(line.strip()) for line in lines),
    )
