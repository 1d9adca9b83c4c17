import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.corpus.intake.naming import file_stem, folder_of, safe_name
from assistant.corpus.walking import is_ignored
from assistant.domain import Kind
from assistant.errors import DocumentError

READABLE = (".md", ".pdf", ".docx")


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_name_ends_as_one_plain_file_name_or_a_sentence(given_name: str) -> None:
    try:
        name = safe_name(given_name + ".md", readable=READABLE)
    except DocumentError:
        return
    assert Path(name).name == name
    assert not set(name) & set('/\\<>:"|?*\x00\n')
    assert name not in {".", ".."}
    assert len(name.encode()) <= 180
    assert unicodedata.is_normalized("NFC", name)
    assert not is_ignored(name, at_root=False)
    assert safe_name(name, readable=READABLE) == name


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("../../etc/報告.md", "報告.md"),
        ("C:\\資料\\見積.PDF", "見積.pdf"),
        ("か\u3099いと\u3099.md", "がいど.md"),
        ("CON.md", "_CON.md"),
        ("売上: 4月?.docx", "売上_ 4月_.docx"),
        ("事例\u202e.md", "事例_.md"),
    ],
)
def test_names_keep_what_people_read(given_name: str, name: str) -> None:
    assert safe_name(given_name, readable=READABLE) == name


@settings(deadline=None)
@given(st.text(max_size=300))
@example("COM0")
@example("Con.見積")
def test_a_title_becomes_a_name_that_can_be_written(title: str) -> None:
    stem = file_stem(title.encode("utf-8", "replace").decode())
    assert safe_name(f"{stem}.md", readable=READABLE) == f"{stem}.md"


def test_a_folder_that_a_company_named_itself_is_used(tmp_path: Path) -> None:
    (tmp_path / "活用事例").mkdir()
    assert folder_of(Kind.STORY, tmp_path) == "活用事例"
    assert folder_of(Kind.FAQ, tmp_path) == "faqs"
