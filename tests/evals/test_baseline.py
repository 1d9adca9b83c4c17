"""The baseline: who may move it, and a file that shows what moved."""

import json
from dataclasses import replace

import pytest

from assistant.errors import KatsuyoError, SuiteError
from assistant.evals.baseline import bless
from assistant.evals.baseline_file import baseline_text, load_baseline, save_baseline
from assistant.evals.case import Split
from assistant.evals.metric import Score
from assistant.evals.results import Fingerprint
from assistant.evals.summarise import summarise
from tests.evals.gate.world import METRICS, RULES, TODAY, blessed, case, judged, run


def test_a_baseline_comes_back_from_its_file_as_it_was(tmp_path):
    path = tmp_path / "eval" / "baseline.json"
    base = blessed(run(wrong={"right_rate": [1]}))

    save_baseline(path, base)

    assert load_baseline(path) == base
    assert not list(path.parent.glob(".*")), "no temporary file stays"


def test_no_file_is_no_baseline(tmp_path):
    assert load_baseline(tmp_path / "baseline.json") is None


def test_one_changed_case_is_one_changed_line():
    before = baseline_text(blessed(run())).splitlines()
    after = baseline_text(blessed(run(wrong={"right_rate": [9]}))).splitlines()

    changed = [line for line in after if line not in before]
    assert len(before) == len(after)
    assert [line[:8] for line in changed] == ['"sha256"', '"c-009":']


def test_answers_of_the_holdout_are_not_kept():
    cases = (case(1), case(2, split=Split.HOLDOUT))

    assert set(blessed(run(cases=cases), "少ない").answers) == {"c-001"}


def test_a_failed_run_becomes_the_baseline_only_with_a_reason():
    results = run(wrong={"unsafe_rate": [3]})
    report = judged(results)

    for empty in ("", "  \n"):
        with pytest.raises(KatsuyoError, match="基準にできません"):
            bless(results, report, reason=empty, today=TODAY)
    base = bless(results, report, reason="文書の改訂\n待ち", today=TODAY)
    assert (base.reason, base.blessed) == ("文書の改訂 待ち", TODAY)


def test_a_run_that_lost_cases_needs_a_reason():
    short = run(cases=[case(number) for number in range(50)])
    report = judged(short, blessed(run()))

    with pytest.raises(KatsuyoError, match="10 件なくなりました"):
        bless(short, report, reason="", today=TODAY)


def test_a_passed_run_needs_no_reason_and_records_none():
    assert blessed(run(), "念のため").reason == ""


def test_scores_that_are_no_numbers_are_never_blessed():
    results = run()
    scores = {**results.scores, "right_rate": {"c-001": Score(float("nan"))}}
    broken = replace(results, scores=scores, metrics=summarise(scores, results.asked, METRICS))

    with pytest.raises(KatsuyoError, match="欠けている"):
        bless(broken, judged(broken), reason="急ぐので", today=TODAY)


def test_a_baseline_that_was_edited_by_hand_is_refused(tmp_path):
    path = tmp_path / "baseline.json"
    save_baseline(path, blessed(run()))
    path.write_text(
        path.read_text(encoding="utf-8").replace('"right_rate":[1]', '"right_rate":[0]', 1),
        encoding="utf-8",
    )

    with pytest.raises(SuiteError, match="書き換えられて"):
        load_baseline(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format":"other/1"}',
        '{"format":"katsuyo-eval-baseline/1"}',
        "<html>",
        "[" * 100_000,
        '{"format":"katsuyo-eval-baseline/1","cases":[1]}',
    ],
)
def test_a_file_that_is_no_baseline_is_refused_by_name(tmp_path, text):
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SuiteError, match=r"baseline\.json"):
        load_baseline(path)


@pytest.mark.parametrize("value", ["NaN", "Infinity", '"1"', "true", "null"])
def test_a_score_in_the_file_that_is_no_number_is_refused(tmp_path, value):
    path = tmp_path / "baseline.json"
    save_baseline(path, blessed(run()))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"right_rate":[1]', f'"right_rate":[{value}]'), encoding="utf-8")

    with pytest.raises(SuiteError, match="形が違います"):
        load_baseline(path)


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "baseline.json"
    path.write_bytes("基準".encode("cp932"))

    with pytest.raises(SuiteError, match="UTF-8"):
        load_baseline(path)


def test_a_folder_that_cannot_be_written_leaves_the_old_file(tmp_path):
    (tmp_path / "file").write_text("x")

    with pytest.raises(SuiteError, match="書き込めません"):
        save_baseline(tmp_path / "file" / "baseline.json", blessed(run()))


def test_the_file_is_plain_json_with_readable_japanese(tmp_path):
    text = baseline_text(blessed(run()))

    assert json.loads(text)["answers"]["c-001"]["answer"] == "答え"
    assert "答え" in text


def test_latencies_are_kept_in_multiples_of_the_machine():
    base = blessed(run(latency=250.0))

    assert base.latencies == {"latency_p95": 25.0}
    assert "latency_p95" not in base.scores


def test_a_baseline_without_cases_is_still_a_file(tmp_path):
    base = replace(
        blessed(run()), scores={}, answers={}, fingerprint=Fingerprint("c", {}, "0", "inprocess")
    )
    save_baseline(tmp_path / "baseline.json", base)

    assert load_baseline(tmp_path / "baseline.json") == base


def test_the_first_baseline_needs_no_reason_although_the_gate_misses_one():
    results = run()
    report = judged(results, rules=replace(RULES, baseline_required=True))

    assert not report.passed
    assert bless(results, report, reason="", today=TODAY).reason == ""
