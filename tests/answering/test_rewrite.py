"""Follow-ups become standalone questions."""

import pytest

from assistant.answering.rewrite import mentioned, rewrite
from assistant.answering.words import Topics
from assistant.domain import Company, Department, Intent

_COMPANY = Company(
    name="みなと印刷",
    departments=(
        Department("営業部", ("営業",), neighbours=("制作部",)),
        Department("制作部", ("制作",)),
    ),
)


@pytest.fixture(scope="module")
def topics(tokenizer):
    return Topics(tokenizer)


def _rewrite(text, topics, *history, department="制作部"):
    return rewrite(text, department=department, history=history, company=_COMPANY, topics=topics)


def test_follow_up_carries_the_topic_and_takes_the_named_department(topics):
    query = _rewrite("それ、営業でもいい?", topics, "議事録を早くまとめたい")
    assert "議事録" in query.text
    assert (query.department, query.neighbours) == ("営業部", ("制作部",))
    assert query.intent is Intent.PERMISSION


def test_question_with_its_own_topic_carries_nothing(topics):
    query = _rewrite("見積書の下書きを作りたい", topics, "議事録を早くまとめたい")
    assert query.text == "見積書の下書きを作りたい"
    assert query.department == "制作部"


def test_second_follow_up_still_finds_the_topic(topics):
    query = _rewrite("もっと短くなる?", topics, "議事録を早くまとめたい", "それ、営業でもいい?")
    assert "議事録" in query.text


@pytest.mark.parametrize("text", ["5営業日で返ってくる?", "制作する時間を減らしたい"])
def test_alias_inside_another_word_names_no_department(text):
    assert mentioned(text, _COMPANY) is None
