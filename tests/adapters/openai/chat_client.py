"""The chat client before a server on loopback, as tests open it."""

from typing import Any

from assistant.adapters.openai.chat import ChatLimits, OpenAIChat
from assistant.adapters.openai.endpoint import Endpoint
from assistant.ports import ChatReply
from tests.support.fake_openai import Server

SCHEMA = {"type": "object", "properties": {"grade": {"type": "integer"}}}
KEY = "sk-very-secret"
QUICK = ChatLimits(first_token_seconds=0.6, whole_seconds=0.8)
PATIENT = ChatLimits(first_token_seconds=10, whole_seconds=20)
"""For what does not fail: the machine that tests run on may be busy."""


def chat(server: Server, limits: ChatLimits | None = None, **endpoint: Any) -> OpenAIChat:
    model = OpenAIChat(
        Endpoint(endpoint.pop("base_url", server.base_url), "judge-1", api_key=KEY, **endpoint),
        limits or PATIENT,
    )
    model.prepare()
    server.opened.append(model.close)
    return model


def streamed(model: OpenAIChat) -> list[str | ChatReply]:
    return list(model.stream("system", "user", schema=SCHEMA, tagged="<grade>で"))
