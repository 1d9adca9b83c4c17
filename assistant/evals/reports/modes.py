"""Composed answers and those of a chat model, side by side: for a terminal and for scripts."""

import math
from collections.abc import Iterator, Sequence

from assistant.evals.modes import ModelRun
from assistant.evals.reports import labels
from assistant.evals.reports.text import narrowed, one_line, padded, width
from assistant.evals.results import Results

_TITLE_COLUMNS = 40
_NO_PRICE = "単価の設定なし"


def modes_table(composed: Results, run: ModelRun) -> str:
    """Return every metric of both modes, then what the model wrote, lost and cost."""
    rows = [("", "資料の言葉", "生成AI", "差", "n"), *_rows(composed, run.results)]
    columns = [max(width(row[index]) for row in rows) for index in range(len(rows[0]))]
    table = [_aligned(row, columns) for row in rows]
    return "\n".join([*table, "", *_costs(run)])


def _aligned(row: Sequence[str], columns: Sequence[int]) -> str:
    title, *values = row
    right = (" " * (n - width(text)) + text for text, n in zip(values, columns[1:], strict=True))
    return "  ".join((padded(title, columns[0]), *right)).rstrip()


def modes_json(run: ModelRun) -> dict[str, object]:
    """Return the model's side as plain values."""
    return {
        "model": run.model,
        "prompts": run.prompts,
        "passed": run.report.passed,
        "answers": len(run.answers),
        "written": run.written,
        "dropped": dict(run.dropped),
        "calls": run.used.calls,
        "input_tokens": run.used.input_tokens,
        "output_tokens": run.used.output_tokens,
        "yen": round(run.used.yen, 2),
        "metrics": {
            one.name: None if math.isnan(one.value) else round(one.value, 6)
            for one in run.results.metrics
        },
    }


def _rows(composed: Results, model: Results) -> Iterator[tuple[str, ...]]:
    for one in model.metrics:
        before = composed.metric(one.name)
        value = math.nan if before is None else before.value
        if math.isnan(value) and math.isnan(one.value):
            continue
        yield (
            narrowed(one_line(one.title), _TITLE_COLUMNS),
            labels.shown(value, one.unit),
            labels.shown(one.value, one.unit),
            labels.difference(one.value - value, one.unit),
            str(one.n),
        )


def _costs(run: ModelRun) -> Iterator[str]:
    used = run.used
    yield f"生成AI: {one_line(run.model, 60)}、指示文の版 {run.prompts}"
    yield f"生成AIの言葉で答えた問い: {run.written}/{len(run.answers)}問(ほかは資料の言葉)"
    told = "、".join(f"{reason} {count}" for reason, count in run.dropped.most_common())
    yield f"資料で確かめられず外した文: {run.dropped.total()}文" + (f"({told})" if told else "")
    yen = f"{used.yen:,.1f}円" if used.yen else _NO_PRICE
    tokens = f"入力 {used.input_tokens:,}・出力 {used.output_tokens:,}トークン"
    yield f"使った量: {used.calls}回、{tokens}、{yen}"
    yield "生成AIの答えの合否: " + ("合格" if run.report.passed else "不合格")
