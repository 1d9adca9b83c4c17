"""What the command line prints: results on stdout, talk and progress on stderr."""

import html
import io
import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer

from assistant.domain import Category, ClauseKind, Kind, Problem, Severity, Version

if TYPE_CHECKING:
    from assistant.corpus.check import CheckReport
    from assistant.corpus.publishing.publish import PublishReport
    from assistant.corpus.reading import Progress

_KIND_NAMES = {
    Kind.RULE: "AI利用ルール",
    Kind.MANUAL: "マニュアル",
    Kind.FAQ: "FAQ",
    Kind.STORY: "活用事例",
    Kind.TEMPLATE: "テンプレート",
}
_CLAUSE_NAMES = {
    ClauseKind.FORBIDDEN_INPUT: "入力禁止",
    ClauseKind.CONDITIONAL: "条件つき",
    ClauseKind.ENCOURAGED: "推奨",
    ClauseKind.FINAL_CHECK: "最終チェック",
    ClauseKind.DESK: "相談先",
}
CATEGORY_NAMES = {
    Category.PERSON: "氏名",
    Category.COMPANY: "会社名",
    Category.PHONE: "電話番号",
    Category.EMAIL: "メールアドレス",
    Category.ADDRESS: "住所",
    Category.MY_NUMBER: "マイナンバー",
    Category.CARD: "カード番号",
    Category.BANK_ACCOUNT: "口座番号",
    Category.STAFF_OR_CUSTOMER_NUMBER: "社員・顧客番号",
    Category.SECRET: "パスワードや鍵",
    Category.SOURCE_CODE: "ソースコード",
    Category.UNPUBLISHED_FIGURE: "未公表の数字",
    Category.CONFIDENTIAL_TERM: "社外秘の言葉",
}
_ITEM_WIDTH = 40
_REST_WIDTH = 60
"""Characters of a text that is no clause: enough to find it."""
_RULE = "─" * 40
_SOURCE = re.compile(r"- ((?:\[\d+\])+) (.+)")


def speak_utf8() -> None:
    """Read and write UTF-8 whatever the system's own encoding: JSON is, and cp932 has no ✓."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=stream.errors)


def say(text: str) -> None:
    """Tell the person at the terminal one line, on stderr."""
    typer.echo(text, err=True)


def print_json(value: Any, *, indent: int | None = 2) -> None:
    """Print a result for scripts; dates become ISO text."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=indent, default=str))


def readable(markdown: str) -> str:
    """Return an answer's Markdown as plain text for a terminal: no escapes, no markup.

    Texts to copy stay letter for letter; sources from one place share one line.
    """
    lines: list[str] = []
    fence = ""
    for line in markdown.split("\n"):
        opened = re.match(r"`{3,}", line)
        if fence and line == fence:
            fence = ""
            lines.append(_RULE)
        elif fence:
            lines.append(line)
        elif opened:
            fence = opened.group()
            lines.append(_RULE)
        else:
            lines += _joined(lines, _readable_line(line))
    return "\n".join(lines)


def _readable_line(line: str) -> str:
    bare = re.sub(r"(?<!\\)\*\*", "", line)
    bare = re.sub(r"^(\s*)- \[ \] ", r"\1□ ", bare)
    bare = re.sub(r"^### ", "■ ", bare)
    bare = re.sub(r"^> ", "  ", bare)
    return html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", bare))


def _joined(lines: list[str], line: str) -> list[str]:
    """Return the lines to add: none where the last one names the same source."""
    last, this = _SOURCE.fullmatch(lines[-1] if lines else ""), _SOURCE.fullmatch(line)
    if last is None or this is None or last[2] != this[2]:
        return [line]
    lines[-1] = f"- {last[1]}{this[1]} {this[2]}"
    return []


def print_check(report: "CheckReport") -> None:
    """Print what was understood of a corpus; its problems go to stderr."""
    for count in report.kinds:
        typer.echo(f"{_KIND_NAMES[count.kind]}: {count.documents}件(抜粋 {count.passages}件)")
    _print_rules(report)
    typer.echo("\n活用事例の数字:")
    for story in report.stories:
        before, after = (m.original if m else "―" for m in (story.before, story.after))
        typer.echo(f"  {'・'.join(story.departments)}「{story.title}」 {before} → {after}")
    without = [name for name, count in report.stories_by_department.items() if not count]
    if without:
        typer.echo(f"\n事例がまだない部署: {'、'.join(without)}")
    _print_reviews(report)
    for problem in report.problems:
        say(problem_line(problem))


