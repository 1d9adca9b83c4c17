"""One reply as it grows, and whether it came whole."""

from typing import TYPE_CHECKING

from assistant.adapters.openai.endpoint import Endpoint
from assistant.errors import ModelError, ModelFault
from assistant.ports import ChatReply

if TYPE_CHECKING:
    from llama_index.core.llms import ChatResponse

_URL = "モデル名と、OpenAI互換のURLかを確かめてください。"
_THOUGHT, _THOUGHT_END = "<think>", "</think>"
_LATER = "しばらくしてからお試しください。"


class GrowingReply:
    """Takes what LlamaIndex hands over, streamed or at once."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Begin with nothing."""
        self._endpoint = endpoint
        self._texts: list[str] = []
        self._tokens = (0, 0)
        self._thoughts = _Thoughts()
        self.finish: str | None = None
        """Why the model ended; None while it has not."""

    def takes(self, response: "ChatResponse") -> str:
        """Return the text that came with `response`. Raises what a wrong shape raises."""
        raw = response.raw
        if raw.usage is not None:
            self._tokens = (_count(raw.usage.prompt_tokens), _count(raw.usage.completion_tokens))
        if self.finish is not None or not raw.choices:
            return ""  # events that were sent twice come after the end
        self.finish = raw.choices[0].finish_reason
        text = response.delta if response.delta is not None else response.message.content
        shown = self._thoughts.left_out(text or "")
        self._texts.append(shown if any(self._texts) else shown.lstrip())
        return self._texts[-1]

    def whole(self) -> ChatReply:
        """Return the reply. Raises ModelError where it is none, or broke off."""
        text = "".join(self._texts) + self._thoughts.held_back
        if self.finish == "content_filter":
            raise self._error("安全のため答えませんでした", "言い方を変えてください。")
        if self.finish is None and text:
            raise self._error("返事の途中で切れました", _LATER, fault=ModelFault.BROKEN)
        if not text.strip():
            what = "空の返事を返しました" if self.finish else "読めない返事を返しました"
            raise self._error(what, _URL, fault=ModelFault.UNREADABLE)
        return ChatReply(text, *self._tokens)

    def _error(
        self, what: str, remedy: str, *, fault: ModelFault = ModelFault.REFUSED
    ) -> ModelError:
        where = f"{self._endpoint.role}({self._endpoint.shown})"
        return ModelError(f"{where}が{what}。", remedy=remedy, fault=fault)


class _Thoughts:
    """Leaves out `<think>…</think>` at the beginning, where a server does not keep it apart."""

    def __init__(self) -> None:
        self._begun = ""
        self._past = False

    @property
    def held_back(self) -> str:
        """Text of which it did not show what it is; nothing where it is a thought."""
        return "" if self._past or self._begun.startswith(_THOUGHT) else self._begun

    def left_out(self, text: str) -> str:
        """Return what of `text` is to be read."""
        if self._past:
            return text
        self._begun = (self._begun + text).lstrip()
        if _THOUGHT.startswith(self._begun):
            return ""
        _, end, rest = self._begun.partition(_THOUGHT_END)
        if self._begun.startswith(_THOUGHT):
            self._past = bool(end)
            return rest
        self._past = True
        return self._begun


def _count(tokens: object) -> int:
    return tokens if isinstance(tokens, int) and tokens > 0 else 0
