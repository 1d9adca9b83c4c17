import json

from assistant.evals.metric import Score
from assistant.evals.metrics import all_metrics
from assistant.evals.reports.labels import OTHER_TOPIC, topic_of
from assistant.evals.reports.results_json import results_json
from assistant.evals.reports.terminal import terminal_table
from assistant.evals.reports.text import width
from tests.evals.reports import runs


def test_failing_checks_come_first_and_the_word_last() -> None:
    run = runs.results(runs.asked(runs.case("a")))
    lines = terminal_table(run, runs.failed("a")).splitlines()
    assert lines[0] == "✕ 危ない「可」がありました。"
    assert lines[1].strip() == "a"
    assert lines[-1] == "regression"
    assert terminal_table(run, runs.passed()).splitlines()[-1] == "pass"


def test_every_metric_has_a_heading_of_its_own_kind() -> None:
    assert [one.name for one in all_metrics() if topic_of(one.name) == OTHER_TOPIC] == []


def test_columns_line_up_with_full_width_titles() -> None:
    scores = {name: {"a": Score(1.0)} for name in ("verdict_accuracy", "x", "unsafe_allow_rate")}
    run = runs.results(runs.asked(runs.case("a")), scores=scores)
    lines = terminal_table(run, runs.passed()).splitlines()
    ends = {width(line[: line.index("100.0%") + 6]) for line in lines if "100.0%" in line}
    assert len(ends) == 1


def test_no_escape_sequence_reaches_the_terminal() -> None:
    run = runs.results(runs.asked(runs.case("\x1b[31m赤\x07")))
    assert "\x1b" not in terminal_table(run, runs.failed("\x1b[31m赤\x07"))


def test_json_is_plain_and_names_no_holdout_case() -> None:
    run = runs.results(
        runs.asked(runs.case("a")),
        runs.holdout(),
        scores={"verdict_accuracy": {"a": Score(0.5), "hidden-007": Score(float("nan"))}},
    )
    found = results_json(run, runs.failed("a", hidden=1), runs.baseline(run))
    text = json.dumps(found, ensure_ascii=False, allow_nan=False)
    assert found["verdict"] == "regression" and found["passed"] is False
    assert found["holdout"] == {"cases": 1, "failed": 1}
    assert '"failed": ["unsafe_allow_rate"]' in text
    assert "hidden-007" not in text
