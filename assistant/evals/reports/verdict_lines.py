"""変わる判定 as lines for a terminal."""

from collections.abc import Iterator

import typer

from assistant.evals.reports.labels import VERDICTS
from assistant.evals.reports.text import one_line
from assistant.evals.verdict_changes import VerdictChange, VerdictChanges
from assistant.printing import say

_SHOWN = 30
"""Questions that are listed; the rest is counted."""
_QUESTION = 70
_CLAUSE = 90
"""Characters."""


def print_verdict_changes(changes: VerdictChanges | None) -> None:
    """Print what a new rule does to the verdicts; what could not be compared goes to stderr."""
    if changes is None:
        return
    for line in _results(changes):
        typer.echo(line)
    for line in _warnings(changes):
        say(line)


def _results(changes: VerdictChanges) -> Iterator[str]:
    judged = len(changes.changed) + changes.hidden + changes.unchanged
    if not judged:
        return
    told = f"{changes.folder} の{judged}問を、前の版とくらべました"
    if judged == changes.unchanged:
        yield f"変わる判定はありません({told})。"
        return
    yield f"変わる判定({told}):"
    for change in changes.changed[:_SHOWN]:
        yield from _change(change)
    if len(changes.changed) > _SHOWN:
        yield f"  ほか {len(changes.changed) - _SHOWN}問"
    if changes.hidden:
        yield f"  ほかに、非公開の問い {changes.hidden}問"
    yield f"  そのまま {changes.unchanged}問"
    wrong = [one for one in changes.changed if one.after is not one.expected]
    if wrong:
        yield (
            f"問いに書かれた正解とちがう判定が {len(wrong)}問あります(※)。ルールのとおりなら、"
            "問いの verdict を直してください。思った判定とちがうときは、katsuyo rollback で"
            "前の版に戻してから、ルールの書きかたを見直してください。"
        )


def _warnings(changes: VerdictChanges) -> Iterator[str]:
    if changes.failure:
        yield f"△ 変わる判定は調べられませんでした: {changes.failure}公開は終わっています。"
    if changes.problems:
        first, count = changes.problems[0], len(changes.problems)
        more = f"(ほか {count - 1}か所)" if count > 1 else ""
        yield f"△ 読めない問いは、くらべていません: {first}{more}"
    if changes.failed:
        yield f"△ {changes.failed}問は、答えが返らなかったので、くらべていません。"
    if changes.left_out:
        yield f"△ 問いが多いので、{changes.left_out}問はくらべていません(すべては katsuyo eval)。"


def _change(change: VerdictChange) -> Iterator[str]:
    mark = "" if change.after is change.expected else " ※"
    before, after = VERDICTS[change.before], VERDICTS[change.after]
    yield f"  「{one_line(change.question, _QUESTION)}」 {before} → {after}{mark}"
    if change.clause:
        yield f"      {one_line(change.clause, _CLAUSE)}"
