"""`katsuyo eval …`: argv -> one call -> print; the exit code says pass or fail."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import SettingsError
from assistant.printing import print_json, progress_bar, say
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.evals.evaluation import Bench, Evaluation
    from assistant.evals.judge.judging import Judge
    from assistant.evals.modes import ModelRun
    from assistant.evals.targets.target import Target

eval_cli = typer.Typer(
    help="答えの質を測ります。鍵もネットワークも要りません。",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Folder = Annotated[Path, typer.Option(help="suites/ と gate.toml のあるフォルダ。")]
Corpus = Annotated[
    Path | None, typer.Option("--corpus", help="資料のフォルダ(既定: KATSUYO_CORPUS_DIR)。")
]
Url = Annotated[
    str, typer.Option("--target", help="動いているサーバーのURL。省くと、この中で動かします。")
]
Wait = Annotated[
    float, typer.Option("--timeout", min=0.1, help="1問の答えを待つ秒数。過ぎたら失敗と数えます。")
]
Predictions = Annotated[
    Path | None, typer.Option(help="答えのJSON Lines。ほかのシステムも同じ問いで測れます。")
]
WithJudge = Annotated[
    bool, typer.Option("--judge", help="生成AIにも採点させます(KATSUYO_JUDGE_BASE_URL と _MODEL)。")
]
WithModel = Annotated[
    bool,
    typer.Option("--llm", help="生成AIにも答えさせ、資料の言葉の答えとくらべます(KATSUYO_LLM_…)。"),
]
Out = Annotated[
    Path | None, typer.Option(help="報告を書くフォルダ(既定: データフォルダの eval/)。")
]
AsJson = Annotated[bool, typer.Option("--json", help="結果をJSONで出します。")]

_FOLDER = Path("eval")


@eval_cli.callback()
def run(
    context: typer.Context,
    folder: Folder = _FOLDER,
    corpus: Corpus = None,
    target: Url = "",
    predictions: Predictions = None,
    timeout: Wait = 30.0,
    judge: WithJudge = False,
    llm: WithModel = False,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """問いをすべて試し、合否を出します(終了コード 0=合格、1=不合格)。"""
    if context.invoked_subcommand is not None:
        _refuse_options_before(context)
        return
    if llm and (target or predictions):
        raise SettingsError(
            "--llm は、--target や --predictions といっしょに使えません。",
            remedy="どれか1つにしてください。",
        )
    settings = _settings(corpus)
    if llm and not settings.llm_base_url:
        from assistant.evals.modes import no_model

        raise no_model()
    bench = _bench(folder, settings)
    judging = _judge(bench, settings) if judge else None
    evaluation = _evaluated(
        bench,
        _target(bench, settings, url=target, predictions=predictions, wait=timeout),
        judge=judging,
    )
    _written(evaluation, out or settings.data_dir / "eval")
    with_model = _asked_of_model(bench, settings, wait=timeout, judge=judging) if llm else None
    _told(evaluation, with_model, as_json=as_json)
    codes = [evaluation.report.exit_code, with_model.report.exit_code if with_model else 0]
    raise typer.Exit(max(codes))


def _refuse_options_before(context: typer.Context) -> None:
    """Say that what stands before a subcommand does not reach it; it was silently ignored once."""
    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name or "")
        if source is not None and source.name == "COMMANDLINE":
            option, command = parameter.opts[0], context.invoked_subcommand
            raise SettingsError(
                f"{option} は、{command} の後ろに書いてください。前に書くと使われません。",
                remedy=f"katsuyo eval {command} {option} … の順です。",
            )


@eval_cli.command()
def check(folder: Folder = _FOLDER, corpus: Corpus = None) -> None:
    """問いの書きかたと門の決まりだけを確かめます。何も聞きません。"""
    bench = _bench(folder, _settings(corpus))
    bench.known(bench.rules)
    kinds: dict[str, int] = {}
    for case in bench.suite.cases:
        kinds[case.type.value] = kinds.get(case.type.value, 0) + 1
    typer.echo(f"{len(bench.suite.cases)}問を読みました。まちがいはありません。")
    for kind, count in kinds.items():
        typer.echo(f"  {kind}: {count}問")


@eval_cli.command()
def bless(
    folder: Folder = _FOLDER,
    corpus: Corpus = None,
    reason: Annotated[
        str, typer.Option("--reason", help="不合格でも基準にするわけ。記録に残ります。")
    ] = "",
) -> None:
    """いまの答えを、これからくらべる基準(baseline.json)にします。"""
    from datetime import date

    from assistant.evals.baseline import bless as blessed
    from assistant.evals.baseline_file import save_baseline

    settings = _settings(corpus)
    bench = _bench(folder, settings)
    evaluation = _evaluated(bench, _target(bench, settings))
    _written(evaluation, settings.data_dir / "eval")
    baseline = blessed(evaluation.results, evaluation.report, reason=reason, today=date.today())  # noqa: DTZ011
    save_baseline(bench.folder.baseline, baseline)
    typer.echo(f"{bench.folder.baseline} を新しい基準にしました。")


@eval_cli.command()
def export(folder: Folder = _FOLDER, corpus: Corpus = None) -> None:
    """問いを katsuyo ask --batch の形で書き出します。ほかのシステムに答えさせるためのものです。"""
    from assistant.evals.run import questions_of

    for asking in questions_of(_bench(folder, _settings(corpus)).suite):
        print_json(asking.to_json(), indent=None)


@eval_cli.command()
def draft(
    question: Annotated[
        str, typer.Argument(help="窓口に来た質問。省くと、👎の付いた質問すべて。")
    ] = "",
    department: Annotated[str, typer.Option("--department", "-d", help="部署名。")] = "",
    since: Annotated[str, typer.Option(help="この週から後の👎(例: 2026-W40)。")] = "",
    folder: Folder = _FOLDER,
) -> None:
    """窓口の質問や👎を、問いの下書きにします。氏名や社名は伏せ字になります。"""
    from datetime import date

    from assistant.app import App
    from assistant.evals.drafting import draft_feedback, draft_question
    from assistant.evals.folder import EvalFolder

    place = EvalFolder(folder)
    place.check()
    app, path = App(load_settings()), place.suites / "drafts.yaml"
    if question:
        today = date.today()  # noqa: DTZ011 — the week of the desk
        ids = draft_question(app, path, question=question, department=department, today=today)
    else:
        ids = draft_feedback(app, path, since=since)
    if not ids:
        typer.echo("下書きにする質問はありません。")
        return
    typer.echo(f"{path} に {len(ids)}問の下書きを足しました: {'、'.join(ids)}")
    say("正しい答えを書き入れてから使ってください(書きかたは eval/README.md)。")


@eval_cli.command()
def mutate(
    folder: Folder = _FOLDER,
    corpus: Corpus = None,
    clean_runs: Annotated[int, typer.Option(min=1, help="こわしていないものを試す回数。")] = 20,
    as_json: AsJson = False,
) -> None:
    """わざとこわしたアシスタントが、門で止まるかを確かめます。"""
    from dataclasses import asdict
    from datetime import date

    from assistant.evals.mutation.run import try_mutants
    from assistant.evals.mutation.table import mutants_table

    settings = _settings(corpus)
    bench = _bench(folder, settings)
    with progress_bar("こわしたアシスタントを試しています") as progress:
        report = try_mutants(
            bench,
            _target(bench, settings),
            clean_runs=clean_runs,
            today=date.today(),  # noqa: DTZ011 — an exception ends with the local day
            progress=progress,
        )
    if as_json:
        print_json(asdict(report))
    else:
        typer.echo(mutants_table(report))
    raise typer.Exit(0 if report.passed else 1)


@eval_cli.command()
def calibrate(
    labels: Annotated[Path, typer.Argument(help="人の採点(JSON Lines)。")],
    folder: Folder = _FOLDER,
    as_json: AsJson = False,
) -> None:
    """生成AIの採点を人の採点とくらべ、合否に数えてよいかを決めます。"""
    from dataclasses import asdict

    from assistant.evals.folder import EvalFolder
    from assistant.evals.judge.calibration import calibrate as calibrated
    from assistant.evals.judge.calibration import save_calibration
    from assistant.evals.judge.labels import load_labels
    from assistant.evals.judge.opening import open_judge
    from assistant.evals.judge.table import agreements_table

    told = load_labels(labels)
    place = EvalFolder(folder)
    place.check()
    judge = open_judge(place, load_settings())
    agreements = calibrated(judge, told)
    save_calibration(place.calibration, agreements)
    if as_json:
        print_json([asdict(one) for one in agreements])
    else:
        typer.echo(agreements_table(agreements, rules=judge.rules))


def _settings(corpus: Path | None) -> Settings:
    settings = load_settings()
    return settings.model_copy(update={"corpus_dir": corpus}) if corpus else settings


def _bench(folder: Path, settings: Settings) -> "Bench":
    from assistant.evals.evaluation import open_bench
    from assistant.evals.folder import EvalFolder
    from assistant.evals.targets.in_process import eval_app

    return open_bench(EvalFolder(folder), eval_app(settings))


def _target(
    bench: "Bench",
    settings: Settings,
    *,
    url: str = "",
    predictions: Path | None = None,
    wait: float = 30.0,
) -> "Target":
    from datetime import timedelta

    from assistant.app import App
    from assistant.evals.targets.in_process import in_process
    from assistant.evals.targets.predictions_file import PredictionsFile
    from assistant.evals.targets.server import Server

    if url and predictions:
        raise SettingsError(
            "--target と --predictions は、いっしょに使えません。",
            remedy="どちらか1つにしてください。",
        )
    if predictions:
        return PredictionsFile(predictions)
    timeout = timedelta(seconds=wait)
    if url:
        return Server(url, timeout=timeout, probe_timeout=timeout)
    return in_process(bench.app, live=App(settings), timeout=timeout)


def _judge(bench: "Bench", settings: Settings) -> "Judge":
    from assistant.evals.judge.opening import open_judge

    return open_judge(bench.folder, settings)


def _evaluated(bench: "Bench", target: "Target", *, judge: "Judge | None" = None) -> "Evaluation":
    from datetime import date

    from assistant.evals.evaluation import run_evaluation

    say(f"{len(bench.suite.cases)}問を試します(相手: {target.name}) …")
    with progress_bar("問いを試しています") as progress:
        return run_evaluation(
            bench,
            target,
            judge=judge,
            today=date.today(),  # noqa: DTZ011 — an exception ends with the local day
            progress=progress,
        )


def _asked_of_model(
    bench: "Bench", settings: Settings, *, wait: float, judge: "Judge | None"
) -> "ModelRun":
    from datetime import date, timedelta

    from assistant.evals.modes import run_with_model

    say(f"同じ{len(bench.suite.cases)}問を、生成AI({settings.llm_model})でも試します …")
    with progress_bar("生成AIで問いを試しています") as progress:
        return run_with_model(
            bench,
            settings,
            timeout=timedelta(seconds=wait),
            judge=judge,
            today=date.today(),  # noqa: DTZ011 — an exception ends with the local day
            progress=progress,
        )


def _written(evaluation: "Evaluation", out: Path) -> None:
    from assistant.evals.evaluation import write_evaluation

    for path in write_evaluation(evaluation, out):
        say(f"書きました: {path}")


def _told(evaluation: "Evaluation", with_model: "ModelRun | None" = None, *, as_json: bool) -> None:
    from assistant.evals.reports.modes import modes_json, modes_table
    from assistant.evals.reports.results_json import results_json
    from assistant.evals.reports.terminal import terminal_table

    parts = (evaluation.results, evaluation.report, evaluation.baseline)
    if as_json:
        told = results_json(*parts)
        print_json(told if with_model is None else {**told, "llm": modes_json(with_model)})
        return
    typer.echo(terminal_table(*parts))
    if with_model is not None:
        typer.echo("\n" + modes_table(evaluation.results, with_model))
