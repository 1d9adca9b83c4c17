"""Questions of the page and of programs are kept, masked, for the preview of the next version."""

import logging
from collections.abc import Callable, Iterator
from datetime import date
from typing import Protocol

from assistant.domain import Answer, Question, Stage
from assistant.errors import StoreError
from assistant.usage.questions import AskedQuestion, asked_question
from assistant.web.needs import Asking

_log = logging.getLogger(__name__)


class Questions(Protocol):
    """Keeps what was asked."""

    def record(self, question: AskedQuestion, *, today: date) -> None:
        """Store one question. Raises StoreError."""


class Remembering:
    """Answers as `assistant` does, and notes each question once it is answered."""

    def __init__(
        self, assistant: Asking, log: Questions, *, today: Callable[[], date] = date.today
    ) -> None:
        self._assistant = assistant
        self._log = log
        self._today = today

    def stream(self, question: Question) -> Iterator[Stage | Answer]:
        """Yield what the assistant yields, also where the question cannot be kept."""
        last: Answer | None = None
        for event in self._assistant.stream(question):
            last = event if isinstance(event, Answer) else last
            yield event
        if last is not None:
            self._note(last, question.department)

    def _note(self, answer: Answer, department: str) -> None:
        today = self._today()
        asked = asked_question(answer, department, today=today)
        try:
            if asked is not None:
                self._log.record(asked, today=today)
        except StoreError as error:
            _log.warning("a question was not kept: %s", error.message)
