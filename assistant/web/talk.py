"""One question from the page: limits, stages, the growing answer, the person's opinion."""

import json
import logging
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from assistant.domain import Answer, Question, Stage
from assistant.errors import IndexMissing, KatsuyoError, StoreError
from assistant.usage.feedback import Feedback, Opinion, iso_week
from assistant.web.answer_view import after_parts, answer_parts, turn_html
from assistant.web.limits import PER_ADDRESS, PER_SESSION, Allowance, RateLimit
from assistant.web.markup import button, esc, part
from assistant.web.memory import Answered, Ask, Conversation
from assistant.web.needs import Alarms, Asking, Engine, Log
from assistant.web.question_view import asked_part
from assistant.web.words import (
    EMPTY,
    FAILED,
    NOT_NOTED,
    NOT_PUBLISHED,
    NOTED,
    NOTED_ALARM,
    STAGES,
    TOO_LONG,
    TOO_MANY,
)

QUESTION_LIMIT = 2_000
"""Characters (security-findings §5)."""
_UPDATE_SECONDS = 0.2
"""At most five updates a second: more costs CPU and nobody reads faster (stack-findings §4)."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asker:
    """Whom limits count: never logged, and stored as a hash of the day only."""

    session: str
    address: str


class Talk:
    """Everything that the page's two events do. Safe to call from several threads."""

    def __init__(
        self,
        assistant: Asking,
        engine: Engine,
        log: Log,
        *,
        alarms: Alarms,
        today: Callable[[], date] = date.today,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Answer with `assistant`, link into the documents of `engine`, keep opinions in `log`."""
        self._assistant = assistant
        self._engine = engine
        self._feedback = log
        self._alarms = alarms
        self._today = today
        self._clock = clock
        self._by_session = RateLimit(Allowance(PER_SESSION), clock)
        self._by_address = RateLimit(Allowance(PER_ADDRESS), clock)

    def ask(self, message: str, conversation: Conversation, asker: Asker) -> Iterator[str]:
        """Yield the HTML of the turn as it grows. Never raises but for being closed."""
        ask = _parse_ask(message)
        refusal = self._refusal(ask, asker)
        if refusal:
            yield _failure(ask, refusal)
            return
        try:
            yield from self._paced(self._answer(ask, conversation, asker))
        except IndexMissing:
            yield _failure(ask, NOT_PUBLISHED)
        except KatsuyoError as error:
            _log.warning("could not answer: %s", error.message)
            yield _failure(ask, str(error))
        except Exception:  # noqa: BLE001  the outermost border: nobody sees a traceback
            error_id = secrets.token_hex(3).upper()
            _log.exception("could not answer", extra={"error_id": error_id})
            yield _failure(ask, FAILED.format(error_id=error_id))

    def note(self, message: str, conversation: Conversation) -> str:
        """Store what was said of turn n (or forget the conversation), and return what to say."""
        what, _, about = message.partition(":")
        if what == "forget":
            conversation.forget()
            return ""
        number, _, placeholder = about.partition(":")
        answered = conversation.answered.get(int(number)) if number.isdecimal() else None
        if answered is None:
            return NOT_NOTED
        try:
            return self._noted(what, answered, placeholder)
        except StoreError as error:
            _log.warning("an opinion was lost: %s", error.message)
            return NOT_NOTED

    def _noted(self, what: str, answered: Answered, placeholder: str) -> str:
        if what == "false_alarm":
            alarm = next((one for one in answered.alarms if one.placeholder == placeholder), None)
            if alarm is None:
                return NOT_NOTED
            self._alarms.report(alarm)
            return NOTED_ALARM.format(placeholder=placeholder)
        if what not in {Opinion.HELPFUL, Opinion.NOT_HELPFUL}:
            return NOT_NOTED
        week = iso_week(self._today())
        self._feedback.record(
            Feedback(Opinion(what), answered.safe_text, answered.department, week, answered.verdict)
        )
        return NOTED

    def _refusal(self, ask: Ask, asker: Asker) -> str:
        if not ask.text.strip():
            return EMPTY
        if len(ask.text) > QUESTION_LIMIT:
            return TOO_LONG.format(count=len(ask.text), limit=QUESTION_LIMIT)
        wait = self._by_session.wait_seconds(asker.session)
        wait = wait or self._by_address.wait_seconds(asker.address)
        return TOO_MANY.format(seconds=wait) if wait else ""

    def _answer(self, ask: Ask, conversation: Conversation, asker: Asker) -> Iterator["_Update"]:
        published = self._engine.snapshot()
        documents = {entry.source.path: entry.id for entry in published.documents}
        known = published.company.department(ask.department)
        department = known.name if known else ""
        history = () if ask.alone else conversation.history()
        question = Question(ask.text, department, history, asker=asker.session)
        last: Answer | None = None
        stage = Stage.INSPECTING
        for event in self._assistant.stream(question):
            if isinstance(event, Stage):
                stage = event
            else:
                last, stage = event, Stage.MODEL if stage is Stage.MODEL else Stage.WRITING
            shown = partial(_growing, ask, STAGES[stage], last, documents)
            yield _Update(shown, at_once=event is Stage.MODEL)
        if last is None:
            raise RuntimeError("the assistant ended without an answer")
        conversation.remember(Ask(ask.number, ask.text, department), last, today=self._today())
        final = answer_parts(ask.text, last, documents=documents)
        yield _Update(partial(turn_html, ask.number, "done", *final, *after_parts(last)))

    def _paced(self, updates: Iterator["_Update"]) -> Iterator[str]:
        shown_at, waiting = float("-inf"), None
        for update in updates:
            if update.at_once or self._clock() - shown_at >= _UPDATE_SECONDS:
                shown_at, waiting = self._clock(), None
                yield update.html()
            else:
                waiting = update
        if waiting is not None:
            yield waiting.html()


@dataclass(frozen=True, slots=True)
class _Update:
    """The turn as it is now."""

    html: Callable[[], str]
    """Called where it is shown: many are overtaken before."""
    at_once: bool = False
    """The next one may be seconds away: this one is not held back."""


def _parse_ask(message: str) -> Ask:
    try:
        match json.loads(message):
            case {"turn": int(number), "text": str(text), "department": str(department), **more}:
                return Ask(number, text, department, alone=more.get("alone") is True)
    except ValueError:
        pass
    return Ask(0, "", "")


def _growing(ask: Ask, stage: str, answer: Answer | None, documents: Mapping[str, str]) -> str:
    asked = [asked_part(ask.text)]
    if answer is not None:
        asked = answer_parts(ask.text, answer, documents=documents)
    status = part("status", f'<span class="k-dots" aria-hidden="true"></span>{esc(stage)}', tag="p")
    return turn_html(ask.number, "waiting", *asked, status)


def _failure(ask: Ask, sentence: str) -> str:
    again = button("もう一度", "again", css="k-primary") if ask.text.strip() else ""
    return turn_html(
        ask.number,
        "failed",
        asked_part(ask.text[:QUESTION_LIMIT]) if ask.text.strip() else "",
        part(
            "trouble",
            f"<p>{esc(sentence)}</p>",
            f'<div class="k-row">{again}{button("窓口に相談する", "desk", css="k-quiet")}</div>',
            label="お知らせ",
        ),
    )
