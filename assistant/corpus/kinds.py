"""Words for kinds and states of documents, in folder names and front matter."""

from assistant.domain import Kind, Status

_KIND_WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.RULE: ("rule", "rules", "ルール", "規程", "規定", "ガイドライン", "利用ルール"),
    Kind.MANUAL: ("manual", "manuals", "マニュアル", "手引き", "手順書", "手順", "guides", "guide"),
    Kind.FAQ: ("faq", "faqs", "よくある質問", "質問", "qa"),
    Kind.STORY: ("story", "stories", "事例", "活用事例", "cases"),
    Kind.TEMPLATE: (
        "template",
        "templates",
        "テンプレート",
        "ひな形",
        "雛形",
        "ひながた",
        "プロンプト集",
    ),
}
"""Kinds by the design's glossary, the folder names of the format, and general Japanese for them."""

KIND_WORDS = {word: kind for kind, words in _KIND_WORDS.items() for word in words}

_STATUS_WORDS: dict[Status, tuple[str, ...]] = {
    Status.CURRENT: ("current", "現行", "有効", "公開", "in_force", "active"),
    Status.DRAFT: ("draft", "下書き", "案", "作成中"),
    Status.SUPERSEDED: ("superseded", "旧版", "改定済み", "廃版"),
    Status.RETRACTED: ("retracted", "取り下げ", "取下げ", "廃止", "撤回"),
}

STATUS_WORDS = {word: status for status, words in _STATUS_WORDS.items() for word in words}

KIND_NAMES = {
    Kind.RULE: "ルール",
    Kind.MANUAL: "マニュアル",
    Kind.FAQ: "FAQ",
    Kind.STORY: "活用事例",
    Kind.TEMPLATE: "テンプレート",
}
"""How the kinds are called in what people read."""

STATUS_NAMES = {
    Status.CURRENT: "公開中",
    Status.DRAFT: "下書き",
    Status.SUPERSEDED: "旧版",
    Status.RETRACTED: "取り下げ",
}
"""How the states are called in what people read."""
