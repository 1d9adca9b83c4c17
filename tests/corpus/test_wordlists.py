"""Lists beside company.yaml: partners, the hashed roster, patterns."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.corpus.company import load_company
from assistant.corpus.patterns import PatternError, compile_pattern
from assistant.corpus.walking import walk_corpus
from assistant.corpus.wordlists import make_roster, name_digest, read_partners
from assistant.errors import SettingsError
from tests.conftest import katsuyo

_YAML = "company: さくら設計\ndepartments: [設計部]\n"
_NAMES = "氏名,フリガナ\n三枝 直哉,サエグサ ナオヤ\n"


def _company(folder: Path, more: str) -> Path:
    (folder / "company.yaml").write_text(_YAML + more, encoding="utf-8")
    return folder / "company.yaml"


def test_partners_and_their_short_names_are_read_also_from_excel(tmp_path: Path) -> None:
    (tmp_path / "partners.csv").write_bytes("取引先名,略称\n北斗精密㈱,北斗、HS\n".encode("cp932"))
    company = load_company(_company(tmp_path, "partners: partners.csv\n"))
    assert company.partners == ("北斗精密㈱", "北斗", "HS")


def test_roster_holds_no_name(tmp_path: Path) -> None:
    (tmp_path / "meibo.csv").write_text(_NAMES, encoding="utf-8")
    (tmp_path / "corpus").mkdir()
    done = katsuyo(
        "guard", "roster", str(tmp_path / "meibo.csv"), data=tmp_path, corpus=tmp_path / "corpus"
    )
    written = (tmp_path / "corpus" / "roster.hashes").read_text(encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert not any(name in written for name in ("三枝", "直哉", "サエグサ"))
    assert "2件" in done.stdout
    roster = load_company(_company(tmp_path / "corpus", "roster: roster.hashes\n")).roster
    assert roster is not None
    assert name_digest("三枝 直哉", roster.salt) in roster.names
    assert name_digest("三枝", roster.salt) in roster.surnames


def test_two_rosters_of_the_same_names_have_nothing_in_common(tmp_path: Path) -> None:
    (tmp_path / "meibo.csv").write_text(_NAMES, encoding="utf-8")
    one, other = make_roster(tmp_path / "meibo.csv"), make_roster(tmp_path / "meibo.csv")
    assert not set(one.names) & set(other.names)


def test_lists_are_never_published_as_documents(tmp_path: Path) -> None:
    for name in ("partners.csv", "roster.hashes"):
        (tmp_path / name).write_text("会社名\nあ", encoding="utf-8")
    assert walk_corpus(tmp_path).files == ()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("partners: partners.csv\n", "partners.csv がありません"),
        ("partners: faqs/list.csv\n", "3 行目: 「partners」のファイル名は partners.csv"),
        ("roster: roster.hashes\n", "roster.hashes がありません"),
        ("confidential_patterns: ['PJ-[0-9]+']\n", "3 行目: 「PJ-[0-9]+」: 「+」は使えません"),
        ("confidential_patterns: ['(a{1,9}){1,9}']\n", "当てはめ方が多すぎて"),
        ("confidential_patterns: ['(?=x)']\n", "「(?」で始まる書き方は使えません"),
        ("confidential_patterns: ['[[]']\n", "「[…]」が読めません"),
        ("confidential_patterns: ['x{0,3}']\n", "何もない所にも当てはまります"),
    ],
)
def test_mistake_is_told_with_file_and_line(tmp_path: Path, more: str, told: str) -> None:
    with pytest.raises(SettingsError) as error:
        load_company(_company(tmp_path, more))
    assert told in error.value.message
    assert "company.yaml" in error.value.message or "がありません" in error.value.message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1 行目: 中身がありません"),
        ("住所\n東京\n", "1 行目: 会社名の列がありません"),
        ("会社名\n北斗精密\n\n光\n", "4 行目: 「光」は1文字で"),
    ],
)
def test_mistake_in_the_partners_is_told_with_its_line(
    tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "partners.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"partners\.csv") as error:
        read_partners(path)
    assert told in error.value.message


def test_damaged_roster_is_told_with_its_line(tmp_path: Path) -> None:
    path = _company(tmp_path, "roster: roster.hashes\n")
    salt = "0" * 32
    (tmp_path / "roster.hashes").write_text(
        f"katsuyo-roster 1\nsalt {salt}\n三枝\n", encoding="utf-8"
    )
    with pytest.raises(SettingsError, match="3 行目") as error:
        load_company(path)
    assert "katsuyo guard roster" in error.value.remedy


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="ab(){}[]|?,123.\\d-", max_size=24), st.sampled_from(["a", "ab", "b1", "("])
)
def test_no_pattern_that_is_accepted_takes_long(pattern: str, piece: str) -> None:
    try:
        found = compile_pattern(pattern)
    except PatternError:
        return
    started = time.process_time()
    list(found.finditer(piece * 1_000))
    assert time.process_time() - started < 2
