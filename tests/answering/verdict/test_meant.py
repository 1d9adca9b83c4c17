"""Questions in other words than the rule's get the verdict of the clause that they mean."""

from functools import cache, partial
from itertools import pairwise

import numpy as np
import pytest

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.japanese.words import Topics
from assistant.answering.question.intent import intent_of
from assistant.answering.verdict.bridge import Bridge
from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.fits import Fit
from assistant.answering.verdict.judge import judge
from assistant.answering.verdict.likely import NOTHING, Likely, doubted
from assistant.answering.verdict.meant import Matcher
from assistant.answering.verdict.met import left_of, says_taken_out
from assistant.answering.verdict.signs import Nearness, signs_of
from assistant.answering.verdict.wishes import judge_task
from assistant.domain import (
    Category,
    Clause,
    ClauseKind,
    Company,
    Desk,
    Finding,
    Intent,
    Kind,
    Passage,
    Query,
    Source,
    Tool,
    VerdictKind,
)
from assistant.ports import Read

_COMPANY = Company("浜風医院", (), allowed_tools=(Tool("浜風AI"),), desk=Desk("AI相談"))
_RULES = tuple(
    Passage(f"r{n}", Source("rules/a.md", "決まり", Kind.RULE), n, (), text, Clause(kind, "決まり"))
    for n, (kind, text) in enumerate(
        (
            (ClauseKind.FORBIDDEN_INPUT, "カルテの写し、レントゲン写真を読み込ませること"),
            (ClauseKind.FORBIDDEN_INPUT, "患者の名前、病歴、家族のことを入れる"),
            (ClauseKind.CONDITIONAL, "破損の報告の整理: 相手の名前を消してから"),
            (ClauseKind.CONDITIONAL, "規程の要約: 浜風AIだけを使う"),
            (ClauseKind.ENCOURAGED, "献立の名前を考える"),
            (ClauseKind.ENCOURAGED, "チラシの文案"),
        )
    )
)
_SAME = {
    "エックス線の画像": "レントゲン写真",
    "こわれた件のレポート": "破損の報告の整理",
    "折り込み広告のコピー": "チラシの文案",
}
_SIZE = 512


def _vector(text):
    """Return a vector by the pairs of characters; what means the same is put in the same words."""
    for said, meant in _SAME.items():
        text = text.replace(said, meant)
    row = np.full(_SIZE, 0.05, dtype=np.float32)
    for first, second in pairwise(text):
        row[(ord(first) * 31 + ord(second)) % _SIZE] += 1.0
    return row / np.linalg.norm(row)


def _read(text):
    """Return the text as a whole, and each pair of its characters; any two are a little alike."""
    whole = _vector(text)
    pairs = np.eye(_SIZE, dtype=np.float32)[np.flatnonzero(whole > whole.min())] + 0.035
    return Read(whole, pairs / np.linalg.norm(pairs, axis=1, keepdims=True))


class _Embedder:
    def __init__(self):
        self.texts = []

    def __call__(self, questions, texts):
        self.texts += texts
        return [*map(_read, questions)], [*map(_read, texts)]


@cache
def _topics():
    return Topics(SudachiTokenizer())


@pytest.fixture(scope="module")
def book():
    return RuleBook(_RULES, _topics())


def _judged(book, text, *, embed=None, vector=True):
    matcher = Matcher(book, _COMPANY, embed or _Embedder())
    meant = partial(matcher.likely, read=_read(text) if vector else None)
    query = Query(text, intent=intent_of(text))
    return judge(query, book, _COMPANY, bridge=Bridge(book, _topics()), meant=meant)


@pytest.mark.parametrize(
    ("text", "kind", "clause"),
    [
        ("エックス線の画像を読ませてもいい?", VerdictKind.PROHIBITED, 0),
        ("こわれた件のレポートを整えてもらっていい?", VerdictKind.CONDITIONAL, 2),
        ("折り込み広告のコピーを書かせてもいいですか", VerdictKind.ALLOWED, 5),
    ],
)
def test_a_clause_is_found_in_other_words(book, text, kind, clause):
    verdict = _judged(book, text)
    assert (verdict.kind, verdict.clauses[:1]) == (kind, (_RULES[clause],))


