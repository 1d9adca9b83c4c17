"""The JSON contract of an answer (design §7) as a typed prediction: where foreign text comes in."""

import json
from functools import cache
from typing import TYPE_CHECKING

from assistant.domain import AnswerStatus, VerdictKind
from assistant.evals.prediction import Outcome, Prediction

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

_NEEDED = ("status", "answer")
"""Without these nothing was answered: an empty object is no answer."""

_WORDS = {
    "status": frozenset(status.value for status in AnswerStatus),
    "verdict": frozenset(kind.value for kind in VerdictKind),
}


def parse_prediction(payload: object, *, id: str) -> Prediction:  # noqa: A002 — the contract's word
    """Return the answer that a target gave to the question `id`.

    Absent (or null) keys are what another system does not tell. What is there must have the
    contract's type and words; anything else is a crash with its reason, never half an answer.
    """
    if not isinstance(payload, dict):
        return crash(id, "答えがJSONのオブジェクトではありません。")
    told = payload.get("id")
    if told not in (None, "", id):
        return crash(id, "ほかの質問への答えが返りました(id が違います)。")
    try:
        text = json.dumps(_without_nulls({**payload, "id": id}), allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return crash(id, "答えにJSONで書けない値(NaNなど)があります。")
    return _checked(text, id)


def crash(id: str, reason: str) -> Prediction:  # noqa: A002 — the contract's own word
    """Return the prediction of a question that got no answer; `reason` is one Japanese line."""
    return Prediction(id=id, outcome=Outcome.CRASH, error=reason)


def _without_nulls(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_nulls(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_without_nulls(one) for one in value]
    return value


def _checked(text: str, id: str) -> Prediction:  # noqa: A002 — the contract's own word
    from pydantic import ValidationError

    try:
        prediction = _shape().validate_json(text, strict=True)
    except ValidationError as error:
        return crash(id, _reason(error.errors(include_url=False, include_input=False)[0]))
    if not prediction.ok:
        return prediction
    given = json.loads(text)
    missing = [key for key in _NEEDED if key not in given]
    if missing:
        return crash(id, f"答えに {'、'.join(missing)} がありません。")
    for key, words in _WORDS.items():
        if getattr(prediction, key) not in words:
            return crash(id, f"{key} が決められた語({'・'.join(sorted(words))})ではありません。")
    return prediction


@cache
def _shape() -> "TypeAdapter[Prediction]":
    from pydantic import TypeAdapter

    return TypeAdapter(Prediction)


def _reason(error: "ErrorDetails") -> str:
    """Return where it is wrong; never the value, which may hold what a person typed."""
    where = ".".join(str(part) for part in error["loc"])
    if not where:
        return "答えをJSONとして読めません。"
    if error["type"] == "missing":
        return f"答えに {where} がありません。"
    return f"答えの {where} の型が約束と違います。"
