"""Secrets and code by their shape, whatever the wording around them."""

import time

import pytest

from assistant.answering.guard.inspect import Guard


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("共有鍵 Natsu#1183_b を紙に書いて貼りたい", "Natsu#1183_b"),
        ("ゲスト用 SSID KAZE-2F / 鍵 suzume5519ok のポップ", "suzume5519ok"),
        ("NASの管理者は root / 88tsubame を引き継ぐ文", "88tsubame"),
        ("ログインがkumo5521kumoで通らない", "kumo5521kumo"),
        ("Set-Cookie: PHPSESSID=77ab20cd91ef が残る", "77ab20cd91ef"),
        ("WIFI:S:KAZE;T:WPA;P:hoshi8812;; のQRを説明", "hoshi8812"),
        ("jdbc:oracle:thin:scott/tora99@dbsv:1521/prod につながらない", "tora99"),
        ("otpauth://totp/KAZE?secret=JBSWY3DPEHPK を再登録", "JBSWY3DPEHPK"),
        ("金庫は左12、右40、左7で開く、と手順書に", "左12、右40、左7"),
        ("キーボックスは4471です、と清掃の人に伝える文", "4471"),
        ("パスは99310です", "99310"),
        ("地図APIのapp_id=5be0c7719ad34f20b8c1e6d2 で401になる", "5be0c7719ad34f20b8c1e6d2"),
        ("total = order_table.sum_all(axis=1) が遅い", "order_table.sum_all"),
        ("items.where(paid: false).each do |i| i.remind end の意味", "items.where"),
        ("いま 5 2 * * 1-5 /opt/kura/close.sh >> /var/log/k.log 2>&1 と書いてる", "close.sh"),
        ("夜間の 2026-01-02 03:11:48 ERROR jp.kura.Batch.exec(Batch.java:217) 何?", "Batch.java"),
        ("中身は robocopy D:\\kura \\\\fs1\\bk /MIR /R:1 です、戻り値3は?", "robocopy"),
        ("Rで fit <- glm(y ~ nenrei, data = kaifuku) の読み方", "kaifuku"),
        ("設定は max_tana=4;tana_mode=FIFO;alarm_th=0.8 と1行", "tana_mode"),
        ("MOVE WK-KINGAKU TO OUT-REC. を直したい", "WK-KINGAKU"),
        ("SELECT 氏名 FROM 社員台帳 WHERE 退職日 IS NULL が遅い", "社員台帳"),
        ("[db]\nhost = kura-sv2\nport = 5433 を変えたい", "kura-sv2"),
        ("scp -r /opt/zaiko/out kura02:/backup/zaiko/ が止まる", "kura02"),
        ('<input type="hidden" name="tanka" value="88"> が出る', "tanka"),
        (".price-box { color: #333; margin: 4px; } がずれる", "price-box"),
        ('Traceback (most recent call last):\n File "zaiko.py", line 8', "zaiko.py"),
        ('Worksheets("仕切価格").Range("B2").Value = 88 で止まる', "Range"),
        ("Get-ADUser -Filter * | Export-Csv out.csv が遅い", "Get-ADUser"),
        ('=IF(VLOOKUP(A2,仕入単価!$A:$C,3,0)>0,"有","") が空になる', "仕入単価"),
    ],
)
def test_secrets_and_code_of_any_kind_do_not_go_on(guard: Guard, text: str, words: str) -> None:
    assert words not in guard.inspect(text).safe_text


@pytest.mark.parametrize(
    "text",
    [
        "Wi-Fi 6EとWi-Fi 7の違い",
        "速度を 10 20 30 40 50 km/h と並べた表",
        "Windows11にログインできないときの手順",
        "VPNをOffice365で使う設定の説明",
        "暗証番号の4桁はなぜ4桁?",
        "金庫の前で右に2歩、左に3歩と書く",
        "鍵の管理簿のひな形",
        "Cookieの有効期限の考えかた",
        "ID / パスワードの管理方法",
        "VLOOKUPとINDEXの違い",
        "=SUM(A1:A10) が0になる",
        "=VLOOKUP(A2,Sheet2!A:C,3,FALSE) がエラー",
        "rm -rf はなぜ危ない?",
        "git push --force はいつ使う?",
        "SELECT文の書き方を教えて",
        "Get-ChildItem って何をするコマンド?",
        "How do I update my phone from home to work?",
        "Please move the meeting to Friday, from 3 to 4 pm.",
        "HTMLのdivとspanの違い",
        "NullPointerException とは",
    ],
)
def test_products_functions_and_commands_named_stay_as_typed(guard: Guard, text: str) -> None:
    assert guard.inspect(text).findings == ()


@pytest.mark.parametrize(
    "piece",
    [
        "ログイン1a",
        "鍵 a/",
        "=AB(=AB(",
        "SELECT a FROM ",
        "右1",
        "a.b(",
        "口座1-",
        "会員番号A-1",
        "=A(国!",
    ],
)
def test_long_nonsense_of_these_kinds_is_read_in_linear_time(guard: Guard, piece: str) -> None:
    started = time.process_time()
    guard.inspect(piece * (20_000 // len(piece)))
    assert time.process_time() - started < 3
