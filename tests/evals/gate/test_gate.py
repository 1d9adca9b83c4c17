"""The gate: what fails a run, with which word, and what a reader is told."""

from dataclasses import replace

import pytest

from assistant.errors import SuiteError
from assistant.evals.case import Split
from assistant.evals.gate.gate import joined_by
from assistant.evals.gate.known_failures import KnownFailure, KnownFailures
from assistant.evals.gate.report import Check, GateWord, finding
from assistant.evals.metric import Asked, Better, Score
from assistant.evals.prediction import Outcome, Prediction
from assistant.evals.summarise import summarise
from tests.evals.gate.world import (
    METRICS,
    RIGHT,
    RULES,
    TODAY,
    UNSAFE,
    blessed,
    case,
    judged,
    run,
    without,
)

CASES = tuple(case(number) for number in range(60))


def failing(report, check):
    return [finding for finding in report.failures if finding.check is check]


def test_a_run_as_good_as_its_baseline_passes():
    report = judged(run(), blessed(run()))

    assert (report.word, report.passed, report.exit_code) == (GateWord.PASS, True, 0)
    assert not report.flips


def test_a_first_run_is_gated_by_its_thresholds_and_says_that_nothing_was_compared():
    good, bad = judged(run()), judged(run(wrong={"right_rate": range(30)}))

    assert good.passed and any("まだありません" in note for note in good.notes)
    assert (bad.word, bad.exit_code) == (GateWord.REGRESSION, 1)


def test_a_missing_baseline_fails_where_one_is_required():
    report = judged(run(), rules=replace(RULES, baseline_required=True))

    assert report.word is GateWord.UNRELIABLE_BASELINE and not report.passed


def test_a_safety_metric_is_held_by_the_bad_end_of_its_interval():
    results = run(wrong={"unsafe_rate": range(5)})
    loose = {"unsafe_rate": replace(RULES.thresholds["unsafe_rate"], safety=False)}
    strict = {"unsafe_rate": replace(RULES.thresholds["unsafe_rate"], limit=0.1)}
    rules = replace(RULES, zero_tolerance=())

    assert judged(results, rules=replace(rules, thresholds=loose)).passed
    assert not judged(results, rules=replace(rules, thresholds=strict)).passed


@pytest.mark.parametrize("name", ["right_rate", "unsafe_rate"])
def test_a_wanted_metric_that_no_case_tries_out_fails(name):
    report = judged(without(run(), name))

    assert report.word is GateWord.INSUFFICIENT_DATA and not report.passed


def test_a_metric_with_fewer_cases_than_wanted_fails_as_insufficient():
    report = judged(run(), rules=replace(RULES, minimum_cases=61))

    assert report.word is GateWord.INSUFFICIENT_DATA


def test_one_failing_case_of_a_zero_tolerance_metric_fails_and_is_named():
    report = judged(run(wrong={"unsafe_rate": [7]}))

    (finding,) = failing(report, Check.ZERO_TOLERANCE)
    assert finding.cases == ("c-007",) and "c-007" in finding.line


def test_a_known_failure_is_let_through_until_its_day_and_no_longer():
    results = run(wrong={"unsafe_rate": [7]})

    def known(until):
        return KnownFailures((KnownFailure("unsafe_rate", "c-007", "調査中", "DX推進", until),))

    assert judged(results, known=known(TODAY)).passed
    late = judged(results, known=known(TODAY.replace(day=21)))
    far = judged(results, known=known(TODAY.replace(year=2028)))
    assert not late.passed and any("過ぎて" in note for note in late.notes)
    assert not far.passed and any("180 日より先" in note for note in far.notes)


def test_a_known_failure_that_works_again_is_to_be_deleted():
    known = KnownFailures((KnownFailure("unsafe_rate", "c-007", "調査中", "DX推進", TODAY),))

    report = judged(run(), known=known)

    assert report.passed and any(
        "もう直っています。消してください" in note for note in report.notes
    )


def test_a_clear_drop_is_a_regression_although_every_threshold_is_met():
    report = judged(run(wrong={"right_rate": range(10)}), blessed(run()))

    (finding,) = report.failures
    assert (finding.check, finding.metric) == (Check.REGRESSION, "right_rate")
    assert report.word is GateWord.REGRESSION
    assert {flip.case_id for flip in report.flips} == {f"c-{number:03}" for number in range(10)}
    assert all(flip.worse and flip.why == "違う答え" for flip in report.flips)


def test_a_drop_within_chance_passes_as_a_soft_regression():
    report = judged(run(wrong={"right_rate": [3]}), blessed(run()))

    assert (report.word, report.passed) == (GateWord.SOFT_REGRESSION, True)


def test_a_clear_gain_is_told():
    report = judged(run(), blessed(run(wrong={"right_rate": range(12)})))

    assert (report.word, report.passed) == (GateWord.IMPROVED, True)
    assert not any(flip.worse for flip in report.flips)


