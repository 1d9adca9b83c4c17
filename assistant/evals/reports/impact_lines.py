"""影響 as lines for a terminal: before publishing all of it, afterwards the verdicts."""

from collections.abc import Iterator, Sequence

import typer

from assistant.answering.impact import (
    IMPACT_NAMES,
    VERDICT_NAMES,
    AnswerChange,
    Impact,
    ImpactKind,
    MetricMove,
    Origin,
    Told,
)
from assistant.evals.reports.labels import shown
from assistant.evals.reports.text import one_line
from assistant.printing import say

_SHOWN = 30
"""Questions that are listed; the rest is counted."""
_QUESTION = 70
_WORDS = 90
"""Characters."""
_LINES = 2
"""Lines of a changed answer that are shown on either side."""


def print_preview(impact: Impact) -> None:
    """Print what publishing would change; what could not be compared goes to stderr."""
    for line in _preview(impact):
        typer.echo(line)
    for line in _warnings(impact):
        say(line)


def print_published_impact(impact: Impact | None) -> None:
    """Print what a new rule does to the verdicts; what could not be compared goes to stderr."""
    if impact is None:
        return
    for line in _verdicts(impact):
        typer.echo(line)
    for line in _warnings(impact):
        say(line)
    if impact.failure:
        say("  公開は終わっています。")


def _preview(impact: Impact) -> Iterator[str]:
    report = impact.report
    if not (report.added or report.changed or report.removed):
        yield "変わった資料はありません。公開しても、答えは同じです。"
        return
    yield "プレビュー(まだ公開していません):"
    for name, paths in (("追加", report.added), ("変更", report.changed), ("削除", report.removed)):
        yield from (f"  {name} {path}" for path in paths[:_SHOWN])
        if len(paths) > _SHOWN:
            yield f"  {name} ほか {len(paths) - _SHOWN}件"
    if report.replaced is None:
        yield "公開中の版がまだないので、答えはくらべていません。"
    elif impact.compared:
        yield from _changes(impact)
        yield from _metrics(impact.metrics)
    elif not impact.failure:
        yield "くらべる問いがありません(eval/suites の問いも、最近の質問も、まだありません)。"
    yield "公開するには: katsuyo publish"


def _changes(impact: Impact) -> Iterator[str]:
    asked = f"(うち、最近の質問 {impact.asked}問)" if impact.asked else ""
    yield f"変わる答え: {impact.compared}問{asked}のうち {len(impact.changes) + impact.hidden}問"
    for kind in ImpactKind:
        of_kind = [change for change in impact.changes if change.kind is kind]
        if of_kind:
            yield f"■ {IMPACT_NAMES[kind]} {len(of_kind)}問"
            yield from _listed(of_kind)
    yield from _rest(impact, same=impact.unchanged)


def _verdicts(impact: Impact) -> Iterator[str]:
    if not impact.compared:
        return
    told = f"{impact.compared}問を、前の版とくらべました"
    if not (impact.of_verdicts or impact.hidden):
        yield f"変わる判定はありません({told})。"
        return
    yield f"変わる判定({told}):"
    yield from _listed(impact.of_verdicts)
    yield from _rest(impact, same=impact.compared - len(impact.of_verdicts) - impact.hidden)


def _listed(changes: Sequence[AnswerChange]) -> Iterator[str]:
    for change in changes[:_SHOWN]:
        yield from _change(change)
    if len(changes) > _SHOWN:
        yield f"  ほか {len(changes) - _SHOWN}問(すべては --json)"


def _rest(impact: Impact, *, same: int) -> Iterator[str]:
    if impact.hidden:
        yield f"  ほかに、非公開の問い {impact.hidden}問"
    yield f"  そのまま {same}問"
    wrong = sum(change.unexpected for change in impact.of_verdicts)
    if wrong:
        yield (
            f"問いに書かれた正解とちがう判定が {wrong}問あります(※)。ルールのとおりなら、"
            "問いの verdict を直してください。思った判定とちがうときは、ルールの書きかたを"
            "見直してください。公開したあとなら、katsuyo rollback で前の版に戻せます。"
        )


def _change(change: AnswerChange) -> Iterator[str]:
    who = f"({one_line(change.department, _QUESTION)})" if change.department else ""
    whose = " [最近の質問]" if change.origin is Origin.ASKED else ""
    mark = " ※" if change.unexpected else ""
    step = _step(change)
    yield f"  「{one_line(change.question, _QUESTION)}」{who}{whose}{step}{mark}"
    for sign, line in _sides(change):
        yield f"      {sign}{one_line(line, _WORDS)}"


def _step(change: AnswerChange) -> str:
    """Return «可 → 禁止» where the verdict is another one, else the one that both give."""
    before, after = VERDICT_NAMES[change.before.verdict], VERDICT_NAMES[change.after.verdict]
    if change.before.verdict is not change.after.verdict:
        return f" {before} → {after}"
    return f" {after}" if change.kind is ImpactKind.CONDITIONS else ""


def _sides(change: AnswerChange) -> Iterator[tuple[str, str]]:
    """Yield what is told now and what will be, as short as the kind of change allows."""
    if change.kind in {ImpactKind.LOOSER, ImpactKind.STRICTER, ImpactKind.OTHER_VERDICT}:
        yield from (("", clause) for clause in change.after.clauses[:1])
    elif change.kind is ImpactKind.CONDITIONS:
        yield from _different_lines(list(change.before.clauses), list(change.after.clauses))
    elif change.kind is ImpactKind.LEAD:
        yield "いま: ", change.before.lead or "(出典なし)"
        yield "次:   ", change.after.lead or "(出典なし)"
    else:
        yield from _different_lines(_lines(change.before), _lines(change.after))


def _lines(told: Told) -> list[str]:
    return [line.strip() for line in told.text.splitlines() if line.strip()]


def _different_lines(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    for sign, lines, others in (("いま: ", before, after), ("次:   ", after, before)):
        own = [line for line in lines if line not in others]
        yield from ((sign, line) for line in own[:_LINES])


def _metrics(moves: Sequence[MetricMove]) -> Iterator[str]:
    if moves:
        yield "動く指標(くらべた問いだけの値):"
    for move in moves:
        mark = "" if move.better else " ▼悪くなる"
        before, after = shown(move.before, ""), shown(move.after, "")
        yield f"  {move.title} {before} → {after}({move.cases}問){mark}"


def _warnings(impact: Impact) -> Iterator[str]:
    if impact.failure:
        yield f"△ 変わる答えは調べられませんでした: {impact.failure}"
    if impact.problems:
        first, count = impact.problems[0], len(impact.problems)
        more = f"(ほか {count - 1}か所)" if count > 1 else ""
        yield f"△ 読めない問いは、くらべていません: {first}{more}"
    if impact.failed:
        yield f"△ {impact.failed}問は、答えが返らなかったので、くらべていません。"
    if impact.left_out:
        yield f"△ 問いが多いので、{impact.left_out}問はくらべていません(すべては katsuyo eval)。"
