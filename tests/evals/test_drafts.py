"""A 👎 becomes a draft that the loader accepts and a human completes; what was masked stays out."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.corpus.yamlfile import YamlList, YamlMap, YamlText, parse_yaml_value
from assistant.domain import VerdictKind
from assistant.errors import SuiteError
from assistant.evals.case import Author, CaseType, Expect, MustCite, Split
from assistant.evals.draft_file import append_draft
from assistant.evals.drafts import (
    draft_from_feedback,
    draft_from_question,
    next_number,
    unhelpful_since,
)
from assistant.evals.prediction import (
    PredictedCitation,
    PredictedFinding,
    PredictedSection,
    PredictedStory,
    PredictedTemplate,
    Prediction,
)
from assistant.evals.references import References
from assistant.evals.suites.loading import load_suite
from assistant.usage.feedback import Feedback, Opinion
from tests.evals.suites.world import small_references

WEEK = "2026-W47"
DOWN = Feedback(
    Opinion.NOT_HELPFUL, "〔A様〕のチラシ、早く作れん?", "市民課", WEEK, VerdictKind.CONDITIONAL
)
ANSWER = Prediction(
    id="x",
    status="answered",
    verdict="allowed",
    citations=(
        PredictedCitation(1, "stories/flyer.md", "40分で終わりました"),
        PredictedCitation(2, "templates/flyer.md", "あなたは市役所の広報担当です"),
    ),
    sections=(
        PredictedSection(
            "stories", stories=(PredictedStory("t", "市民課", before="3時間", after="40分"),)
        ),
        PredictedSection("template", template=PredictedTemplate("t", "b", mark=2)),
    ),
    findings=(PredictedFinding("person", "鈴木様", 0, 3),),
    safe_text="〔A様〕のチラシ、早く作れん?",
)


@pytest.fixture(scope="module")
def references(tmp_path_factory: pytest.TempPathFactory) -> References:
    return small_references(tmp_path_factory.mktemp("corpus"))


def question_of(entry: str) -> str:
    value = parse_yaml_value(entry)
    assert isinstance(value, YamlList) and isinstance(value.items[0], YamlMap)
    question = value.items[0].entries["question"]
    assert isinstance(question, YamlText)
    return question.text


def test_a_thumb_down_becomes_a_case_that_the_loader_accepts(
    tmp_path: Path, references: References
) -> None:
    append_draft(tmp_path / "drafts.yaml", draft_from_feedback(DOWN, 1, ANSWER))
    (case,) = load_suite(tmp_path, references=references).cases
    assert (case.id, case.question) == ("draft-2026-W47-001", DOWN.safe_text)
    assert (case.department, case.split) == ("市民課", Split.DEV)
    assert case.provenance.author is Author.INCIDENT
    assert case.provenance.source.startswith("👎 2026-W47")
    assert case.expect == Expect()


def test_the_answer_of_now_becomes_the_gold_once_a_human_removes_the_marks(
    tmp_path: Path, references: References
) -> None:
    entry = draft_from_feedback(DOWN, 1, ANSWER)
    start = entry.index("  # expect:")
    confirmed = entry[:start] + entry[start:].replace("  # ", "  ")
    (tmp_path / "a.yaml").write_text(confirmed, encoding="utf-8")
    (case,) = load_suite(tmp_path, references=references).cases
    assert case.expect == Expect(
        verdict=VerdictKind.ALLOWED,
        facts=(("3時間",), ("40分",)),
        must_cite=(
            MustCite("stories/flyer.md", "40分で終わりました"),
            MustCite("templates/flyer.md", "あなたは市役所の広報担当です"),
        ),
        department="市民課",
        template="templates/flyer.md",
        abstain=False,
    )


def test_what_was_masked_never_reaches_the_file() -> None:
    assert "鈴木" not in draft_from_feedback(DOWN, 1, ANSWER)
    assert "鈴木" not in draft_from_question(
        ANSWER.safe_text, "市民課", week=WEEK, number=1, answer=ANSWER
    )


def test_a_question_of_the_desk_needs_neither_department_nor_answer(
    tmp_path: Path, references: References
) -> None:
    entry = draft_from_question("庁内AIはどこ?", "", week=WEEK, number=12)
    append_draft(tmp_path / "drafts.yaml", entry)
    (case,) = load_suite(tmp_path, references=references).cases
    assert (case.id, case.department, case.type) == ("draft-2026-W47-012", "", CaseType.HOW_TO)
    assert "相談窓口" in case.provenance.source


def test_what_the_answer_was_is_offered_and_told() -> None:
    asked = draft_from_question(
        "宇宙は?", "", week=WEEK, number=1, answer=Prediction("x", status="no_evidence")
    )
    assert "  #   abstain: true\n" in asked
    assert "verdict" not in asked
    assert "type: rule" in draft_from_feedback(DOWN, 1, ANSWER)
    assert "# そのときの判定: 条件付き" in draft_from_feedback(DOWN, 1)
    masked = Feedback(Opinion.MASKED_TOO_MUCH, "x", "", WEEK, VerdictKind.NONE)
    assert "harmless" in draft_from_feedback(masked, 1)
    assert "harmless" not in draft_from_feedback(DOWN, 1)


@given(st.text(min_size=1).filter(str.strip), st.text())
@settings(max_examples=60)
def test_whatever_was_typed_stays_one_entry_with_the_same_words(text: str, quote: str) -> None:
    text = text.encode("utf-8", "ignore").decode() or "x"
    quote = quote.encode("utf-8", "ignore").decode()
    answer = Prediction("x", status="answered", citations=(PredictedCitation(1, "a.md", quote),))
    entry = draft_from_question(text, "", week=WEEK, number=1, answer=answer)
    assert question_of(entry) == text.strip()


def test_appending_keeps_text_comments_and_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "drafts.yaml"
    old = "# わたしのメモ\r\n- id: a   # だいじ\r\n  question: x\r\n  type: rule"
    path.write_bytes(old.encode("utf-8"))
    path.chmod(0o640)
    append_draft(path, draft_from_feedback(DOWN, 1))
    new = path.read_bytes().decode("utf-8")
    assert new.startswith(old + "\r\n- id: draft-2026-W47-001\r\n")
    assert not re.search(r"(?<!\r)\n", new)
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["drafts.yaml"]


@pytest.mark.parametrize(
    ("old", "reason"),
    [
        ("cases:\n  - {id: a}\n", "直してから|足せません"),
        ("  - id: a\n", "直してから|足せません"),
        ("- [broken\n", "行目"),
        ("id: a\n", "直してから|足せません"),
    ],
)
def test_a_file_that_cannot_take_an_entry_stays_as_it_is(
    tmp_path: Path, old: str, reason: str
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(old, encoding="utf-8")
    with pytest.raises(SuiteError) as refused:
        append_draft(path, draft_from_feedback(DOWN, 1))
    assert re.search(reason, str(refused.value))
    assert path.read_text(encoding="utf-8") == old


def test_an_id_is_not_written_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    append_draft(path, draft_from_feedback(DOWN, 1))
    with pytest.raises(SuiteError, match="draft-2026-W47-001"):
        append_draft(path, draft_from_feedback(DOWN, 1))


def test_a_file_that_is_not_utf8_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("- id: 日本".encode("cp932"))
    with pytest.raises(SuiteError, match="読めません"):
        append_draft(path, draft_from_feedback(DOWN, 1))
    assert path.read_bytes() == "- id: 日本".encode("cp932")


def test_numbers_go_on_where_the_week_stopped_in_whatever_file(tmp_path: Path) -> None:
    assert next_number(tmp_path / "none", WEEK) == 1
    append_draft(tmp_path / "a.yaml", draft_from_feedback(DOWN, 7))
    append_draft(tmp_path / "b.yaml", draft_from_question("x", "", week="2026-W48", number=9))
    assert next_number(tmp_path, WEEK) == 8
    assert next_number(tmp_path, "2026-W49") == 1


def test_only_new_complaints_since_the_week_are_drafted_once_each(tmp_path: Path) -> None:
    before = Feedback(Opinion.NOT_HELPFUL, "古い", "市民課", "2026-W46", VerdictKind.NONE)
    thanks = Feedback(Opinion.HELPFUL, "よい", "市民課", WEEK, VerdictKind.NONE)
    masked = Feedback(Opinion.MASKED_TOO_MUCH, "伏せすぎ", "市民課", WEEK, VerdictKind.NONE)
    silent = Feedback(Opinion.NOT_HELPFUL, " ", "市民課", WEEK, VerdictKind.NONE)
    log = [before, thanks, DOWN, DOWN, silent, masked]
    assert unhelpful_since(log, week=WEEK, folder=tmp_path) == [DOWN, masked]
    entry = draft_from_feedback(DOWN, 1).replace("〔A様〕", "佐藤様")
    append_draft(tmp_path / "mine.yaml", entry)
    assert unhelpful_since(log, week=WEEK, folder=tmp_path) == [masked]
