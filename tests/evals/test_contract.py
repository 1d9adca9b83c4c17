import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.evals.contract import parse_prediction
from assistant.evals.prediction import (
    Outcome,
    PredictedCitation,
    PredictedFinding,
    PredictedPassage,
    Prediction,
)

SMALL = {
    "status": "answered",
    "verdict": "allowed",
    "answer": "使えます。[1]",
    "citations": [{"n": 1, "source": "rules/a.md", "quote": "使える"}],
    "retrieved": ["rules/a.md"],
    "findings": [{"category": "person", "text": "田中様", "start": 0, "end": 3}],
    "safe_text": "〔A様〕の週報",
}


def test_an_answer_of_another_system_needs_few_keys() -> None:
    assert parse_prediction(SMALL, id="a") == Prediction(
        id="a",
        status="answered",
        verdict="allowed",
        answer="使えます。[1]",
        citations=(PredictedCitation(1, "rules/a.md", "使える"),),
        retrieved=("rules/a.md",),
        findings=(PredictedFinding("person", "田中様", 0, 3),),
        safe_text="〔A様〕の週報",
    )


def test_the_whole_contract_is_read() -> None:
    section = {
        "slot": "stories",
        "title": "近くの事例",
        "note": "",
        "lines": [{"text": "はい", "marks": [1, 2]}],
        "stories": [
            {
                "title": "週報", "department": "営業部", "nearness": "own", "author": "河野",
                "told_on": None, "task": "週報", "tool": "", "before": None, "after": "30分",
                "sentence": "早い", "mark": 1,
            }
        ],
        "template": {"title": "T", "body": "【名】", "slots": ["名"], "caution": "", "mark": 2},
    }  # fmt: skip
    passages = [{"source": "a.md", "text": "本文"}]
    told = SMALL | {"id": "a", "clause": None, "sections": [section], "passages": passages}
    prediction = parse_prediction(told | {"timings_ms": {"total": 3}}, id="a")
    assert prediction.ok
    (read,) = prediction.sections
    assert (read.lines[0].marks, read.stories[0].after, read.stories[0].before) == (
        (1, 2), "30分", "",
    )  # fmt: skip
    assert read.template is not None and read.template.slots == ("名",)
    assert prediction.passages == (PredictedPassage("a.md", "本文"),)
    assert prediction.timings_ms == {"total": 3.0}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"verdict": "使えます"}, "verdict"),
        ({"status": "ok"}, "status"),
        ({"answer": 5}, "answer"),
        ({"answer": None}, "answer"),
        ({"status": None}, "status"),
        ({"citations": [{"n": "1", "source": "a", "quote": "b"}]}, "citations.0.n"),
        ({"citations": [{"n": True, "source": "a", "quote": "b"}]}, "citations.0.n"),
        ({"citations": [{"n": 1, "source": "a"}]}, "citations.0.quote"),
        ({"citations": "なし"}, "citations"),
        ({"retrieved": [1]}, "retrieved.0"),
        ({"retrieved": "rules/a.md"}, "retrieved"),
        ({"findings": [{"category": "person", "text": "田中様"}]}, "findings.0.start"),
        ({"passages": [{"source": "a.md"}]}, "passages.0.text"),
        ({"timings_ms": {"total": "3"}}, "timings_ms.total"),
        ({"timings_ms": {"total": float("nan")}}, "NaN"),
        ({"id": "b"}, "id が違います"),
        ({"outcome": "great"}, "outcome"),
    ],
)
def test_a_wrong_type_or_word_is_a_crash_that_says_where(
    change: dict[str, object], told: str
) -> None:
    prediction = parse_prediction(SMALL | change, id="a")
    assert prediction.outcome is Outcome.CRASH
    assert told in prediction.error
    assert (prediction.id, prediction.answer, prediction.citations) == ("a", "", ())


@pytest.mark.parametrize("payload", [None, [], "answer", 3, {}, {"id": "a"}, {"error": "x"}])
def test_what_is_no_answer_is_a_crash(payload: object) -> None:
    assert parse_prediction(payload, id="a").outcome is Outcome.CRASH


def test_the_reason_never_repeats_what_was_typed() -> None:
    wrong = SMALL | {"findings": [{"category": "person", "text": 5, "start": "田中様", "end": 3}]}
    assert "田中" not in parse_prediction(wrong, id="a").error


@settings(max_examples=60)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_no_junk_raises_or_passes(junk: object) -> None:
    assert parse_prediction(junk, id="a").outcome is Outcome.CRASH
    broken = parse_prediction(SMALL | {"citations": junk}, id="a")
    assert broken.ok is (junk in (None, []))


@settings(max_examples=40)
@given(st.text(), st.lists(st.text()), st.sampled_from(["answered", "no_evidence"]))
def test_what_is_told_is_kept(answer: str, retrieved: list[str], status: str) -> None:
    told = json.dumps({"status": status, "answer": answer, "retrieved": retrieved})
    expected = Prediction("a", status=status, answer=answer, retrieved=tuple(retrieved))
    assert parse_prediction(json.loads(told), id="a") == replace(expected, verdict="none")
