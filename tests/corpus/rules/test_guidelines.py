"""Guidelines of other companies, in other styles: each obligation is one clause of its kind.

The documents in `guidelines/` are written for these tests; no real guideline is quoted. Each has
its `.expected`: «F words» stands in one clause of that kind, «- words» in no clause.
"""

import unicodedata
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from assistant.adapters.readers.csv import CsvReader
from assistant.adapters.readers.docx import parse_docx
from assistant.adapters.readers.lines import Line, blocks_of
from assistant.adapters.readers.markdown import MarkdownReader, parse_markdown
from assistant.adapters.readers.text import TextReader
from assistant.corpus.drafts import Cut, Draft
from assistant.corpus.rules.reading import cut_rule
from assistant.domain import Block, Clause, ClauseKind, Kind, Source, Status

KINDS = {
    "F": ClauseKind.FORBIDDEN_INPUT,
    "C": ClauseKind.CONDITIONAL,
    "E": ClauseKind.ENCOURAGED,
    "K": ClauseKind.FINAL_CHECK,
    "D": ClauseKind.DESK,
}
SOURCE = Source("rules/rule.md", "生成AI利用ガイドライン", Kind.RULE)
FOLDER = Path(__file__).parent / "guidelines"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".expected")


def blocks(path: Path) -> tuple[Block, ...]:
    reader = MarkdownReader() if path.suffix == ".md" else TextReader()
    return reader.read(path).blocks


def clauses(cut: Cut) -> list[tuple[Draft, Clause]]:
    return [(draft, draft.content) for draft in cut.drafts if isinstance(draft.content, Clause)]


def misplaced(path: Path, cut: Cut) -> list[str]:
    """Return what stands in no clause of its kind, or in one though it is none."""
    wrong = []
    for line in path.with_suffix(".expected").read_text(encoding="utf-8").splitlines():
        letter, words = line.split(" ", 1)
        found = [clause.clause for draft, clause in clauses(cut) if words in draft.text]
        if found != ([KINDS[letter]] if letter in KINDS else []):
            wrong.append(f"{line}: {found}")
    return wrong


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_obligation_is_one_clause_of_its_kind(path: Path) -> None:
    assert misplaced(path, cut_rule(blocks(path), SOURCE)) == []


@pytest.mark.parametrize("name", ["regulation", "numbered", "dense", "headed_list", "polite"])
def test_a_guideline_typed_in_word_without_styles_is_read_the_same(
    name: str, tmp_path: Path
) -> None:
    document = docx.Document()
    path = FOLDER / f"{name}.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            document.add_paragraph(line)
    document.save(str(tmp_path / "rule.docx"))
    assert misplaced(path, cut_rule(parse_docx(tmp_path / "rule.docx").blocks, SOURCE)) == []


WIDE = {ord(narrow): 0xFF01 + ord(narrow) - 0x21 for narrow in "()0123456789:?!"}


@pytest.mark.parametrize("path", [p for p in FILES if p.suffix == ".txt"], ids=lambda p: p.stem)
def test_full_width_numbers_and_brackets_change_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8").translate(WIDE)
    lines = [Line(line) for line in text.split("\n")]
    cut = cut_rule(blocks_of(lines, wrapped=False), SOURCE)
    narrow = [replace(d, text=unicodedata.normalize("NFKC", d.text)) for d in cut.drafts]
    assert misplaced(path, Cut(tuple(narrow))) == []


def test_a_spreadsheet_of_rules_is_read_by_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "rule.csv"
    path.write_text(
        "No,項目,可否,補足\n1,顧客の氏名,不可,\n2,社内の議事録,条件付き可,伏せ字にする\n"
        "3,公開資料の要約,可,\n",
        encoding="utf-8",
    )
    found = clauses(cut_rule(CsvReader().read(path).blocks, SOURCE))
    assert [clause.clause for _, clause in found] == [KINDS["F"], KINDS["C"], KINDS["E"]]


def test_labels_carry_the_numbers_of_articles_paragraphs_and_items() -> None:
    found = clauses(cut_rule(blocks(FOLDER / "regulation.txt"), SOURCE))
    labels = [clause.label for _, clause in found]
    assert labels[:3] == [
        "第3条(利用の原則)",
        "第3条(利用の原則) (1)",
        "第3条(利用の原則) (2)",
    ]
    assert "第3条(利用の原則) 第3項" in labels
    assert "第5条(禁止行為) 二" in labels


