"""Sentences of a sales office, a city hall and an engineering team, as they would type them."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.guard.inspect import Guard
from assistant.domain import (
    Category,
    Clause,
    ClauseKind,
    Company,
    Department,
    Kind,
    Passage,
    Source,
    Tool,
)

_SOURCE = Source("rules/rule.md", "AIの約束", Kind.RULE)
_RULES = [
    Passage(str(n), _SOURCE, n, ("NG",), text, Clause(ClauseKind.FORBIDDEN_INPUT, "NG"))
    for n, text in enumerate(
        (
            "取引先の社名、担当者の氏名・住所・電話番号・メールアドレス",
            "社員番号・顧客番号などの番号",
            "口座番号、カード番号",
            "未発表の業績や計画",
            "ソースコード、設定ファイル",
            "パスワード、APIキーなどの認証情報",
        )
    )
]
_CLAUSE_OF = {
    Category.PERSON: "0",
    Category.COMPANY: "0",
    Category.PHONE: "0",
    Category.ADDRESS: "0",
    Category.EMAIL: "0",
    Category.STAFF_OR_CUSTOMER_NUMBER: "1",
    Category.BANK_ACCOUNT: "2",
    Category.CARD: "2",
    Category.UNPUBLISHED_FIGURE: "3",
    Category.SOURCE_CODE: "4",
    Category.SECRET: "5",
}


@pytest.fixture(scope="module")
def guard(tokenizer):
    company = Company(
        name="ひばり食品株式会社",
        short_names=("ひばり食品",),
        departments=(Department("営業一課"), Department("看護部"), Department("制御開発グループ")),
        allowed_tools=(Tool("ひばりChat"),),
        product_names=("ひばりだし", "TD-5000"),
        confidential_terms=("さくら棟移転",),
    )
    return Guard(company, _RULES, tokenizer=tokenizer)


@pytest.mark.parametrize(
    ("text", "category", "words"),
    [
        ("グエン・ティ・ホアさんの歓迎メッセージ", Category.PERSON, "グエン・ティ・ホアさん"),
        ("看護師の篠田が適応障害で休職する件", Category.PERSON, "篠田"),
        ("@watanabe.sho のコミットをまとめて", Category.PERSON, "watanabe.sho"),
        ("取引先のサンヨウマートから依頼が来た", Category.COMPANY, "サンヨウマート"),
        ("得意先である北嶺生協向けの提案書", Category.COMPANY, "北嶺生協"),
        ("Bluefin Trading Co., Ltd.への督促", Category.COMPANY, "Bluefin Trading Co., Ltd."),
        ("Zenith Motion GmbH から届いた仕様書", Category.COMPANY, "Zenith Motion GmbH"),
        ("03.5550.0199 まで連絡ください", Category.PHONE, "03.5550.0199"),
        ("tel.080 9876 5432 に電話", Category.PHONE, "080 9876 5432"),
        (
            "住所が北海道旭川市六条通9丁目46番地の世帯",
            Category.ADDRESS,
            "北海道旭川市六条通9丁目46番地",
        ),
        (
            "京都市中京区烏丸通三条上る場之町604のお客様",
            Category.ADDRESS,
            "京都市中京区烏丸通三条上る場之町604",
        ),
        (
            "振込先はみずほ銀行 神田支店 普通 1234567です",
            Category.BANK_ACCOUNT,
            "みずほ銀行 神田支店 普通 1234567",
        ),
        (
            "被保険者番号31245678の方への督促状",
            Category.STAFF_OR_CUSTOMER_NUMBER,
            "被保険者番号31245678",
        ),
        ("Wi-Fiの暗号化キー：n7Hq-22Lm-p0Xz を配る", Category.SECRET, "n7Hq-22Lm-p0Xz"),
        (
            "redis://:S3cr3tPw@cache.local:6379/0 の負荷",
            Category.SECRET,
            "redis://:S3cr3tPw@cache.local:6379/0",
        ),
        (
            "Bearer 9f8e7d6c5b4a39281706f5e4d3c2b1a0 が401",
            Category.SECRET,
            "9f8e7d6c5b4a39281706f5e4d3c2b1a0",
        ),
        (
            "IF %MX0.1 THEN\n  motor_speed := 1500;\nEND_IF; を見て",
            Category.SOURCE_CODE,
            "IF %MX0.1 THEN\n  motor_speed := 1500;\nEND_IF;",
        ),
        (
            "説明して\nservices:\n  db:\n    image: postgres:16\n    ports: 5432\n",
            Category.SOURCE_CODE,
            "services:\n  db:\n    image: postgres:16\n    ports: 5432",
        ),
        (
            "来年4月の人事異動で課長を2名入れ替える案",
            Category.UNPUBLISHED_FIGURE,
            "来年4月の人事異動で課長を2名入れ替える案",
        ),
        ("部下の目黒が来月から産休に入る", Category.PERSON, "目黒"),
        (
            "議事録にsk-HcZjJGMbVEGByJpwEgCcVvtDWhBdDが残る",
            Category.SECRET,
            "sk-HcZjJGMbVEGByJpwEgCcVvtDWhBdD",
        ),
        ("今朝黒岩が言ってた案", Category.PERSON, "黒岩"),
        ("弊社柴崎が伺います", Category.PERSON, "柴崎"),
        ("古賀店長がお休みです", Category.PERSON, "古賀"),
        ("双葉金型製作所に出す注文書", Category.COMPANY, "双葉金型製作所"),
        ("うめや旅館様の約款", Category.COMPANY, "うめや旅館様"),
        ("セブンリーフ様のサイト", Category.COMPANY, "セブンリーフ様"),
        ("ワンタイムのコードは493028と言われた", Category.SECRET, "493028"),
        ("那覇市泉崎1の1の1へ送る", Category.ADDRESS, "那覇市泉崎1の1の1"),
        (
            '{"host": "db1", "retry": 3} の意味',
            Category.SOURCE_CODE,
            '{"host": "db1", "retry": 3}',
        ),
        (
            "今期の賞与は2.1か月分に減らす方向で検討中",
            Category.UNPUBLISHED_FIGURE,
            "今期の賞与は2.1か月分に減らす方向",
        ),
        ("浅見の評価はCだった", Category.PERSON, "浅見"),
        ("根岸がコロナ陽性で休みます", Category.PERSON, "根岸"),
        ("お客さまのつじもとさんへ", Category.PERSON, "つじもとさん"),
        ("例の北斗精密工業さんの件", Category.COMPANY, "北斗精密工業さん"),
        ("みどり電装からクレームが来た", Category.COMPANY, "みどり電装"),
        ("競合のネクスティアの新商品", Category.COMPANY, "ネクスティア"),
        ("カード3782-822463-10005の件", Category.CARD, "3782-822463-10005"),
        ("管理画面のpwはTsuru-77kameです", Category.SECRET, "Tsuru-77kame"),
        ("共有鍵が9fK2-tt71-Zq0bです", Category.SECRET, "9fK2-tt71-Zq0b"),
        (
            "curl -X POST https://api.internal/v1 -d 3 が403",
            Category.SOURCE_CODE,
            "curl -X POST https://api.internal/v1 -d 3",
        ),
        ("さくら棟移転の案内", Category.CONFIDENTIAL_TERM, "さくら棟移転"),
        ("ｻｸﾗ棟　移転の案内", Category.CONFIDENTIAL_TERM, "ｻｸﾗ棟　移転"),
    ],
)
def test_what_other_people_type_is_masked_with_its_clause(guard, text, category, words):
    inspection = guard.inspect(text)
    if category is Category.CONFIDENTIAL_TERM:
        assert words not in inspection.safe_text
        return
    assert [(f.category, f.text) for f in inspection.findings] == [(category, words)]
    clause = inspection.findings[0].clause
    assert clause is not None
    assert clause.id == _CLAUSE_OF[category]


@pytest.mark.parametrize(
    "text",
    [
        "ひばりだしの紹介文を若い人向けに書いて",
        "営業一課の朝礼の話題を三つ",
        "部長に相談するときの切り出し方",
        "松下幸之助の言葉を使った朝礼のあいさつ",
        "昨年公表された決算では売上が120億円でした",
        "商品コード4901234567894の説明文",
        "ISBN 978-4-87311-909-0 の本の要点",
        "値上げのお知らせ文はAIで下書きしていい?",
        "公表前の決算は入れていい?",
        "来月から郵便料金が30%値上げされる予定です",
        "内線4521に電話してと伝える文面",
        "患者さんの名前は入力禁止ですか",
        "うつ病の人への接し方の研修資料",
        "法人番号7000012050002の入れ方",
        "国の発表では2025年の出生数は68万人でした",
        "取引先からのクレームを分類したい",
        "Python 3.11.4とpip 24.0の違い",
        "Pythonでif文の書き方を教えて",
        "ファイル名は YYYYMMDD_件名_v1.2 でいい?",
        "カルノーの定理を高校生向けに",
        "北里柴三郎の業績を紹介して",
        "織田信長みたいな部長",
        "大谷翔平選手の目標シート",
        "0000 0000 0000 と書いておけばいい?",
        "000-0000-0000は見本です",
        "郵便番号950-8570の調べ方",
        "やまびこHDという例で",
        "スーパーこだまで行く出張",
        "Aさんと書けばいい?",
        "三社ならべて比べたい",
        "国内物流の見積を比べたい",
        "千葉の工場の健康診断の案内",
    ],
)
def test_what_only_looks_confidential_stays_as_typed(guard, text):
    assert guard.inspect(text).findings == ()


def test_name_found_once_is_masked_wherever_it_stands(guard):
    first, second = guard.inspect_all(["岡田様からの苦情です。岡田は怒っています", "岡田の件は?"])
    assert "岡田" not in first.safe_text
    assert second.safe_text == "〔A様〕の件は?"


_ADVERSARIAL = (
    "1",
    "1,",
    "1-",
    "a.",
    "a@",
    "Server=a;Password=",
    "for (a;",
    "株式会社",
    "1億円売上",
)


@pytest.mark.parametrize("piece", _ADVERSARIAL)
def test_long_nonsense_is_inspected_in_linear_time(guard, piece):
    started = time.process_time()
    guard.inspect(piece * (20_000 // len(piece)))
    assert time.process_time() - started < 3


_SECRET_PIECES = st.sampled_from(
    ["岡田様", "070-1234-5678", "㈱みなも", "に", "E10293", "、", "社員番号 E10293", "a@b.jp", "\n"]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(_SECRET_PIECES, max_size=8).map("".join))
def test_nothing_found_survives_and_masking_twice_changes_nothing(guard, text):
    inspection = guard.inspect(text)
    for finding in inspection.findings:
        assert finding.text not in inspection.safe_text
    assert guard.inspect(inspection.safe_text).safe_text == inspection.safe_text
