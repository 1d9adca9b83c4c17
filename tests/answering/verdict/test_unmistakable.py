"""Where meaning is not compared, only words that can mean no other clause permit anything."""

import pytest

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.japanese.words import Topics
from assistant.answering.question.intent import intent_of
from assistant.answering.verdict.bridge import Bridge
from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.judge import judge
from assistant.answering.verdict.likely import Meant, no_matcher
from assistant.answering.verdict.wishes import judge_task
from assistant.domain import (
    Clause,
    ClauseKind,
    Company,
    Desk,
    Intent,
    Kind,
    Passage,
    Query,
    Source,
    Verdict,
    VerdictKind,
)
from tests.answering.conftest import UNDECIDED

_COMPANY = Company("浜風製作", (), desk=Desk("AI相談"))
_RULES = (
    (ClauseKind.FORBIDDEN_INPUT, "防犯カメラの音声と映像を入れない"),
    (ClauseKind.FORBIDDEN_INPUT, "仕入れの交渉の中身を入れない"),
    (ClauseKind.CONDITIONAL, "観光バスの行程: 団体の名前を伏せてから"),
    (None, "山で買った木の値を外に出すことのないように。"),
    (ClauseKind.ENCOURAGED, "香盤表の枠と弁当の数の計算"),
    (ClauseKind.ENCOURAGED, "車内の掲示と添乗の練習問題の作成"),
    (ClauseKind.ENCOURAGED, "外国人の仲間に母国語で話す挨拶"),
    (ClauseKind.ENCOURAGED, "公開された展示会の案内の翻訳"),
    (ClauseKind.ENCOURAGED, "商談台本の下書き"),
    (ClauseKind.FINAL_CHECK, "誤字がないか確かめる"),
)


@pytest.fixture(scope="module")
def topics() -> Topics:
    return Topics(SudachiTokenizer())


@pytest.fixture(scope="module")
def book(topics: Topics) -> RuleBook:
    source = Source("rules/kimari.md", "きまり", Kind.RULE)
    return RuleBook(
        [
            Passage(f"r{n}", source, n, ("きまり",), text, Clause(kind, "きまり") if kind else None)
            for n, (kind, text) in enumerate(_RULES)
        ],
        topics,
    )


def _judged(book: RuleBook, topics: Topics, text: str, meant: Meant = no_matcher) -> Verdict:
    query = Query(text, intent=intent_of(text))
    return judge(query, book, _COMPANY, bridge=Bridge(book, topics), meant=meant)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("枠をいくらで押さえたかAIに話してもいい?", id="one character means much"),
        pytest.param("外国語の紙を訳させていい?", id="外国語 is no 外国人"),
        pytest.param("車内の録音を文字にさせていい?", id="録音 is written like 音声"),
        pytest.param("弁当の買値をまとめてもいい?", id="a clause of no kind may be a ban"),
        pytest.param("展示会の団体の案内を訳させていい?", id="a condition names 団体"),
        pytest.param("弁当のレシピを貼っていい?", id="レシピ is put in"),
        pytest.param("添乗の班長をAIに選ばせていい?", id="a decision is left to an AI"),
        pytest.param("展示会に出す前の案内の翻訳に使っていい?", id="not yet public"),
        pytest.param(
            "弁当のグラムとカロリーとビタミンをAIに聞いていい?", id="three things not named"
        ),
    ],
)
def test_words_that_may_mean_something_else_permit_nothing_by_themselves(
    book: RuleBook, topics: Topics, text: str
) -> None:
    verdict = _judged(book, topics, text)
    assert verdict.kind is VerdictKind.ASK_DESK
    assert verdict.sentence.startswith("いまは言葉の一致だけで判断しています。")
    assert "AI相談" in verdict.sentence
    assert _judged(book, topics, text, lambda _: UNDECIDED).kind is VerdictKind.ALLOWED


@pytest.mark.parametrize(
    "text",
    [
        "香盤表の枠を作ってもらっていい?",
        "弁当の数の計算をAIに頼んでもいい?",
        "車内のポスターの文案に使っていい?",
        "公開された展示会の案内を訳させていい?",
        "練習問題を読ませていい?",
        "香盤表の枠の文字を整えてもらっていい?",
    ],
)
def test_what_the_rule_names_in_so_many_words_stays_free_without_meaning(
    book: RuleBook, topics: Topics, text: str
) -> None:
    assert _judged(book, topics, text).kind is VerdictKind.ALLOWED


def test_a_wish_in_words_that_may_mean_something_else_is_not_called_free(
    book: RuleBook, topics: Topics
) -> None:
    def wished(text: str, meant: Meant = no_matcher) -> VerdictKind:
        query = Query(text, intent=Intent.HOW_TO)
        bridge = Bridge(book, topics)
        return judge_task(query, book, bridge, _COMPANY, hits=[], meant=meant).kind

    assert wished("商談台本の下書きを早く作りたい") is VerdictKind.ALLOWED
    told = "仕入れの商談台本の下書きを早く作りたい"
    assert wished(told) is VerdictKind.NONE
    assert wished(told, lambda _: UNDECIDED) is VerdictKind.ALLOWED
