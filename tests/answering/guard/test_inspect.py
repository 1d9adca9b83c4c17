"""What the guard finds, masks and leaves alone."""

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

_COMPANY = Company(
    name="株式会社みなと印刷",
    short_names=("みなと印刷",),
    departments=(Department("制作部", ("制作",)),),
    allowed_tools=(Tool("みなとAI", ("みなとくん",)),),
    confidential_terms=("青嵐計画",),
    public_names=("渋沢栄一",),
)


def _rules(*texts):
    source = Source("rules/a.md", "きまり", Kind.RULE)
    return [
        Passage(str(n), source, n, ("禁止",), text, Clause(ClauseKind.FORBIDDEN_INPUT, "禁止"))
        for n, text in enumerate(texts)
    ]


_RULES = _rules(
    "個人情報(氏名、住所、電話番号、口座番号など)",
    "取引先名などの顧客情報",
    "未公表の業績と機密情報",
    "プログラムのソースコード",
)


@pytest.fixture(scope="module")
def guard(tokenizer):
    return Guard(_COMPANY, _RULES, tokenizer=tokenizer, colleagues=("宮本 あかり",))


@pytest.mark.parametrize(
    ("text", "category", "words"),
    [
        ("岡田様からの苦情に返事を書きたい", Category.PERSON, "岡田様"),
        ("佐々木 美優の面接メモをまとめて", Category.PERSON, "佐々木 美優"),
        ("Mr. Johnsonへのお礼を英訳して", Category.PERSON, "Mr. Johnson"),
        ("(株)つばめ建材の見積もりを比べたい", Category.COMPANY, "(株)つばめ建材"),
        ("ﾔﾏﾄ精機㈱あての文面", Category.COMPANY, "ﾔﾏﾄ精機㈱"),
        ("折り返しは０８０ー１１１１ー２２２２まで", Category.PHONE, "０８０ー１１１１ー２２２２"),
        ("山ノ上店(090-1111-2222)に折り返し", Category.PHONE, "090-1111-2222"),
        ("aki+x@mail.example.jp に返信したい", Category.EMAIL, "aki+x@mail.example.jp"),
        ("仙台市青葉区本町2-10-4に送る案内", Category.ADDRESS, "仙台市青葉区本町2-10-4"),
        ("普通口座 7654321 に振り込む案内", Category.BANK_ACCOUNT, "普通口座 7654321"),
        ("会員番号 C-20011 の履歴", Category.STAFF_OR_CUSTOMER_NUMBER, "会員番号 C-20011"),
        ("カード 5555 5555 5555 4444 の件", Category.CARD, "5555 5555 5555 4444"),
        ("青嵐計画の説明文", Category.CONFIDENTIAL_TERM, "青嵐計画"),
        ("password: hogeHOGE99", Category.SECRET, "hogeHOGE99"),
        ("AKIAIOSFODNN7EXAMPLE が効かない", Category.SECRET, "AKIAIOSFODNN7EXAMPLE"),
        (
            "直して\nfor i in range(3):\n    print(i)\n",
            Category.SOURCE_CODE,
            "for i in range(3):\n    print(i)",
        ),
        (
            "未公表の通期売上は48億円です",
            Category.UNPUBLISHED_FIGURE,
            "未公表の通期売上は48億円",
        ),
    ],
)
def test_forbidden_words_are_found_where_they_stand(guard, text, category, words):
    inspection = guard.inspect(text)
    assert [(f.category, f.text) for f in inspection.findings] == [(category, words)]
    assert words not in inspection.safe_text
    assert inspection.findings[0].placeholder in inspection.safe_text


@pytest.mark.parametrize(
    "text",
    [
        "顧客名を入れてもいい?",
        "住所や電話番号は入力していいですか",
        "株式会社みなと印刷の会社案内を直したい",
        "制作部の週報を早く書きたい",
        "みなとくんにどう頼めばいい?",
        "渋沢栄一さんの言葉を朝礼で使いたい",
        "宮本さんの事例を見たい",
        "宮本あかりさんの事例を見たい",
        "おつかれさん、助かったわ",
        "じゃあ足りひんときは?",
        "お客様あてのメールを丁寧にしたい",
        "品番4902-1234-5678の説明文",
        "2026年11月22日の議事録をまとめたい",
        "公表済みの売上120億円をグラフにしたい",
        "パスワードは何文字以上にすればいい?",
        "=VLOOKUP(A1,B:C,2,FALSE)の意味を教えて",
        "福岡の天気を調べるプロンプト",
    ],
)
def test_harmless_look_alikes_and_questions_about_a_class_pass(guard, text):
    inspection = guard.inspect(text)
    assert inspection.findings == ()
    assert inspection.safe_text == text


def test_finding_carries_the_clause_that_forbids_it(guard):
    finding = guard.inspect("岡田様の件").findings[0]
    assert finding.clause is not None
    assert "個人情報" in finding.clause.text


def test_class_that_no_clause_forbids_is_not_flagged(tokenizer):
    only_code = Guard(_COMPANY, _rules("ソースコードを入れない"), tokenizer=tokenizer)
    assert only_code.inspect("岡田様に090-1111-2222で電話").findings == ()


def test_secrets_and_my_number_are_masked_even_without_a_clause(tokenizer):
    guard = Guard(_COMPANY, [], tokenizer=tokenizer)
    inspection = guard.inspect("トークンはghp_abcdefghijklmnop1234、マイナンバーは123456789018")
    assert [f.category for f in inspection.findings] == [Category.SECRET, Category.MY_NUMBER]
    assert "ghp_" not in inspection.safe_text
    assert inspection.findings[0].clause is None


def test_same_words_get_the_same_placeholder_in_a_conversation(guard):
    first, second = guard.inspect_all(["岡田様と浜口様の件", "浜口様だけでは?"])
    assert [f.placeholder for f in first.findings] == ["〔A様〕", "〔B様〕"]
    assert second.safe_text == "〔B様〕だけでは?"


def test_colleague_is_masked_when_it_is_about_health_or_evaluation(guard):
    assert guard.inspect("宮本さんの評価コメントを直したい").findings


def test_invisible_characters_and_look_alikes_do_not_hide_a_secret(guard):
    inspection = guard.inspect("ｐassword: hoge\u200bHOGE99")
    assert inspection.findings[0].text == "hoge\u200bHOGE99"


_PIECES = st.sampled_from(
    [
        "岡田様",
        "090-1111-2222",
        "㈱つばめ建材",
        "は",
        "〔A様〕",
        "a@b.jp",
        "ﾔﾏﾀﾞさん",
        "\u200b",
        "。",
        "社",
        "123456789018",
        "が\u3099",
        "😀",
    ]
)
_TEXTS = st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=8).map("".join))


@settings(max_examples=120, deadline=None)
@given(_TEXTS)
def test_offsets_are_exact_and_masking_twice_changes_nothing(guard, text):
    inspection = guard.inspect(text)
    rebuilt, at = "", 0
    for finding in inspection.findings:
        assert text[finding.start : finding.end] == finding.text
        rebuilt += text[at : finding.start] + finding.placeholder
        at = finding.end
    assert rebuilt + text[at:] == inspection.safe_text
    again = guard.inspect(inspection.safe_text)
    assert again.safe_text == inspection.safe_text
