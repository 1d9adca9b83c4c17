"""Whose story comes first, whether that is said, and whether templates stay as they were."""

import math

from assistant.evals.case import Case, CaseType, Expect
from assistant.evals.prediction import Prediction
from tests.evals.metrics.library import (
    CRASH,
    LETTER,
    SILENCE,
    answer,
    case,
    cited,
    score,
    scores,
    story,
    template,
    total,
)

LOANS = case(department="貸出係", expect=Expect(department="貸出係"))
BRANCH = case(department="分館", expect=Expect(department="貸出係"))


def showing(department: str, path: str, *, nearness: str = "other", text: str = "") -> Prediction:
    said = text or f"{department}の例です。"
    sections = (story(department, nearness=nearness),)
    return answer(said, sections=sections, citations=cited(path))


def test_the_own_departments_story_first_is_local() -> None:
    assert score("department_locality", LOANS, showing("貸出係", "loans.md")).value == 1


def test_a_department_whose_name_holds_a_dot_is_one_department() -> None:
    maps = case(department="郷土・行政資料室", expect=Expect(department="郷土・行政資料室"))
    own = showing("郷土・行政資料室", "maps.md", nearness="own")
    shared = showing("郷土・行政資料室・分館", "maps.md", nearness="own")
    assert score("department_locality", maps, own).value == 1
    assert score("department_locality", maps, shared).value == 1
    assert score("department_locality", maps, showing("行政資料室", "maps.md")).value == 0
    assert score("department_locality", LOANS, showing("貸出係長室", "loans.md")).value == 0


def test_another_departments_story_first_is_not() -> None:
    wrong = score("department_locality", LOANS, showing("児童係", "kids.md"))
    assert wrong.value == 0
    assert "児童係" in wrong.why


def test_whose_story_it_is_stands_in_the_corpus_and_not_on_the_card() -> None:
    assert score("department_locality", LOANS, showing("貸出係", "kids.md")).value == 0
    assert score("department_locality", LOANS, showing("児童係", "loans.md")).value == 0


def test_without_cards_the_first_cited_story_counts() -> None:
    told = answer(citations=cited("guide.md", "loans.md", "kids.md"))
    assert score("department_locality", LOANS, told).value == 1


def test_no_story_an_abstention_or_a_crash_is_not_local() -> None:
    nearby = Prediction("case-1", status="no_evidence", citations=cited("loans.md"))
    for told in (answer(), nearby, CRASH):
        assert score("department_locality", LOANS, told).value == 0
    assert not scores("department_locality", case(), answer())


def test_a_neighbours_story_that_is_named_is_disclosed() -> None:
    assert score("neighbour_disclosure", BRANCH, showing("貸出係", "loans.md")).value == 1


def test_a_neighbours_story_shown_as_ones_own_is_not() -> None:
    claimed = score("neighbour_disclosure", BRANCH, showing("分館", "loans.md"))
    assert claimed.value == 0
    assert "貸出係" in claimed.why
    own = showing("貸出係", "loans.md", nearness="own")
    assert score("neighbour_disclosure", BRANCH, own).value == 0


def test_a_neighbours_story_without_its_name_in_the_answer_is_not() -> None:
    silent = showing("貸出係", "loans.md", text="5分になった例です。\n\n- [1] 貸出係の例")
    assert score("neighbour_disclosure", BRANCH, silent).value == 0


def test_disclosure_counts_foreign_stories_only() -> None:
    pairs = [(BRANCH, answer()), (LOANS, showing("貸出係", "loans.md", nearness="own"))]
    assert math.isnan(total("neighbour_disclosure", pairs))
    assert total("neighbour_disclosure", [*pairs, (BRANCH, CRASH)]) == 0
    assert not scores("neighbour_disclosure", case(), answer())


ASKS = case(type=CaseType.TEMPLATE, expect=Expect(template="letter.md"))


def handing(body: str, *paths: str) -> Prediction:
    return answer(sections=(template(body, mark=1 if paths else 0),), citations=cited(*paths))


def test_a_verbatim_template_is_valid_and_matches() -> None:
    for told in (handing(LETTER, "letter.md"), handing(LETTER), answer(f"```\n{LETTER}\n```")):
        assert score("template_validity", ASKS, told).value == 1
        assert score("template_match", ASKS, told).value == 1


def test_a_template_with_changed_words_lost_slots_or_a_lost_end_is_not_valid() -> None:
    for body in (
        LETTER.replace("やわらかく", "厳しく"),
        LETTER.replace("【書名】", "本"),
        LETTER[:-4],
    ):
        broken = score("template_validity", ASKS, handing(body, "letter.md"))
        assert broken.value == 0
        assert broken.why
        assert score("template_match", ASKS, handing(body, "letter.md")).value == 0


def test_a_template_of_another_document_or_an_old_one_is_not_valid() -> None:
    assert score("template_validity", ASKS, handing("詩を一つ", "letter.md")).value == 0
    assert score("template_validity", ASKS, handing("旧い文", "old-letter.md")).value == 0


def test_the_wrong_template_names_the_one_that_came() -> None:
    other = score("template_match", ASKS, handing("詩を一つ", "poem.md"))
    assert other.value == 0
    assert "poem.md" in other.why
    assert score("template_validity", ASKS, handing("詩を一つ", "poem.md")).value == 1


def test_a_template_with_the_questions_secret_in_it_is_not_valid() -> None:
    from assistant.domain import Category
    from assistant.evals.case import ForbiddenSpan

    secret: Case = case(
        type=CaseType.TEMPLATE,
        expect=Expect(forbidden=(ForbiddenSpan(Category.CONFIDENTIAL_TERM, "司書"),)),
    )
    assert score("template_validity", secret, handing(LETTER, "letter.md")).value == 0


def test_no_template_is_a_miss_only_where_one_is_expected() -> None:
    assert score("template_match", ASKS, SILENCE).value == 0
    assert score("template_match", ASKS, CRASH).value == 0
    assert math.isnan(total("template_validity", [(ASKS, answer())]))
    assert total("template_validity", [(ASKS, CRASH)]) == 0
    assert not scores("template_match", case(), answer())
