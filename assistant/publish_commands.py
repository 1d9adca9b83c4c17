"""`katsuyo publish`, `versions`, `diff`, `history`, `rollback`: argv -> one call -> print."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.app import App
from assistant.domain import Problem, Severity, Version
from assistant.errors import DocumentError, MassDeletion, StoreError
from assistant.printing import (
    local_time,
    print_json,
    print_published,
    progress_bar,
    say,
    version_line,
)
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.corpus.publishing.history import DocumentChange, VersionDiff
    from assistant.corpus.publishing.publish import PublishReport

publish_cli = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)

AsJson = Annotated[bool, typer.Option("--json", help="結果をJSONで出します。")]
Corpus = Annotated[
    Path | None, typer.Option("--corpus", help="資料のフォルダ(既定: KATSUYO_CORPUS_DIR)。")
]


def open_app(*, corpus: Path | None = None, port: int | None = None, serving: bool = False) -> App:
    """Return the parts of this process, from the environment and what was typed."""
    settings = load_settings()
    given = {"corpus_dir": corpus, "port": port}
    changed = {name: value for name, value in given.items() if value is not None}
    return App(settings=settings.model_copy(update=changed), serving=serving)


def exit_for(problems: Sequence[Problem]) -> None:
    """End with DocumentError's code when a document was left out."""
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise typer.Exit(DocumentError.exit_code)


@publish_cli.command()
def publish(
    corpus: Corpus = None,
    message: Annotated[str, typer.Option("--message", "-m", help="何を変えたか。")] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help="たくさんの資料が消えていても、確かめずに公開します。")
    ] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="公開せずに、どの答えが変わるかを出します。")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """資料を公開します。変わったところだけを処理します。"""
    from assistant.evals.impact import published_impact
    from assistant.evals.reports.impact_lines import print_published_impact

    app = open_app(corpus=corpus)
    if preview:
        _preview(app, as_json=as_json)
        return
    report = _published(app, message, sure=yes)
    with progress_bar("変わる判定を調べています") as progress:
        impact = published_impact(app, report, progress=progress)
    if as_json:
        changes = None if impact is None else asdict(impact) | {"report": None}
        print_json(asdict(report) | {"impact": changes})
    else:
        print_published(report)
        print_published_impact(impact)
    exit_for(report.problems)


@publish_cli.command()
def versions(as_json: AsJson = False) -> None:
    """公開した版の一覧を出します。"""
    kept = open_app().store.versions()
    if as_json:
        print_json([asdict(version) for version in kept])
    elif not kept:
        typer.echo("公開した版はまだありません。 → katsuyo publish")
    else:
        for version in kept:
            typer.echo(version_line(version))


@publish_cli.command()
def rollback(
    version: Annotated[int | None, typer.Argument(help="戻す版。省くと、1つ前の版。")] = None,
    as_json: AsJson = False,
) -> None:
    """前に公開した版に戻します。数秒で終わります。"""
    live = open_app().publisher.rollback(version)
    if as_json:
        print_json(asdict(live))
    else:
        typer.echo(f"第{live.id}版に戻しました。")
        say("資料フォルダは変えていません。直してから katsuyo publish で公開してください。")


