"""PDFs as people make them, and as attackers do."""

import io
from pathlib import Path

import pypdf
import pytest
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from assistant.adapters.readers import Limits, default_readers
from assistant.domain import Block, BlockKind
from assistant.errors import DocumentError
from assistant.ports import Reader

FONT = "HeiseiKakuGo-W5"
LONG = "検査員は、製品の外観を確かめたうえで、記録用紙に結果を書きます。" * 5


@pytest.fixture(scope="module")
def reader() -> Reader:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return default_readers(Limits(cpu_seconds=8))[-1]


def texts(blocks: tuple[Block, ...], kind: BlockKind) -> list[str]:
    return [block.text for block in blocks if block.kind is kind]


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> tuple[Block, ...]:
    """Return the blocks of four pages with headers, headings, wrapped text, steps and tables."""
    path = tmp_path_factory.mktemp("pdf") / "manual.pdf"
    body = ParagraphStyle("body", fontName=FONT, fontSize=10.5, leading=17, wordWrap="CJK")
    heading = ParagraphStyle("heading", parent=body, fontSize=14, leading=24)

    def furniture(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 8)
        canvas.drawString(50, 810, "品質マニュアル 第3版")
        canvas.drawRightString(545, 20, f"- {document.page} -")

    story = []
    for number in range(1, 9):
        story += [Paragraph(f"{number}. 検査の{number}", heading), Paragraph(LONG, body)]
        story += [Paragraph(f"({n}) 台帳に写します。", body) for n in (1, 2)]
        rows = [["項目", "基準"], ["外観", f"{number}か所まで。" + "小さなきずは合格です。" * 3]]
        cells = [[Paragraph(cell, body) for cell in row] for row in rows]
        table = Table(cells, colWidths=[80, 250])
        table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
        story.append(table)
    SimpleDocTemplate(str(path)).build(story, onFirstPage=furniture, onLaterPages=furniture)
    return reader.read(path).blocks


def test_headings_paragraphs_and_steps_are_found(manual: tuple[Block, ...]) -> None:
    assert texts(manual, BlockKind.HEADING) == [f"{n}. 検査の{n}" for n in range(1, 9)]
    assert set(texts(manual, BlockKind.PARAGRAPH)) == {LONG}
    assert texts(manual, BlockKind.LIST_ITEM)[:2] == [
        "(1) 台帳に写します。",
        "(2) 台帳に写します。",
    ]


def test_tables_keep_their_rows_and_cells(manual: tuple[Block, ...]) -> None:
    tables = [block for block in manual if block.kind is BlockKind.TABLE]
    rows = [row for table in tables for row in table.rows if row[0] == "外観"]
    assert [row[1][:2] for row in rows] == [f"{n}か" for n in range(1, 9)]
    assert all(row[1].endswith("きずは合格です。") for row in rows)


def test_running_headers_and_page_numbers_are_left_out(manual: tuple[Block, ...]) -> None:
    text = "".join(block.text for block in manual)
    assert "第3版" not in text
    assert "- 1 -" not in text
    assert {block.page for block in manual} >= {1, 2, 3}


@pytest.mark.parametrize("opening", ["", LONG])
def test_short_items_without_bullets_stay_apart(
    tmp_path: Path, reader: Reader, opening: str
) -> None:
    path = tmp_path / "items.pdf"
    body = ParagraphStyle("body", fontName=FONT, fontSize=10.5, leading=14, wordWrap="CJK")
    heading = ParagraphStyle("heading", parent=body, fontSize=14, leading=24)
    items = [
        "個人の情報(従業員も顧客も問わず)",
        "発売前の製品の情報(技術は除く)",
        "機密の高い計画や内部の資料など",
        "契約で守ると約束した他社の情報",
        "会社が決めた、だれにも見せない値",
    ]
    story = [Paragraph(each, body) for each in ([opening] if opening else [])]
    story += [
        Paragraph("迷ったときに見る一覧:", heading),
        *(Paragraph(each, body) for each in items),
    ]
    SimpleDocTemplate(str(path)).build(story)
    blocks = reader.read(path).blocks
    assert texts(blocks, BlockKind.HEADING) == ["迷ったときに見る一覧:"]
    assert texts(blocks, BlockKind.PARAGRAPH)[-5:] == items


