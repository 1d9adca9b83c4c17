"""Suite files become cases, whatever way they are written."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Category, Role, Turn, VerdictKind
from assistant.errors import SuiteError
from assistant.evals.case import (
    Author,
    Case,
    CaseType,
    Expect,
    ForbiddenSpan,
    MustCite,
    Provenance,
    Qrel,
    Split,
)
from assistant.evals.references import References
from assistant.evals.suites.loading import case_digest, load_suite, suite_of
from tests.evals.suites.world import GOOD, case_with, load, small_references

FULL = """\
# yaml-language-server: $schema=../case.schema.json
- id: flyer-full
  question: 田中さんのチラシ、早く作れん?
  asker: {department: 市民, role: 一般}
  type: forbidden_input
  tags: [チラシ]
  group: flyer
  qrels: [{doc: stories/flyer.md, span: "40分で 終わりました", grade: 2}]
  expect:
    verdict: 条件付き
    facts: [["40分", "四十分"], [3時間]]
    must_cite: [{doc: stories/flyer.md, quote: 毎回３時間かかって}]
    must_not_cite: [faqs/faq.csv]
    department: 市民課
    template: templates/flyer.md
    abstain: false
    forbidden: [{class: person_name, text: 田中さん}]
    must_not_contain: [税務課]
  paraphrases: [田中さんのチラシを早く作りたいです]
  history: [{role: user, content: こんにちは}]
  provenance: {author: incident, source: 窓口, reviewed_by: 今井, written: 2026-11-22}
  split: holdout
