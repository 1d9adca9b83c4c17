"""What one endpoint takes: learnt from its refusals, once, and remembered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

_NOT_JSON = frozenset({"length", "content_filter"})
"""Reasons to end that say nothing of whether the schema was heeded."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What an endpoint is sent. All of it is taken until it was refused."""

    schema: bool = True
    """A JSON schema (`response_format`)."""
    temperature: bool = True
    """Reasoning models of OpenAI take none."""
    limit: str = "max_tokens"
    """How the length is limited; newer models of OpenAI want `max_completion_tokens`."""
    usage: bool = True
    """`stream_options`, so that a stream tells what it cost."""

    def options(
        self, schema: Mapping[str, object], *, max_tokens: int, streamed: bool
    ) -> dict[str, object]:
        """Return what goes into a request besides the messages."""
        import openai

        options: dict[str, object] = {self.limit: max_tokens}
        options["temperature"] = 0 if self.temperature else openai.omit
        if self.schema:
            form = {"name": "reply", "schema": dict(schema), "strict": True}
            options["response_format"] = {"type": "json_schema", "json_schema": form}
        if self.usage and streamed:
            options["stream_options"] = {"include_usage": True}
        return options

    def after(self, refusal: str) -> "Habits | None":
        """Return what to try after an HTTP 400 that says this; None if nothing is left to try."""
        if self.limit == "max_tokens" and "max_completion_tokens" in refusal:
            return replace(self, limit="max_completion_tokens")
        if self.temperature and "temperature" in refusal:
            return replace(self, temperature=False)
        if self.usage and "stream_options" in refusal:
            return replace(self, usage=False)
        return replace(self, schema=False) if self.schema else None


def ignores_schema(text: str, finish: str | None) -> bool:
    """Return whether a reply shows that the schema was passed over: it is no JSON object at all."""
    return finish not in _NOT_JSON and not text.lstrip().startswith("{")