def test_words_alone_send_it_to_the_desk(book):
    text = "エックス線の画像を読ませてもいい?"
    assert _judged(book, text, vector=False).kind is VerdictKind.ASK_DESK
    assert _judged(book, text, embed=lambda *_: None).kind is VerdictKind.ASK_DESK


@pytest.mark.parametrize(
    "text",
    [
        "競馬の予想をさせてもいいですか",
        "浜風AIに占いをしてもらってもいい?",
        "子どもの宿題に使っていい?",
    ],
)
def test_what_no_clause_means_goes_to_the_desk(book, text):
    assert _judged(book, text).kind is VerdictKind.ASK_DESK


def test_a_ban_met_by_one_word_yields_to_the_clause_that_is_plainly_meant(book):
    text = "献立にかわいい名前を付けて考えるのはいい?"
    assert _judged(book, text, vector=False).kind is VerdictKind.PROHIBITED
    assert _judged(book, text).clauses == (_RULES[4],)


def test_a_condition_that_is_not_kept_forbids_what_is_meant(book):
    verdict = _judged(book, "こわれた件のレポートを相手の名前を消さずに整えてもらっていい?")
    assert verdict.kind is VerdictKind.PROHIBITED


def test_the_name_of_a_tool_says_nothing_of_its_use(book):
    embed = _Embedder()
    _judged(book, "エックス線の画像を読ませてもいい?", embed=embed)
    assert "規程の要約: AIだけを使う" in embed.texts


def test_the_rule_is_read_once_however_many_ask(book):
    embed = _Embedder()
    matcher = Matcher(book, _COMPANY, embed)
    for text in ("エックス線の画像を読ませてもいい?", "チラシを書かせていい?"):
        matcher.likely(text, _read(text))
    assert embed.texts.count(_RULES[1].text) == 1


def test_shares_are_probabilities(book):
    text = "エックス線の画像を読ませてもいい?"
    likely = Matcher(book, _COMPANY, _Embedder()).likely(text, _read(text))
    assert 0 < sum(likely.shares.values()) < 1


def _rule(*texts, note=""):
    source = Source("rules/b.md", "決まり", Kind.RULE)
    clauses = [
        Passage(f"b{n}", source, n, ("だめなもの",), text, Clause(kind, "決まり"))
        for n, (kind, text) in enumerate(texts)
    ]
    noted = [Passage("note", source, 9, ("だめなもの",), note)] if note else []
    return RuleBook([*clauses, *noted], _topics())


def _kind_by_words(book, text):
    query = Query(text, intent=intent_of(text))
    return judge(query, book, _COMPANY, bridge=Bridge(book, _topics())).kind


_HOMES = (ClauseKind.FORBIDDEN_INPUT, "個人宅の届け先の名前と番地")
_LETTERS = (ClauseKind.CONDITIONAL, "得意先の手紙: 相手の名前を伏せてから")


def test_masking_lifts_no_ban_of_which_the_rule_says_so():
    text = "個人宅の名前を消して入れていい?"
    firm = _rule(_HOMES, _LETTERS, note="どの道具でもだめ。名前を伏せてもだめ。")
    assert _kind_by_words(_rule(_HOMES, _LETTERS), text) is not VerdictKind.PROHIBITED
    assert _kind_by_words(firm, text) is VerdictKind.PROHIBITED


@pytest.mark.parametrize(
    "ban",
    [
        "個人宅の名前と番地。名前を黒く塗っても、いけません",
        "個人宅の名前と番地。モザイクをかけても赤です",
        "個人宅の名前と番地。イニシャルにしても同じ",
    ],
)
def test_a_ban_that_says_so_itself_holds_though_its_thing_is_painted_over(ban):
    book = _rule((ClauseKind.FORBIDDEN_INPUT, ban), _LETTERS)
    text = "個人宅の名前を黒塗りにしたので入れていい?"
    assert _kind_by_words(book, text) is VerdictKind.PROHIBITED


