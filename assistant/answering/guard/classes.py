"""Which clause of this company's rule forbids a class of input."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain import Category, Clause, ClauseKind, Passage

ALWAYS = frozenset({Category.SECRET, Category.MY_NUMBER})
"""Masked whatever the rule says: the My Number Act, and keys that open the company's doors."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How rules and questions name a class: by its own words, or within a wider word."""

    exact: re.Pattern[str]
    wider: re.Pattern[str]


_PERSONAL = r"個人情報|個人を?(?:特定|識別)|パーソナルデータ|個人データ|プライバシー"
_CUSTOMER = (
    r"(?:顧客|お客様|取引先|得意先|客先|仕入先|相手)[^。]{0,8}(?:情報|データ|名|が分か"
    r"|がわか|を特定)"
)

_PEOPLE = f"{_PERSONAL}|{_CUSTOMER}"


def _words(*, exact: str, wider: str) -> Vocabulary:
    return Vocabulary(re.compile(exact, re.IGNORECASE), re.compile(wider))


VOCABULARY = {
    Category.PERSON: _words(
        exact=r"氏名|人名|名前|実名|個人名|担当者名|お客様名|顧客名|本名", wider=_PEOPLE
    ),
    Category.COMPANY: _words(
        exact=r"会社名|社名|企業名|取引先名|顧客名|法人名|得意先名|お客様名",
        wider=f"{_CUSTOMER}|取引先|顧客",
    ),
    Category.PHONE: _words(exact=r"電話|携帯番号|TEL|連絡先", wider=_PEOPLE),
    Category.EMAIL: _words(exact=r"メールアドレス|メアド|e-?mail|連絡先", wider=_PEOPLE),
    Category.ADDRESS: _words(exact=r"住所|所在地|居所|連絡先", wider=_PEOPLE),
    Category.MY_NUMBER: _words(exact=r"マイナンバー|個人番号", wider=_PERSONAL),
    Category.CARD: _words(exact=r"カード番号|クレジット|カード情報|決済情報", wider=_PEOPLE),
    Category.BANK_ACCOUNT: _words(exact=r"口座|振込先|銀行|預金", wider=_PEOPLE),
    Category.STAFF_OR_CUSTOMER_NUMBER: _words(
        exact=r"(?:社員|従業員|職員|顧客|会員|契約)(?:番号|コード|ID)", wider=_PEOPLE
    ),
    Category.SECRET: _words(
        exact=r"パスワード|API ?キー|アクセスキー|認証情報|接続情報|トークン|秘密鍵"
        r"|ログイン情報|ID・?パス",
        wider=r"機密|秘密|セキュリティ",
    ),
    Category.SOURCE_CODE: _words(
        exact=r"ソースコード|プログラム|(?<![一-龠ァ-ヶ])コード(?!番号)|ソース",
        wider=r"技術情報|設計情報|営業秘密|ノウハウ|知的財産|機密|図面",
    ),
    Category.UNPUBLISHED_FIGURE: _words(
        exact=r"未公表|未発表|未公開|非公開|公表前|発表前|公開前|公表していない"
        r"|インサイダー|決算|業績",
        wider=r"経営情報|財務|機密|社外秘|重要事実|営業秘密|売上",
    ),
    Category.CONFIDENTIAL_TERM: _words(
        exact=r"機密|社外秘|営業秘密|極秘|秘密情報",
        wider=r"公表前|発表前|公開前|未公表|未発表|未公開|非公開|計画|ノウハウ|技術|機微|外に出",
    ),
}
"""General words of Japanese AI guidelines (JDLA's and ministries' templates use the same)."""

_PRIVATE_MATTER = re.compile(r"健康|病歴|病名|診断|評価|査定|考課|人事情報|給与|機微|要配慮")
"""What a rule says of health and evaluation (要配慮個人情報 of the privacy law among them)."""

_MASKING = re.compile(r"伏せ|匿名|置き[かき換]|消して|削除|マスク|除いて|仮名|黒塗り")


def forbidding_clauses(rules: Sequence[Passage]) -> dict[Category, Passage]:
    """Return for each class the clause that forbids it; classes that none forbids are missing."""
    forbidden = [rule for rule in rules if _kind(rule) is ClauseKind.FORBIDDEN_INPUT]
    masking = [
        rule
        for rule in rules
        if _kind(rule) is ClauseKind.CONDITIONAL and _MASKING.search(rule.text)
    ]
    found = {}
    for category, words in VOCABULARY.items():
        clause = (
            _first(forbidden, words.exact)
            or _first(forbidden, words.wider)
            or _first(masking, words.exact)
        )
        if clause:
            found[category] = clause
    return found


def private_clause(rules: Sequence[Passage]) -> Passage | None:
    """Return the clause that forbids what is told of a person's health or evaluation."""
    forbidden = [rule for rule in rules if _kind(rule) is ClauseKind.FORBIDDEN_INPUT]
    return _first(forbidden, _PRIVATE_MATTER)


def _kind(rule: Passage) -> ClauseKind | None:
    return rule.content.clause if isinstance(rule.content, Clause) else None


def _first(rules: Sequence[Passage], pattern: re.Pattern[str]) -> Passage | None:
    return next((rule for rule in rules if pattern.search(rule.text)), None)