@publish_cli.command()
def diff(
    before: Annotated[int | None, typer.Argument(help="前の版。省くと、公開中の1つ前。")] = None,
    after: Annotated[int | None, typer.Argument(help="後の版。省くと、公開中の版。")] = None,
    document: Annotated[
        str, typer.Option("--document", help="この文書の、変わった文だけを出します。")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """2つの版で、どの資料がどう変わったかを出します。"""
    from assistant.corpus.publishing.differences import diff_lines, document_diff
    from assistant.corpus.publishing.history import document_of, version_diff

    store = open_app().store
    old, new = _pair(store.versions(), before, after)
    if not document:
        changes = version_diff(store, old, new)
        print_json(asdict(changes)) if as_json else _print_version_diff(changes)
        return
    editions = [document_of(store, document, version_id=one.id) for one in (old, new)]
    if not any(editions):
        raise _no_document(document)
    difference = document_diff(*editions)
    if as_json:
        print_json(asdict(difference))
        return
    lines = list(diff_lines(difference))
    typer.echo("\n".join(lines or [f"第{old.id}版と第{new.id}版で、{document} は同じです。"]))


@publish_cli.command()
def history(
    document: Annotated[str, typer.Argument(help="資料フォルダからの場所(例: rules/ai_rule.md)。")],
    as_json: AsJson = False,
) -> None:
    """1つの文書が、いつ、だれの公開で変わったかを出します。"""
    from assistant.corpus.publishing.history import document_history

    changes = document_history(open_app().store, document)
    if not changes:
        raise _no_document(document)
    print_json([asdict(change) for change in changes]) if as_json else _print_history(changes)


def _preview(app: App, *, as_json: bool) -> None:
    from assistant.evals.impact import preview_impact
    from assistant.evals.reports.impact_lines import print_preview

    with progress_bar("プレビューを作っています") as progress:
        impact = preview_impact(app, progress=progress)
    if as_json:
        print_json(asdict(impact))
    else:
        print_preview(impact)
    exit_for(impact.report.problems)


def _published(app: App, message: str, *, sure: bool) -> "PublishReport":
    """Publish; at a terminal, a person may say that so much is really gone."""
    try:
        with progress_bar("資料を公開しています") as progress:
            return app.publish(summary=message, allow_mass_deletion=sure, progress=progress)
    except MassDeletion as refusal:
        if not sys.stdin.isatty():
            raise
        say(f"△ {refusal.message}")
        if not typer.confirm("本当に消して公開しますか", default=False, err=True):
            raise
    return _published(app, message, sure=True)


def _pair(
    kept: Sequence[Version], before: int | None, after: int | None
) -> tuple[Version, Version]:
    """Return the two versions meant. Raises StoreError."""
    by_id = {version.id: version for version in kept}
    live = next((version for version in kept if version.live), None)
    new = by_id.get(after) if after is not None else live
    if new is None:
        raise _no_version(after)
    older = [one for one in kept if one.id < new.id and not one.draft]
    old = by_id.get(before) if before is not None else next(iter(older), None)
    if old is None:
        raise _no_version(before)
    return old, new


def _print_version_diff(diff: "VersionDiff") -> None:
    """Print which documents two versions do not both hold as they are."""
    from assistant.corpus.publishing.history import CHANGE_NAMES

    typer.echo(
        f"第{diff.before.id}版 → 第{diff.after.id}版"
        f"({local_time(diff.after.created)} {diff.after.author})"
    )
    if diff.company:
        typer.echo("  変更 company.yaml")
    for document in diff.documents:
        typer.echo(f"  {CHANGE_NAMES[document.kind]} {document.path}「{document.title}」")
    counts = [
        f"{name} {diff.count(kind)}" for kind, name in CHANGE_NAMES.items() if diff.count(kind)
    ]
    typer.echo("、".join([*counts, f"そのまま {diff.unchanged}"]))


def _print_history(changes: "Sequence[DocumentChange]") -> None:
    """Print what happened to a document, newest first, in local time."""
    from assistant.corpus.publishing.history import CHANGE_NAMES

    for change in changes:
        when = local_time(change.when)
        why = f"({change.reason})" if change.reason else ""
        what = CHANGE_NAMES[change.kind]
        typer.echo(
            f"第{change.version_id}版 {when} {change.who} {what}{why} {change.summary}".rstrip()
        )


def _no_version(wanted: int | None) -> StoreError:
    what = "くらべる版がありません。" if wanted is None else f"第{wanted}版はありません。"
    return StoreError(what, remedy="残っている版は katsuyo versions で見られます。")


def _no_document(path: str) -> DocumentError:
    return DocumentError(
        f"文書 {path} は、残っているどの版にもありません。",
        remedy="資料フォルダからの場所で指定してください(例: rules/ai_rule.md)。",
    )
