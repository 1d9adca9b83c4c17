"""A follow-up made whole by a chat model, where our own reading leaves it pointing to nothing."""

from collections.abc import Callable, Sequence

from pydantic_core import from_json

from assistant.answering.abstention.strange import telling
from assistant.answering.guard.inspect import Guard
from assistant.answering.japanese.words import Topics
from assistant.answering.modelled.numbers import amounts, told_amounts
from assistant.answering.modelled.plain import plain
from assistant.answering.modelled.prompt import rewrite_prompts
from assistant.answering.question.leaning import points_back
from assistant.corpus.text import fold
from assistant.domain import Role, Turn
from assistant.errors import ModelError
from assistant.ports import ChatModel

_SECONDS = 0.8
"""What a better reading may cost; the verdict waits for it."""
_LONGEST = 120
_SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {"question": {"type": "string"}},
    "required": ["question"],
    "additionalProperties": False,
}
_TAGGED = "質問だけを、1行で書きます。"
_SPEAKERS = {Role.USER: "社員", Role.ASSISTANT: "案内"}


class Rewriter:
    """Asks a model how to read a follow-up, and trusts it with nothing. Safe between threads."""

    def __init__(self, model: ChatModel, topics: Topics) -> None:
        """Nothing is asked before a question needs it."""
        self._model = model
        self._topics = topics

    def standalone(
        self,
        question: str,
        history: Sequence[Turn],
        *,
        guard: Guard,
        frequency: Callable[[str], int],
        asker: str,
    ) -> str:
        """Return the question with what it points to; empty where it needs or gets no help.

        `question` and `history` are masked; `frequency`: in how many passages a piece stands.
        """
        if not history or not self._is_unsure(question):
            return ""
        turns = [f"{_SPEAKERS[turn.role]}: {turn.content}" for turn in history]
        system, user = rewrite_prompts(question, turns)
        try:
            reply = self._model.complete(
                system, user, schema=_SCHEMA, tagged=_TAGGED, budget_seconds=_SECONDS, asker=asker
            )
        except ModelError:
            return ""
        found = plain(_question(reply.text))
        told = fold(" ".join((question, *(turn.content for turn in history))))
        good = 0 < len(found) <= _LONGEST and not points_back(found)
        good = good and amounts(found) <= told_amounts(told)
        good = good and all(piece in told or frequency(piece) for piece in telling(found))
        return found if good and not guard.inspect(found).findings else ""

    def _is_unsure(self, question: str) -> bool:
        """Tell whether it still points back, or names no topic at all."""
        return points_back(question) or not self._topics.words(question)


def _question(text: str) -> str:
    """Return the question of a reply, in JSON or as its only line."""
    bare = text.strip()
    if not bare.startswith("{"):
        return bare if "\n" not in bare else ""
    try:
        told = from_json(bare)
    except ValueError:
        return ""
    question = told.get("question") if isinstance(told, dict) else None
    return question if isinstance(question, str) else ""
