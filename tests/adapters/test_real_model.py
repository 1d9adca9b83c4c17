"""The adapter against a real server: llama.cpp with a small model, whose contents are noise."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.adapters.openai.chat import ChatLimits, OpenAIChat
from assistant.adapters.openai.endpoint import Endpoint
from assistant.errors import ModelError, ModelFault
from assistant.ports import ChatReply
from tests.support.llm_server import CONTEXT, KEY, LlmServer, llm_server, what_is_missing

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing()),
]

SCHEMA = {
    "type": "object",
    "properties": {"grade": {"type": "integer", "enum": [1, 2, 3]}},
    "required": ["grade"],
    "additionalProperties": False,
}
REASONED = {
    "type": "object",
    "properties": {"reason": {"type": "string", "minLength": 60, "maxLength": 90}},
    "required": ["reason"],
    "additionalProperties": False,
}
"""Long enough to come in pieces, however busy the machine is."""
LIMITS = ChatLimits(max_tokens=48, first_token_seconds=20, whole_seconds=40)


@pytest.fixture(scope="module")
def server() -> Iterator[LlmServer]:
    with llm_server() as running:
        yield running


@pytest.fixture
def chat(server: LlmServer) -> Iterator[OpenAIChat]:
    model = OpenAIChat(Endpoint(server.base_url, "smollm2", api_key=KEY), LIMITS)
    yield model
    model.close()


def busy_slots(server: LlmServer) -> int:
    return sum(slot["is_processing"] for slot in json.loads(server.get("/slots")))


def test_a_whole_reply_is_json_of_the_schema_with_its_cost(chat: OpenAIChat) -> None:
    reply = chat.complete("You grade.", "Grade this: good.", schema=SCHEMA)
    assert json.loads(reply.text)["grade"] in {1, 2, 3}
    assert reply.input_tokens > 10 and reply.output_tokens > 2
    assert chat.structured


def test_a_stream_is_the_same_json_in_pieces(chat: OpenAIChat) -> None:
    *pieces, whole = chat.stream("You grade.", "Grade this: good.", schema=REASONED)
    assert isinstance(whole, ChatReply)
    assert len(pieces) > 2
    assert json.loads("".join(str(piece) for piece in pieces)) == json.loads(whole.text)
    assert whole.output_tokens > 2


def test_stopping_frees_the_slot(server: LlmServer) -> None:
    limits = replace(LIMITS, max_tokens=800)
    model = OpenAIChat(Endpoint(server.base_url, "smollm2", api_key=KEY), limits)
    long = {"type": "array", "items": {"type": "string"}, "minItems": 50}
    stream = model.stream("Write.", "Write a long story.", schema=long)
    next(stream)
    assert busy_slots(server) == 1
    stream.close()
    end = time.monotonic() + 10
    while busy_slots(server) and time.monotonic() < end:
        time.sleep(0.05)
    assert busy_slots(server) == 0
    model.close()


def test_what_the_servers_context_cannot_hold_is_told_as_too_long(chat: OpenAIChat) -> None:
    with pytest.raises(ModelError) as raised:
        list(chat.stream("You grade.", "長い文です。" * CONTEXT, schema=SCHEMA))
    assert raised.value.fault is ModelFault.TOO_LONG
    assert chat.structured


def test_a_wrong_key_is_told(server: LlmServer) -> None:
    model = OpenAIChat(Endpoint(server.base_url, "smollm2", api_key="wrong"), LIMITS)
    with pytest.raises(ModelError, match="APIキー") as raised:
        model.complete("a", "b", schema=SCHEMA)
    assert raised.value.fault is ModelFault.REFUSED
    model.close()


def test_a_schema_that_the_server_cannot_read_leads_to_text(chat: OpenAIChat) -> None:
    broken = {"type": "object", "properties": {"a": {"$ref": "#/nowhere"}}}
    reply = chat.complete("Say yes.", "Yes?", schema=broken, tagged="Plain words.")
    assert reply.text and not chat.structured
