"""ChatModel port on any OpenAI-compatible endpoint, through LlamaIndex's OpenAILike.

Azure's api-version and deployment names come through the vendor's own client, which OpenAILike
takes in place of the one that it would make: no further package is needed for Azure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.adapters.openai.endpoint import CONNECT_SECONDS, UNDER_WAY, Endpoint, open_client
from assistant.adapters.openai.habits import Habits, ignores_schema
from assistant.adapters.openai.reply import GrowingReply
from assistant.adapters.openai.timed import Call, Patience, Timed
from assistant.errors import ModelError, ModelFault
from assistant.ports import ChatReply

if TYPE_CHECKING:
    import httpx
    from llama_index.core.llms import ChatMessage
    from llama_index.llms.openai_like import OpenAILike
    from openai import OpenAI

_WHOLE_SECONDS = 60.0
_GAP_SECONDS = 10.0
"""Between two pieces of a stream: the slowest real one measured paused for 1.4 s."""
_AGAIN = frozenset({ModelFault.UNREACHABLE, ModelFault.LIMITED, ModelFault.BROKEN})
"""What may be over a moment later."""
_LEAST_SECONDS = 0.05
_PAUSE_SECONDS = 0.3
"""Before asking again, doubled each time, where the endpoint does not say how long."""


@dataclass(frozen=True, slots=True)
class ChatLimits:
    """How much a model may write, and how long it is waited for."""

    context_window: int = 16_384
    """Tokens that question, passages and reply have together. What would not fit is not sent:
    some servers (Ollama) cut the beginning off without a word, and with it our rules."""
    max_tokens: int = 1024
    """Tokens of a reply. Without a limit a server was seen to write until the client gave up."""
    first_token_seconds: float = 2.5
    """From the question to the first text of a stream."""
    whole_seconds: float = _WHOLE_SECONDS
    """For a whole reply."""
    retries: int = 1
    """Further attempts while nothing has been shown."""


@dataclass(frozen=True, slots=True)
class _Question:
    system: str
    user: str
    schema: Mapping[str, object]
    tagged: str
    streamed: bool

    def messages(self, habits: Habits) -> "list[ChatMessage]":
        from llama_index.core.llms import ChatMessage, MessageRole

        system = self.system if habits.schema else f"{self.system}\n\n{self.tagged}".rstrip()
        return [
            ChatMessage(content=system, role=MessageRole.SYSTEM),
            ChatMessage(content=self.user, role=MessageRole.USER),
        ]


class OpenAIChat:
    """Asks at temperature 0 with a JSON schema; for tagged text where the endpoint knows none."""

    def __init__(self, endpoint: Endpoint, limits: ChatLimits | None = None) -> None:
        """Talk to `endpoint` only. Nothing is sent before the first question."""
        self._endpoint = endpoint
        self._limits = limits or ChatLimits()
        self._habits = Habits()

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._endpoint.model

    @property
    def structured(self) -> bool:
        """Whether the endpoint takes a JSON schema: True until it has refused or ignored one."""
        return self._habits.schema

    def prepare(self) -> None:
        """Load the vendor's libraries (3 s of CPU), so that nobody's question waits for them."""
        from assistant.adapters.openai import errors as openai_errors  # noqa: F401

        _ = self._llm

    def close(self) -> None:
        """Close the idle connections."""
        if "_llm" in self.__dict__:
            self._client.close()

    def complete(
        self,
        system: str,
        user: str,
        *,
        schema: Mapping[str, object],
        tagged: str = "",
        budget_seconds: float | None = None,
        asker: str = "",  # noqa: ARG002 — counted by others, never sent
    ) -> ChatReply:
        """Return what the model wrote. Raises ModelError, after `budget_seconds` at the latest."""
        seconds = budget_seconds or self._limits.whole_seconds
        question = _Question(system, user, schema, tagged, streamed=False)
        replies = self._asked(question, Patience(first=seconds, whole=seconds, gap=seconds))
        return next(one for one in replies if isinstance(one, ChatReply))

    def stream(
        self,
        system: str,
        user: str,
        *,
        schema: Mapping[str, object],
        tagged: str = "",
        asker: str = "",  # noqa: ARG002
    ) -> Iterator[str | ChatReply]:
        """Yield text as it comes, the ChatReply of the whole last. Raises ModelError."""
        limits = self._limits
        patience = Patience(limits.first_token_seconds, limits.whole_seconds, gap=_GAP_SECONDS)
        return self._asked(_Question(system, user, schema, tagged, streamed=True), patience)

    def _asked(self, question: "_Question", patience: Patience) -> Iterator[str | ChatReply]:
        from assistant.adapters.openai.errors import VENDOR_ERRORS, model_error

        self._check_room(question)
        self.prepare()
        pieces = iter(Timed(lambda call: self._persistent(question, call), patience))
        try:
            yield from pieces
        except VENDOR_ERRORS as error:
            # Not chained: some endpoints repeat the key or the question in their errors.
            raise model_error(error, self._endpoint) from None

    def _check_room(self, question: "_Question") -> None:
        """Raise ModelError for what cannot fit: a Japanese character is about one token."""
        needed = len(question.system) + len(question.tagged) + len(question.user)
        if needed + self._limits.max_tokens > self._limits.context_window:
            raise ModelError(
                f"質問と資料が長すぎて、生成AI({self._endpoint.shown})に入りきりません。",
                remedy="モデルに余裕があれば、KATSUYO_LLM_CONTEXT_WINDOW を大きくしてください。",
                fault=ModelFault.TOO_LONG,
            )

    def _persistent(self, question: "_Question", call: Call) -> Iterator[str | ChatReply]:
        """Ask again after what may be over a moment later, while nothing has been shown."""
        from assistant.adapters.openai.errors import (
            VENDOR_ERRORS,
            model_error,
            retry_after_seconds,
        )

        UNDER_WAY.set(call)
        shown = False
        for attempt in range(self._limits.retries + 1):
            try:
                for piece in self._adapting(question, call):
                    shown = True
                    yield piece
            except VENDOR_ERRORS as error:
                told = model_error(error, self._endpoint)
                asked_for = retry_after_seconds(error)
                pause = _PAUSE_SECONDS * 2**attempt if asked_for is None else asked_for
                last = attempt == self._limits.retries or told.fault not in _AGAIN
                if shown or last or pause > call.seconds_left or not call.rests(pause):
                    raise
            else:
                return

    def _adapting(self, question: "_Question", call: Call) -> Iterator[str | ChatReply]:
        """Ask in the way that the endpoint takes, which its refusals teach."""
        import openai

        from assistant.adapters.openai.errors import model_error, refusal_text

        habits = self._habits
        while True:
            try:
                yield from self._once(question, habits, call)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                too_long = model_error(error, self._endpoint).fault is ModelFault.TOO_LONG
                other = None if too_long else habits.after(refusal_text(error))
                if other is None:
                    raise
                habits = other
            else:
                return

    def _once(self, question: "_Question", habits: Habits, call: Call) -> Iterator[str | ChatReply]:
        messages = question.messages(habits)
        options = habits.options(
            question.schema, max_tokens=self._limits.max_tokens, streamed=question.streamed
        )
        options["timeout"] = _timeout(call)
        reply = GrowingReply(self._endpoint)
        if question.streamed:
            for response in self._llm.stream_chat(messages, **options):
                if text := reply.takes(response):
                    self._habits = habits
                    yield text
        else:
            reply.takes(self._llm.chat(messages, **options))
        done = reply.whole()
        if habits.schema and ignores_schema(done.text, reply.finish):
            habits = replace(habits, schema=False)
        self._habits = habits
        yield done

    @cached_property
    def _llm(self) -> "OpenAILike":
        from llama_index.llms.openai_like import OpenAILike

        return OpenAILike(
            model=self._endpoint.model,
            api_base=self._endpoint.base_url,
            api_key="-",
            is_chat_model=True,
            context_window=self._limits.context_window,
            temperature=0,
            max_retries=0,
            openai_client=self._client,
        )

    @cached_property
    def _client(self) -> "OpenAI":
        client = open_client(self._endpoint)
        _ = client.chat.completions  # imports its part of the library at the first use
        return client


def _timeout(call: Call) -> "httpx.Timeout":
    import httpx

    left = max(_LEAST_SECONDS, call.seconds_left)
    return httpx.Timeout(left, connect=min(CONNECT_SECONDS, left))