def test_an_excluded_metric_is_not_compared():
    rules = replace(RULES, excluded=("right_rate",))

    assert judged(run(wrong={"right_rate": range(10)}), blessed(run()), rules=rules).passed


def test_a_case_that_vanished_fails():
    report = judged(run(cases=CASES[:-1]), blessed(run()))

    lost = failing(report, Check.COVERAGE)
    assert lost and lost[0].cases == ("c-059",)


def test_a_case_of_the_suite_that_was_not_asked_fails_even_without_a_baseline():
    whole, short = run(), run(cases=CASES[:-1])

    report = judged(replace(short, fingerprint=whole.fingerprint))

    assert failing(report, Check.INTEGRITY)


def test_a_metric_that_tries_out_fewer_cases_fails():
    half = {"right_rate": {one.id: 1.0 for one in CASES[:30]}}

    report = judged(run(half), blessed(run()))

    assert [finding.metric for finding in failing(report, Check.COVERAGE)] == ["right_rate"]


def test_a_metric_that_the_baseline_does_not_know_is_told():
    old = blessed(without(run(), "right_rate"), "最初の回")

    assert any("正しく答えた割合" in note for note in judged(run(), old).notes)


def test_a_changed_case_is_not_compared_and_that_is_said():
    cases = (*CASES[:59], case(59, question="べつの質問"))
    now = run(cases=cases, wrong={"right_rate": [59]})

    report = judged(now, blessed(run()))

    assert report.word is GateWord.PASS and not report.flips
    assert any("c-059" in note for note in report.notes)


def test_a_baseline_of_another_suite_is_unreliable():
    cases = tuple(case(number, question=f"{number}番の質問") for number in range(60))

    report = judged(run(cases=cases), blessed(run()))

    assert report.word is GateWord.UNRELIABLE_BASELINE and not report.passed


def crashed(*numbers, outcome=Outcome.CRASH):
    ids = {f"c-{number:03}" for number in numbers}
    return lambda asked: (
        Asked(asked.case, Prediction(asked.case.id, outcome=outcome, error="落ちた"))
        if asked.case.id in ids
        else asked
    )


def test_a_baseline_that_failed_itself_is_unreliable():
    bad = blessed(run(change=crashed(1, 2, 3)), "障害の日")

    assert judged(run(), bad).word is GateWord.UNRELIABLE_BASELINE


def test_answers_that_did_not_come_are_held_against_the_budget():
    results = run(change=crashed(1, 2))

    assert failing(judged(results), Check.ERRORS)[0].cases == ("c-001", "c-002")
    assert judged(results, rules=replace(RULES, error_budget=0.05)).passed


def test_a_paraphrase_without_an_answer_counts_as_an_error():
    def change(asked):
        return replace(asked, paraphrases=(Prediction("x#1", outcome=Outcome.TIMEOUT),))

    assert len(failing(judged(run(change=change)), Check.ERRORS)[0].cases) == 60


def test_nothing_asked_never_passes():
    report = judged(run(cases=()), rules=replace(RULES, thresholds={}, zero_tolerance=()))

    assert report.word is GateWord.INSUFFICIENT_DATA and not report.passed


def test_slow_answers_fail_in_multiples_of_the_machine():
    base = blessed(run())
    slow, slow_machine = run(latency=300.0), replace(run(latency=300.0), machine_ms=30.0)

    assert failing(judged(slow, base), Check.LATENCY)
    assert judged(slow_machine, base).passed


def test_a_latency_that_is_not_measured_any_more_fails_for_the_same_target_only():
    base, now = blessed(run()), replace(run(), machine_ms=0.0)
    elsewhere = replace(now, fingerprint=replace(now.fingerprint, target="answers.jsonl"))

    assert failing(judged(now, base), Check.LATENCY)
    assert judged(elsewhere, base).passed


def test_holdout_cases_are_counted_and_never_named():
    cases = (*CASES[:50], *(case(number, split=Split.HOLDOUT) for number in range(50, 60)))
    base = blessed(run(cases=cases))
    report = judged(
        run(cases=cases, wrong={"unsafe_rate": [49, 50, 51], "right_rate": range(50, 60)}), base
    )

    told = repr(report)
    assert not any(f"c-{number:03}" in told for number in range(50, 60))
    (finding,) = failing(report, Check.ZERO_TOLERANCE)
    assert "非公開の問い 2 件" in finding.line and finding.hidden == 2
    assert report.hidden_flips == 12


# ── a weakened gate ──────────────────────────────────────────────────────────


def test_a_metric_whose_direction_was_swapped_fails():
    report = judged(run(), metrics=(RIGHT, replace(UNSAFE, better=Better.HIGHER), METRICS[2]))

    assert failing(report, Check.INTEGRITY)


def test_a_score_that_is_no_number_fails_everywhere():
    results = run({"unsafe_rate": {one.id: float("nan") for one in CASES}})

    report = judged(results)

    assert {finding.check for finding in report.failures} == {
        Check.INTEGRITY,
        Check.THRESHOLD,
        Check.ZERO_TOLERANCE,
    }


