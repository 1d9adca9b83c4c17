"""POST /api/ask: one question of `ask --batch` in, the JSON contract of an answer out."""

import logging
import secrets
import traceback
from typing import TYPE_CHECKING

from assistant.answering.payload import AnswerJson
from assistant.answering.question.incoming import parse_question
from assistant.answering.render import to_json
from assistant.domain import Answer, Question
from assistant.errors import DocumentError, IndexMissing, KatsuyoError
from assistant.web.needs import Asking
from assistant.web.talk import QUESTION_LIMIT
from assistant.web.words import EMPTY, FAILED, NOT_PUBLISHED, TOO_LONG

if TYPE_CHECKING:
    from fastapi import FastAPI

ASK_PATH = "/api/ask"
_NOT_JSON = "content-type を application/json にして、質問を1つ送ってください。"
_KEPT_BY_NOBODY = {"cache-control": "no-store"}

_log = logging.getLogger(__name__)


def add_api(app: "FastAPI", assistant: Asking) -> None:
    """Add the route to `app`. Whoever asks here is a program: nothing is remembered or limited."""
    from fastapi import Request, Response
    from fastapi.concurrency import run_in_threadpool
    from fastapi.responses import JSONResponse

    @app.post(ASK_PATH)
    async def ask(request: Request) -> Response:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":  # a form of another site could send anything else
            return JSONResponse({"error": _NOT_JSON}, 400, _KEPT_BY_NOBODY)
        body = await request.body()
        status, reply = await run_in_threadpool(_replied, assistant, body)
        return JSONResponse(reply, status, _KEPT_BY_NOBODY)


def _replied(assistant: Asking, body: bytes) -> tuple[int, "AnswerJson | dict[str, str]"]:
    """Return HTTP status and JSON. Never raises; nothing of the question is logged."""
    try:
        text = body.decode("utf-8", "replace")
        identity, question = parse_question(text, where="送られた内容")
    except DocumentError as error:
        return 400, {"error": str(error)}
    if not question.text.strip():
        return 422, {"error": EMPTY}
    if len(question.text) > QUESTION_LIMIT:
        too_long = TOO_LONG.format(count=len(question.text), limit=QUESTION_LIMIT)
        return 422, {"error": too_long}
    return _answered(assistant, identity, question)


def _answered(
    assistant: Asking, identity: str, question: Question
) -> tuple[int, "AnswerJson | dict[str, str]"]:
    try:
        answers = [step for step in assistant.stream(question) if isinstance(step, Answer)]
        return 200, to_json(answers[-1], id=identity)
    except IndexMissing:
        return 503, {"error": NOT_PUBLISHED}
    except KatsuyoError as error:
        _log.warning("could not answer: %s", type(error).__name__)
        return 503, {"error": str(error)}
    except Exception as error:  # noqa: BLE001  the outermost border: nobody sees a traceback
        error_id = secrets.token_hex(3).upper()
        # Where, not what: the message of an exception may hold the question.
        place = "".join(traceback.format_tb(error.__traceback__))
        _log.error(
            "could not answer: %s\n%s", type(error).__name__, place, extra={"error_id": error_id}
        )
        return 500, {"error": FAILED.format(error_id=error_id)}
