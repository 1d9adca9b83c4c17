"""argv -> one call -> print. stdout is the result, stderr is talk; errors become exit codes."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.app import quiet_vendors, sample_corpus
from assistant.backup_commands import backup_cli
from assistant.domain import Question
from assistant.errors import DocumentError, KatsuyoError, SettingsError
from assistant.eval_commands import eval_cli
from assistant.guard_commands import guard_cli
from assistant.printing import (
    print_check,
    print_json,
    progress_bar,
    readable,
    say,
    speak_utf8,
)
from assistant.publish_commands import AsJson, Corpus, exit_for, open_app, publish_cli
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.corpus.reviews import Review

cli = typer.Typer(
    name="katsuyo",
    help="活用ナビ: 社内のAI利用ルール・資料・事例・テンプレートから、根拠つきで答えます。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

cli.add_typer(eval_cli, name="eval")
cli.add_typer(guard_cli, name="guard")
cli.add_typer(publish_cli)
cli.add_typer(backup_cli)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line; a KatsuyoError becomes one Japanese line and its exit code."""
    quiet_vendors()
    speak_utf8()
    try:
        cli(args=None if argv is None else list(argv), standalone_mode=True)
    except KatsuyoError as error:
        say(f"✕ {error.message}")
        if error.remedy:
            say(f"  → {error.remedy}")
        raise SystemExit(error.exit_code) from error
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(141) from None


@cli.command()
def serve(
    corpus: Corpus = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="ポート番号(既定: 7860)。")
    ] = None,
) -> None:
    """資料を公開して、アシスタントのページを開きます。"""
    from assistant.evals.impact import preview_impact
    from assistant.web.startup import serve_page

    app = open_app(corpus=corpus, port=port, serving=True)
    serve_page(
        app,
        say=say,
        progress=progress_bar("資料を公開しています"),
        preview=partial(preview_impact, app),
    )


@cli.command()
def ask(
    question: Annotated[str, typer.Argument(help="聞きたいこと。")] = "",
    department: Annotated[str, typer.Option("--department", "-d", help="部署名。")] = "",
    batch: Annotated[
        Path | None, typer.Option(help="質問のJSON Lines。1行に1問、1行に1答を出します。")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """質問に、根拠つきで答えます。"""
    from assistant.answering.question.incoming import parse_question
    from assistant.answering.render import to_json, to_markdown

    app = open_app()
    if batch is not None:
        for number, line in _json_lines(batch):
            identity, parsed = parse_question(line, where=f"{batch}:{number}行目")
            print_json(to_json(app.assistant.ask(parsed), id=identity), indent=None)
        return
    answer = app.assistant.ask(Question(text=question, department=department))
    if as_json:
        print_json(to_json(answer))
    else:
        typer.echo(readable(to_markdown(answer)))


@cli.command()
def check(
    corpus: Corpus = None,
    calendar: Annotated[
        Path | None, typer.Option(help="見直し期限を書き出すカレンダーのファイル(.ics)。")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """資料がどう読まれるかを確かめます。公開はしません。"""
    app = open_app(corpus=corpus)
    with progress_bar("資料を読んでいます") as progress:
        report = app.check(progress=progress)
    if calendar is not None:
        _write_calendar(calendar, report.reviews, app.today())
    if as_json:
        print_json(asdict(report))
    else:
        print_check(report)
    exit_for(report.problems)


@cli.command()
def init(
    folder: Annotated[Path, typer.Argument(help="新しく作る資料フォルダ。")],
) -> None:
    """見本の会社を写して、自分の会社の資料づくりを始めます。"""
    import shutil

    if folder.exists() and any(folder.iterdir() if folder.is_dir() else [folder]):
        raise SettingsError(
            f"{folder} はもうあります。", remedy="空のフォルダか、新しい名前を指定してください。"
        )
    try:
        shutil.copytree(sample_corpus(), folder, dirs_exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"{folder} に書き込めません({error.strerror})。",
            remedy="場所と権限を確かめてください。",
        ) from error
    typer.echo(f"{folder} に見本を写しました。つぎは:")
    typer.echo(f"  1. {folder}/company.yaml に会社・部署・窓口を書く")
    typer.echo(f"  2. 資料を入れかえる(書きかたは {folder}/README.md)")
    typer.echo(f"  3. KATSUYO_CORPUS_DIR={folder} katsuyo check")
    typer.echo(f"  4. KATSUYO_CORPUS_DIR={folder} katsuyo serve")


@cli.command()
def doctor(
    as_json: AsJson = False,
    privacy: Annotated[
        bool, typer.Option("--privacy", help="何がどこへ送られるかを出します。")
    ] = False,
) -> None:
    """足りないものと、その直しかたを出します。"""
    from assistant.doctor.examine import examine
    from assistant.doctor.privacy import flows

    if privacy:
        ways = flows(load_settings())
        if as_json:
            print_json([asdict(way) for way in ways])
        for way in () if as_json else ways:
            typer.echo(f"{way.what}: {way.where}\n    {way.content}")
        return
    findings = examine(load_settings())
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            typer.echo(f"{'✓' if finding.ok else '✕'} {finding.name}: {finding.detail}")
            if finding.remedy:
                typer.echo(f"    → {finding.remedy}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def _write_calendar(path: Path, reviews: "Sequence[Review]", today: date) -> None:
    from assistant.corpus.reviews import calendar_of

    try:
        path.write_text(calendar_of(reviews, today=today), encoding="utf-8", newline="")
    except OSError as error:
        raise SettingsError(
            f"{path} に書けません({error.strerror})。", remedy="場所と権限を確かめてください。"
        ) from error
    say(f"{path} に見直し期限を書きました({len(reviews)}件)。カレンダーに読みこませてください。")


def _json_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (1-based number, text) of the lines of `path` that are not blank."""
    try:
        with sys.stdin if str(path) == "-" else path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, line
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(
            f"{path} を読めません。",
            remedy="UTF-8のJSON Linesファイルを指定してください。",
            path=path,
        ) from error


if __name__ == "__main__":
    main()
