"""Opposites in almost the same words: published and not yet, deciding and drafting."""

import pytest

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.japanese.words import Topics
from assistant.answering.question.intent import intent_of
from assistant.answering.verdict.bridge import Bridge
from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.judge import judge
from assistant.answering.verdict.wishes import judge_task
from assistant.domain import (
    Clause,
    ClauseKind,
    Company,
    Desk,
    Hit,
    Intent,
    Kind,
    Passage,
    Query,
    Source,
    Template,
    Verdict,
    VerdictKind,
)
from tests.answering.conftest import UNDECIDED

_COMPANY = Company("浜風放送", (), desk=Desk("AI相談"))


def _clause(kind: ClauseKind, text: str) -> Passage:
    source = Source("rules/kimari.md", "きまり", Kind.RULE)
    return Passage(text, source, 0, ("きまり",), text, Clause(kind, "きまり"))


_RULES = (
    _clause(ClauseKind.FORBIDDEN_INPUT, "発表前の料金プランは、広報の解禁まで入力しません。"),
    _clause(ClauseKind.FORBIDDEN_INPUT, "ニュースの順番。実名か匿名かをAIに決めさせない。"),
    _clause(ClauseKind.FORBIDDEN_INPUT, "仕入れの見積り、契約書を入れない"),
    _clause(ClauseKind.CONDITIONAL, "募集案内の文。人事課が数字を入れてから出す。"),
    _clause(
        ClauseKind.CONDITIONAL, "学生を対象としたアンケートの自由記述は、氏名を除いて分類に使う。"
    ),
    _clause(ClauseKind.FORBIDDEN_INPUT, "未公表の決算の数字を入れない"),
    _clause(ClauseKind.ENCOURAGED, "公表済みの決算の要約"),
    _clause(ClauseKind.ENCOURAGED, "接客の台本づくり"),
)


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return RuleBook(_RULES, Topics(SudachiTokenizer()))


def _judged(book: RuleBook, text: str) -> Verdict:
    bridge = Bridge(book, Topics(SudachiTokenizer()))
    query = Query(text, intent=intent_of(text))
    return judge(query, book, _COMPANY, bridge=bridge, meant=lambda _: UNDECIDED)


@pytest.mark.parametrize(
    "text",
    [
        "まだ発売していない絵本の誤字さがしをさせていい?",
        "発売前の絵本の誤字さがしをさせてもいいですか?",
        "未発売の絵本の誤字さがしに使っていい?",
    ],
)
def test_what_is_published_permits_nothing_that_is_not_yet(text: str) -> None:
    permit = _clause(ClauseKind.ENCOURAGED, "発売済みの絵本の誤字さがし")
    book = RuleBook((permit,), Topics(SudachiTokenizer()))
    assert _judged(book, text).kind is VerdictKind.ASK_DESK
    published = _judged(book, "発売済みの絵本の誤字さがしに使っていい?")
    assert published.kind is VerdictKind.ALLOWED


def test_what_everybody_can_read_falls_under_what_is_published(book: RuleBook) -> None:
    assert _judged(book, "決算の数字を要約させていい?").kind is VerdictKind.PROHIBITED
    seen = _judged(book, "サイトに載ってる決算の数字を要約させていい?")
    assert seen.kind is VerdictKind.ALLOWED


def test_a_decision_is_kept_from_an_ai_and_a_draft_is_not(book: RuleBook) -> None:
    assert _judged(book, "ニュースの順番をAIに決めさせていい?").kind is VerdictKind.PROHIBITED
    assert _judged(book, "ニュースの原稿の下書きをさせていい?").kind is not VerdictKind.PROHIBITED


def test_whom_a_survey_asks_is_not_kept_out_of_it(book: RuleBook) -> None:
    verdict = _judged(book, "学生の自由記述を分類させていい?")
    assert verdict.kind is VerdictKind.CONDITIONAL


def test_a_wish_that_names_a_ban_is_not_told_that_something_else_is_free(book: RuleBook) -> None:
    source = Source("templates/daihon.md", "接客の台本", Kind.TEMPLATE)
    text = "接客の台本づくりに使う"
    hit = Hit(Passage("t", source, 0, (), text, Template("", (), "接客の台本")), 0.9)
    bridge = Bridge(book, Topics(SudachiTokenizer()))

    def wished(question: str) -> VerdictKind:
        query = Query(question, intent=Intent.HOW_TO)
        return judge_task(query, book, bridge, _COMPANY, hits=[hit], meant=lambda _: UNDECIDED).kind

    assert wished("見積りを見せたい") is VerdictKind.NONE
    assert wished("お客さんとの受け答えを練習したい") is VerdictKind.ALLOWED


@pytest.mark.parametrize(
    "text",
    [
        "地区でまとめた米の数を入れてもいい?",
        "店の名前を入れてもいい?",
        "値上げの紙をAIに入れて影響を計算させていい?",
    ],
)
def test_a_reason_a_name_of_a_thing_and_a_sheet_of_paper_decide_nothing(text: str) -> None:
    rules = (
        _clause(
            ClauseKind.FORBIDDEN_INPUT,
            "跡継ぎの相談記録は入力しないでください。地域ではすぐに誰かわかります。",
        ),
        _clause(ClauseKind.FORBIDDEN_INPUT, "お客様の名前、連絡先を入れない"),
        _clause(ClauseKind.ENCOURAGED, "紙の種類、表計算の数式など、一般の知識の質問"),
    )
    book = RuleBook(rules, Topics(SudachiTokenizer()))
    assert _judged(book, text).kind is VerdictKind.ASK_DESK