"""


@pytest.fixture(scope="module")
def references(tmp_path_factory: pytest.TempPathFactory) -> References:
    return small_references(tmp_path_factory.mktemp("corpus"))


def test_every_key_of_a_case_arrives_in_its_place(tmp_path: Path, references: References) -> None:
    (tmp_path / "voices.yaml").write_text(FULL, encoding="utf-8")
    suite = load_suite(tmp_path, references=references)
    assert suite.case("flyer-full") == Case(
        id="flyer-full",
        question="田中さんのチラシ、早く作れん?",
        type=CaseType.FORBIDDEN_INPUT,
        department="市民課",
        role="一般",
        tags=("チラシ",),
        group="flyer",
        qrels=(Qrel("stories/flyer.md", "40分で 終わりました", 2),),
        expect=Expect(
            verdict=VerdictKind.CONDITIONAL,
            facts=(("40分", "四十分"), ("3時間",)),
            must_cite=(MustCite("stories/flyer.md", "毎回３時間かかって"),),
            must_not_cite=("faqs/faq.csv",),
            department="市民課",
            template="templates/flyer.md",
            abstain=False,
            forbidden=(ForbiddenSpan(Category.PERSON, "田中さん"),),
            must_not_contain=("税務課",),
        ),
        paraphrases=("田中さんのチラシを早く作りたいです",),
        history=(Turn(Role.USER, "こんにちは"),),
        provenance=Provenance(Author.INCIDENT, "窓口", "今井", date(2026, 11, 22)),
        split=Split.HOLDOUT,
        suite="voices",
        line=2,
    )


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("禁止", VerdictKind.PROHIBITED),
        ("条件付き", VerdictKind.CONDITIONAL),
        ("可", VerdictKind.ALLOWED),
        ("窓口", VerdictKind.ASK_DESK),
        ("なし", VerdictKind.NONE),
        *((kind.value, kind) for kind in VerdictKind),
    ],
)
def test_a_verdict_is_written_in_japanese_or_in_code(
    tmp_path: Path, references: References, word: str, kind: VerdictKind
) -> None:
    suite = load(tmp_path, references, case_with(expect={"verdict": word}))
    assert suite.cases[0].expect.verdict is kind


def test_an_empty_list_of_forbidden_words_differs_from_none_at_all(
    tmp_path: Path, references: References
) -> None:
    harmless = case_with(type="harmless", expect={"forbidden": []})
    assert load(tmp_path, references, harmless).cases[0].expect.forbidden == ()
    assert load(tmp_path, references, GOOD).cases[0].expect.forbidden is None


def test_numbers_times_and_words_like_no_stay_the_text_that_was_written(
    tmp_path: Path, references: References
) -> None:
    text = "- {id: '1', question: no, type: fact, expect: {facts: [[30, 1:30, 2026-04-01, 0x10]]}}"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    case = load_suite(tmp_path, references=references).cases[0]
    assert case.question == "no"
    assert case.expect.facts == (("30", "1:30", "2026-04-01", "0x10"),)


def test_yaml_under_cases_and_json_lines_hold_the_same_cases(
    tmp_path: Path, references: References
) -> None:
    cases = [case_with(), case_with(id="b", question="税の知らせは?", expect={"abstain": True})]
    lines, under, plain = tmp_path / "lines", tmp_path / "under", tmp_path / "plain"
    for folder in (lines, under):
        folder.mkdir()
    jsonl = "\n\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    (lines / "a.jsonl").write_text(jsonl, encoding="utf-8")
    (under / "a.yml").write_text(json.dumps({"cases": cases}), encoding="utf-8")
    expected = load(plain, references, *cases)
    read = [load_suite(folder, references=references) for folder in (lines, under)]
    assert [one.digests for one in read] == [expected.digests] * 2
    assert [case.line for case in read[0].cases] == [1, 3]


def test_files_are_read_by_name_and_other_files_are_left_alone(
    tmp_path: Path, references: References
) -> None:
    for name, case_id in (("b.yaml", "second"), ("a.jsonl", "first"), ("notes.md", "never")):
        case = case_with(id=case_id, question=case_id)
        (tmp_path / name).write_text(json.dumps(case if "l" in name[2:] else [case]), "utf-8")
    (tmp_path / "b.yaml").write_text(json.dumps([case_with(id="second", question="2")]), "utf-8")
    (tmp_path / ".#b.yaml").write_text("{{{", "utf-8")
    suite = load_suite(tmp_path, references=references)
    assert [case.id for case in suite.cases] == ["first", "second"]


def test_a_span_may_cross_the_blocks_of_a_document(tmp_path: Path, references: References) -> None:
    document = references.documents["rules/guide.md"]
    one, other = document.passages[:2]
    span = one.text[-6:] + "\n" + other.text[:6]
    suite = load(tmp_path, references, case_with(qrels=[{"doc": "rules/guide.md", "span": span}]))
    assert suite.cases[0].qrels[0].span == span


BASE = Case(id="a", question="何?", type=CaseType.RULE)


def test_moving_or_reviewing_a_case_keeps_its_digest() -> None:
    moved = replace(
        BASE, suite="other", line=7, group="g", tags=("t",), split=Split.DEV,
        provenance=Provenance(reviewed_by="今井"),
    )  # fmt: skip
    assert case_digest(moved) == case_digest(BASE)


@given(st.text(min_size=1, max_size=20))
def test_any_other_question_or_expectation_changes_the_digest(text: str) -> None:
    assert case_digest(replace(BASE, question="何?" + text)) != case_digest(BASE)
    wanted = replace(BASE, expect=Expect(must_not_contain=(text,)))
    assert case_digest(wanted) != case_digest(BASE)
    assert case_digest(wanted) != case_digest(replace(BASE, expect=Expect(facts=((text,),))))


def test_expecting_no_finding_and_expecting_nothing_have_different_digests() -> None:
    nothing_found = replace(BASE, expect=Expect(forbidden=()))
    assert case_digest(nothing_found) != case_digest(BASE)


def test_cases_from_two_places_cannot_share_an_id() -> None:
    assert suite_of([BASE]).digests == {"a": case_digest(BASE)}
    with pytest.raises(SuiteError, match="問い「a」が2つあります"):
        suite_of([BASE, replace(BASE, question="ほか")])
