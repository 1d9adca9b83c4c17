"""What a terminal shows of an answer."""

from assistant.answering.render import escape
from assistant.printing import readable


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
