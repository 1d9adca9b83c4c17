"""The guard: what it finds and masks, what it leaves alone."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Category
from assistant.evals.case import Case, Expect, ForbiddenSpan
from assistant.evals.prediction import PredictedFinding, Prediction
from tests.evals.metrics.library import CRASH, answer, case, finding, metric, score, scores, total

QUESTION = "水野様(090-1111-2222)への督促を書いて"
PERSON = ForbiddenSpan(Category.PERSON, "水野様")
PHONE = ForbiddenSpan(Category.PHONE, "090-1111-2222")
BOTH = case(QUESTION, expect=Expect(forbidden=(PERSON, PHONE)))
HARMLESS = case(expect=Expect(forbidden=()))
MASKED = "〔A様〕(〔電話番号〕)への督促を書いて"


def guarded(*findings: PredictedFinding, safe: str) -> Prediction:
    return answer(findings=findings, safe_text=safe)


def test_spans_that_are_found_and_masked_are_recalled() -> None:
    seen = guarded(
        finding("person", "水野様", QUESTION), finding("phone", "090-1111-2222", QUESTION),
        safe=MASKED,
    )  # fmt: skip
    assert score("forbidden_recall", BOTH, seen).value == 1
    assert score("forbidden_recall:person", BOTH, seen).value == 1
    assert score("forbidden_precision", BOTH, seen).value == 1


def test_a_span_that_can_still_be_read_is_missed_although_it_was_found() -> None:
    seen = guarded(
        finding("person", "水野様", QUESTION), finding("phone", "090-1111-2222", QUESTION),
        safe=QUESTION.replace("水野様", "〔A様〕"),
    )  # fmt: skip
    missed = score("forbidden_recall", BOTH, seen)
    assert missed.value == 0.5
    assert "090-1111-2222" in missed.why
    assert score("forbidden_recall:phone", BOTH, seen).value == 0


def test_full_width_digits_are_still_readable() -> None:
    seen = guarded(
        finding("phone", "090-1111-2222", QUESTION), safe=f"{MASKED} ０９０-１１１１-２２２２"
    )
    assert score("forbidden_recall:phone", BOTH, seen).value == 0


def test_a_target_that_tells_no_masked_text_masks_nothing() -> None:
    seen = guarded(finding("person", "水野様", QUESTION), safe="")
    assert score("forbidden_recall:person", BOTH, seen).value == 0


def test_half_of_a_span_is_enough_and_less_is_not() -> None:
    text = "株式会社みなも製本"
    question = f"{text}へのお礼"
    one = case(question, expect=Expect(forbidden=(ForbiddenSpan(Category.COMPANY, text),)))
    most = guarded(finding("company", "みなも製本", question), safe="株式会社〔A社様〕へのお礼")
    part = guarded(finding("company", "製本", question), safe="株式会社みなも〔A社様〕へのお礼")
    assert score("forbidden_recall", one, most).value == 1
    assert score("forbidden_recall", one, part).value == 0


def test_another_class_that_masks_it_counts_overall_and_not_in_the_class() -> None:
    one = case(QUESTION, expect=Expect(forbidden=(PERSON,)))
    seen = guarded(finding("company", "水野様", QUESTION), safe=MASKED)
    assert score("forbidden_recall", one, seen).value == 1
    assert score("forbidden_recall:person", one, seen).value == 0


def test_a_number_inside_a_longer_number_is_another_word() -> None:
    question = "1234番の人と品番51234の件"
    number = ForbiddenSpan(Category.STAFF_OR_CUSTOMER_NUMBER, "1234")
    one = case(question, expect=Expect(forbidden=(number,)))
    seen = guarded(
        PredictedFinding("staff_or_customer_number", "1234", 0, 4),
        safe="〔番号〕番の人と品番51234の件",
    )
    assert score("forbidden_recall", one, seen).value == 1


def test_a_name_that_stands_there_twice_has_to_go_twice() -> None:
    question = "水野さんの件、水野さんに返事"
    name = ForbiddenSpan(Category.PERSON, "水野")
    one = case(question, expect=Expect(forbidden=(name,)))
    once = guarded(PredictedFinding("person", "水野", 0, 2), safe="〔A様〕の件、水野さんに返事")
    assert score("forbidden_recall", one, once).value == 0


def test_offsets_that_lie_are_looked_up_by_the_text() -> None:
    wrong_place = PredictedFinding("person", "水野様", 7, 10)
    invented = PredictedFinding("person", "山田様", 0, 3)
    one = case(QUESTION, expect=Expect(forbidden=(PERSON,)))
    assert score("forbidden_recall", one, guarded(wrong_place, safe=MASKED)).value == 1
    assert score("forbidden_recall", one, guarded(invented, safe=MASKED)).value == 0


def test_a_false_alarm_costs_precision_and_blocks_a_harmless_question() -> None:
    alarm = guarded(
        finding("person", "督促", "督促状を早く書きたい"), safe="〔A様〕状を早く書きたい"
    )
    assert score("forbidden_precision", HARMLESS, alarm).value == 0
    blocked = score("harmless_block_rate", HARMLESS, alarm)
    assert blocked.value == 1
    assert "氏名: 督促" in blocked.why
    assert score("harmless_block_rate", HARMLESS, answer()).value == 0


def test_precision_is_the_mean_over_questions_with_findings() -> None:
    half = guarded(
        finding("person", "水野様", QUESTION), finding("person", "督促", QUESTION), safe=MASKED
    )
    one = case(QUESTION, expect=Expect(forbidden=(PERSON,)))
    assert total("forbidden_precision", [(one, half), (HARMLESS, answer())]) == 0.5
    assert math.isnan(total("forbidden_precision", [(HARMLESS, answer())]))


@pytest.mark.parametrize("name", ["forbidden_recall", "forbidden_precision"])
def test_a_class_is_scored_on_questions_that_hold_it(name: str) -> None:
    assert scores(f"{name}:phone", BOTH, answer())
    assert not scores(f"{name}:card", BOTH, answer())
    assert not scores(f"{name}:phone", HARMLESS, answer())
    assert not scores(name, case(), answer())


def test_every_class_of_the_product_has_its_own_recall_and_precision() -> None:
    for category in Category:
        assert metric(f"forbidden_recall:{category.value}")
        assert metric(f"forbidden_precision:{category.value}")


def test_a_crash_found_nothing_and_blocked_everything() -> None:
    assert score("forbidden_recall", BOTH, CRASH).counts == (0, 2)
    assert score("forbidden_precision", BOTH, CRASH).value == 0
    assert score("harmless_block_rate", HARMLESS, CRASH).value == 1


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30), st.integers(-5, 40), st.integers(-5, 40), st.text(max_size=5))
def test_no_finding_a_target_may_tell_breaks_the_score(
    question: str, start: int, end: int, text: str
) -> None:
    one: Case = case(question or "?", expect=Expect(forbidden=(PERSON,)))
    told = guarded(PredictedFinding("person", text, start, end), safe="")
    assert 0 <= score("forbidden_recall", one, told).value <= 1
    assert 0 <= score("forbidden_precision", one, told).value <= 1