def test_a_ban_that_is_meant_is_told_where_words_would_permit(book):
    text = "チラシの文案に例の件を書かせていい?"
    query = Query(text, intent=intent_of(text))
    bridge = Bridge(book, _topics())

    def told(ban, free):
        likely = _likely(ban, 0, free)
        each = {_BAN.id: ban, _FREE.id: free}
        meant = Likely(likely.shares, likely.clauses, likely.best, each)
        return judge(query, book, _COMPANY, bridge=bridge, meant=lambda _: meant).kind

    assert told(0.02, 0.9) is VerdictKind.ALLOWED
    assert told(0.3, 0.6) is VerdictKind.ASK_DESK
    assert told(0.6, 0.3) is VerdictKind.PROHIBITED


def test_a_shortened_katakana_word_means_the_long_one():
    text = "レクの案を出してもらっていい?"
    permits = _rule((ClauseKind.ENCOURAGED, "レクリエーションの案"))
    assert _kind_by_words(permits, text) is VerdictKind.ALLOWED
    other = _rule((ClauseKind.ENCOURAGED, "レンタルの案、レタスの案"))
    assert _kind_by_words(other, text) is not VerdictKind.ALLOWED


def test_a_word_that_begins_another_is_not_short_for_it():
    permits = _rule((ClauseKind.ENCOURAGED, "手順書及びチェックリストの構成案"))
    text = "反社チェックの件を入れていい?"
    assert _kind_by_words(permits, text) is not VerdictKind.ALLOWED


def test_a_use_held_to_what_is_public_is_free_for_what_is_said_to_be_public():
    book = _rule((ClauseKind.ENCOURAGED, "文章の要約と翻訳(公開情報に限る。)"))
    assert _kind_by_words(book, "公開情報の翻訳を頼んでもいい?") is VerdictKind.ALLOWED
    assert _kind_by_words(book, "文章の翻訳を頼んでもいい?") is VerdictKind.CONDITIONAL
    assert _kind_by_words(book, "公開前の文章の翻訳を頼んでもいい?") is VerdictKind.CONDITIONAL


_BAN, _CONDITION, _FREE = _RULES[0], _RULES[2], _RULES[5]


def _likely(ban, condition, free):
    """Return shares as they would be of one clause each."""
    kinds = (VerdictKind.PROHIBITED, VerdictKind.CONDITIONAL, VerdictKind.ALLOWED)
    shares = dict(zip(kinds, (ban, condition, free), strict=True))
    return Likely(shares, dict(zip(kinds, (_BAN, _CONDITION, _FREE), strict=True)), shares)


def _wished(book, text, likely):
    query = Query(text, intent=Intent.HOW_TO)
    bridge = Bridge(book, _topics())
    return judge_task(query, book, bridge, _COMPANY, hits=[], meant=lambda _: likely)


@pytest.mark.parametrize(
    ("shares", "kind", "clauses"),
    [
        ((0.8, 0.0, 0.1), VerdictKind.PROHIBITED, (_BAN,)),
        ((0.0, 0.8, 0.1), VerdictKind.CONDITIONAL, (_CONDITION,)),
        ((0.0, 0.1, 0.8), VerdictKind.ALLOWED, (_FREE,)),
        ((0.0, 0.4, 0.4), VerdictKind.NONE, ()),
        ((0.3, 0.0, 0.6), VerdictKind.NONE, ()),
    ],
)
def test_a_wish_in_other_words_gets_what_is_plainly_meant_and_no_freedom_near_a_ban(
    book, shares, kind, clauses
):
    verdict = _wished(book, "あれを片づけるのがしんどい", _likely(*shares))
    assert (verdict.kind, verdict.clauses) == (kind, clauses)


def test_a_wish_that_names_what_is_free_gets_the_condition_that_is_plainly_meant(book):
    text = "チラシの文案を早く作りたい"
    assert _wished(book, text, _likely(0, 0, 0)).kind is VerdictKind.ALLOWED
    assert _wished(book, text, _likely(0, 0.9, 0)).kind is VerdictKind.CONDITIONAL


