"""What no passage holds makes a question strange to the company."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.abstention.strange import strangeness, telling

_TEXT = "勤怠の締め日は月末。経費はmobileで申請"


def _frequency(piece):
    return int(piece in _TEXT)


def _strange(question, names=()):
    return strangeness(question, _frequency, passages=10, names=names)


def test_a_question_in_the_company_s_own_words_is_not_strange():
    assert _strange("勤怠の締め日は?") == 0.0


def test_a_question_about_something_unheard_of_is_strange():
    assert _strange("潜水艦の免許は?") == 1.0


def test_half_of_a_question_may_be_strange():
    assert 0 < _strange("潜水艦の経費は?") < 1


def test_names_of_ai_tools_and_placeholders_say_nothing_of_the_topic():
    assert telling("〔A社様〕の経費、カツヨAIで申請できる?", ["カツヨAI"]) == ["経費", "申請"]


def test_the_counter_of_a_question_is_no_topic():
    assert telling("経費は何日で出る?") == ["経費"]


@given(st.text(max_size=60))
def test_strangeness_is_a_share_whatever_is_typed(question):
    assert 0.0 <= _strange(question) <= 1.0
