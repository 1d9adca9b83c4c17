"""Runs the gate on every broken assistant, and on the unbroken one again and again."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from assistant.corpus.reading import Progress
from assistant.evals.baseline import Baseline, bless
from assistant.evals.evaluation import Bench, judged_by_gate
from assistant.evals.gate.report import GateReport
from assistant.evals.mutation.citations import citation_mutants
from assistant.evals.mutation.legs import without_dense_leg, without_keyword_leg
from assistant.evals.mutation.mutant import Mutant, Recording, mutated
from assistant.evals.mutation.safety import safety_mutants
from assistant.evals.mutation.wording import wording_mutants
from assistant.evals.results import Results
from assistant.evals.run import evaluate, rescored, run_suite
from assistant.evals.targets.in_process import InProcess
from assistant.evals.targets.target import Target


@dataclass(frozen=True, slots=True)
class Trial:
    """What the gate said to one broken assistant."""

    name: str
    title: str
    metric: str
    """The metric that had to fail."""
    broken: int
    """Cases whose answers were broken."""
    failed: tuple[str, ...]
    """The metrics that failed, sorted; empty name = a check of the whole run."""

    @property
    def killed(self) -> bool:
        """Return whether something was broken, and the gate failed in the metric named."""
        return self.broken > 0 and self.metric in self.failed


@dataclass(frozen=True, slots=True)
class MutationReport:
    """All trials, and how often the unbroken assistant passed."""

    trials: tuple[Trial, ...]
    clean_runs: int
    clean_passes: int
    clean_failures: tuple[str, ...] = ()
    """Lines of the gate where the unbroken assistant failed."""

    @property
    def passed(self) -> bool:
        """Return whether every mutant was killed and every clean run passed."""
        return all(one.killed for one in self.trials) and self.clean_passes == self.clean_runs


def all_mutants() -> tuple[Mutant, ...]:
    """Return the mutants that break recorded answers."""
    return (*safety_mutants(), *citation_mutants(), *wording_mutants())


def try_mutants(
    bench: Bench,
    target: Target,
    *,
    clean_runs: int,
    today: date,
    progress: Progress | None = None,
) -> MutationReport:
    """Bless an unbroken run, then break it in every way, then run it again unbroken.

    The first run is the baseline of all others: what the suites' own baseline says of today's
    answers is a matter of `katsuyo eval`. Raises KatsuyoError.
    """
    first = evaluate(bench.suite, target, bench.references)
    report = judged_by_gate(bench, first, None, today=today)
    baseline = bless(first, report, reason="unbroken", today=today)
    before = set(_failed(judged_by_gate(bench, first, baseline, today=today)))
    steps = len(all_mutants()) + 2 + clean_runs
    trials: list[Trial] = []
    for mutant in all_mutants():
        _told(progress, len(trials), steps, mutant.title)
        trials.append(_trial(mutant, first, bench=bench, baseline=baseline, today=today))
    for trial in _leg_trials(bench, first, baseline=baseline, today=today):
        trials.append(trial)
        _told(progress, len(trials), steps, trial.title)
    failures: list[str] = []
    passes = 0
    for number in range(clean_runs):
        _told(progress, len(trials) + number, steps, "こわしていないもの")
        again = judged_by_gate(
            bench, evaluate(bench.suite, target, bench.references), baseline, today=today
        )
        passes += again.passed
        failures += [finding.line for finding in again.failures]
    # What fails unbroken as well has not noticed anything.
    trials = [replace(one, failed=tuple(sorted(set(one.failed) - before))) for one in trials]
    return MutationReport(tuple(trials), clean_runs, passes, tuple(dict.fromkeys(failures)))


def _trial(
    mutant: Mutant, first: Results, *, bench: Bench, baseline: Baseline, today: date
) -> Trial:
    asked = mutated(mutant, Recording(first.asked, bench.references))
    return Trial(
        name=mutant.name,
        title=mutant.title,
        metric=mutant.metric,
        broken=sum(new != old for new, old in zip(asked, first.asked, strict=True)),
        failed=_failed(
            judged_by_gate(bench, rescored(first, asked, bench.references), baseline, today=today)
        ),
    )


def _leg_trials(
    bench: Bench, first: Results, *, baseline: Baseline, today: date
) -> Sequence[Trial]:
    """Ask everything again without one leg of the search."""
    # The tuned embedder orders what words find, too: without either leg the whole ranking falls.
    legs = (
        ("dropped_keyword_leg", "言葉の一致で探さない", "ndcg@10", without_keyword_leg),
        ("dropped_dense_leg", "意味の近さで探さない", "ndcg@10", without_dense_leg),
    )
    trials = []
    for name, title, metric, made in legs:
        with tempfile.TemporaryDirectory(prefix="katsuyo-eval-") as folder:
            asked = run_suite(bench.suite, InProcess(partial(made, bench.app, Path(folder))))
        results = rescored(first, asked, bench.references)
        report = judged_by_gate(bench, results, baseline, today=today)
        trials.append(Trial(name, title, metric, len(asked), _failed(report)))
    return trials


def _failed(report: GateReport) -> tuple[str, ...]:
    return tuple(sorted({finding.metric for finding in report.failures}))


def _told(progress: Progress | None, done: int, steps: int, what: str) -> None:
    if progress is not None:
        progress(done, steps, what)
