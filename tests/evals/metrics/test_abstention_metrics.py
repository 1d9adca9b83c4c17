"""「わかりません」: said where nothing answers, and only there."""

import math

from assistant.evals.case import Case, CaseType, Expect, Qrel
from tests.evals.metrics.library import CRASH, SILENCE, answer, case, score, scores, total

UNKNOWN = case(expect=Expect(abstain=True))
KNOWN = case(expect=Expect(abstain=False))
ALL = ("abstention_precision", "abstention_recall", "over_refusal_rate")


def test_a_right_abstention_is_precise_and_recalled() -> None:
    assert score("abstention_precision", UNKNOWN, SILENCE).value == 1
    assert score("abstention_recall", UNKNOWN, SILENCE).value == 1


def test_an_answer_to_what_nothing_answers_is_not_recalled() -> None:
    assert score("abstention_recall", UNKNOWN, answer()).value == 0


def test_turning_away_what_the_corpus_answers_is_over_refusal() -> None:
    assert score("over_refusal_rate", KNOWN, SILENCE).value == 1
    assert score("over_refusal_rate", KNOWN, answer()).value == 0
    assert score("abstention_precision", KNOWN, SILENCE).value == 0


def test_abstention_is_read_from_the_status_and_never_from_words() -> None:
    words_only = answer("わかりません。資料に答えがありません。", status="answered")
    assert score("abstention_recall", UNKNOWN, words_only).value == 0
    assert score("over_refusal_rate", KNOWN, words_only).value == 0


def test_a_crash_is_neither_an_abstention_nor_an_answer() -> None:
    assert score("abstention_recall", UNKNOWN, CRASH).value == 0
    assert score("abstention_precision", UNKNOWN, CRASH).value == 0
    assert score("over_refusal_rate", KNOWN, CRASH).value == 1
    assert total("abstention_precision", [(UNKNOWN, SILENCE), (KNOWN, CRASH)]) == 0.5


def test_precision_counts_abstentions_only() -> None:
    pairs = [(UNKNOWN, SILENCE), (KNOWN, SILENCE), (KNOWN, answer()), (UNKNOWN, answer())]
    assert total("abstention_precision", pairs) == 0.5
    assert total("abstention_recall", pairs) == 0.5
    assert math.isnan(total("abstention_precision", [(KNOWN, answer())]))


def test_unsaid_an_unanswerable_case_wants_an_abstention() -> None:
    unsaid = case(type=CaseType.UNANSWERABLE)
    assert score("abstention_recall", unsaid, answer()).value == 0


def test_unsaid_a_case_with_evidence_wants_an_answer_if_its_type_is_answerable() -> None:
    def with_evidence(kind: CaseType) -> Case:
        return case(type=kind, qrels=(Qrel("guide.md"),))

    assert score("over_refusal_rate", with_evidence(CaseType.FAQ), SILENCE).value == 1
    facts = case(type=CaseType.FACT, expect=Expect(facts=(("5分",),)))
    assert score("over_refusal_rate", facts, SILENCE).value == 1
    for name in ALL:
        assert not scores(name, with_evidence(CaseType.SMALLTALK), SILENCE)
        assert not scores(name, case(type=CaseType.HOW_TO), SILENCE)
