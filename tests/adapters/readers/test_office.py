"""Word, PowerPoint, Excel and HTML as people make them."""

from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from assistant.adapters.readers import HtmlReader, default_readers
from assistant.domain import Block, BlockKind
from assistant.ports import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return default_readers()[-1]


def seen(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in blocks]


def test_word_gives_headings_lists_tables_in_order_without_hidden_text(
    tmp_path: Path, reader: Reader
) -> None:
    document = docx.Document()
    document.add_heading("はじめかた", 2)
    document.add_paragraph("つぎの順に行います。")
    document.add_paragraph("画面を開く", style="List Number")
    document.add_paragraph("部署を選ぶ", style="List Number")
    document.add_paragraph("注意", style="List Bullet")
    document.add_paragraph("見える").add_run("見えない").font.hidden = True
    table = document.add_table(rows=2, cols=2)
    for index, text in enumerate(("項目", "値", "色", "青|緑")):
        table.cell(index // 2, index % 2).text = text
    document.save(tmp_path / "a.docx")
    extract = reader.read(tmp_path / "a.docx")
    assert seen(extract.blocks) == [
        ("heading", "はじめかた"),
        ("paragraph", "つぎの順に行います。"),
        ("list_item", "1. 画面を開く"),
        ("list_item", "2. 部署を選ぶ"),
        ("list_item", "- 注意"),
        ("paragraph", "見える"),
        ("table", "| 項目 | 値 |\n| --- | --- |\n| 色 | 青\\|緑 |"),
    ]
    assert extract.notes == ("隠し文字(1か所)を除いて読みました",)


def test_word_without_styles_still_has_articles(tmp_path: Path, reader: Reader) -> None:
    document = docx.Document()
    document.add_paragraph("第1条(禁止事項)")
    document.add_paragraph("個人情報を入力しない。")
    document.save(tmp_path / "a.docx")
    assert seen(reader.read(tmp_path / "a.docx").blocks) == [
        ("heading", "第1条(禁止事項)"),
        ("paragraph", "個人情報を入力しない。"),
    ]


def test_slides_give_titles_bullets_tables_and_notes(tmp_path: Path, reader: Reader) -> None:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "使い方"
    slide.placeholders[1].text = "開く\n選ぶ"
    slide.notes_slide.notes_text_frame.text = "ゆっくり話す"
    hidden = show.slides.add_slide(show.slide_layouts[5])
    hidden._element.set("show", "0")
    show.save(tmp_path / "a.pptx")
    extract = reader.read(tmp_path / "a.pptx")
    assert seen(extract.blocks) == [
        ("heading", "使い方"),
        ("list_item", "- 開く"),
        ("list_item", "- 選ぶ"),
        ("heading", "発表者ノート"),
        ("paragraph", "ゆっくり話す"),
    ]
    assert extract.blocks[0].page == 1
    assert extract.notes == ("非表示のスライド(2枚目)は読みませんでした",)


def test_bullets_of_slides_that_open_with_a_year_or_an_amount_stay_bullets(
    tmp_path: Path, reader: Reader
) -> None:
    show = pptx.Presentation()
    cover = show.slides.add_slide(show.slide_layouts[0])
    cover.shapes.title.text = "研修"
    cover.placeholders[1].text = "2026年度版\n人事総務部"
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "あゆみ"
    slide.placeholders[1].text = "2025年10月に開始\n10問のうち8問\n1.5倍\n1. 開く\n2)選ぶ\n① 送る"
    show.save(tmp_path / "a.pptx")
    assert seen(reader.read(tmp_path / "a.pptx").blocks) == [
        ("heading", "研修"),
        ("paragraph", "2026年度版"),
        ("paragraph", "人事総務部"),
        ("heading", "あゆみ"),
        ("list_item", "- 2025年10月に開始"),
        ("list_item", "- 10問のうち8問"),
        ("list_item", "- 1.5倍"),
        ("list_item", "1. 開く"),
        ("list_item", "2)選ぶ"),
        ("list_item", "① 送る"),
    ]


def test_sheets_are_tables_below_their_title_rows(tmp_path: Path, reader: Reader) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["AI FAQ 一覧"], [], ["質問", "回答", "件数"], ["使える?", "はい", 3.0]):
        sheet.append(row)
    book.create_sheet("メモ").append(["秘密"])
    book["メモ"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    extract = reader.read(tmp_path / "a.xlsx")
    assert [block.text for block in extract.blocks if block.kind is BlockKind.PARAGRAPH] == [
        "AI FAQ 一覧"
    ]
    assert extract.blocks[-1].rows == (("質問", "回答", "件数"), ("使える?", "はい", "3"))
    assert extract.notes == ("非表示のシート(「メモ」)は読みませんでした",)


def test_html_gives_what_a_person_reads(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><head><title>手引き</title><style>p{}</style></head><body><nav>メニュー</nav>"
        "<h2>手順</h2><p>一行目<br>二行目<!-- 嘘 --></p><ol><li>開く</li><li><p>選ぶ</p></li></ol>"
        "<p style='display:none'>嘘</p><script>嘘</script>"
        "<table><tr><th>項目<th>値<tr><td>色<td>青</table><footer>社名</footer></body></html>",
        encoding="utf-8",
    )
    extract = HtmlReader().read(path)
    assert extract.title == "手引き"
    assert seen(extract.blocks) == [
        ("heading", "手順"),
        ("paragraph", "一行目\n二行目"),
        ("list_item", "1. 開く"),
        ("list_item", "2. 選ぶ"),
        ("table", "| 項目 | 値 |\n| --- | --- |\n| 色 | 青 |"),
    ]


def test_headings_of_japanese_and_custom_styles_are_headings(
    tmp_path: Path, reader: Reader
) -> None:
    document = docx.Document()
    for name in ("見出し\uff11", "章の題"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), "1")
    document.styles["章の題"].element.get_or_add_pPr().append(outline)
    document.add_paragraph("はじめに", style="見出し\uff11")
    document.add_paragraph("準備", style="章の題")
    document.add_paragraph("机を拭きます。")
    document.save(str(tmp_path / "a.docx"))
    blocks = reader.read(tmp_path / "a.docx").blocks
    assert [(b.kind.value, b.level) for b in blocks] == [
        ("heading", 1),
        ("heading", 2),
        ("paragraph", 0),
    ]


def test_bold_or_numbered_lines_are_headings_where_there_are_no_styles(
    tmp_path: Path, reader: Reader
) -> None:
    document = docx.Document()
    document.add_paragraph().add_run("準備するもの").bold = True
    document.add_paragraph("パソコンを用意します。")
    document.add_paragraph("\uff12\u3000使い方")
    document.add_paragraph("画面を開きます。")
    document.add_paragraph("\uff12\uff0e\uff11 要約する")
    document.add_paragraph("文章を貼ります。")
    document.save(str(tmp_path / "a.docx"))
    blocks = reader.read(tmp_path / "a.docx").blocks
    assert [b.text for b in blocks if b.kind.value == "heading"] == [
        "準備するもの",
        "\uff12\u3000使い方",
        "\uff12\uff0e\uff11 要約する",
    ]
