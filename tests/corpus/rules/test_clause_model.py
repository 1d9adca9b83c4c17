"""Clauses that no heading and no listed ending tells: what was learned of others places them."""

from assistant.adapters.readers.markdown import parse_markdown
from assistant.corpus.rules.reading import cut_rule
from assistant.domain import Clause, ClauseKind, Kind, Source

SOURCE = Source(path="rules/ai.md", title="AIのルール", kind=Kind.RULE)


def kinds(markdown: str) -> list[ClauseKind | None]:
    cut = cut_rule(parse_markdown(markdown).blocks, SOURCE)
    return [
        draft.content.clause if isinstance(draft.content, Clause) else None for draft in cut.drafts
    ]


def test_items_in_a_voice_that_no_list_foresaw_are_clauses() -> None:
    found = kinds(
        "## ここから先は出すな\n- 取引先の見積と原価。一円も見せるな。\n"
        "## 好きに使え\n- 貼り紙の文句や標語は、AIで自由に。\n"
    )

    assert found == [ClauseKind.FORBIDDEN_INPUT, ClauseKind.ENCOURAGED]


def test_an_item_of_several_sentences_is_one_condition() -> None:
    found = kinds("## 苦情の返事\n- 使えます。お名前を消し、店長が直してから送ってください。\n")

    assert found == [ClauseKind.CONDITIONAL]


def test_a_plain_label_wins_over_what_was_learned() -> None:
    freely = "貼り紙の文句や標語は、AIで自由に。"

    assert kinds(f"## 禁止事項\n- {freely}\n") == [ClauseKind.FORBIDDEN_INPUT]
    assert kinds(f"## 一覧\n- NG: {freely}\n") == [ClauseKind.FORBIDDEN_INPUT]


def test_what_only_explains_stays_without_a_kind() -> None:
    found = kinds("## 会社の歴史\n当社は昭和三十年に港の倉庫で始まった。\n")

    assert found == [None]
