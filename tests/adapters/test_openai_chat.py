"""The chat client against a real server on loopback that behaves, limits, lies and hangs."""

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from assistant.adapters.openai_chat import OpenAIChat
from assistant.errors import ModelError

SCHEMA = {"type": "object", "properties": {"grade": {"type": "integer"}}}


def reply(text: str) -> tuple[int, str]:
    message = {"role": "assistant", "content": text}
    usage = {"prompt_tokens": 11, "completion_tokens": 3, "total_tokens": 14}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return 200, json.dumps(
        {"id": "1", "object": "chat.completion", "created": 1, "model": "m",
         "choices": [choice], "usage": usage})  # fmt: skip


@dataclass
class Endpoint:
    """What the server says to one request after another; the last one is repeated."""

    url: str
    script: list[tuple[int, str]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    hang: threading.Event | None = None

    def chat(self, **options: Any) -> OpenAIChat:
        return OpenAIChat(base_url=f"{self.url}/v1", model="judge-1", **options)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            state.asked.append(json.loads(body))
            state.keys.append(self.headers["authorization"])
            if state.hang is not None:
                state.hang.wait(10)
            status, text = state.script.pop(0) if len(state.script) > 1 else state.script[0]
            data = text.encode()
            self.send_response(status)
            self.send_header(
                "content-type", "application/json" if data[:1] == b"{" else "text/html"
            )
            self.send_header("content-length", str(len(data)))
            self.send_header("retry-after-ms", "1")
            if status == 302:
                self.send_header("location", text)
            self.end_headers()
            with contextlib.suppress(BrokenPipeError):  # nobody waits any more
                self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state = Endpoint(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield state
    if state.hang is not None:
        state.hang.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_reply_comes_with_what_it_cost(endpoint: Endpoint) -> None:
    endpoint.script = [reply('{"grade": 2}')]
    told = endpoint.chat(api_key="secret").complete("採点してください", "回答", schema=SCHEMA)
    assert (told.text, told.input_tokens, told.output_tokens) == ('{"grade": 2}', 11, 3)
    (asked,) = endpoint.asked
    assert asked["model"] == "judge-1"
    assert asked["temperature"] == 0
    assert [message["content"] for message in asked["messages"]] == ["採点してください", "回答"]
    assert asked["response_format"]["json_schema"]["schema"] == SCHEMA
    assert endpoint.keys == ["Bearer secret"]


def test_an_endpoint_without_json_schema_is_asked_without_it_from_then_on(
    endpoint: Endpoint,
) -> None:
    endpoint.script = [(400, '{"error": {"message": "response_format"}}'), reply("{}")]
    chat = endpoint.chat()
    assert chat.complete("a", "b", schema=SCHEMA).text == "{}"
    assert chat.complete("a", "b", schema=SCHEMA).text == "{}"
    assert ["response_format" in asked for asked in endpoint.asked] == [True, False, False]


def test_a_limited_endpoint_is_asked_again(endpoint: Endpoint) -> None:
    endpoint.script = [(429, "{}"), (429, "{}"), reply("やっと")]
    assert endpoint.chat().complete("a", "b", schema=SCHEMA).text == "やっと"


@pytest.mark.parametrize(
    "answer",
    [
        (429, "{}"),
        (500, "{}"),
        (401, '{"error": {"message": "no key"}}'),
        (302, "http://127.0.0.1:9/elsewhere"),
        (200, "<html><body>ログインしてください</body></html>"),
        (200, "{}"),
        (200, '{"choices": []}'),
        (200, '{"choices": [{"message": null}]}'),
        (200, "{"),
    ],
)
def test_an_endpoint_that_fails_or_lies_is_a_model_error(
    endpoint: Endpoint, answer: tuple[int, str]
) -> None:
    endpoint.script = [answer]
    with pytest.raises(ModelError, match="127") as raised:
        endpoint.chat(api_key="secret").complete("a", "b", schema=SCHEMA)
    assert "secret" not in str(raised.value)


def test_an_endpoint_that_hangs_or_is_not_there_is_a_model_error(endpoint: Endpoint) -> None:
    endpoint.script = [reply("遅すぎた")]
    endpoint.hang = threading.Event()
    with pytest.raises(ModelError, match="秒以内"):
        endpoint.chat(timeout_seconds=0.05, retries=0).complete("a", "b", schema=SCHEMA)
    nobody = OpenAIChat(base_url="http://127.0.0.1:9/v1", model="m", timeout_seconds=0.2, retries=0)
    with pytest.raises(ModelError, match="つながりません"):
        nobody.complete("a", "b", schema=SCHEMA)
