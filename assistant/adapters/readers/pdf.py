"""PDF by pypdf: visible text, repaired; tables, headings and lists found again by their look."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.adapters.readers.lines import Line, blocks_of
from assistant.adapters.readers.pdf_page import Page, read_page
from assistant.adapters.readers.pdf_running import without_running_lines
from assistant.adapters.readers.pdf_tables import merge_tables
from assistant.corpus.dates import parse_date
from assistant.errors import DocumentError
from assistant.ports import Extract

if TYPE_CHECKING:
    from pypdf import PdfReader as PypdfReader

MAX_PAGES = 2_000
MIN_PAGE_CHARACTERS = 20
"""A page with less is a scan, a picture or broken; told to DX staff, never indexed silently."""
_MAX_TOLD_PAGES = 20


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
    pages = [_page(reader, index) for index in range(len(reader.pages))]
    empty = [page.number for page in pages if page.characters < MIN_PAGE_CHARACTERS]
    if pages and len(empty) == len(pages) and sum(page.characters for page in pages) == 0:
        raise DocumentError(
            f"文字が読み取れません(全{len(pages)}ページ。紙をスキャンしたPDFのようです)。",
            remedy="文字の入ったPDFを元のアプリから作るか、文字認識(OCR)をかけて置いてください。",
            path=path,
        )
    lines: list[Line] = []
    for page in without_running_lines(pages):
        lines += page.lines
    blocks = merge_tables(blocks_of(lines, wrapped=True))
    return Extract(blocks, title=_title(reader), notes=_notes(pages, empty))


def _page(reader: "PypdfReader", index: int) -> Page:
    """Return one page; a page that breaks or refuses is an empty one and gets its line."""
    from pypdf.errors import PyPdfError

    try:
        return read_page(reader.pages[index], index + 1)
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
        return Page(index + 1)


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


def _notes(pages: Sequence[Page], empty: Sequence[int]) -> tuple[str, ...]:
    notes = []
    if empty:
        told = "、".join(str(number) for number in empty[:_MAX_TOLD_PAGES])
        rest = f" ほか{len(empty) - _MAX_TOLD_PAGES}" if len(empty) > _MAX_TOLD_PAGES else ""
        notes.append(f"文字が読み取れないページがあります({told}{rest}ページ)")
    hidden = [page for page in pages if page.hidden]
    if hidden:
        told = "、".join(str(page.number) for page in hidden[:_MAX_TOLD_PAGES])
        count = sum(page.hidden for page in hidden)
        notes.append(f"人の目に見えない文字({count}字、{told}ページ)を除いて読みました")
    return tuple(notes)
