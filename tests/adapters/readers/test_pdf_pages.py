"""Pages whose text is broken or missing: the second reader, OCR, and what DX staff are told."""

import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pypdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from assistant.adapters.readers import default_readers
from assistant.adapters.readers.lines import Line
from assistant.adapters.readers.pdf import parse_pdf
from assistant.adapters.readers.pdf_page import Page
from assistant.adapters.readers.pdf_pages import notes_on, read_pages
from assistant.adapters.readers.pdf_second import SecondReader, has_ocr, has_pdfium
from assistant.errors import DocumentError
from assistant.ports import Extract
from tests.faults.seeds import FONT, TEXT, pdf_of

pytestmark = pytest.mark.slow

KANA = "けんさいんはせいひんのがいかんをたしかめたうえできろくようしにけっかをかきます"
needs_pdfium = pytest.mark.skipif(not has_pdfium(), reason="needs the extra «pdfium»")
needs_ocr = pytest.mark.skipif(not has_ocr(), reason="needs the extra «ocr» and Tesseract's «jpn»")


@pytest.fixture
def without_extras(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    monkeypatch.setitem(sys.modules, "pytesseract", None)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a PDF of text, a scan, text, and three more scans."""
    folder = tmp_path_factory.mktemp("scans")
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    scan = _scan(folder)
    canvas = Canvas(str(folder / "mixed.pdf"), pagesize=(595, 421))
    for page in range(6):
        if page in {0, 2}:
            canvas.setFont(FONT, 12)
            canvas.drawString(50, 350, f"{page}ページ目です。{TEXT}")
        else:
            canvas.drawImage(str(scan), 0, 0, 595, 421)
        canvas.showPage()
    canvas.save()
    return folder / "mixed.pdf"


def _scan(folder: Path) -> Path:
    """Return a picture of Japanese text, drawn by the browser that the page's tests use."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("needs Chromium to draw a picture of text")
    page, picture = folder / "scan.html", folder / "scan.png"
    lines = "".join(f"<p>{TEXT}</p>" for _ in range(3))
    page.write_text(f"<meta charset=utf-8><body style='font-size:28px'>{lines}", encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1190,842"]
    command = [browser, *flags, f"--screenshot={picture}", f"file://{page}"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return picture


def text_of(extract: Extract) -> str:
    return "".join(block.text for block in extract.blocks)


@pytest.mark.usefixtures("without_extras")
def test_scans_are_told_page_by_page_with_what_to_install(mixed: Path) -> None:
    extract = parse_pdf(mixed)
    assert text_of(extract).count("記録用紙") == 2
    assert len(extract.notes) == 1
    assert extract.notes[0].startswith("2, 4〜6ページは文字を読めませんでした")
    assert "katsuyo[ocr]" in extract.notes[0]
    assert "tesseract-ocr-jpn" in extract.notes[0]


@needs_ocr
def test_a_scan_is_read_by_ocr_inside_the_workers_limits_and_marked(mixed: Path) -> None:
    two = mixed.with_name("two.pdf")
    writer = pypdf.PdfWriter()
    writer.append(mixed, pages=(0, 2))
    writer.write(two)
    extract = default_readers()[-1].read(two)
    assert text_of(extract).count("記録用紙") >= 1 + 2
    assert {block.page for block in extract.blocks} == {1, 2}
    assert extract.notes == ("2ページはOCRで読みました。誤りがあるかもしれません",)


@needs_pdfium
def test_a_page_that_only_the_second_reader_understands_is_read_by_it(tmp_path: Path) -> None:
    path = tmp_path / "cids.pdf"
    path.write_bytes(_glyph_numbers(KANA))
    extract = parse_pdf(path)
    assert KANA in text_of(extract).replace("\n", "")
    assert extract.notes == ()


@pytest.mark.usefixtures("without_extras")
def test_a_page_of_garbage_is_told_and_never_read(tmp_path: Path) -> None:
    path = tmp_path / "cids.pdf"
    path.write_bytes(_glyph_numbers(KANA))
    with pytest.raises(DocumentError, match="文字が読み取れません"):
        parse_pdf(path)


@needs_pdfium
def test_the_second_reader_does_not_bring_hidden_text_back(tmp_path: Path) -> None:
    white = "1 1 1 rg BT /F1 12 Tf 20 300 Td <0302> Tj ET"
    small = "0 g BT /F1 0.5 Tf 20 280 Td <0303> Tj ET"
    away = "BT /F1 12 Tf 20 5000 Td <0304> Tj ET"
    clear = "BT 3 Tr /F1 12 Tf 20 200 Td <0305> Tj ET"
    path = tmp_path / "hidden.pdf"
    path.write_bytes(_glyph_numbers(KANA, f" {white} {small} {away} {clear}"))
    assert text_of(parse_pdf(path)).replace("\n", "") == KANA


def test_a_print_from_the_browser_reads_as_it_looks(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("needs Chromium")
    page, path = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(f"<meta charset=utf-8><p>生成AIの入力と日本の用語。{TEXT}", encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command = [browser, *flags, f"--print-to-pdf={path}", f"file://{page}"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert f"生成AIの入力と日本の用語。{TEXT}" in text_of(parse_pdf(path))


def test_pages_that_are_not_reached_in_time_are_told(tmp_path: Path) -> None:
    page = Page(1, (Line(TEXT),), (0.5,), characters=len(TEXT))
    seconds = iter([0.0, 4.0, 8.0, 12.0, 16.0])
    second = SecondReader(tmp_path / "unused.pdf")
    read = read_pages(lambda _: page, second, count=4, cpu_seconds=lambda: next(seconds))
    assert notes_on([*read]) == (
        "3〜4ページは時間がかかりすぎるため、読んでいません(ファイルを分けてください)",
    )


def _glyph_numbers(kana: str, more: str = "") -> bytes:
    """Return a page as some makers write it: glyph numbers of Adobe-Japan1, no table to Unicode."""
    codes = "".join(f"{842 + ord(character) - ord('ぁ'):04x}" for character in kana)
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/Identity-H/DescendantFonts["
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/DW 1000>>]>>"
    )
    content = f"0 g BT /F1 9 Tf 20 400 Td <{codes}> Tj ET{more}"
    return pdf_of(zlib.compress(content.encode()), font=font)
