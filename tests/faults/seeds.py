"""Honest files to break, made by the libraries that people's programs are like."""

import io
import zipfile

TEXT = "検査員は、製品の外観を確かめたうえで、記録用紙に結果を書きます。"
FONT = "HeiseiKakuGo-W5"

HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
HUGE_MAP = (
    b"1 begincodespacerange <00> <ff> endcodespacerange "
    b"1 beginbfrange <00000000> <ffffffff> <0000> endbfrange"
)


def zip_of(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def with_members(data: bytes, members: dict[str, bytes], folder: str) -> bytes:
    """Return the zip with these members added or replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    return zip_of({**kept, **{folder + name: member for name, member in members.items()}})


def pdf() -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for page in range(2):
        canvas.setFont(FONT, 10)
        for line in range(6):
            canvas.drawString(50, 780 - 20 * line, f"{page}-{line} {TEXT}")
        canvas.rect(50, 500, 200, 40)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def pdf_of(content: bytes, *, filters: str = "/FlateDecode", font: bytes = HELVETICA) -> bytes:
    """Return one page of 500 × 500 points with this (compressed) content and font /F1."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R/Resources 7 0 R>>",
        f"<</Length {len(content)}/Filter[{filters}]>>stream\n".encode() + content + b"\nendstream",
        font,
        f"<</Length {len(HUGE_MAP)}>>stream\n".encode() + HUGE_MAP + b"\nendstream",
        b"<</Font<</F1 5 0 R>>>>",
    ]
    data, places = bytearray(b"%PDF-1.4\n"), []
    for number, value in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj".encode() + value + b"endobj\n"
    table = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    data += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF".encode()
    return bytes(data)


def docx() -> bytes:
    from docx import Document

    document = Document()
    document.add_heading("検査の手順", 1)
    for number in range(5):
        document.add_paragraph(f"{number} {TEXT}")
    document.add_table(2, 2).cell(0, 0).text = "項目"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def xlsx() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in [("項目", "内容"), *((f"項目{n}", TEXT) for n in range(20))]:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def pptx() -> bytes:
    from pptx import Presentation

    show = Presentation()
    for number in range(3):
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = f"検査{number}"
        slide.placeholders[1].text = TEXT
    buffer = io.BytesIO()
    show.save(buffer)
    return buffer.getvalue()
