"""What the columns and labels of tables mean, whatever a company calls them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from assistant.corpus.tables import table_block
from assistant.corpus.text import fold
from assistant.domain import Block, BlockKind


class Role(StrEnum):
    """The meaning of a column or of a label «業務: …»."""

    QUESTION = "question"
    ANSWER = "answer"
    DEPARTMENT = "department"
    UPDATED = "updated"
    CATEGORY = "category"
    TITLE = "title"
    TASK = "task"
    TOOL = "tool"
    BEFORE = "before"
    AFTER = "after"
    AUTHOR = "author"
    DATE = "date"
    TEMPLATE = "template"
    BODY = "body"


_WORDS: Mapping[Role, tuple[str, ...]] = {
    Role.QUESTION: (
        "question",
        "q",
        "質問",
        "質問内容",
        "問",
        "問い",
        "お問い合わせ",
        "問い合わせ",
        "問合せ",
        "聞きたいこと",
    ),
    Role.ANSWER: ("answer", "a", "回答", "回答内容", "答え", "答", "解答", "対応", "対応方法"),
    Role.DEPARTMENT: ("department", "departments", "部署", "部署名", "部門", "所属", "部", "課"),
    Role.UPDATED: ("updated", "更新日", "更新", "最終更新", "最終更新日", "改定日"),
    Role.CATEGORY: ("category", "分類", "カテゴリ", "カテゴリー", "ジャンル", "区分"),
    Role.TITLE: ("title", "タイトル", "題名", "件名", "事例名", "名称", "テンプレート名", "表題"),
    Role.TASK: ("task", "業務", "業務名", "対象業務", "仕事", "作業", "作業名", "用途", "業務内容"),
    Role.TOOL: (
        "tool",
        "ツール",
        "道具",
        "使用ツール",
        "利用ツール",
        "使ったツール",
        "使った道具",
        "使ったai",
    ),
    Role.BEFORE: (
        "before",
        "ビフォー",
        "導入前",
        "活用前",
        "改善前",
        "以前",
        "従来",
        "これまで",
        "使う前",
        "利用前",
    ),
    Role.AFTER: (
        "after",
        "アフター",
        "導入後",
        "活用後",
        "改善後",
        "現在",
        "使った後",
        "使ったあと",
        "今",
        "利用後",
    ),
    Role.AUTHOR: (
        "author",
        "担当",
        "担当者",
        "氏名",
        "名前",
        "投稿者",
        "記入者",
        "報告者",
        "話した人",
        "紹介者",
    ),
    Role.DATE: ("date", "日付", "時期", "実施日", "投稿日", "実施時期", "年月"),
    Role.TEMPLATE: ("template", "テンプレート", "使ったテンプレート", "ひな形"),
    Role.BODY: (
        "body",
        "本文",
        "内容",
        "詳細",
        "プロンプト",
        "prompt",
        "文面",
        "テンプレート本文",
        "指示文",
    ),
}
"""The column names of design §4, and general Japanese column names for the same."""

_BY_WORD = {word: role for role, words in _WORDS.items() for word in words}
_BY_LENGTH = sorted(_BY_WORD.items(), key=lambda entry: (-len(entry[0]), entry[0]))
_IN_FRONT = frozenset({Role.BEFORE, Role.AFTER})
_MAX_LABEL = 12
_HEADER_SEARCH = 6
"""Rows at the top that may hold a title before the header row."""
_KNOWN = 2
"""Columns that we must know to take a row for the header."""


def role_of(label: str) -> Role | None:
    """Return what a column or label means; «導入前(月あたり)» counts as «導入前»."""
    key = re.sub(r"\s|[*_`■◆●・:]", "", fold(label))
    short = re.sub(r"[(\[【].*", "", key)
    exact = _BY_WORD.get(key) or _BY_WORD.get(short)
    return exact or (_nearly(short) if len(short) <= _MAX_LABEL else None)


def _nearly(label: str) -> Role | None:
    """Return what «ご回答内容», «担当部門» or «導入前の時間» means: its polite or longer form."""
    bare = re.sub(r"^[ごお御]", "", label)
    words = {bare, re.sub(r"(?:の?内容|名称?|欄|一覧)$", "", bare)}
    for word in sorted(words):
        if word in _BY_WORD:
            return _BY_WORD[word]
    for word, role in _BY_LENGTH:
        fits = bare.startswith(word) if role in _IN_FRONT else bare.endswith(word)
        if len(word) > 1 and fits:
            return role
    return None


def with_known_header(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks; rows above a table's real header become paragraphs."""
    return tuple(piece for block in blocks for piece in _from_header(block))


def _from_header(block: Block) -> Iterator[Block]:
    start = next(
        (n for n, row in enumerate(block.rows[:_HEADER_SEARCH]) if len(roles_of(row)) >= _KNOWN), 0
    )
    if not start:
        yield block
        return
    for row in block.rows[:start]:
        yield Block(BlockKind.PARAGRAPH, " ".join(filter(None, row)), page=block.page)
    yield table_block(block.rows[start:], page=block.page, line=block.line)


def roles_of(header: Sequence[str]) -> dict[Role, int]:
    """Return the column index for each role that the header names; the first column wins."""
    roles: dict[Role, int] = {}
    for index, label in enumerate(header):
        role = role_of(label)
        if role is not None:
            roles.setdefault(role, index)
    return roles


def cell(row: Sequence[str], roles: Mapping[Role, int], role: Role) -> str:
    """Return the cell of a role, or ""."""
    index = roles.get(role)
    return row[index].strip() if index is not None and index < len(row) else ""
