"""One evaluation from folder to verdict: suites, answers, scores, judge, gate, reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from assistant.app import App
from assistant.corpus.reading import Progress
from assistant.errors import SuiteError
from assistant.evals.baseline import Baseline
from assistant.evals.baseline_file import load_baseline
from assistant.evals.case import Suite
from assistant.evals.folder import EvalFolder
from assistant.evals.gate.gate import joined_by, judge_gate
from assistant.evals.gate.known_failures import KnownFailures, load_known_failures
from assistant.evals.gate.report import GateReport
from assistant.evals.gate.rules import DEFAULT_RULES, GateRules, load_gate_rules
from assistant.evals.generated.cases import generated_cases
from assistant.evals.judge.calibration import load_calibration
from assistant.evals.judge.judged import Judged, judged_metrics, judged_run
from assistant.evals.judge.judging import Judge
from assistant.evals.metric import Metric, Score
from assistant.evals.metrics import all_metrics, latency, perturbation
from assistant.evals.perturb import Ground, copies_in_process, perturbation_scores
from assistant.evals.reading import load_references, published_documents
from assistant.evals.recording import predictions_of, write_recording
from assistant.evals.references import References
from assistant.evals.reports.writing import write_reports
from assistant.evals.results import Results
from assistant.evals.run import evaluate
from assistant.evals.suites.loading import load_suite, suite_of
from assistant.evals.summarise import summarise
from assistant.evals.targets.in_process import InProcess
from assistant.evals.targets.target import Target


@dataclass(frozen=True)
class Bench:
    """What every evaluation needs before anything is asked."""

    folder: EvalFolder
    app: App
    """The App of the evaluation: its own data folder."""
    references: References
    suite: Suite

    @cached_property
    def rules(self) -> GateRules:
        """Return what a run has to reach. Raises SuiteError."""
        if not self.folder.gate.exists():
            return DEFAULT_RULES
        return load_gate_rules(self.folder.gate, (*all_metrics(), *judged_metrics()))

    def known(self, rules: GateRules) -> KnownFailures:
        """Return the exceptions. Raises SuiteError."""
        return load_known_failures(
            self.folder.known_failures,
            metrics=rules.case_by_case,
            cases=[case.id for case in self.suite.cases],
        )


@dataclass(frozen=True)
class Evaluation:
    """A finished run with its verdict."""

    bench: Bench
    results: Results
    baseline: Baseline | None
    known: KnownFailures
    report: GateReport


def open_bench(folder: EvalFolder, app: App) -> Bench:
    """Read the corpus and every case: those of the folder, and those that the corpus makes.

    Raises SuiteError, SettingsError.
    """
    folder.check()
    references = load_references(app.settings.corpus_dir, known=published_documents(app))
    written = (
        load_suite(folder.suites, references=references).cases if folder.suites.is_dir() else ()
    )
    suite = suite_of((*written, *generated_cases(references)))
    if not suite.cases:
        raise SuiteError(
            f"{folder.path} に問いが1つもありません。",
            remedy="suites/ に問いを書いてください(書き方は eval/README.md)。",
        )
    return Bench(folder, app, references, suite)


def run_evaluation(
    bench: Bench,
    target: Target,
    *,
    judge: Judge | None = None,
    today: date,
    progress: Progress | None = None,
) -> Evaluation:
    """Ask, score, judge. Raises KatsuyoError; whatever the target does wrong is scored."""
    rules = bench.rules
    known, baseline = bench.known(rules), load_baseline(bench.folder.baseline)
    results = evaluate(bench.suite, target, bench.references, progress=progress)
    metrics: tuple[Metric, ...] = all_metrics()
    if isinstance(target, InProcess):
        results = with_scores(results, _perturbed(bench, results), perturbation.METRICS)
    judged = _judged(judge, results, bench)
    if judged is not None:
        results = with_scores(results, judged.report.scores, judged_metrics())
        metrics += judged_metrics()
    rules = rules.without(_undecided(bench, target, results, judged))
    report = judge_gate(results, baseline, rules, known, metrics=metrics, today=today)
    if judged is not None:
        report = joined_by(report, judged.findings, notes=judged.notes)
    if not bench.folder.gate.exists():
        note = f"{bench.folder.gate} がないので、どの会社でも見逃せない失敗だけを調べました。"
        report = joined_by(report, (), notes=(note,))
    return Evaluation(bench, results, baseline, known, report)


def judged_by_gate(
    bench: Bench, results: Results, baseline: Baseline | None, *, today: date
) -> GateReport:
    """Return the gate's verdict on answers alone: no changed corpus, no LLM judge."""
    rules = bench.rules
    known = bench.known(rules)
    undecided = {one.name for one in (*perturbation.METRICS, *judged_metrics())}
    return judge_gate(
        results,
        baseline,
        rules.without(undecided | _untried(bench, results)),
        known,
        metrics=all_metrics(),
        today=today,
    )


def with_scores(
    results: Results, scores: Mapping[str, Mapping[str, Score]], metrics: Sequence[Metric]
) -> Results:
    """Return results in which `metrics` have these scores, whatever they had before."""
    new = {one.name: one for one in summarise(scores, results.asked, metrics)}
    kept = [new.pop(one.name, one) for one in results.metrics]
    return replace(results, metrics=(*kept, *new.values()), scores={**results.scores, **scores})


def write_evaluation(evaluation: Evaluation, out: Path) -> tuple[Path, ...]:
    """Write run.jsonl and the reports; return their paths. Raises SuiteError."""
    recording = out / "run.jsonl"
    write_recording(recording, predictions_of(evaluation.results.asked))
    try:
        reports = write_reports(
            out,
            evaluation.results,
            gate=evaluation.report,
            baseline=evaluation.baseline,
            known=evaluation.known,
        )
    except OSError as error:
        raise SuiteError(
            f"{out} に報告を書けません({error.strerror})。",
            remedy="場所と空き容量を確かめてください。",
        ) from error
    return (recording, *reports)


def _perturbed(bench: Bench, results: Results) -> Mapping[str, Mapping[str, Score]]:
    ground = Ground(bench.app.settings.corpus_dir, copies_in_process(bench.app))
    return perturbation_scores(results.asked, bench.references, ground)


def _judged(judge: Judge | None, results: Results, bench: Bench) -> Judged | None:
    if judge is None:
        return None
    agreements = load_calibration(bench.folder.calibration)
    return judged_run(judge, results.asked, bench.references, agreements=agreements)


def _undecided(
    bench: Bench, target: Target, results: Results, judged: Judged | None
) -> frozenset[str]:
    """Return the metrics that this run cannot measure, or that may not decide."""
    names = set(judged.report_only) if judged else {one.name for one in judged_metrics()}
    if not isinstance(target, InProcess):
        names |= {one.name for one in perturbation.METRICS}
    names |= {one.name for one in latency.METRICS if not results.scores.get(one.name)}
    return frozenset(names | _untried(bench, results))


def _untried(bench: Bench, results: Results) -> set[str]:
    """Return the metrics without a case, where nobody wrote down which ones have to be reached."""
    if bench.folder.gate.exists():
        return set()
    return {one.name for one in results.metrics if not one.n}
