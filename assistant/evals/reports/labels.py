"""What names of code are called in the reports (Japanese)."""

import math

from assistant.answering.impact import VERDICT_NAMES
from assistant.evals.case import CaseType
from assistant.evals.metric import Better
from assistant.evals.prediction import Outcome
from assistant.evals.results import MetricResult
from assistant.printing import CATEGORY_NAMES

VERDICTS: dict[str, str] = {kind.value: name for kind, name in VERDICT_NAMES.items()}
TYPES: dict[str, str] = {
    CaseType.HOW_TO: "やり方",
    CaseType.RULE: "ルール",
    CaseType.FAQ: "FAQ",
    CaseType.FACT: "事実",
    CaseType.STORY: "事例",
    CaseType.TEMPLATE: "テンプレート",
    CaseType.FOLLOW_UP: "続きの問い",
    CaseType.UNANSWERABLE: "答えがない問い",
    CaseType.FORBIDDEN_INPUT: "入力禁止",
    CaseType.HARMLESS: "無害な入力",
    CaseType.INJECTION: "命令の混入",
    CaseType.SMALLTALK: "あいさつ",
}
OUTCOMES: dict[str, str] = {
    Outcome.OK: "回答あり",
    Outcome.CRASH: "エラー",
    Outcome.TIMEOUT: "時間切れ",
}
STATUSES: dict[str, str] = {"answered": "答えた", "no_evidence": "「わかりません」と答えた"}
CATEGORIES = {category.value: name for category, name in CATEGORY_NAMES.items()}
_TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("安全", ("unsafe_allow", "condition_dropped", "injection", "must_not")),
    ("入力禁止の検出", ("forbidden", "harmless")),
    ("判定", ("verdict",)),
    ("「わかりません」", ("abstention", "over_refusal", "deletion")),
    ("出典と引用", ("citation", "quote", "must_cite", "stale")),
    ("数字と事実", ("numeric", "answer_recall", "char_f1", "fact", "swap")),
    ("検索", ("recall", "ndcg", "mrr", "hit_rate", "map", "precision")),
    ("部署とテンプレート", ("department", "neighbour", "template")),
    ("書き方", ("completeness", "conciseness", "language_match")),
    ("安定と速さ", ("consistency", "error_rate", "latency", "tokens", "cost")),
    ("AIの採点(参考)", ("faithfulness", "answer_relevance", "helpfulness", "judge")),
)
OTHER_TOPIC = "そのほか"
TOPICS: tuple[str, ...] = (*(name for name, _ in _TOPICS), OTHER_TOPIC)
"""In the order shown: what may harm someone comes first."""


def topic_of(metric: str) -> str:
    """Return the heading under which a metric stands."""
    for topic, starts in _TOPICS:
        if metric.startswith(starts):
            return topic
    return OTHER_TOPIC


def shown(value: float | None, unit: str) -> str:
    """Return a value as people read it: 0.923 -> 92.3%, 132 ms; nothing measured -> –."""
    if value is None or math.isnan(value):
        return "–"
    return f"{value * 100:.1f}%" if not unit else f"{value:,.0f} {unit}"


def interval(result: MetricResult) -> str:
    """Return the 95% interval, or – where nothing was measured."""
    low, high = shown(result.low, result.unit), shown(result.high, result.unit)
    return low if low == high else f"{low} 〜 {high}"


def difference(value: float | None, unit: str) -> str:
    """Return a difference with its sign, in points or units."""
    if value is None or math.isnan(value):
        return "–"
    if not unit:
        points = round(value * 100, 1)
        return "±0" if points == 0 else f"{points:+.1f}pt"
    return "±0" if round(value) == 0 else f"{value:+,.0f} {unit}"


def arrow(better: Better) -> str:
    """Return which way is good."""
    return "高いほど良い" if better is Better.HIGHER else "低いほど良い"