def test_a_boxed_note_stays_whole_and_a_paragraph_behind_a_step_stands_alone(
    tmp_path: Path, reader: Reader
) -> None:
    path = tmp_path / "note.pdf"
    body = ParagraphStyle("body", fontName=FONT, fontSize=10.5, leading=17.5, wordWrap="CJK")
    spaced = ParagraphStyle("spaced", parent=body, spaceAfter=6.5)
    step = ParagraphStyle("step", parent=body, leftIndent=18, firstLineIndent=-18, spaceAfter=2.5)
    boxed = ParagraphStyle("boxed", parent=body, leftIndent=24, rightIndent=24, spaceAfter=12)
    note = "注意: " + "数字は元の記録と一つずつ見くらべてから写し" * 4 + "ます。"
    steps = ["1. " + "記録を写" * 18 + "す。"] + [f"{n}. 台帳に写します。" for n in range(2, 9)]
    ending = "9. " + "窓口へ知ら" * 7 + "せました。"
    behind = "早い相談をとがめることはありません。"
    story = [Paragraph(LONG, spaced), Paragraph(note, boxed)]
    story += [Paragraph(text, step) for text in (*steps, ending)]
    story.append(Paragraph(behind, ParagraphStyle("behind", parent=body, spaceBefore=6.5)))
    SimpleDocTemplate(str(path)).build(story)

    blocks = reader.read(path).blocks

    assert texts(blocks, BlockKind.PARAGRAPH) == [LONG, note, behind]
    assert texts(blocks, BlockKind.LIST_ITEM) == [*steps, ending]


def draw(path: Path, *pages: str) -> Path:
    canvas = Canvas(str(path))
    for text in pages:
        canvas.setFont(FONT, 12)
        canvas.drawString(50, 700, text)
        canvas.showPage()
    canvas.save()
    return path


def test_hidden_text_is_taken_out_and_told(tmp_path: Path, reader: Reader) -> None:
    canvas = Canvas(str(tmp_path / "hidden.pdf"))
    canvas.setFont(FONT, 12)
    canvas.drawString(50, 700, "お客様の名前は入力しないでください。これは見える文です。")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(50, 650, "白い嘘")
    canvas.setFillColorRGB(0, 0, 0.4)
    canvas.rect(50, 590, 300, 30, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(60, 600, "濃い帯に白い見出し")
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(50, 5000, "紙の外の嘘")
    canvas.setFont(FONT, 0.5)
    canvas.drawString(50, 500, "小さな嘘")
    text = canvas.beginText(50, 450)
    text.setFont(FONT, 12)
    text.setTextRenderMode(3)
    text.textLine("透明な嘘")
    canvas.drawText(text)
    canvas.save()
    extract = reader.read(tmp_path / "hidden.pdf")
    seen = "".join(block.text for block in extract.blocks)
    assert "見える文です" in seen
    assert "濃い帯に白い見出し" in seen
    assert "嘘" not in seen
    assert "見えない文字(16字、1ページ)" in extract.notes[0]


def test_pages_without_text_are_told_page_by_page(tmp_path: Path, reader: Reader) -> None:
    extract = reader.read(draw(tmp_path / "a.pdf", LONG[:30], "", LONG[:30]))
    assert extract.notes[0].startswith("2ページは文字を読めませんでした")
    with pytest.raises(DocumentError, match=r"全2ページ.*スキャン.*OCR"):
        reader.read(draw(tmp_path / "b.pdf", "", ""))


def test_a_password_is_told_but_an_owner_password_is_no_hindrance(
    tmp_path: Path, reader: Reader
) -> None:
    source = draw(tmp_path / "plain.pdf", LONG[:30])
    for name, user in (("locked.pdf", "himitsu"), ("owner.pdf", "")):
        writer = pypdf.PdfWriter(clone_from=source)
        writer.encrypt(user, "owner", algorithm="AES-256")
        writer.write(tmp_path / name)
    with pytest.raises(DocumentError, match="パスワード"):
        reader.read(tmp_path / "locked.pdf")
    assert reader.read(tmp_path / "owner.pdf").blocks


def operators(path: Path, content: bytes) -> Path:
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(500, 500)
    stream = pypdf.generic.StreamObject()
    stream.set_data(content)
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    buffer = io.BytesIO()
    writer.write(buffer)
    path.write_bytes(buffer.getvalue())
    return path


def test_a_bomb_of_operators_ends_soon_and_the_next_file_is_read(
    tmp_path: Path, reader: Reader
) -> None:
    bomb = operators(tmp_path / "bomb.pdf", b"BT /F1 12 Tf " + b"(a) Tj " * 990_000 + b"ET")
    with pytest.raises(DocumentError):
        reader.read(bomb)
    assert reader.read(draw(tmp_path / "good.pdf", LONG[:30])).blocks


def test_a_file_over_its_time_is_given_up(tmp_path: Path) -> None:
    impatient = default_readers(Limits(wall_seconds=0.01))[-1]
    with pytest.raises(DocumentError, match="時間がかかりすぎ"):
        impatient.read(draw(tmp_path / "a.pdf", LONG[:30]))
