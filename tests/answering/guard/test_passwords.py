"""Passwords that no «is» stands beside, and what only looks like one."""

import pytest

from assistant.answering.guard.inspect import Guard
from assistant.domain import Category
from tests.answering.guard.expecting import assert_kept_back


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("umeboshi77 ←これが金庫室のパスワードね、掲示の文を作って", "umeboshi77"),
        ("Kaze2Nami!8 がパスなんだけど長さは足りてる?", "Kaze2Nami!8"),
        ("ID は uketsuke-a\nパスのほうが\nyamabiko31\nこれを札にしたい", "yamabiko31"),
        ("倉庫のPCのパスワードは「あさがお2208」、打ち方がわからない", "あさがお2208"),
        ("ﾊﾟｽﾜｰﾄﾞ ﾊ ﾋﾏﾜﾘ3071 ﾃﾞｽ。ｺﾒﾝﾄﾆ ｶｲﾃ", "ﾋﾏﾜﾘ3071"),
        ("リカバリーコード 7QWM-2XKD-P9TB-4HRN の保管のしかた", "7QWM-2XKD-P9TB-4HRN"),
        ("APIキー: ABCDEFGHJKLM で合ってる?", "ABCDEFGHJKLM"),
        ("接続は postgres://app:kaede@host.kura.jp/db です", "kaede"),
        ("nagoya1234 ←パスワードこれ、変えかたは?", "nagoya1234"),
        ("事務所の無線のやつ tsuru9-KAME-hoshi で合ってる?", "tsuru9-KAME-hoshi"),
    ],
)
def test_a_password_is_kept_back_wherever_its_word_stands(
    guard: Guard, text: str, words: str
) -> None:
    assert_kept_back(guard, text, words, Category.SECRET)


@pytest.mark.parametrize(
    "text",
    [
        "Windows11のパスワードを忘れたときの手順",
        "パスワードは英数字8文字以上と規程に書きたい",
        "パスワードの一覧.xlsxを開けなくする設定は?",
        "export APP_TOKEN=YOUR_API_KEY のYOUR_API_KEYは何に置き換える?",
        "説明書に password: ******** とあるけど本当に打つの?",
        "KX-300の初期パスワードの変え方",
        "パスワード管理にSHA256やAES128は要る?",
        "Wi-Fi6EのルーターにPC15台をつなぐ手順",
        "abc2024みたいなパスワードは弱い?",
        "無線「エコー3」の意味を新人に説明する文",
    ],
)
def test_what_one_asks_about_passwords_passes(guard: Guard, text: str) -> None:
    assert guard.inspect(text).findings == ()
