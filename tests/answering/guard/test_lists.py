"""Names that the company told the guard, and the clause for health and evaluation."""

import time
from dataclasses import replace

import pytest

from assistant.answering.guard.inspect import Guard
from assistant.corpus.wordlists import name_digest
from assistant.domain import (
    Category,
    Clause,
    ClauseKind,
    Company,
    Department,
    Kind,
    Passage,
    Roster,
    Source,
)

_SALT = "5" * 32
_COMPANY = Company(
    name="株式会社すみれ交通",
    departments=(Department("運行課"),),
    partners=("北斗精密工業株式会社", "(株)ゆうなぎ", "(株)しおさい", "ラ・メール", "三栄"),
    roster=Roster(
        _SALT,
        names=(name_digest("鷹匠 律", _SALT), name_digest("タカジョウ リツ", _SALT)),
        surnames=(name_digest("鷹匠", _SALT),),
    ),
    confidential_patterns=("PJ-[0-9]{4}",),
)


def _rules(*texts: str) -> list[Passage]:
    source = Source("rules/a.md", "きまり", Kind.RULE)
    clause = Clause(ClauseKind.FORBIDDEN_INPUT, "禁止")
    return [Passage(text, source, n, ("禁止",), text, clause) for n, text in enumerate(texts)]


_RULES = _rules("取引先の社名と担当者の氏名", "社外秘の情報", "社員の健康状態と人事評価")


@pytest.fixture(scope="module")
def guard(tokenizer):
    return Guard(_COMPANY, _RULES, tokenizer=tokenizer)


@pytest.mark.parametrize(
    ("text", "category", "words"),
    [
        ("北斗精密工業の資料を直して", Category.COMPANY, "北斗精密工業"),
        ("北斗精密さんの資料を直して", Category.COMPANY, "北斗精密さん"),
        ("ゆうなぎの資料を直して", Category.COMPANY, "ゆうなぎ"),
        ("三栄から届いた見積を表に", Category.COMPANY, "三栄"),
        ("鷹匠律の原稿を直して", Category.PERSON, "鷹匠律"),
        ("ﾀｶｼﾞｮｳ ﾘﾂの原稿を直して", Category.PERSON, "ﾀｶｼﾞｮｳ ﾘﾂ"),
        ("鷹匠さんの原稿を直して", Category.PERSON, "鷹匠さん"),
        ("ＰＪ－２０２６の説明文", Category.CONFIDENTIAL_TERM, "ＰＪ－２０２６"),
    ],
)
def test_what_the_company_listed_is_masked_as_people_write_it(guard, text, category, words):
    assert [(f.category, f.text) for f in guard.inspect(text).findings] == [(category, words)]


@pytest.mark.parametrize("text", ["ラ・メールブルーの色見本", "三栄養素の表", "PJ-12の意味"])
def test_longer_words_that_only_begin_like_a_listed_one_pass(guard, text):
    assert guard.inspect(text).findings == ()


def test_without_the_lists_these_names_pass(tokenizer):
    bare = Guard(replace(_COMPANY, partners=(), roster=None), _RULES, tokenizer=tokenizer)
    assert bare.inspect("しおさいの資料を直して").findings == ()


def test_listed_name_that_is_also_ones_own_passes(tokenizer):
    own = replace(_COMPANY, own_names=("ゆうなぎ",))
    assert Guard(own, _RULES, tokenizer=tokenizer).inspect("ゆうなぎの資料").findings == ()


def test_clause_on_health_is_quoted_where_health_is_told(guard):
    finding = guard.inspect("浅見の評価はCです").findings[0]
    assert finding.clause is not None
    assert "健康状態" in finding.clause.text
    plain = guard.inspect("浅見さんへのお礼").findings[0]
    assert plain.clause is not None
    assert "氏名" in plain.clause.text


def test_rule_that_forbids_only_health_lets_other_names_pass(tokenizer):
    guard = Guard(_COMPANY, _rules("社員の健康状態と人事評価"), tokenizer=tokenizer)
    assert [f.text for f in guard.inspect("根岸が入院しました").findings] == ["根岸"]
    assert guard.inspect("根岸さんへのお礼のメール").findings == ()


def test_ten_thousand_partners_cost_no_more_than_ten(tokenizer):
    many = replace(_COMPANY, partners=tuple(f"株式会社みなと{n}番商店" for n in range(10_000)))
    guard = Guard(many, _RULES, tokenizer=tokenizer)
    guard.inspect("はじめの文")
    started = time.process_time()
    for n in range(100):
        assert guard.inspect(f"みなと{n}番商店への{n}通目の返事を、ていねいに書いて。").findings
    assert (time.process_time() - started) / 100 < 0.01
