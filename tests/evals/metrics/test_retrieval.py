import random

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import RR, R, nDCG

from assistant.evals.case import Case, CaseType, Qrel
from assistant.evals.metric import Asked, Metric
from assistant.evals.metrics import mrr, ndcg, recall
from assistant.evals.prediction import Outcome, PredictedPassage, Prediction
from tests.evals.metrics.scoring_world import case, score, value, world

DOCUMENTS = {one.name: one for one in (*recall.METRICS, *ndcg.METRICS, *mrr.METRICS)}
ORACLE = {"recall@1": R @ 1, "recall@5": R @ 5, "recall@10": R @ 10, "ndcg@10": nDCG @ 10,
          "mrr@10": RR @ 10}  # fmt: skip
PASSAGES = ("recall_passage@5", "ndcg_passage@10")
DOCS = [f"d{n}.md" for n in range(25)]


def found(*documents: str, passages: tuple[PredictedPassage, ...] = ()) -> Prediction:
    return Prediction(
        "case", status="answered", answer="はい。", retrieved=documents, passages=passages
    )


def of(metric: str, asked: Case, prediction: Prediction) -> float | None:
    return value(DOCUMENTS[metric], asked, prediction)


def test_values_equal_ir_measures_on_a_thousand_random_rankings() -> None:
    draw = random.Random(20261122)  # noqa: S311 — a fixed seed for rankings
    cases = [
        (
            Case(
                f"c{n}",
                "?",
                CaseType.HOW_TO,
                qrels=tuple(
                    Qrel(doc, grade=draw.randint(1, 4))
                    for doc in draw.sample(DOCS, draw.randint(1, 6))
                ),
            ),
            draw.sample(DOCS, draw.randint(0, 20)),
        )
        for n in range(1000)
    ]
    qrels = {one.id: {qrel.doc: qrel.grade for qrel in one.qrels} for one, _ in cases}
    run = {one.id: {doc: 100.0 - rank for rank, doc in enumerate(docs)} for one, docs in cases}
    references = world()
    expected = {
        (str(row.measure), row.query_id): row.value
        for row in ir_measures.iter_calc(list(ORACLE.values()), qrels, run)
    }
    for name, measure in ORACLE.items():
        for one, docs in cases:
            mine = DOCUMENTS[name].score(Asked(one, found(*docs)), references)
            assert mine is not None
            assert mine.value == pytest.approx(expected[str(measure), one.id], abs=1e-9), name


def test_highest_grade_of_a_document_counts() -> None:
    graded = case(Qrel("a.md", "x", 1), Qrel("a.md", "y", 3), Qrel("b.md", "", 2))
    assert of("ndcg@10", graded, found("a.md", "b.md")) == 1
    assert of("ndcg@10", graded, found("b.md", "a.md")) == pytest.approx(0.9134, abs=1e-4)


def test_document_that_is_told_twice_counts_once() -> None:
    asked = case(Qrel("a.md"), Qrel("b.md"))
    assert of("recall@5", asked, found("a.md", "a.md", "a.md")) == 0.5


def test_missing_document_is_named() -> None:
    metric = DOCUMENTS["recall@10"]
    told = score(metric, case(Qrel("a.md")), found("b.md"))
    assert told is not None
    assert told.why == "上位10件に見つからない文書: a.md"


def test_case_without_qrels_is_not_scored() -> None:
    assert all(value(one, case(), found("a.md")) is None for one in DOCUMENTS.values())


@pytest.mark.parametrize("name", [*ORACLE, *PASSAGES])
def test_answer_that_never_came_found_nothing(name: str) -> None:
    asked = case(Qrel("a.md", "言葉"))
    assert of(name, asked, Prediction("case", outcome=Outcome.CRASH, retrieved=("a.md",))) == 0
    assert of(name, asked, Prediction("case", status="answered")) == 0


def test_passage_is_relevant_when_it_holds_the_span_of_its_document() -> None:
    asked = case(Qrel("a.md", "2時間が30分に"))
    words = "週報は2時間 が\n３０分になりました。"
    right, other = PredictedPassage("a.md", words), PredictedPassage("b.md", words)
    assert of("recall_passage@5", asked, found("a.md", passages=(other, right))) == 1
    assert of("recall_passage@5", asked, found("a.md", passages=(other,))) == 0
    assert of("ndcg_passage@10", asked, found("a.md", passages=(right,))) == 1
    assert of("ndcg_passage@10", asked, found("a.md", passages=(other, right))) == pytest.approx(
        0.6309, abs=1e-4
    )


def test_span_counts_once_however_many_passages_hold_it() -> None:
    asked = case(Qrel("a.md", "甲"), Qrel("a.md", "乙"))
    same = PredictedPassage("a.md", "甲")
    assert of("recall_passage@5", asked, found("a.md", passages=(same, same, same))) == 0.5


def test_two_spans_in_one_passage_are_both_found_and_no_more_than_all() -> None:
    asked = case(Qrel("a.md", "甲", 2), Qrel("a.md", "乙", 1))
    both = found("a.md", passages=(PredictedPassage("a.md", "甲乙"),))
    assert of("recall_passage@5", asked, both) == 1
    assert of("ndcg_passage@10", asked, both) == 1


def test_passages_are_not_scored_for_targets_that_tell_none() -> None:
    asked = case(Qrel("a.md", "甲"))
    assert of("recall_passage@5", asked, found("a.md")) is None
    assert of("recall_passage@5", case(Qrel("a.md")), found("a.md")) is None


def test_search_that_finds_nothing_at_all_scores_zero_by_passages_too() -> None:
    assert of("recall_passage@5", case(Qrel("a.md", "甲")), found()) == 0


QRELS = st.lists(
    st.builds(
        Qrel, st.sampled_from(DOCS[:6]), st.sampled_from(["", "甲", "乙"]), st.integers(1, 4)
    ),
    min_size=1,
    max_size=6,
)
TEXTS = st.builds(
    PredictedPassage, st.sampled_from(DOCS[:6]), st.sampled_from(["甲", "甲乙", "丙"])
)


@settings(max_examples=60, deadline=None)
@given(qrels=QRELS, texts=st.lists(TEXTS, min_size=1, max_size=10), seed=st.randoms())
def test_values_are_ratios_and_the_order_of_qrels_changes_nothing(
    qrels: list[Qrel], texts: list[PredictedPassage], seed: random.Random
) -> None:
    prediction = found(*(one.source for one in texts), passages=tuple(texts))
    shuffled = seed.sample(qrels, len(qrels))
    metrics: list[Metric] = list(DOCUMENTS.values())
    for metric in metrics:
        once = score(metric, case(*qrels), prediction)
        assert once == score(metric, case(*shuffled), prediction)
        assert once is None or 0 <= once.value <= 1
