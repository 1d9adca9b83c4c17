"""Page by page: who read it (pypdf, pdfium, OCR, nobody), and what DX staff are told of it."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.adapters.readers import pdf_second
from assistant.adapters.readers.pdf_page import Page
from assistant.adapters.readers.pdf_quality import GOOD, MIN_CHARACTERS, READABLE, quality

_BETTER = 0.05
"""The second reader knows no tables: it must be clearly better to be taken."""

_CPU_SECONDS = 8.0
"""Pages that are not reached within this are told; a file may take 10 s (`worker.Limits`)."""

_MAX_TOLD = 20
"""Runs of pages named in a note."""


class How(StrEnum):
    """Who read a page."""

    TEXT = "text"
    OCR = "ocr"
    UNREAD = "unread"
    TOO_LATE = "too late"


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page, empty if it could not be read."""

    page: Page
    how: How


def read_pages(
    first: Callable[[int], Page],
    second: pdf_second.SecondReader,
    *,
    count: int,
    cpu_seconds: Callable[[], float] = time.process_time,
) -> list[ReadPage]:
    """Return the pages 1 to `count`, each as the reader took it that read it best."""
    started = cpu_seconds()
    read = []
    for number in range(1, count + 1):
        if cpu_seconds() - started > _CPU_SECONDS:
            read.append(ReadPage(Page(number), How.TOO_LATE))
        else:
            read.append(_read(first(number), second))
    return read


def _read(page: Page, second: pdf_second.SecondReader) -> ReadPage:
    worth = _worth(page)
    if worth < GOOD:
        other = second.text_of(page.number)
        if other is not None and _worth(other) >= worth + _BETTER:
            page, worth = replace(other, hidden=page.hidden), _worth(other)
    if worth >= READABLE:
        return ReadPage(page, How.TEXT)
    seen = second.ocr_of(page.number)
    if seen is not None:
        return ReadPage(replace(seen, hidden=page.hidden), How.OCR)
    return ReadPage(Page(page.number, hidden=page.hidden), How.UNREAD)


def _worth(page: Page) -> float:
    return quality(page.text) if page.characters >= MIN_CHARACTERS else 0.0


def notes_on(read: Sequence[ReadPage]) -> tuple[str, ...]:
    """Return a line for DX staff on each thing that went other than plainly."""
    return tuple(_notes(read))


def how_to_read_more() -> str:
    """Return what to install so that more pages can be read; empty if everything is there."""
    if pdf_second.has_ocr():
        return ""
    return f"{pdf_second.INSTALL_OCR} を入れると、OCRで読みます。"


def _notes(read: Sequence[ReadPage]) -> Iterator[str]:
    unread = _told(read, How.UNREAD)
    if unread:
        install = how_to_read_more()
        yield f"{unread}ページは文字を読めませんでした" + (f"({install})" if install else "")
    late = _told(read, How.TOO_LATE)
    if late:
        yield f"{late}ページは時間がかかりすぎるため、読んでいません(ファイルを分けてください)"
    recognised = _told(read, How.OCR)
    if recognised:
        yield f"{recognised}ページはOCRで読みました。誤りがあるかもしれません"
    hidden = [one.page for one in read if one.page.hidden]
    if hidden:
        count = sum(page.hidden for page in hidden)
        told = page_runs([page.number for page in hidden])
        yield f"人の目に見えない文字({count}字、{told}ページ)を除いて読みました"


def _told(read: Sequence[ReadPage], how: How) -> str:
    return page_runs([one.page.number for one in read if one.how is how])


def page_runs(numbers: Sequence[int]) -> str:
    """Return «3, 5〜7» for 3, 5, 6, 7; after twenty runs «ほか12» counts the other pages."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [str(run[0]) if len(run) == 1 else f"{run[0]}〜{run[-1]}" for run in runs[:_MAX_TOLD]]
    rest = sum(len(run) for run in runs[_MAX_TOLD:])
    return ", ".join(told) + (f" ほか{rest}" if rest else "")
