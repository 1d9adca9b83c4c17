"""PDF: visible text, repaired; tables, headings and lists found again by their look."""

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.adapters.readers.lines import Line, blocks_of
from assistant.adapters.readers.pdf_page import Page, read_page
from assistant.adapters.readers.pdf_pages import How, how_to_read_more, notes_on, read_pages
from assistant.adapters.readers.pdf_running import without_running_lines
from assistant.adapters.readers.pdf_second import SecondReader
from assistant.adapters.readers.pdf_tables import merge_tables
from assistant.corpus.dates import parse_date
from assistant.errors import DocumentError
from assistant.ports import Extract

if TYPE_CHECKING:
    from pypdf import PdfReader as PypdfReader

MAX_PAGES = 2_000


def limit_pypdf() -> None:
    """Set pypdf's limits for this process: the worst hostile file then takes 1 s and 80 MB.

    Values from security findings 1.4. They live in a ContextVar: call it in the thread that reads.
    """
    import pypdf

    pypdf.overwrite_configuration(
        zlib_maximum_output_length=20_000_000,
        stream_parsing_work_maximum_count=200_000,
        stream_decoding_work_maximum_length=60_000_000,
        page_tree_maximum_entries=5_000,
        page_tree_maximum_page_entries=5_000,
        xform_maximum_invocations_per_extraction=500,
        maximum_declared_stream_length=20_000_000,
    )


def parse_pdf(path: Path) -> Extract:
    """Return the blocks of a PDF. Raises DocumentError, and pypdf's own errors."""
    import pypdf

    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise DocumentError(
                "PDFではありません(拡張子と中身が違います)。",
                remedy="元のアプリから、PDFとして保存し直してください。",
                path=path,
            )
    reader = pypdf.PdfReader(str(path))
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentError(
            "パスワードがかかったPDFです。",
            remedy="パスワードを外したPDFを置いてください。",
            path=path,
        )
    if len(reader.pages) > MAX_PAGES:
        raise DocumentError(
            f"ページが多すぎます({len(reader.pages)}ページ)。",
            remedy=f"{MAX_PAGES}ページ以下に分けてください。",
            path=path,
        )
    return _extract(reader, path)


def _extract(reader: "PypdfReader", path: Path) -> Extract:
    with closing(SecondReader(path)) as second:
        read = read_pages(partial(_page, reader), second, count=len(reader.pages))
    pages = [one.page for one in read]
    if pages and all(one.how is How.UNREAD for one in read):
        raise DocumentError(
            f"文字が読み取れません(全{len(pages)}ページ。紙をスキャンしたPDFのようです)。",
            remedy="文字の入ったPDFを元のアプリから作るか、文字認識(OCR)をかけて置いてください。"
            + how_to_read_more(),
            path=path,
        )
    lines: list[Line] = []
    for page in without_running_lines(pages):
        lines += page.lines
    blocks = merge_tables(blocks_of(lines, wrapped=True))
    return Extract(blocks, title=_title(reader), notes=notes_on(read))


def _page(reader: "PypdfReader", number: int) -> Page:
    """Return the page at 1-based `number`; one that breaks or refuses is an empty one."""
    from pypdf.errors import PyPdfError

    try:
        return read_page(reader.pages[number - 1], number)
    except (
        PyPdfError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        ArithmeticError,
        RecursionError,
    ):
        return Page(number)


def _title(reader: "PypdfReader") -> str:
    """Return the title of the file's properties, unless it is what Word puts there by itself."""
    try:
        metadata = reader.metadata
        title = str(metadata.get("/Title") or "").strip() if metadata is not None else ""
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
    by_itself = ("Microsoft Word", "untitled", "anonymous", "無題", "(anonymous)", "about:blank")
    if title.startswith(by_itself) or title.endswith((".doc", ".docx", ".pptx", ".xlsx", ".html")):
        return ""
    return "" if parse_date(title) or "\x00" in title or "\ufffd" in title else title
