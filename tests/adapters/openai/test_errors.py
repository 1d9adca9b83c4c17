"""No vendor exception leaves the adapter, whichever it is."""

from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest

from assistant.adapters.openai.chat import ChatLimits, OpenAIChat
from assistant.adapters.openai.endpoint import Endpoint
from assistant.errors import ModelError

_REQUEST = httpx.Request("POST", "http://127.0.0.1:9/v1/chat/completions")
_ECHO = "sk-secret 顧客の名前"


def _exported(module: Any) -> set[type[Exception]]:
    values = (getattr(module, name) for name in module.__all__)
    return {one for one in values if isinstance(one, type) and issubclass(one, Exception)}


def _family(kind: type[Exception]) -> Iterator[type[Exception]]:
    yield kind
    for child in kind.__subclasses__():
        if child.__module__.partition(".")[0] in {"openai", "httpx"}:
            yield from _family(child)


VENDOR_CLASSES = sorted(
    {one for root in _exported(openai) | _exported(httpx) for one in _family(root)},
    key=lambda one: f"{one.__module__}.{one.__qualname__}",
)


def _made(kind: type[Exception]) -> Exception:
    """Return an exception of this class as the vendor makes it, with what it should not tell."""
    status = getattr(kind, "status_code", 500)
    response = httpx.Response(status if isinstance(status, int) else 500, request=_REQUEST)
    ways: tuple[dict[str, Any], ...] = (
        {"message": _ECHO, "response": response, "body": {"message": _ECHO}},
        {"response": response, "body": {"message": _ECHO}},
        {"message": _ECHO, "request": _REQUEST, "body": {"message": _ECHO}},
        {"message": _ECHO, "request": _REQUEST, "response": response},
        {"message": _ECHO, "request": _REQUEST},
        {"request": _REQUEST},
        {"message": _ECHO},
        {},
    )
    for way in ways:
        try:
            return kind(**way)
        except TypeError:
            continue
    return kind.__new__(kind)


class _Raising:
    """Stands where LlamaIndex's class stands, and fails as it is told to."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def chat(self, *_: object, **__: object) -> object:
        raise self._error

    def stream_chat(self, *_: object, **__: object) -> Iterator[object]:
        raise self._error
        yield


@pytest.mark.parametrize(
    "kind", VENDOR_CLASSES, ids=lambda kind: f"{kind.__module__}.{kind.__name__}"
)
def test_no_vendor_exception_leaks(kind: type[Exception]) -> None:
    chat = OpenAIChat(Endpoint("http://127.0.0.1:9/v1", "m"), ChatLimits(retries=0))
    chat.__dict__["_llm"] = _Raising(_made(kind))
    with pytest.raises(ModelError) as streamed:
        list(chat.stream("a", "b", schema={}))
    with pytest.raises(ModelError) as whole:
        chat.complete("a", "b", schema={})
    for raised in (streamed.value, whole.value):
        assert raised.message and raised.remedy
        assert "sk-secret" not in str(raised) and "顧客" not in str(raised)
        assert raised.__cause__ is None


def test_the_walk_meets_the_classes_that_matter() -> None:
    assert {openai.APITimeoutError, openai.RateLimitError, httpx.ReadTimeout} <= set(VENDOR_CLASSES)
    assert len(VENDOR_CLASSES) > 40
