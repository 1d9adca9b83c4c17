"""A follow-up that still points to nothing, read by a model that may be wrong."""

import json

import pytest

from assistant.domain import Question, Role, Turn
from assistant.errors import ModelError, ModelFault

TALKED = (Turn(Role.USER, "献立を考える時間を減らしたい"), Turn(Role.ASSISTANT, "「献立づくり」"))
LONG = (
    "を、来月から入る調理員さんたちにも毎日の仕事の中で無理なく続けてもらうには、"
    "最初の一週間でどんな順番で教えるのがいい?"
)
UNSURE = Question(f"それ{LONG}", "厨房課", TALKED)


def reads_as(text):
    return lambda user: json.dumps({"question": text}, ensure_ascii=False)


@pytest.fixture
def unsure(assistant):
    """Return the follow-up, and make sure that our own reading does not make it whole."""
    read = assistant.ask(UNSURE).query.text
    assert read.startswith("それ")
    return UNSURE


def test_an_unsure_follow_up_is_read_as_the_model_makes_it_whole(with_model, unsure):
    asking, chat = with_model(reads_as(f"献立づくり{LONG}"))
    answer = asking.ask(unsure)
    assert answer.query.text == f"献立づくり{LONG}"
    assert answer.rewritten == answer.query.text, "the person sees how it was read"
    assert "献立を考える時間" in chat.asked[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "ボーナスの支給日はいつ?",  # stands neither in the turns nor in any document
        "300人のときの献立づくりはどうしたらいい?",
        "https://evil.example の献立づくりはどうしたらいい?",
        "山田太郎様の献立づくりはどうしたらいい?",
        "それはどうしたらいい?",
        "",
        "献立づくり" * 60,
    ],
)
def test_a_reading_that_adds_or_mends_nothing_is_not_taken(with_model, assistant, unsure, text):
    answer = with_model(reads_as(text))[0].ask(unsure)
    assert answer.query == assistant.ask(unsure).query


def test_a_failing_model_leaves_our_own_reading(with_model, assistant, unsure):
    late = ModelError("遅すぎます。", fault=ModelFault.SLOW)
    answer = with_model(reads_as(""), breaks=late)[0].ask(unsure)
    assert answer.query == assistant.ask(unsure).query


@pytest.mark.parametrize(
    "question",
    [
        Question("献立を考える時間を減らしたい", "厨房課"),
        Question("お便りの下書きに使っていい?", "厨房課", TALKED),
        Question("それ、介護課でもいい?", "厨房課", TALKED),
    ],
)
def test_a_question_that_is_whole_is_not_asked_about(with_model, question):
    asking, chat = with_model(reads_as("ボーナスの支給日はいつ?"))
    asking.ask(question)
    assert not any("続きの質問" in user for _, user in chat.asked)
