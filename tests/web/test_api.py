import json
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.domain import Role
from assistant.errors import IndexMissing
from assistant.web.api import ASK_PATH, add_api
from assistant.web.talk import QUESTION_LIMIT
from tests.web.fakes import FakeAssistant

BASE = "http://127.0.0.1:7860"
CONTRACT = {
    "id", "status", "verdict", "clause", "answer", "sections", "citations", "retrieved",
    "passages", "findings", "safe_text", "mode", "timings_ms",
}  # fmt: skip

pytestmark = pytest.mark.filterwarnings("ignore")


def served(assistant: Any) -> Any:
    from fastapi import FastAPI
    from starlette.testclient import TestClient

    from assistant.web.border import Border

    app = FastAPI()
    add_api(app, assistant)
    app.add_middleware(Border)
    return TestClient(app, base_url=BASE)


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def client(assistant: FakeAssistant) -> Iterator[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield served(assistant)


def test_a_question_of_ask_batch_is_answered_in_the_contract(
    client: Any, assistant: FakeAssistant
) -> None:
    asked = {
        "id": "q1",
        "question": "週報を早く書きたい",
        "department": "営業部",
        "history": [{"role": "user", "content": "こんにちは"}],
    }
    reply = client.post(ASK_PATH, json=asked)
    assert reply.status_code == 200
    assert reply.json()["id"] == "q1"
    assert set(reply.json()) >= CONTRACT
    assert reply.json()["sections"], "the last answer of the stream is the whole one"
    assert reply.headers["cache-control"] == "no-store"
    (question,) = assistant.asked
    assert (question.department, question.history[0].role) == ("営業部", Role.USER)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_what_a_form_of_another_site_could_send_is_refused(
    client: Any, assistant: FakeAssistant, kind: str
) -> None:
    body = json.dumps({"question": "週報"})
    reply = client.post(ASK_PATH, content=body, headers={"content-type": kind})
    assert reply.status_code == 400
    assert "application/json" in reply.json()["error"]
    assert assistant.asked == []


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"id": "1"}', b"[" * 5000),
        b'{"question": "a", "history": [{"role": "system", "content": "x"}]}',
        b'{"question": "\\ud800"}',
    ],
)
def test_what_is_no_question_is_told_in_japanese(client: Any, body: bytes) -> None:
    reply = client.post(ASK_PATH, content=body, headers={"content-type": "application/json"})
    assert reply.status_code == 400
    assert "質問として読めません" in reply.json()["error"]


@pytest.mark.parametrize("text", ["", " \n　", "長" * (QUESTION_LIMIT + 1)])
def test_empty_and_endless_questions_are_refused(
    client: Any, assistant: FakeAssistant, text: str
) -> None:
    reply = client.post(ASK_PATH, json={"question": text})
    assert reply.status_code == 422
    assert "文字" in reply.json()["error"] or "聞きたいこと" in reply.json()["error"]
    assert assistant.asked == []


def test_enormous_posts_are_refused_before_they_are_read(client: Any) -> None:
    reply = client.post(ASK_PATH, json={"question": "x" * 200_000})
    assert reply.status_code == 413
    assert "大きすぎます" in reply.json()["error"]


def test_other_pages_and_other_names_cannot_ask(client: Any, assistant: FakeAssistant) -> None:
    asked = {"question": "週報"}
    foreign = client.post(ASK_PATH, json=asked, headers={"origin": "http://evil.example"})
    assert (foreign.status_code, set(foreign.json())) == (403, {"error"})
    rebound = client.post(ASK_PATH, json=asked, headers={"host": "evil.example"})
    assert rebound.status_code == 421
    assert client.get(ASK_PATH).status_code == 404
    assert assistant.asked == []
    assert client.post(ASK_PATH, json=asked, headers={"origin": BASE}).status_code == 200


def test_before_the_first_publish_it_says_so() -> None:
    class Unpublished:
        def stream(self, question: Any) -> Iterator[Any]:
            raise IndexMissing("まだ公開されていません。")
            yield

    reply = served(Unpublished()).post(ASK_PATH, json={"question": "週報"})
    assert reply.status_code == 503
    assert "まだ資料が公開されていません" in reply.json()["error"]


def test_a_failure_that_has_a_remedy_tells_it(client: Any) -> None:
    reply = client.post(ASK_PATH, json={"question": "モデル停止"})
    assert reply.status_code == 503
    assert "しばらくしてから" in reply.json()["error"]


def test_an_unexpected_failure_shows_a_number_and_logs_no_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Falling:
        def stream(self, question: Any) -> Iterator[Any]:
            raise RuntimeError(f"cannot answer {question.text}")
            yield

    with caplog.at_level(logging.DEBUG):
        reply = served(Falling()).post(ASK_PATH, json={"question": "田中様への週報"})
    assert reply.status_code == 500
    assert "田中" not in reply.json()["error"]
    assert "田中" not in caplog.text
    assert "RuntimeError" in caplog.text
    (record,) = [one for one in caplog.records if hasattr(one, "error_id")]
    assert record.error_id in reply.json()["error"]
