"""What counts as killed, and how the survivors are told."""

from assistant.evals.mutation.run import MutationReport, Trial
from assistant.evals.mutation.table import mutants_table


def trial(metric: str = "recall@5", *, broken: int = 3, failed: tuple[str, ...] = ()) -> Trial:
    return Trial("shuffled", "出典の番号がずれる", metric, broken, failed)


def report(*trials: Trial, passes: int = 2) -> MutationReport:
    failures = () if passes == 2 else ("判定の正解率: 50%",)
    return MutationReport(trials, clean_runs=2, clean_passes=passes, clean_failures=failures)


def test_a_mutant_is_killed_in_the_metric_that_is_named_for_it() -> None:
    assert trial(failed=("ndcg@10", "recall@5")).killed
    assert not trial(failed=("ndcg@10", "")).killed
    assert not trial().killed


def test_a_mutant_that_fits_no_case_is_not_killed_by_what_fails_anyway() -> None:
    nothing = trial(broken=0, failed=("recall@5",))
    assert not nothing.killed
    assert not report(nothing).passed
    (line, *_) = mutants_table(report(nothing)).splitlines()
    assert line.startswith("✕ 試せない") and "あてはまる問いがありません" in line


def test_a_survivor_comes_first_and_tells_what_failed_instead() -> None:
    killed, alive = trial(failed=("recall@5",)), trial(failed=("", "ndcg@10"))
    told = mutants_table(report(killed, alive)).splitlines()
    assert told[0].startswith("✕ 見逃した") and "落ちたのは: ndcg@10" in told[0]
    assert told[1].startswith("✓ 止めた")
    assert "こわしたもの 1/2" in told[-1] and "2/2 回" in told[-1]


def test_one_survivor_or_one_failed_clean_run_fails() -> None:
    killed = trial(failed=("recall@5",))
    assert report(killed).passed
    assert not report(killed, trial()).passed
    assert not report(killed, passes=1).passed
    assert "✕ こわしていないのに落ちました: 判定の正解率" in mutants_table(report(killed, passes=1))
