"""A chat model through its port that says what the test tells it, piece by piece."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from assistant.errors import ModelError
from assistant.ports import ChatReply


@dataclass
class ScriptedChat:
    """Replies with `says` of the user's text; `breaks` is raised when the text is through."""

    says: Callable[[str], str]
    name: str = "scripted"
    structured: bool = True
    piece: int = 7
    pause: float = 0.0
    breaks: ModelError | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)
    closed: int = 0
    """Replies that were stopped before their end."""

    def complete(
        self,
        system: str,
        user: str,
        *,
        schema: Mapping[str, object],
        tagged: str = "",
        budget_seconds: float | None = None,
        asker: str = "",
    ) -> ChatReply:
        self.asked.append((system, user))
        if self.breaks:
            raise self.breaks
        return ChatReply(self.says(user), 100, 20)

    def stream(
        self,
        system: str,
        user: str,
        *,
        schema: Mapping[str, object],
        tagged: str = "",
        asker: str = "",
    ) -> Iterator[str | ChatReply]:
        self.asked.append((system, user))
        text = self.says(user)
        try:
            for start in range(0, len(text), self.piece):
                time.sleep(self.pause)
                yield text[start : start + self.piece]
        except GeneratorExit:
            self.closed += 1
            raise
        if self.breaks:
            raise self.breaks
        yield ChatReply(text, 100, 20)


def alias_of(user: str, words: str) -> str:
    """Return the alias under which the passage that holds `words` was sent."""
    before = user[: user.index(words)]
    return before.rpartition("資料 ")[2].partition(">>")[0]


def reply(**slots: list[tuple[str, str]]) -> str:
    """Return a JSON reply; each item is (alias, text)."""
    told = {
        slot: [{"passages": alias.split(), "text": text} for alias, text in items]
        for slot, items in slots.items()
    }
    return json.dumps(told, ensure_ascii=False)
