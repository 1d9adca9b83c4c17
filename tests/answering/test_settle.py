"""The rule's verdict and an FAQ on the same question never contradict each other."""

import pytest

from assistant.answering.settle import Opening, opening, overrules, settled
from assistant.domain import FaqPair, Hit, Kind, Passage, Source, Verdict, VerdictKind


def _faq(answer):
    source = Source(path="faqs/f.csv", title="faq", kind=Kind.FAQ)
    return Hit(Passage("1", source, 0, (), answer, FaqPair("使えますか", answer)), 1.0)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("はい。列の名前だけを書いてください。", Opening.YES),
        ("条件付きで使えます。社名を伏せてください。", Opening.CONDITIONS),
        ("使えます。ただし理事会は対象外です。", Opening.CONDITIONS),
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


def test_stricter_faq_turns_a_plain_yes_into_a_conditional_one():
    verdict = settled(Verdict(VerdictKind.ALLOWED), _faq("条件付きで使えます。"), inputs=False)
    assert verdict.kind is VerdictKind.CONDITIONAL


def test_faq_that_answers_where_no_clause_speaks_is_announced():
    verdict = settled(Verdict(VerdictKind.ASK_DESK), _faq("使えません。"), inputs=False)
    assert verdict.kind is VerdictKind.ASK_DESK
    assert "FAQ" in verdict.sentence
