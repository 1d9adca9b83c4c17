"""summary.md: what a reviewer reads under a pull request, in at most 60 kB."""

from collections.abc import Iterator

from assistant.evals.baseline import Baseline
from assistant.evals.gate.report import GateReport
from assistant.evals.reports import labels
from assistant.evals.reports.comparing import Run, side_by_side
from assistant.evals.reports.joining import build_view
from assistant.evals.reports.text import clean, fence, in_html, markdown, one_line
from assistant.evals.reports.view import CaseRow, FlipRow, MetricRow, View
from assistant.evals.results import Results

LIMIT_BYTES = 60_000
"""GitHub refuses comments above 65,536 characters; the rest is room for what CI puts around it."""
_FLIPS = 10
_SCORES = 4
"""Metrics told of each changed case: an answer that did not come changes all of them."""
_BROKEN = 20
_ANSWER_LIMITS = (2_000, 700, 200, 0)
"""Characters of each answer: the first that lets the whole fit is taken."""
_DIFF_LINE = 160
_DIFF_LINES = 24


def summary_markdown(results: Results, gate: GateReport, baseline: Baseline | None) -> str:
    """Return the summary: verdict line first; flips are shortened until it fits LIMIT_BYTES."""
    view = build_view(results, gate, baseline)
    head = "\n".join([*_head(view), "", *_table(view)]) + "\n"
    for limit in _ANSWER_LIMITS:
        whole = head + "\n".join(_flips(view, limit)) + "\n".join(_foot(results, view)) + "\n"
        if _fits(whole):
            return whole
    return _shortened(head)


def _fits(text: str) -> bool:
    return len(text.encode()) <= LIMIT_BYTES


def _shortened(head: str) -> str:
    """Return as many whole lines as fit: only for suites with hundreds of metrics."""
    note = "\n(長いため、ここまで。続きは report.html にあります)\n"
    kept = head.encode()[: LIMIT_BYTES - len(note.encode())].decode(errors="ignore")
    return kept[: kept.rfind("\n")] + note


def _head(view: View) -> Iterator[str]:
    yield f"{'✅' if view.passed else '❌'} **{view.word}** {markdown(view.sentence)}"
    yield ""
    broken = [check for check in view.checks if not check.ok]
    yield from (f"- ❌ {markdown(check.line, 300)}" for check in broken[:_BROKEN])
    if len(broken) > _BROKEN:
        yield f"- ほか{len(broken) - _BROKEN}件"
    yield from (f"- {markdown(note, 300)}" for note in view.notes[:_BROKEN])


def _table(view: View) -> Iterator[str]:
    yield "| 指標 | 基準 | 今回 | Δ | 95%区間 | n | 判定 |"
    yield "|:--|--:|--:|--:|:-:|--:|:-:|"
    for topic, rows in view.by_topic():
        yield f"| **{topic}** | | | | | | |"
        yield from (_metric(row) for row in rows)


def _metric(row: MetricRow) -> str:
    one = row.result
    cells = (
        f"{markdown(one.title, 60)}<br><sub>{markdown(one.name, 80)}</sub>",
        labels.shown(row.base, one.unit),
        f"**{labels.shown(one.value, one.unit)}**",
        labels.difference(row.delta, one.unit),
        labels.interval(one),
        str(one.n),
        {True: "✅", False: "❌", None: "·"}[row.passed],
    )
    return f"| {' | '.join(cells)} |"


def _flips(view: View, limit: int) -> Iterator[str]:
    if not view.flips:
        return
    worse = sum(flip.worse for flip in view.flips)
    yield ""
    yield f"### 変わった問い(悪化 {worse}・改善 {len(view.flips) - worse})"
    for case_id in list(dict.fromkeys(flip.case_id for flip in view.flips))[:_FLIPS]:
        moved = [flip for flip in view.flips if flip.case_id == case_id]
        yield ""
        yield from _flip(view.case(case_id), moved, limit)
    yield ""


def _flip(row: CaseRow | None, moved: list[FlipRow], limit: int) -> Iterator[str]:
    sign = "🔻" if moved[0].worse else "🔺"
    question = in_html(row.case.question if row else "(この問いは今回の束にありません)", 120)
    yield f"<details><summary>{sign} {question}({in_html(moved[0].title, 40)})</summary>"
    yield ""
    yield f"- 問い: {markdown(moved[0].case_id, 80)}"
    for flip in moved[:_SCORES]:
        why = f": {markdown(flip.why, 240)}" if flip.why else ""
        yield f"- {markdown(flip.title, 60)} {flip.before} → {flip.after}{why}"
    if len(moved) > _SCORES:
        yield f"- ほか{len(moved) - _SCORES}件の指標"
    if row is not None and row.earlier is not None and limit:
        yield ""
        yield from _diff(row, limit)
    yield ""
    yield "</details>"


def _diff(row: CaseRow, limit: int) -> Iterator[str]:
    before = clean(row.earlier.answer if row.earlier else "", limit)
    after = clean(row.prediction.answer if row.prediction.ok else row.prediction.error, limit)
    lines = []
    for one in side_by_side(before, after, ()):
        if one.skipped:
            lines.append(f"  …(同じ {one.skipped}行)")
        elif one.same:
            lines.append(_line(" ", one.after))
        else:
            lines += [_line("-", one.before)] if one.before else []
            lines += [_line("+", one.after)] if one.after else []
    if len(lines) > _DIFF_LINES:
        lines = [*lines[:_DIFF_LINES], f"  …(ほか {len(lines) - _DIFF_LINES}行)"]
    mark = fence("\n".join(lines))
    yield from (f"{mark}diff", *lines, mark)


def _line(sign: str, runs: tuple[Run, ...] | None) -> str:
    return f"{sign} {one_line(''.join(run.text for run in runs or ()), _DIFF_LINE)}"


def _foot(results: Results, view: View) -> Iterator[str]:
    made = results.fingerprint
    took = sum((results.seconds or {}).values())
    yield ""
    if view.untried():
        yield f"試した問いがない指標: {len(view.untried())}件"
        yield ""
    if view.hidden.cases:
        yield (
            f"非公開の問い(holdout)は {view.hidden.cases}件。点検で不合格になったものは"
            f"多い点検で {view.hidden.failed}件、変わった点数は {view.hidden.flips}件です。"
        )
        yield ""
    yield (
        f"<sub>{len(results.asked)}問 · 対象 {in_html(made.target, 80)} · "
        f"活用ナビ {in_html(made.product, 20)} · 文書 {in_html(made.corpus[:10], 10)}"
        f"{f' · {took:.0f}秒' if took else ''}</sub>"
    )
