"""What a case wants and what came, in lines that DX staff read."""

from collections.abc import Iterator

from assistant.evals.case import Case
from assistant.evals.prediction import Prediction
from assistant.evals.reports import labels
from assistant.evals.reports.text import one_line

_MOST_SOURCES = 5


def wanted(case: Case) -> tuple[tuple[str, str], ...]:
    """Return (what, value) for everything that a right answer holds."""
    return tuple((what, one_line(value, 300)) for what, value in _wanted(case))


def _wanted(case: Case) -> Iterator[tuple[str, str]]:
    expect = case.expect
    if expect.verdict is not None:
        yield "判定", labels.VERDICTS[expect.verdict]
    if expect.abstain is not None:
        yield "答え方", "「わかりません」と答える" if expect.abstain else "答える"
    yield from _wanted_words(case)
    if expect.department:
        yield "先に出す部署", expect.department
    if expect.template:
        yield "渡すテンプレート", expect.template
    if expect.forbidden is not None:
        yield "検出", _spans(tuple((one.category, one.text) for one in expect.forbidden))
    for qrel in case.qrels:
        yield "見つける文書", f"{qrel.doc}「{qrel.span}」" if qrel.span else qrel.doc


def _wanted_words(case: Case) -> Iterator[tuple[str, str]]:
    expect = case.expect
    for fact in expect.facts:
        yield "答えにある事実", " / ".join(fact)
    for cite in expect.must_cite:
        yield "出典にする", f"{cite.doc}「{cite.quote}」" if cite.quote else cite.doc
    for doc in expect.must_not_cite:
        yield "出典にしない", doc
    for words in expect.must_not_contain:
        yield "含まない言葉", words


def came(prediction: Prediction) -> tuple[tuple[str, str], ...]:
    """Return (what, value) for what the target gave besides the words of its answer."""
    return tuple((what, one_line(value, 300)) for what, value in _came(prediction))


def _came(prediction: Prediction) -> Iterator[tuple[str, str]]:
    if not prediction.ok:
        yield "結果", f"{labels.OUTCOMES[prediction.outcome]}: {prediction.error}"
        return
    yield "判定", labels.VERDICTS.get(prediction.verdict, prediction.verdict)
    yield "答え方", labels.STATUSES.get(prediction.status, prediction.status or "(記録なし)")
    if prediction.findings:
        yield "検出", _spans(tuple((one.category, one.text) for one in prediction.findings))
    if prediction.retrieved:
        yield "見つけた文書", "、".join(prediction.retrieved[:_MOST_SOURCES])
    if prediction.latency_ms:
        yield "時間", f"{prediction.latency_ms:,.0f} ms"


def _spans(found: tuple[tuple[str, str], ...]) -> str:
    if not found:
        return "なし(何も検出しない)"
    return "、".join(f"{labels.CATEGORIES.get(kind, kind)}「{text}」" for kind, text in found)
