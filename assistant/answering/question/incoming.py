"""One line of `ask --batch` as a typed question."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.domain import Question, Role, Turn
from assistant.errors import DocumentError


class _TurnJson(BaseModel):
    role: Literal["user", "assistant"]
    content: str


class _QuestionJson(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str = ""
    question: str
    department: str | None = None
    history: list[_TurnJson] = []


def parse_question(line: str, *, where: str) -> tuple[str, Question]:
    """Return (id, question) of one JSON line; `where` names it in errors. Raises DocumentError."""
    try:
        given = _QuestionJson.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise DocumentError(
            f"{where}: 質問として読めません({field or 'JSONの形'})。",
            remedy='{"id": "1", "question": "…", "department": "営業部"} の形にしてください。',
        ) from error
    history = tuple(Turn(Role(turn.role), turn.content) for turn in given.history)
    return given.id, Question(given.question, given.department or "", history)