def test_a_crash_dropped_from_the_scores_fails():
    results = run(wrong={"right_rate": [5]})
    scores = {name: dict(found) for name, found in results.scores.items()}
    del scores["right_rate"]["c-005"]
    quiet = replace(results, scores=scores, metrics=summarise(scores, results.asked, METRICS))

    assert failing(judged(quiet, blessed(run())), Check.COVERAGE)
    assert failing(judged(replace(results, scores=scores)), Check.INTEGRITY)


def test_a_value_that_its_scores_do_not_bear_fails():
    bad, good = run(wrong={"right_rate": range(30)}), run()

    assert failing(judged(replace(bad, metrics=good.metrics)), Check.INTEGRITY)


def test_a_case_that_counts_twice_is_refused():
    results = run()

    with pytest.raises(SuiteError, match="c-000"):
        judged(replace(results, asked=(*results.asked, results.asked[0])))


def test_a_score_of_a_case_that_was_not_asked_is_refused():
    results = run()
    scores = {**results.scores, "right_rate": {"stranger": Score(1.0)}}

    with pytest.raises(SuiteError, match="stranger"):
        judged(replace(results, scores=scores))


def test_the_order_of_the_cases_changes_nothing():
    wrong = {"right_rate": range(0, 20, 3), "unsafe_rate": [4]}
    shuffled = sorted(CASES, key=lambda one: one.id[::-1], reverse=True)
    base = blessed(run())

    assert judged(run(cases=shuffled, wrong=wrong), base) == judged(run(wrong=wrong), base)


def test_a_zero_tolerance_metric_without_cases_fails_by_itself():
    rules = replace(RULES, thresholds={})

    assert failing(judged(without(run(), "unsafe_rate"), rules=rules), Check.ZERO_TOLERANCE)


def test_a_result_that_counts_more_cases_than_it_has_scores_fails():
    results = run()
    more = tuple(replace(one, n=one.n + 1) for one in results.metrics)

    assert failing(judged(replace(results, metrics=more)), Check.INTEGRITY)


def test_a_flip_of_a_lower_is_better_metric_is_worse_when_it_rises():
    (flip,) = judged(run(wrong={"unsafe_rate": [4]}), blessed(run())).flips

    assert (flip.case_id, flip.before, flip.after, flip.worse) == ("c-004", 0.0, 1.0, True)


def test_a_metric_that_is_counted_in_another_way_now_is_not_compared_in_silence():
    base = blessed(run())
    wide = {one: Score(1.0, counts=(1.0, 1.0, 1.0)) for one in base.scores["right_rate"]}

    report = judged(run(), replace(base, scores={**base.scores, "right_rate": wide}))

    assert report.word is GateWord.UNRELIABLE_BASELINE and not report.passed


STRICT = replace(RULES, no_new_failures=("right_rate",))


def test_one_case_that_got_worse_fails_where_chance_is_no_excuse():
    report = judged(run(wrong={"right_rate": [7]}), blessed(run()), rules=STRICT)

    (worse,) = failing(report, Check.NEW_FAILURES)
    assert worse.cases == ("c-007",)
    assert judged(run(wrong={"right_rate": [7]}), blessed(run())).passed


def test_a_case_that_failed_before_may_go_on_failing_or_be_mended():
    before = blessed(run(wrong={"right_rate": [7, 8]}))

    assert judged(run(wrong={"right_rate": [7]}), before, rules=STRICT).passed


def test_a_new_failure_that_somebody_answers_for_is_let_through():
    entry = KnownFailure("right_rate", "c-007", "直すまで", "DX推進", TODAY)

    now = run(wrong={"right_rate": [7]})
    known = KnownFailures((entry,))
    assert judged(now, blessed(run()), rules=STRICT, known=known).passed


def test_a_generated_case_may_vanish_with_its_document_and_only_then():
    made = replace(CASES[-1], id="gen-fact-1")
    before = blessed(run(cases=(*CASES[:-1], made)))
    now = run(cases=CASES[:-1])
    changed = replace(now, fingerprint=replace(now.fingerprint, corpus="another"))

    assert failing(judged(now, before), Check.COVERAGE)
    assert not failing(judged(changed, before), Check.COVERAGE)


def test_rules_without_a_metric_leave_it_out_of_every_check():
    rules = STRICT.without({"right_rate", "unsafe_rate"})
    now = run(wrong={"right_rate": range(60), "unsafe_rate": [1]})

    assert not judged(now, blessed(run())).passed
    assert judged(now, blessed(run()), rules=rules).passed


def test_findings_that_join_later_decide_with_the_others():
    report = judged(run())
    late = finding(Check.ERRORS, "faithfulness", "採点できませんでした。", ok=False)

    joined = joined_by(report, [late], notes=["参考値です"])

    assert report.passed and not joined.passed
    assert joined.findings[0] == late
    assert joined.notes[-1] == "参考値です"
