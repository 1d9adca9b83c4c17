"""Small files that unfold to gigabytes or minutes, by name; «odd» ones may be read."""

import zlib
from collections.abc import Iterator

from tests.faults.seeds import HELVETICA, docx, pdf, pdf_of, with_members, xlsx


def office_bombs() -> Iterator[tuple[str, bytes]]:
    word, sheet = docx(), xlsx()
    body = "word/document.xml"
    head = (
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x0 "lol">'
        + "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
        + "]>"
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph = "<w:p><w:r><w:t>あ</w:t></w:r></w:p>"

    def document(inside: str, prolog: str = "") -> bytes:
        xml = f"{prolog}<w:document {space}><w:body>{inside}</w:body></w:document>"
        return with_members(word, {body: xml.encode()}, "")

    yield "zeros.docx", with_members(word, {body: bytes(120_000_000)}, "")
    yield "dense.docx", document(paragraph * 700_000)
    yield "members.docx", with_members(word, {f"x{n}": b"" for n in range(12_000)}, "")
    yield "laughs.docx", document("<w:p><w:r><w:t>&x9;</w:t></w:r></w:p>", head)
    yield (
        "external.docx",
        document("<w:p/>", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    )
    yield "deep.docx", document("<w:sdt>" * 200_000)
    yield (
        "odd-nested-tables.docx",
        document("<w:tbl><w:tr><w:tc>" * 3000 + paragraph + "</w:tc></w:tr></w:tbl>" * 3000),
    )
    span = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{}"/></w:tcPr>{}</w:tc></w:tr></w:tbl>'
    yield "odd-span.docx", document(span.format(2_000_000_000, paragraph))
    cells = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 200_000))
    rows = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
    page = "xl/worksheets/sheet1.xml"
    yield (
        "odd-wide.xlsx",
        with_members(sheet, {page: rows.format(f"<sheetData>{cells}</sheetData>").encode()}, ""),
    )
    yield (
        "laughs.xlsx",
        with_members(
            sheet,
            {
                page: (
                    head + rows.format("<sheetData><row><c><v>&x9;</v></c></row></sheetData>")
                ).encode()
            },
            "",
        ),
    )
    yield "zeros.xlsx", with_members(sheet, {page: bytes(120_000_000)}, "")
    yield (
        "odd-far.xlsx",
        with_members(
            sheet,
            {
                page: rows.format(
                    '<sheetData><row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData>'
                ).encode()
            },
            "",
        ),
    )
    lying = bytearray(with_members(word, {"word/media/a.bin": bytes(50_000_000)}, ""))
    place = lying.rfind(b"PK\x01\x02")
    lying[place + 24 : place + 28] = (10).to_bytes(4, "little")
    yield "odd-lying.docx", bytes(lying)
    yield "cut.docx", word[: len(word) // 2]
    yield "cut.xlsx", sheet[:-30]


def pdf_bombs() -> Iterator[tuple[str, bytes]]:
    def flate(data: bytes) -> bytes:
        return zlib.compress(data, 6)

    operators = b"BT /F1 12 Tf " + b"(a) Tj " * 900_000 + b"ET"
    yield "bomb50.pdf", pdf_of(flate(bytes(50_000_000)))
    yield "bomb200.pdf", pdf_of(flate(bytes(200_000_000)))
    yield "nested.pdf", pdf_of(flate(flate(flate(bytes(100_000_000)))), filters="/FlateDecode " * 3)
    yield "operators.pdf", pdf_of(flate(operators))
    yield "rulings.pdf", pdf_of(flate(b"0 0 m 9 9 l S " * 400_000))
    yield "states.pdf", pdf_of(flate(b"q " * 2_000_000))
    yield "cut.pdf", pdf()[:2000]
    yield "head.pdf", b"%PDF-1.7\n" + bytes(10_000)
    yield (
        "circle.pdf",
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\n"
            b"trailer<</Root 1 0 R>>\n%%EOF"
        ),
    )
    yield "brackets.pdf", pdf_of(b"[" * 300_000, filters="")
    yield (
        "deep.pdf",
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj"
            + b"[" * 200_000
            + b"]" * 200_000
            + b"endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
        ),
    )
    kids = b" ".join(b"3 0 R" for _ in range(100_000))
    yield (
        "pages.pdf",
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Count 100000/Kids[" + kids + b"]>>endobj\n"
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
            b"trailer<</Root 1 0 R>>\n%%EOF"
        ),
    )
    mapped = HELVETICA.replace(b">>", b"/ToUnicode 6 0 R>>")
    yield "map.pdf", pdf_of(b"BT /F1 9 Tf (abc) Tj ET", filters="", font=mapped)


def long_texts() -> dict[str, str]:
    """Return texts that make a parser's time grow with the square of their size, by name."""
    return {
        "brackets.md": "[" * 100_000,
        "stars.md": "*a **b " * 50_000,
        "quotes.md": ">" * 20_000 + "a",
        "ticks.md": "`" * 3 + "".join("`" * n + " " for n in range(1, 400)) * 3,
        "lists.md": "".join("  " * n + "- a\n" for n in range(500)),
        "links.md": "[a](" * 50_000,
        "table.md": "|a" * 20_000 + "\n" + "|-" * 20_000 + "\n" + "|b" * 20_000,
        "entities.html": "&#x110000;" * 100_000,
        "nested.html": "<div>" * 100_000 + "a",
        "open.html": "<p " * 100_000,
        "comment.html": "<!--" * 100_000,
        "quote.csv": '"' * 100_001,
        "columns.csv": "," * 200_000,
        "line.txt": "あ" * 1_000_000,
        "lines.txt": "あ\n" * 500_000,
        "aliases.md": "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(
            f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n"
            for n in range(9)
        )
        + "---\n# 手順\n\n本文です。\n",
        "yaml.md": "---\ntitle: " + "[" * 5_000 + "\n---\n本文です。\n",
    }
