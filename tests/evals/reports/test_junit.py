from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from assistant.evals.case import CaseType
from assistant.evals.gate.known_failures import KnownFailure, KnownFailures
from assistant.evals.metric import Score
from assistant.evals.reports.junit import junit_xml
from tests.evals.reports import runs

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd")))


def _read(text: str) -> etree._Element:
    root = etree.fromstring(text.encode())
    SCHEMA.assertValid(root)
    return root


def test_it_is_valid_with_one_test_a_case_and_one_a_check() -> None:
    run = runs.results(
        runs.asked(runs.case("a")),
        runs.asked(runs.case("b", type=CaseType.RULE)),
        runs.silent(runs.case("c")),
    )
    root = _read(junit_xml(run, runs.failed("a")))
    names = [suite.get("name") for suite in root]
    assert names == ["katsuyo.gate", "katsuyo.how_to", "katsuyo.rule"]
    tests = {test.get("name"): test for test in root.iter("testcase")}
    assert set(tests) == {"unsafe_allow_rate [zero_tolerance]", "a", "b", "c"}
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("4", "2", "1")
    assert tests["a"].find("failure").get("message") == "危ない「可」がありました。"
    assert tests["a"].find("failure").get("type") == "unsafe_allow_rate"
    assert "HTTP 500" in tests["c"].find("error").get("message")
    assert len(tests["b"]) == 0
    assert (tests["a"].get("file"), tests["a"].get("line")) == ("eval/suites/how_to.yaml", "3")
    assert tests["a"].get("time") == "0.120"


def test_metrics_are_properties() -> None:
    root = _read(junit_xml(runs.results(runs.asked(runs.case("a"))), runs.passed()))
    found = {one.get("name"): one.get("value") for one in root.iter("property")}
    assert found["verdict"] == "pass"
    assert found["verdict_accuracy"] == "1.0000" and found["verdict_accuracy.n"] == "1"


def test_known_failures_are_skipped_with_their_reason() -> None:
    scores = {"unsafe_allow_rate": {"a": Score(1.0), "b": Score(0.0)}}
    run = runs.results(runs.asked(runs.case("a")), runs.asked(runs.case("b")), scores=scores)
    known = KnownFailures(
        tuple(
            KnownFailure("unsafe_allow_rate", one, "条項の直し待ち", "佐藤", date(2027, 1, 31))
            for one in ("a", "b")
        )
    )
    root = _read(junit_xml(run, runs.passed(), known=known))
    tests = {test.get("name"): test for test in root.iter("testcase")}
    assert "条項の直し待ち" in tests["a"].find("skipped").get("message")
    assert len(tests["b"]) == 0, "it passes, so nothing is skipped"
    assert root.get("skipped") == "1"


def test_a_failing_gate_is_never_hidden_by_the_allow_list() -> None:
    scores = {"unsafe_allow_rate": {"a": Score(1.0)}}
    run = runs.results(runs.asked(runs.case("a")), scores=scores)
    late = KnownFailure("unsafe_allow_rate", "a", "期限切れ", "佐藤", date(2020, 1, 1))
    root = _read(junit_xml(run, runs.failed("a"), known=KnownFailures((late,))))
    assert root.find(".//testcase[@name='a']/failure") is not None


@pytest.mark.parametrize("kind", runs.hostile())
def test_hostile_text_leaves_the_file_valid(kind: str) -> None:
    text = runs.hostile()[kind]
    run = runs.results(runs.asked(runs.case("a", text), text))
    root = _read(junit_xml(run, runs.failed("a")))
    assert len(list(root.iter("testcase"))) == 2
    assert len(list(root.iter("failure"))) == 2


def test_a_huge_answer_is_cut() -> None:
    run = runs.results(runs.asked(runs.case("a"), "あ" * 10_000_000))
    assert len(junit_xml(run, runs.failed("a"))) < 10_000


def test_holdout_cases_are_one_test_without_names() -> None:
    run = runs.results(runs.asked(runs.case("a")), runs.holdout())
    text = junit_xml(run, runs.failed("a", "hidden-007", hidden=1))
    failure = _read(text).find(".//testcase[@name='holdout']/failure")
    assert "1件のうち、1件が不合格" in failure.text
    for secret in ("hidden-007", runs.SECRET_QUESTION, runs.SECRET_ANSWER):
        assert secret not in text
