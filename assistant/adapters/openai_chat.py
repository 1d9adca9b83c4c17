"""ChatModel port on any OpenAI-compatible endpoint, through the openai client."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.errors import ModelError
from assistant.ports import ChatReply

if TYPE_CHECKING:
    from openai import OpenAI

_RETRIES = 3
"""Of the openai client, with its own backoff: 408, 409, 429, 5xx and dropped connections."""


class OpenAIChat:
    """Asks at temperature 0 with a JSON schema; without one where the endpoint knows none."""

    def __init__(
        self,
        *,
        base_url: str,
        model: str,
        api_key: str = "",
        timeout_seconds: float = 60.0,
        retries: int = _RETRIES,
    ) -> None:
        """Talk to `base_url` (…/v1) only: no redirect, no proxy of the environment is followed."""
        self.name = model
        self._base_url = base_url
        self._api_key = api_key
        self._timeout_seconds = timeout_seconds
        self._retries = retries
        self._takes_schema = True

    @property
    def structured(self) -> bool:
        """Whether the endpoint takes a JSON schema: True until it has refused one."""
        return self._takes_schema

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
        """Return what the model wrote. Raises ModelError."""
        import openai

        timeout = budget_seconds or self._timeout_seconds
        with self._model_errors():
            if self._takes_schema:
                try:
                    form = _json_schema(schema)
                    return self._asked(system, user, response_format=form, timeout=timeout)
                except (openai.BadRequestError, openai.UnprocessableEntityError):
                    self._takes_schema = False
            return self._asked(f"{system}\n\n{tagged}".rstrip(), user, timeout=timeout)

    def stream(
        self,
        system: str,
        user: str,
        *,
        schema: Mapping[str, object],
        tagged: str = "",
        asker: str = "",
    ) -> Iterator[str | ChatReply]:
        """Yield the whole reply at once. Raises ModelError."""
        reply = self.complete(system, user, schema=schema, tagged=tagged, asker=asker)
        yield reply.text
        yield reply

    def _asked(self, system: str, user: str, **options: Any) -> ChatReply:
        reply = self._client.chat.completions.create(
            model=self.name,
            messages=[
                {"role": "system", "content": system},
                {"role": "user", "content": user},
            ],
            temperature=0,
            **options,
        )
        text = reply.choices[0].message.content or ""
        usage = reply.usage
        if usage is None:
            return ChatReply(text)
        return ChatReply(text, usage.prompt_tokens or 0, usage.completion_tokens or 0)

    @cached_property
    def _client(self) -> "OpenAI":
        import openai

        return openai.OpenAI(
            base_url=self._base_url,
            api_key=self._api_key or "none",
            timeout=self._timeout_seconds,
            max_retries=self._retries,
            http_client=openai.DefaultHttpxClient(follow_redirects=False, trust_env=False),
        )

    @contextmanager
    def _model_errors(self) -> Iterator[None]:
        """Turn the client's errors, and a reply of another shape, into ModelError."""
        import openai

        where = f"生成AI({self._base_url}、{self.name})"
        try:
            yield
        except openai.APITimeoutError as error:
            raise ModelError(f"{where}が{self._timeout_seconds:.0f}秒以内に答えません。") from error
        except openai.APIConnectionError as error:
            raise ModelError(
                f"{where}につながりません。", remedy="URLとネットワークを確かめてください。"
            ) from error
        except openai.APIStatusError as error:
            raise ModelError(
                f"{where}がエラーを返しました(HTTP {error.status_code})。",
                remedy="APIキーとモデル名、利用の上限を確かめてください。",
            ) from error
        except (openai.OpenAIError, AttributeError, IndexError, TypeError, ValueError) as error:
            raise ModelError(
                f"{where}の返事を読めません。", remedy="OpenAI互換のURLかを確かめてください。"
            ) from error


def _json_schema(schema: Mapping[str, object]) -> dict[str, object]:
    return {
        "type": "json_schema",
        "json_schema": {"name": "reply", "schema": dict(schema), "strict": True},
    }
