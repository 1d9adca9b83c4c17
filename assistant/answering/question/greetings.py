"""What is said to a greeting, to nothing, to too much, and to another language."""

import re
import unicodedata

from assistant.domain import Company

LONGEST = 2_000
"""Characters of a question; more is a document, not a question (security findings 5)."""

EMPTY = "質問が空です。「週報を早く書きたい」のように、困っている仕事を一言で書いてください。"
TOO_LONG = (
    "質問が長すぎます({length:,}文字)。2,000文字までにしてください。"
    "資料の全文ではなく、何をしたいかを一言で書くと答えやすくなります。"
)
NO_WORDS = "文字の質問として読み取れませんでした。困っている仕事を、言葉で一言書いてください。"
OTHER_LANGUAGE = (
    "日本語の資料から答えています。日本語で聞いていただくと、より確かに答えられます。"
    "(Please ask in Japanese: our documents are in Japanese.)"
)
UNKNOWN = "お探しの答えは、社内の資料には見つかりませんでした。"
UNKNOWN_TOPIC = "「{topic}」について、社内の資料には答えが見つかりませんでした。"

_THANKS = re.compile(r"ありがと|助か|どうも|thank", re.IGNORECASE)
_JAPANESE = re.compile(r"[ぁ-んァ-ヶー一-龠々]")
_LATIN = re.compile(r"[^\W\d_]")


def refusal(text: str) -> str:
    """Return why this cannot be answered as a question, or an empty text."""
    if not text.strip():
        return EMPTY
    if len(text) > LONGEST:
        return TOO_LONG.format(length=len(text))
    visible = unicodedata.normalize("NFKC", text)
    if not any(unicodedata.category(character)[0] in "LN" for character in visible):
        return NO_WORDS
    return ""


def greeting(text: str, company: Company) -> str:
    """Return the answer to small talk."""
    if _THANKS.search(text):
        return "お役に立ててうれしいです。ほかにも気になる仕事があれば、いつでも聞いてください。"
    return (
        f"こんにちは。{company.name}のルールと事例から、仕事でのAIの使い方をご案内します。"
        "「週報を早く書きたい」「お客様の名前は入れていい?」のように聞いてください。"
    )


def is_foreign(text: str) -> bool:
    """Tell whether a question has letters, but none of Japanese."""
    return bool(_LATIN.search(text)) and not _JAPANESE.search(unicodedata.normalize("NFKC", text))
