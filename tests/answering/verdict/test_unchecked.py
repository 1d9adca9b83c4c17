"""«AIの文をそのまま出していい?»: what the rule asks for are its checks; and whom to ask."""

import pytest

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.japanese.words import Topics
from assistant.answering.question.intent import intent_of
from assistant.answering.verdict.bridge import Bridge
from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.judge import judge
from assistant.answering.verdict.likely import NOTHING, Likely
from assistant.answering.verdict.unchecked import uses_what_came_out
from assistant.domain import (
    Clause,
    ClauseKind,
    Company,
    Desk,
    Hit,
    Kind,
    Passage,
    Query,
    Source,
    Verdict,
    VerdictKind,
)

COMPANY = Company("入江造園", (), desk=Desk("AI相談"))
SOURCE = Source("rules/kimari.md", "きまり", Kind.RULE)


def clause(kind: ClauseKind, text: str) -> Passage:
    return Passage(text, SOURCE, 0, ("きまり",), text, Clause(kind, "きまり"))


CUSTOMERS = clause(ClauseKind.FORBIDDEN_INPUT, "お客さまと取引先の情報を入れない")
SECRETS = clause(ClauseKind.FORBIDDEN_INPUT, "社外秘の資料を入れない")
DECISIONS = clause(ClauseKind.FORBIDDEN_INPUT, "伐採の可否をAIの回答で決めない")
LETTERS = clause(ClauseKind.ENCOURAGED, "案内文の下書き")
NUMBERS = clause(ClauseKind.FINAL_CHECK, "樹木の名前と日付を図鑑と予定表で確かめる")
LEAKED = clause(ClauseKind.DESK, "誤って入力したときは、すぐに総務へ報告する")
WHOM = clause(ClauseKind.DESK, "迷ったら総務の相談窓口へ")
RULES = (CUSTOMERS, SECRETS, DECISIONS, LETTERS, NUMBERS, LEAKED, WHOM)


def judged(
    text: str, *, rules: tuple[Passage, ...] = RULES, near: Passage | None = None,
    likely: Likely = NOTHING,
) -> Verdict:  # fmt: skip
    topics = Topics(SudachiTokenizer())
    book = RuleBook(rules, topics)
    hits = (Hit(near, 1.0, cosine=0.95),) if near else ()
    query = Query(text, intent=intent_of(text))
    return judge(
        query, book, COMPANY, bridge=Bridge(book, topics), meant=lambda _: likely, hits=hits
    )


@pytest.mark.parametrize(
    "text",
    [
        "AIが書いた文章をそのまま送っていい?",
        "AIの答え、うのみにして貼り出してもいい?",
        "出てきた日付を見直さずに印刷してもいいですか",
        "ノーチェックで配ったらだめ?",
        "確認なしで投稿してもOK?",
        "自分だけ見て提出したらあかん?",
        "AIが作った案内文を取引先に送ってもいいですか",
    ],
)
def test_who_would_use_what_came_out_unseen_is_told_what_to_check(text: str) -> None:
    verdict = judged(text)
    assert (verdict.kind, verdict.clauses) == (VerdictKind.CONDITIONAL, (NUMBERS,))


@pytest.mark.parametrize(
    "text",
    [
        "お客さまの名前をそのまま入れていい?",
        "社外秘の資料をチェックなしで読ませて要約してもらっていい?",
        "AIで作ったプログラムを本番で動かしていい?",
        "AIの絵をポスターにそのまま使っていい?",
        "確認テストを作って配りたい。いい?",
    ],
)
def test_what_is_entered_and_pictures_are_other_questions(text: str) -> None:
    assert not uses_what_came_out(text)


@pytest.mark.parametrize(
    ("text", "ban"),
    [
        ("AIが書いたお客さまの情報をそのまま出していい?", CUSTOMERS),
        ("伐採の可否をAIの回答のまま伝えていい?", DECISIONS),
    ],
)
def test_a_ban_that_the_question_names_holds(text: str, ban: Passage) -> None:
    verdict = judged(text)
    assert (verdict.kind, verdict.clauses[0]) == (VerdictKind.PROHIBITED, ban)


def test_without_a_check_in_the_rule_nothing_changes() -> None:
    verdict = judged("AIの文をそのまま送っていい?", rules=(SECRETS, WHOM))
    assert verdict.kind is VerdictKind.ASK_DESK


