"""The rule's verdict and an FAQ on the same question never contradict each other."""

import pytest

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.japanese.words import Topics
from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.settle import Opening, opening, overrules, settled
from assistant.domain import (
    Clause,
    ClauseKind,
    FaqPair,
    Hit,
    Kind,
    Passage,
    Source,
    Verdict,
    VerdictKind,
)


def _faq(answer):
    source = Source(path="faqs/f.csv", title="faq", kind=Kind.FAQ)
    return Hit(Passage("1", source, 0, (), answer, FaqPair("使えますか", answer)), 1.0)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("はい。列の名前だけを書いてください。", Opening.YES),
        ("条件付きで使えます。社名を伏せてください。", Opening.CONDITIONS),
        ("使えます。ただし理事会は対象外です。", Opening.CONDITIONS),
        ("社名と金額を伏せれば訳せます。署名は写しません。", Opening.CONDITIONS),
        ("使えません。社内の端末だけです。", Opening.NO),
        ("使ってはいけません。", Opening.NO),
        ("いいえ。必ず人が読みます。", Opening.NO),
        ("公表されていない決算書は入れられません。", Opening.NO),
        ("毎月第2水曜の16時からです。", Opening.OTHER),
    ],
)
def test_first_words_of_an_answer_are_understood(answer, said):
    assert opening(_faq(answer)) is said


@pytest.mark.parametrize("answer", ["はい、使えます。", "条件付きで使えます。"])
def test_faq_never_permits_what_the_rule_forbids(answer):
    assert overrules(_faq(answer), Verdict(VerdictKind.PROHIBITED), inputs=False)


def test_faq_never_permits_an_input_that_no_clause_permits():
    assert overrules(_faq("はい。"), Verdict(VerdictKind.ASK_DESK), inputs=True)


@pytest.fixture(scope="module")
def book():
    rule = Source(path="rules/r.md", title="rule", kind=Kind.RULE)
    ban = Clause(ClauseKind.FORBIDDEN_INPUT, "入力禁止")
    clauses = [
        Passage(text, rule, 0, (), text, ban) for text in ("口座番号、カード番号", "設計図面")
    ]
    return RuleBook(clauses, Topics(SudachiTokenizer()))


def test_stricter_faq_turns_a_plain_yes_into_a_conditional_one(book):
    allowed = Verdict(VerdictKind.ALLOWED)
    faq = _faq("条件付きで使えます。")
    assert settled(allowed, faq, inputs=False, book=book, same=True).kind is (
        VerdictKind.CONDITIONAL
    )
    assert settled(allowed, faq, inputs=False, book=book).kind is VerdictKind.ALLOWED


def test_faq_that_answers_where_no_clause_speaks_is_announced(book):
    verdict = settled(
        Verdict(VerdictKind.ASK_DESK), _faq("毎月第2水曜です。"), inputs=False, book=book
    )
    assert verdict.kind is VerdictKind.ASK_DESK
    assert "FAQ" in verdict.sentence


def test_faq_that_says_no_forbids_and_quotes_the_ban_that_is_its_reason(book):
    faq = _faq("添付できません。口座番号が入っているためです。")
    verdict = settled(Verdict(VerdictKind.ASK_DESK), faq, inputs=True, book=book)
    assert verdict.kind is VerdictKind.PROHIBITED
    assert [clause.text for clause in verdict.clauses] == ["口座番号、カード番号"]


def test_faq_on_something_like_it_takes_no_clause_back(book):
    conditional = Verdict(VerdictKind.CONDITIONAL)
    faq = _faq("使えません。")
    assert settled(conditional, faq, inputs=True, book=book) == conditional
    same = settled(conditional, faq, inputs=True, book=book, same=True)
    assert same.kind is VerdictKind.PROHIBITED
