"""Clauses are found whatever words a company uses for its rule."""

import pytest

from assistant.adapters.readers.lines import Line, blocks_of
from assistant.adapters.readers.markdown import parse_markdown
from assistant.corpus.rules.modals import kind_of_heading
from assistant.corpus.rules.reading import cut_rule
from assistant.domain import Clause, ClauseKind, Kind, Source

SOURCE = Source("rules/rule.md", "AI利用ガイドライン", Kind.RULE)
F, C, E, K, D = (
    ClauseKind.FORBIDDEN_INPUT,
    ClauseKind.CONDITIONAL,
    ClauseKind.ENCOURAGED,
    ClauseKind.FINAL_CHECK,
    ClauseKind.DESK,
)


def clauses(markdown: str) -> list[tuple[ClauseKind, str]]:
    cut = cut_rule(parse_markdown(markdown).blocks, SOURCE)
    return [(d.content.clause, d.text) for d in cut.drafts if isinstance(d.content, Clause)]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("1. 入力禁止(どのAIにも入れない)", F),
        ("やってはいけないこと", F),
        ("❌ NG", F),
        ("入れてはならない情報", F),
        ("2. 条件付きで使える(条件を守れば入れてよい)", C),
        ("上長の承認が必要な使い方", C),
        ("注意して使う", C),
        ("使ってよいこと", E),
        ("おすすめの活用例", E),
        ("できること", E),
        ("出す前のチェックリスト", K),
        ("最終確認", K),
        ("出力をそのまま使わない", K),
        ("困ったときは", D),
        ("問い合わせ先", D),
        ("会社の歴史", None),
    ],
)
def test_headings_are_placed_by_general_words(heading: str, kind: ClauseKind | None) -> None:
    assert kind_of_heading(heading) is kind


def test_each_row_of_a_table_of_marks_is_a_clause_of_its_own_kind() -> None:
    found = clauses(
        "## 情報区分\n| 情報 | 可否 | 条件 |\n|---|---|---|\n| 顧客名 | × | |\n"
        "| 社外秘 | △ | 許可を得る |\n| 公開情報 | ○ | |\n"
    )
    assert [kind for kind, _ in found] == [F, C, E]
    assert "社外秘" in found[1][1]


def test_articles_of_a_regulation_are_clauses() -> None:
    text = (
        "第1条(目的) この規程は利用について定める。\n"
        "第2条(禁止事項) 従業員は、次の情報を入力してはならない。\n(1) 個人情報\n(2) 秘密情報\n"
        "第3条(承認を要する利用)\n顧客向け資料は、部門長の承認を得なければならない。\n"
    )
    blocks = blocks_of([Line(line) for line in text.split("\n")], wrapped=False)
    drafts = cut_rule(blocks, SOURCE).drafts
    found = [(d.content.clause, d.text) for d in drafts if isinstance(d.content, Clause)]
    assert found[:2] == [(F, "個人情報"), (F, "秘密情報")]
    assert found[2][0] is C


def test_without_headings_the_end_of_the_sentence_decides() -> None:
    found = clauses(
        "次の情報は入れないでください。\n- お客さまの名前\n\n"
        "公開済みの資料の要約には使ってかまいません。最後に必ず人の目で確認してください。\n"
    )
    assert found == [
        (F, "お客さまの名前"),
        (E, "公開済みの資料の要約には使ってかまいません。"),
        (K, "最後に必ず人の目で確認してください。"),
    ]


def test_items_under_an_item_belong_to_its_clause() -> None:
    assert clauses("## 入力禁止\n- 個人情報\n  - 氏名\n  - 住所\n- 図面\n") == [
        (F, "個人情報\n- 氏名\n- 住所"),
        (F, "図面"),
    ]


def test_a_section_that_cannot_be_placed_is_told() -> None:
    cut = cut_rule(parse_markdown("## 入力禁止\n- 図面\n\n## 天気\n晴れ。\n").blocks, SOURCE)
    assert [problem.line for problem in cut.problems] == [5]
    assert "「天気」" in cut.problems[0].reason


def test_introductions_are_no_clauses() -> None:
    assert clauses("仕事で使ってください。\n\n## 目的\n早く帰る。\n\n## 禁止\n- 図面\n") == [
        (F, "図面")
    ]
