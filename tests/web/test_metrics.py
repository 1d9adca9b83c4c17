"""What /metrics counts, and that nothing of a question is in it."""

from collections.abc import Iterator
from typing import Any

import pytest

from assistant.domain import Question
from assistant.errors import ModelFault, StoreError
from assistant.usage.breaker import BreakerState
from assistant.usage.guarded_chat import ChatFigures
from assistant.usage.spending import Use
from assistant.web.metrics import CountedAsking, add_metrics
from tests.web.fakes import FakeAssistant


class Meter:
    damaged = False

    def figures(self) -> ChatFigures:
        failures = {ModelFault.SLOW: 2, ModelFault.SPENT: 1}
        return ChatFigures(7, failures, Use(5, 4000, 900, 1.5), 1, BreakerState.OPEN)

    def today(self) -> Use:
        if self.damaged:
            raise StoreError("こわれています。")
        return Use(9, 8000, 1000, 2.25)


@pytest.fixture
def asking() -> CountedAsking:
    return CountedAsking(FakeAssistant())


def text_of(asking: CountedAsking, meter: Meter | None) -> str:
    from fastapi import FastAPI
    from starlette.testclient import TestClient

    app = FastAPI()
    add_metrics(app, asking, meter)
    reply: Any = TestClient(app).get("/metrics")
    assert reply.headers["content-type"].startswith("text/plain; version=0.0.4")
    return str(reply.text)


pytestmark = pytest.mark.filterwarnings("ignore")


def lines(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if not line.startswith("#"))


def test_questions_and_answers_are_counted_by_who_wrote_them(asking: CountedAsking) -> None:
    for _ in range(2):
        list(asking.stream(Question("ひみつの質問", "営業部")))
    text = text_of(asking, None)
    assert "katsuyo_questions_total 2" in text
    assert 'katsuyo_answers_total{mode="composed",status="answered"} 2' in text
    assert "ひみつ" not in text and "営業" not in text and "model" not in text


def test_an_answer_that_was_stopped_is_a_question_only(asking: CountedAsking) -> None:
    stream = asking.stream(Question("週報"))
    next(stream)
    stream.close()
    text = text_of(asking, None)
    assert "katsuyo_questions_total 1" in text
    assert "mode=" not in text


def test_the_chat_models_calls_failures_state_and_cost_are_told(asking: CountedAsking) -> None:
    assert set(lines(text_of(asking, Meter()))) >= {
        "katsuyo_model_calls_total 7",
        'katsuyo_model_failures_total{fault="slow"} 2',
        'katsuyo_model_failures_total{fault="spent"} 1',
        'katsuyo_model_failures_total{fault="broken"} 0',
        'katsuyo_model_breaker{state="open"} 1',
        'katsuyo_model_breaker{state="closed"} 0',
        "katsuyo_model_under_way 1",
        'katsuyo_model_tokens_total{direction="input"} 4000',
        'katsuyo_model_tokens_total{direction="output"} 900',
        "katsuyo_model_yen_total 1.5",
        'katsuyo_model_tokens_today{direction="output"} 1000',
        "katsuyo_model_yen_today 2.25",
    }


def test_a_damaged_file_of_the_use_leaves_the_other_figures(asking: CountedAsking) -> None:
    meter = Meter()
    meter.damaged = True
    text = text_of(asking, meter)
    assert "katsuyo_model_calls_total 7" in text and "today" not in text


def test_large_counts_keep_their_last_digit(asking: CountedAsking) -> None:
    class Large(Meter):
        def figures(self) -> ChatFigures:
            return ChatFigures(7, {}, Use(1, 123_456_789, 0, 0.0), 0, BreakerState.CLOSED)

    assert 'direction="input"} 123456789' in text_of(asking, Large())
