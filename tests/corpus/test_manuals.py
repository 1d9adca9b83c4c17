"""Manuals are cut along headings, never across a row or a step, and nothing is lost."""

import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.adapters.readers.markdown import parse_markdown
from assistant.corpus.manuals import MAX_CHARACTERS, cut_manual


def cut(text: str):
    return cut_manual(parse_markdown(text).blocks, title="手引き")


def test_the_heading_path_stands_in_front_without_the_title() -> None:
    drafts = cut("# 手引き\n\n## はじめ\n\nこんにちは。\n\n### 準備\n\n机を拭く。\n")
    assert [draft.headings for draft in drafts] == [("はじめ",), ("はじめ", "準備")]


def test_a_step_is_never_cut() -> None:
    step = "1. " + "画面を開いて、部署を選びます。" * 30
    drafts = cut(f"## 手順\n\n{step}\n2. 送ります。\n")
    assert drafts[0].text.split("\n")[0] == step


def test_rows_of_a_long_table_stay_whole_under_its_header() -> None:
    rows = "\n".join(f"| 項目{n} | {'説明' * 20} |" for n in range(40))
    drafts = cut(f"## 一覧\n\n| 名前 | 内容 |\n|---|---|\n{rows}\n")
    lines = [line for draft in drafts for line in draft.text.split("\n")]
    assert lines == rows.split("\n")
    assert {draft.headings for draft in drafts} == {("一覧", "表: 名前 | 内容")}


def test_rows_of_a_long_table_carry_its_caption() -> None:
    rows = "\n".join(f"| 項目{n} | {'説明' * 20} |" for n in range(40))
    drafts = cut(f"## 一覧\n\n表\uff11 情報の区分\n\n| 名前 | 内容 |\n|---|---|\n{rows}\n")
    assert {draft.headings[-1] for draft in drafts[1:]} == {"表\uff11 情報の区分(名前 | 内容)"}


def test_a_caption_stays_with_its_table() -> None:
    rows = "\n".join(f"| 項目{n} | {'説明' * 5} |" for n in range(12))
    text = f"{'あ' * 480}。\n\n表1 区分\n\n| 名前 | 内容 |\n|---|---|\n{rows}\n"
    drafts = cut(text)
    assert drafts[1].text.startswith("表1 区分\n\n| 名前")


@given(st.lists(st.text("あいう。", min_size=1, max_size=900), min_size=1, max_size=6))
def test_nothing_is_lost_doubled_or_too_long(paragraphs: list[str]) -> None:
    drafts = cut("\n\n".join(paragraphs))
    joined = "".join(draft.text for draft in drafts)
    assert re.sub(r"\s", "", joined) == "".join(paragraphs)
    assert all(len(d.text) <= MAX_CHARACTERS or "。" not in d.text[:-1] for d in drafts)
