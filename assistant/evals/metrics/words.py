"""What the metrics' `why` lines are made of: labels, and a plain word for a missing answer."""

from assistant.domain import Category, VerdictKind
from assistant.evals.prediction import Outcome, Prediction

VERDICT_LABELS = {
    VerdictKind.PROHIBITED: "禁止",
    VerdictKind.CONDITIONAL: "条件付き",
    VerdictKind.ALLOWED: "可",
    VerdictKind.ASK_DESK: "窓口",
    VerdictKind.NONE: "判定なし",
}

CATEGORY_LABELS = {
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
