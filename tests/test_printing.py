"""What a terminal shows of an answer."""

import pytest

from assistant.answering.render import escape
from assistant.corpus.check import CheckReport, ClauseLine, RestLine
from assistant.domain import ClauseKind
from assistant.printing import print_check, readable


def test_terminal_shows_no_escapes_and_no_markup():
    shown = readable(f"### 判定\n\n**✓ 使えます** {escape('3. 推奨 [Company] & <b>')}")
    assert shown == "■ 判定\n\n✓ 使えます 3. 推奨 [Company] & <b>"


def test_text_to_copy_stays_letter_for_letter():
    body = "1\\. **そのまま** &amp;\n### 題"
    assert body in readable(f"```text\n{body}\n```")


def test_final_checks_are_boxes():
    assert readable("- [ ] 数字を見くらべたか [4]") == "□ 数字を見くらべたか [4]"


def test_sources_from_one_place_share_a_line():
    sources = "- [4] ルール 最終チェック\n- [5] ルール 最終チェック\n- [6] FAQ「はい」"
    assert readable(sources) == "- [4][5] ルール 最終チェック\n- [6] FAQ「はい」"


RULE = "rules/guide.md"


def test_check_shows_clauses_by_class_under_their_headings(capsys: pytest.CaptureFixture[str]):
    banned, free = ClauseKind.FORBIDDEN_INPUT, ClauseKind.ENCOURAGED
    clauses = (
        ClauseLine(free, "", "掲示の文案", RULE, ("手引き", "どんどん使う")),
        ClauseLine(banned, "", "名簿\n(写しも)", RULE, ("手引き", "だめなこと")),
        ClauseLine(banned, "", "| 原価表 | 不可 | |", RULE, ("手引き", "だめなこと")),
    )
    rest = (RestLine("この手引きは" + "、" * 80, RULE),)
    print_check(CheckReport((), clauses, rest, (), (), {}, (), ()))
    shown = capsys.readouterr().out
    assert (
        "  【入力禁止】2件\n    rules/guide.md 「手引き」 > 「だめなこと」\n"
        "      ・名簿 (写しも)\n      ・原価表 / 不可\n  【条件つき】0件\n  【推奨】1件\n"
    ) in shown
    assert "  【条項ではない文(判定には使われません)】1件\n      ・この手引きは" in shown
    assert "、…\n" in shown
