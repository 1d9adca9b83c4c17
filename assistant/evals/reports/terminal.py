"""The table that `katsuyo eval` prints: what failed first, the verdict word last."""

from collections.abc import Iterator

from assistant.evals.baseline import Baseline
from assistant.evals.gate.report import GateReport
from assistant.evals.reports import labels
from assistant.evals.reports.joining import build_view
from assistant.evals.reports.text import narrowed, one_line, padded, width
from assistant.evals.reports.view import MetricRow, View
from assistant.evals.results import Results

_TITLE_COLUMNS = 40
_MOST_CASES = 5


def terminal_table(results: Results, gate: GateReport, baseline: Baseline | None = None) -> str:
    """Return failing checks, then every metric by topic; the last line is the verdict word."""
    view = build_view(results, gate, baseline)
    return "\n".join([*_broken(view), *_table(view), "", *_last(view)])


def _broken(view: View) -> Iterator[str]:
    for check in (check for check in view.checks if not check.ok):
        yield f"✕ {check.line}"
        if check.cases:
            more = len(check.cases) - _MOST_CASES
            shown = "、".join(one_line(case_id, 60) for case_id in check.cases[:_MOST_CASES])
            yield f"    {shown}{f' ほか{more}件' if more > 0 else ''}"
    if not all(check.ok for check in view.checks):
        yield ""


def _table(view: View) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [("", "今回", "95%区間", "基準", "差", "n", "")]
    for topic, metrics in view.by_topic():
        rows.append((topic, *[""] * 6))
        rows += [_metric(row) for row in metrics]
    columns = [max(width(row[index]) for row in rows) for index in range(len(rows[0]))]
    for row in rows:
        right = (
            " " * (n - width(text)) + text for text, n in zip(row[1:], columns[1:], strict=True)
        )
        yield "  ".join((padded(row[0], columns[0]), *right)).rstrip()


def _metric(row: MetricRow) -> tuple[str, ...]:
    one = row.result
    return (
        f"  {narrowed(one_line(one.title), _TITLE_COLUMNS)}",
        labels.shown(one.value, one.unit),
        labels.interval(one),
        labels.shown(row.base, one.unit),
        labels.difference(row.delta, one.unit),
        str(one.n),
        {True: "✓", False: "✕ 不合格", None: ""}[row.passed],
    )


def _last(view: View) -> Iterator[str]:
    if view.untried():
        yield f"試した問いがない指標 {len(view.untried())}件"
    if view.hidden.cases:
        yield f"非公開の問い {view.hidden.cases}件(不合格は多い点検で {view.hidden.failed}件)"
    yield from (one_line(note) for note in view.notes)
    yield view.sentence
    yield view.word