def _print_reviews(report: "CheckReport") -> None:
    """Print whose documents are overdue, or due soon."""
    from assistant.corpus.reviews import NOBODY, SOON, Due

    pressing = [review for review in report.reviews if review.due is not Due.LATER]
    if not pressing:
        return
    typer.echo(f"\n見直し期限(過ぎたものと、{SOON.days}日以内のもの):")
    owner = None
    for review in pressing:
        if review.owner != owner:
            owner = review.owner
            typer.echo(f"  {owner or NOBODY}")
        late = " 過ぎています" if review.due is Due.OVERDUE else ""
        typer.echo(f"    {review.day.isoformat()}{late} {review.path}「{review.title}」")


def _print_rules(report: "CheckReport") -> None:
    """Print the clauses by class, each group under its heading, then what is no clause."""
    typer.echo("\nAI利用ルールの読みとり:")
    for kind, name in _CLAUSE_NAMES.items():
        clauses = [clause for clause in report.clauses if clause.kind is kind]
        typer.echo(f"  【{name}】{len(clauses)}件")
        above = ""
        for clause in clauses:
            where = f"{clause.path} {_where(clause.headings)}".rstrip()
            if where != above:
                typer.echo(f"    {where}")
            above = where
            typer.echo(f"      ・{_plain_row(clause.text)}")
    if report.rest:
        typer.echo(f"  【条項ではない文(判定には使われません)】{len(report.rest)}件")
        for rest in report.rest:
            typer.echo(f"      ・{_shortened(_plain_row(rest.text))}")


def _where(headings: Sequence[str]) -> str:
    """Return the nearest heading, and the one above where the last is a whole sentence."""
    return " > ".join(f"「{heading}」" for heading in headings[-2:] if heading)


def _plain_row(text: str) -> str:
    """Return a clause on one line; a row of a table without its bars: «項目 / 可否 / 補足»."""
    lines = (line.strip() for line in text.split("\n") if line.strip())
    rows = (
        " / ".join(cell.strip() for cell in line[1:-1].split("|") if cell.strip())
        if len(line) > 1 and line.startswith("|") and line.endswith("|")
        else line
        for line in lines
    )
    return " ".join(rows)


def _shortened(text: str) -> str:
    return text if len(text) <= _REST_WIDTH else f"{text[:_REST_WIDTH]}…"


def print_published(report: "PublishReport") -> None:
    """Print what publishing did; its problems go to stderr."""
    for problem in report.problems:
        say(problem_line(problem))
    if not (report.added or report.changed or report.removed):
        typer.echo(f"変わった資料はありません(公開中: 第{report.version.id}版)。")
        return
    counts = (
        f"追加 {len(report.added)}、変更 {len(report.changed)}、削除 {len(report.removed)}、"
        f"そのまま {report.unchanged}(抜粋 {report.version.passages}件、{report.seconds:.1f}秒)"
    )
    typer.echo(f"第{report.version.id}版を公開しました: {counts}")


def problem_line(problem: Problem) -> str:
    """Return ✕ or △ and the problem's line."""
    return f"{'✕' if problem.severity is Severity.ERROR else '△'} {problem}"


def version_line(version: Version) -> str:
    """Return one line about a version, in local time."""
    mark = "● 公開中" if version.live else "(下書き: まだ公開していません)" if version.draft else ""
    when = local_time(version.created)
    what = f" {version.summary}" if version.summary else ""
    return (
        f"第{version.id}版 {when} {version.author} "
        f"資料{version.documents}件・抜粋{version.passages}件{what} {mark}".rstrip()
    )


def local_time(moment: datetime) -> str:
    """Return a moment as people here read it."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


@contextmanager
def progress_bar(what: str) -> "Iterator[Progress]":
    """Yield a callback (done, total, item) that draws a bar on stderr while a person watches."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    hidden = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        task = bar.add_task(what, total=None)

        def show(done: int, total: int, item: str) -> None:
            doing = f"{what} {item[-_ITEM_WIDTH:]}"
            bar.update(task, completed=done, total=total, description=doing)

        yield show
