"""What the metrics' `why` lines are made of: labels, and a plain word for a missing answer."""

from assistant.domain import VerdictKind
from assistant.evals.prediction import Outcome, Prediction
from assistant.printing import CATEGORY_NAMES

VERDICT_LABELS = {
    VerdictKind.PROHIBITED: "禁止",
    VerdictKind.CONDITIONAL: "条件付き",
    VerdictKind.ALLOWED: "可",
    VerdictKind.ASK_DESK: "窓口",
    VerdictKind.NONE: "判定なし",
}

CATEGORY_LABELS = CATEGORY_NAMES

_LONGEST = 40
"""Characters of evidence in a line of the report."""


def no_answer(prediction: Prediction) -> str:
    """Return why there is nothing to score: the target timed out or broke down."""
    unsaid = "時間切れです" if prediction.outcome is Outcome.TIMEOUT else "理由は不明です"
    return f"答えを受け取れませんでした({clipped(prediction.error) or unsaid})"


def verdict_label(word: str) -> str:
    """Return the Japanese word of a verdict of the contract; other words as they are."""
    known = {kind.value: label for kind, label in VERDICT_LABELS.items()}
    return f"「{known.get(word, clipped(word))}」"


def clipped(text: str) -> str:
    """Return `text` on one line, cut to what a line of the report has room for."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"


def listed(texts: tuple[str, ...]) -> str:
    """Return up to three texts in 「」, and how many more there are."""
    shown = "、".join(f"「{clipped(text)}」" for text in texts[:3])
    return f"{shown}ほか{len(texts) - 3}件" if len(texts) > 3 else shown