def test_items_carry_the_sentence_that_leads_into_them() -> None:
    found = clauses(cut_rule(blocks(FOLDER / "regulation.txt"), SOURCE))
    (draft,) = [draft for draft, _ in found if "その他の個人情報" in draft.text]
    assert draft.headings[-1] == "職員は、生成AIに次に掲げる情報を入力してはならない"
    assert draft.text == "組合員の氏名、住所その他の個人情報"


def test_a_question_in_a_heading_is_not_taken_for_its_answer() -> None:
    text = "## 名簿を入れてもよいですか?\n\nだめです。個人情報は入力できません。\n"
    found = clauses(cut_rule(parse_markdown(text).blocks, SOURCE))
    assert {clause.clause for _, clause in found} == {KINDS["F"]}


def test_a_heading_that_only_names_the_topic_forbids_nothing_and_is_told() -> None:
    text = "## 禁止\n\n- 名簿\n\n## 技術の動き\n\n新しい道具が増えています。\n"
    cut = cut_rule(parse_markdown(text).blocks, SOURCE)
    assert [draft.text for draft, _ in clauses(cut)] == ["名簿"]
    assert "「技術の動き」" in cut.problems[0].reason
    assert cut.problems[0].line == 7
    assert "説明だけの節なら、このままで大丈夫" in cut.problems[0].remedy


def test_a_rule_that_no_longer_holds_asks_for_no_other_headings() -> None:
    text = "## 禁止\n\n- 名簿\n\n## 技術の動き\n\n新しい道具が増えています。\n"
    old = replace(SOURCE, status=Status.SUPERSEDED)
    assert cut_rule(parse_markdown(text).blocks, old).problems == ()


def test_what_is_and_is_not_admitted_is_told_by_its_heading() -> None:
    text = "## 認める利用\n\n- 掲示の文案\n\n## 認めない利用\n\n- 名簿の整理\n"
    found = clauses(cut_rule(parse_markdown(text).blocks, SOURCE))
    assert [clause.clause for _, clause in found] == [KINDS["E"], KINDS["F"]]


def test_headings_without_text_of_their_own_are_obligations_too() -> None:
    text = "## 守ること\n\n### 1. 個人情報を入力しない\n\n### 2. 出力を必ず確認する\n"
    found = clauses(cut_rule(parse_markdown(text).blocks, SOURCE))
    assert [clause.clause for _, clause in found] == [KINDS["F"], KINDS["K"]]


def test_numbered_lines_with_blank_lines_between_are_no_empty_headings() -> None:
    text = "禁止事項\n\n次の情報は入力しないこと\n\n1. 個人情報\n\n2. 社外秘の資料\n"
    lines = [Line(line) for line in text.split("\n")]
    found = clauses(cut_rule(blocks_of(lines, wrapped=False), SOURCE))
    assert [draft.text for draft, _ in found] == ["個人情報", "社外秘の資料"]


def test_english_headings_tell_their_kind_too() -> None:
    text = "## Don'ts\n\n- 名簿\n\n## Ask first\n\n- 録音\n\n## Feel free\n\n- 掲示の文案\n"
    found = clauses(cut_rule(parse_markdown(text).blocks, SOURCE))
    assert [clause.clause for _, clause in found] == [KINDS["F"], KINDS["C"], KINDS["E"]]


def test_a_heading_over_both_sides_leaves_each_item_to_its_own_words() -> None:
    text = "## Do's and Don'ts\n\n- 名簿は入力禁止\n- 掲示の文案に使ってよい\n"
    found = clauses(cut_rule(parse_markdown(text).blocks, SOURCE))
    assert [clause.clause for _, clause in found] == [KINDS["F"], KINDS["E"]]


def test_a_column_on_outside_tools_counts_where_it_permits_something() -> None:
    rows = "| 用途 | 社内AI | 外部AI |\n|---|---|---|\n| 掲示の文案 | ○ | {} |\n| 名簿 | × | × |\n"
    for mark, kind in (("×", KINDS["E"]), ("△", KINDS["C"])):
        found = clauses(cut_rule(parse_markdown(rows.format(mark)).blocks, SOURCE))
        assert [clause.clause for _, clause in found] == [kind, KINDS["F"]]