def test_who_asks_beforehand_is_not_sent_to_what_to_do_afterwards() -> None:
    assert judged("花の水やりの当番表に使っていい?").clauses == (WHOM,)
    assert judged("花の水やりの当番表に使っていい?", rules=(SECRETS, LEAKED)).clauses == ()


def test_what_everybody_can_read_is_no_secret() -> None:
    text = "公開されている新聞記事を要約してもらっていい?"
    assert judged(text, near=SECRETS).kind is VerdictKind.ASK_DESK
    assert judged("まだ公開前の記事を要約してもらっていい?", near=SECRETS).kind is (
        VerdictKind.PROHIBITED
    )


def test_the_nearest_ban_is_not_told_where_it_is_known_not_to_be_meant() -> None:
    text, shares = "芝刈りの順番を考えてもらっていい?", {VerdictKind.PROHIBITED: 0.02}
    unlikely = Likely(shares, {VerdictKind.PROHIBITED: SECRETS}, shares, {SECRETS.id: 0.02})
    assert judged(text, near=SECRETS).kind is VerdictKind.PROHIBITED
    assert judged(text, near=SECRETS, likely=unlikely).kind is VerdictKind.ASK_DESK


@pytest.mark.parametrize("text", ["関数を教えてもらうのはあり?", "手順を教えてもらうのってOK?"])
def test_being_taught_may_be_asked_for_too(text: str) -> None:
    assert judged(text).kind is VerdictKind.ASK_DESK


def test_a_condition_that_is_not_kept_forbids_the_use() -> None:
    shown = clause(ClauseKind.CONDITIONAL, "AIで書いた案内文は、所長の承認を得てから配る")
    text = "AIで書いた案内文を、所長の承認を得ずにそのまま配っていい?"
    assert judged(text, rules=(shown, NUMBERS, WHOM)).kind is VerdictKind.PROHIBITED


@pytest.mark.parametrize(
    ("heading", "text", "count"),
    [
        ("段階2:組合が契約したAIのみ利用可", "樹木の健康診断の記録", 1),
        ("所長の承認があれば使えるもの", "樹木の健康診断の記録", 1),
        ("条件付きで使える(条件を守れば入れてよい)", "樹木の健康診断の記録", 0),
        ("組合が契約したAIのみ利用可", "樹木の健康診断の記録。番地は消してください。", 0),
    ],
)
def test_a_condition_that_only_the_heading_says_is_told(
    heading: str, text: str, count: int
) -> None:
    under = Passage(text, SOURCE, 0, (heading,), text, Clause(ClauseKind.CONDITIONAL, heading))
    verdict = judged("樹木の健康診断の記録を入れていい?", rules=(under, SECRETS))
    assert verdict.kind is VerdictKind.CONDITIONAL
    assert verdict.sentence.count(heading) == count


PERSONAL = clause(ClauseKind.FORBIDDEN_INPUT, "個人情報を入れない")
SUMMARIES = clause(ClauseKind.ENCOURAGED, "長い文書の要約")
MATERIALS = clause(ClauseKind.ENCOURAGED, "研修:講習の資料や小テストの作成")


@pytest.mark.parametrize("record", ["カルテ", "診断書", "住民票", "給与明細"])
def test_a_record_of_somebody_is_personal_though_summaries_are_free(record: str) -> None:
    verdict = judged(f"{record}を要約してもらっていい?", rules=(PERSONAL, SUMMARIES, WHOM))
    assert (verdict.kind, verdict.clauses) == (VerdictKind.PROHIBITED, (PERSONAL,))


def test_what_may_be_made_for_people_permits_no_judging_of_them() -> None:
    meant = {VerdictKind.ALLOWED: 0.9}
    likely = Likely(meant, {VerdictKind.ALLOWED: MATERIALS}, meant, {MATERIALS.id: 0.9})
    rules = (MATERIALS, SECRETS, WHOM)
    made = judged("講習の受講者向けの資料づくりに使っていい?", rules=rules, likely=likely)
    graded = judged("講習の受講者の成績評価に使っていい?", rules=rules, likely=likely)
    assert (made.kind, graded.kind) == (VerdictKind.ALLOWED, VerdictKind.ASK_DESK)
