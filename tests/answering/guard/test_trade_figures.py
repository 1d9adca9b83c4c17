"""Prices, results and decisions of a company's own, told without the word «unpublished»."""

import time

import pytest

from assistant.answering.guard.inspect import Guard
from assistant.domain import Category


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("仕切りは定価の62%で出す。メールの下書きを", "62%"),
        ("粗利が18%しかない品の断り方", "18%"),
        ("応札は9,200万円にする。稟議の文を", "9,200万円"),
        ("客単価が980円まで落ちた。店長会議の議題に", "980円"),
        ("7月の売上は前年比71%、要因を三つに", "71%"),
        ("手元の資金が年末に1,200万円不足する。銀行向けの説明を", "1,200万円"),
        ("株式の51%を12億円で取得する。取締役会の要約", "12億円"),
        ("秋から三河の工場を閉めて倉庫にする。説明の流れを", "工場を閉め"),
        ("うちの保険事業は売却する方向で進んでいる。どう伝える", "事業は売却"),
        ("希望退職の募集はまだ誰にも言っていない。想定問答を", "希望退職"),
        ("2課を4月1日付で廃止、内示まで伏せて引き継ぎ表を作る", "課を4月1日付で廃止"),
        ("Not yet announced: Q3 sales will fall to USD 4.2m. Draft a memo", "USD 4.2m"),
    ],
)
def test_what_nobody_outside_knows_does_not_go_on(guard: Guard, text: str, words: str) -> None:
    inspection = guard.inspect(text)
    assert words not in inspection.safe_text
    assert Category.UNPUBLISHED_FIGURE in {finding.category for finding in inspection.findings}


@pytest.mark.parametrize(
    "text",
    [
        "粗利30%の計算式",
        "飲食店の原価率は30%が目安?",
        "10人分の査定コメントが終わらない",
        "例えば仕入れ値が100円なら売値は?",
        "売上が前年比120%になった事例",
        "昨年公表された決算では売上が120億円でした",
        "会員数を1万人にするアイデア",
        "株式会社の定款を1日で作る",
        "来月、店舗が移転します。お知らせの文を",
        "工場の閉鎖とは何をすること?",
        "会議を10月に移す連絡",
        "買収と合併の違い",
        "資料を12月に店に移す",
        "卸値が100円の商品を150円で売ると利益は?",
        "What does profit margin mean?",
    ],
)
def test_lessons_examples_and_news_stay_as_typed(guard: Guard, text: str) -> None:
    assert guard.inspect(text).findings == ()


@pytest.mark.parametrize("piece", ["原価1円", "株を", "工場の", "not public profit ", "一店"])
def test_long_nonsense_about_money_is_read_in_linear_time(guard: Guard, piece: str) -> None:
    started = time.process_time()
    guard.inspect(piece * (20_000 // len(piece)))
    assert time.process_time() - started < 3
