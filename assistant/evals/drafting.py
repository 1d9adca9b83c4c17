"""`katsuyo eval draft`: what the desk or a 👎 brought, asked again and written as drafts."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from assistant.answering.render import to_json
from assistant.app import App
from assistant.domain import Question
from assistant.evals.contract import parse_prediction
from assistant.evals.draft_file import append_draft
from assistant.evals.drafts import (
    draft_from_feedback,
    draft_from_question,
    next_number,
    unhelpful_since,
)
from assistant.evals.prediction import Prediction
from assistant.usage.feedback import iso_week

_EVER = "0000-W00"


def draft_question(
    app: App, path: Path, *, question: str, department: str, today: date
) -> tuple[str, ...]:
    """Append the question as a draft case and return its id. Raises KatsuyoError.

    The guard masks it first: what it found never reaches the file.
    """
    answer = _answer(app, question, department)
    week = iso_week(today)
    return _appended(
        path,
        week,
        lambda number: draft_from_question(
            answer.safe_text, department, week=week, number=number, answer=answer
        ),
    )


def draft_feedback(app: App, path: Path, *, since: str) -> tuple[str, ...]:
    """Append each question that was not helpful from the ISO week `since` on; empty = ever."""
    found = unhelpful_since(app.feedback.all(), week=since or _EVER, folder=path.parent)
    ids: tuple[str, ...] = ()
    for one in found:
        answer = _answer(app, one.safe_text, one.department)
        ids += _appended(path, one.week, partial(draft_from_feedback, one, answer=answer))
    return ids


def _answer(app: App, text: str, department: str) -> Prediction:
    answer = app.assistant.ask(Question(text, department))
    return parse_prediction(to_json(answer), id="draft")


def _appended(path: Path, week: str, entry: Callable[[int], str]) -> tuple[str, ...]:
    number = next_number(path.parent, week)
    append_draft(path, entry(number))
    return (f"draft-{week}-{number:03d}",)
