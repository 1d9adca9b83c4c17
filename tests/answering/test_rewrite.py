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


@pytest.mark.parametrize(
    "text",
    [
        "予備は何枚?",
        "自分で消しちゃったやつは戻せる?",
        "で、どんだけ早なるん?",
        "実際やってる部署ある?",
    ],
)
def test_question_that_leaves_its_topic_out_carries_it(topics, text):
    assert "議事録" in _rewrite(text, topics, "議事録を早くまとめたい").text


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        (
            "んで今度は引き継ぎの書類なんだけど、何から始める?",
            "引き継ぎの書類なんだけど、何から始める?",
        ),
        ("ありがとう。忘れ物の保管期間は?", "忘れ物の保管期間は?"),
        ("じゃあ忘れ物の保管期間は?", "じゃあ忘れ物の保管期間は?"),
        ("それはもう大丈夫。英語のメールを書きたい", "英語のメールを書きたい"),
        ("ところで名刺の注文はどうするの", "名刺の注文はどうするの"),
    ],
)
def test_new_topic_lets_the_old_one_go(topics, text, searched):
    assert _rewrite(text, topics, "議事録を早くまとめたい").text == searched


def test_first_question_keeps_its_opener(topics):
    assert _rewrite("ところで名刺の注文は?", topics).text == "ところで名刺の注文は?"


def test_question_for_a_value_wants_a_fact_and_for_a_doer_a_story(topics):
    assert _rewrite("カーテンの予備は何枚?", topics).intent is Intent.FACT
    assert _rewrite("それやってる人、だれ?", topics, "議事録を早くしたい").intent is Intent.STORY
    assert _rewrite("3回目のときは?", topics, "督促のメールを書きたい").intent is Intent.FACT