@pytest.mark.parametrize(
    ("shares", "meant"),
    [
        ((0.46, 0.0, 0.5), _BAN), ((0.2, 0.0, 0.8), None), ((0.1, 0.0, 0.8), _FREE),
        ((0.1, 0.0, 0.7), None),
        ((0.46, 0.5, 0.0), _BAN), ((0.3, 0.5, 0.0), _CONDITION),
    ],
)  # fmt: skip
def test_a_ban_that_is_near_goes_before_what_permits_and_is_likelier(shares, meant):
    assert _likely(*shares).clause == meant


def _share(clause, share, *, ban=0.0):
    return Likely({VerdictKind.PROHIBITED: ban}, {}, {}, each={clause.id: share})


@pytest.mark.parametrize(
    ("share", "ban", "told"), [(0.9, 0.05, True), (0.9, 0.13, True), (0.1, 0.09, False)]
)
def test_what_the_words_permit_is_told_only_where_no_ban_is_meant_as_well(share, ban, told):
    assert _share(_FREE, share, ban=ban).permits(_FREE) is told


def test_shared_words_of_which_the_clause_is_hardly_meant_are_no_match():
    met = Fit(_FREE, 0.5, 0.2)
    assert _share(_FREE, 0.03).not_doubtful([met], inputs=False) == []
    assert _share(_FREE, 0.3).not_doubtful([met], inputs=False) == [met]
    assert NOTHING.not_doubtful([met], inputs=False) == [met]


def test_a_ban_is_kept_where_something_is_put_in_or_it_is_named():
    met, named = Fit(_BAN, 0.5, 0.2), Fit(_BAN, 0.5, 0.2, named=True)
    doubtful = _share(_BAN, 0.001)
    assert doubtful.not_doubtful([met, named], inputs=False) == [named]
    assert doubtful.not_doubtful([met, named], inputs=True) == [met, named]


def test_a_ban_of_which_a_whole_item_is_put_in_yields_to_nothing():
    whole, sure = Fit(_BAN, 1.0, 0.3), _likely(0.01, 0.0, 0.95)
    assert doubted(whole, [whole], sure, inputs=False).clause == _FREE
    assert doubted(whole, [whole], sure, inputs=True) is whole


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("店の名は消したので入れていい?", True),
        ("金額の欄を空けた見積書を貼っていい?", True),
        ("名前は書かんから相談してもええ?", True),
        ("担当者を「甲」に替えた議事録ならいい?", True),
        ("まだ伏せている新商品の文案を頼んでいい?", False),
        ("社員には伏せてあります。入れていい?", False),
        ("写真だけ抜いて見せていい?", False),
        ("名前を消してもらっていい?", False),
    ],
)
def test_what_a_question_says_is_taken_out(text, said):
    assert says_taken_out(text) is said


@pytest.mark.parametrize("part", ["と", "とか", "名と", "あもと", "氏名、", "A"])
def test_a_hostile_question_is_read_to_its_end(book, part):
    text = part * (1_000 // len(part))
    assert not says_taken_out(text)
    assert left_of(text, book) == text


def test_what_is_left_when_the_guard_took_something_out_is_not_free_by_meaning(book):
    text = "折り込み広告のコピーを〔公表前の数字〕で書かせてもいいですか"
    found = Finding(Category.UNPUBLISHED_FIGURE, "来期の値上げ", 11, 19, "〔公表前の数字〕", _BAN)
    query = Query(text, intent=intent_of(text))
    bridge = Bridge(book, _topics())

    def kind(*findings):
        meant = partial(_likely, 0, 0, 0.9)
        return judge(
            query, book, _COMPANY, bridge=bridge, meant=lambda _: meant(), findings=findings
        ).kind

    assert kind() is VerdictKind.ALLOWED
    assert kind(found) is VerdictKind.ASK_DESK


def test_who_else_may_use_the_ai_is_no_matter_of_what_is_put_in(book):
    ban = _rule((ClauseKind.FORBIDDEN_INPUT, "業者の人にAIの番号を貸すこと"))
    text = "業者の人に、うちのAIを使わせていい?"

    def lent(of):
        (sign,) = [signs_of(Fit(one, 0, 0), text, Nearness(0, 0)) for one in of.judging[:1]]
        return sign.lent_both, sign.lent_question

    assert lent(ban) == (1, 0)
    assert lent(book) == (0, 1)
