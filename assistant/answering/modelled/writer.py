"""Answers in a chat model's words, sentence by sentence as they are checked; else composed ones."""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answering.japanese.words import Topics
from assistant.answering.modelled.assembly import Assembly, verdict_of
from assistant.answering.modelled.brief import Brief, brief_of
from assistant.answering.modelled.checking import Borne, Checker
from assistant.answering.modelled.feed import Feed
from assistant.answering.modelled.notices import fallback_notice, left_out_notice, unborne_notice
from assistant.answering.modelled.prompt import (
    schema_of,
    system_prompt,
    tagged_prompt,
    user_prompt,
)
from assistant.answering.modelled.reply import Reply, Said
from assistant.answering.question.facts import lacks_fact
from assistant.answering.run import Run
from assistant.domain import Answer, ClauseKind, DropReason, Evidence, Slot, Stage
from assistant.errors import ModelError, ModelFault
from assistant.ports import ChatModel

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an asker waits before the composed answer takes the model's place, in seconds."""

    first: float
    """To the first text; with what goes before it, 3 s (design §3)."""
    between: float = 1.5
    """Between two pieces of text before a sentence is shown; a real one paused for 1.4 s."""
    sentence: float = 6.0
    """To the first sentence that is shown, for a model that writes on: 20 tokens a second need 3 s
    for the marks of the reply and forty characters."""
    after: float = 3.0
    """Between two pieces once a sentence is shown."""
    whole: float = 45.0
    """To the end of the reply."""


_MOST = {Slot.DIRECT: 3, Slot.STEPS: 5, Slot.STORIES: 3}
"""Sentences of a slot that are shown."""
_LEAST = {Slot.DIRECT: 1, Slot.STEPS: 2}
"""Sentences without which a slot that leads is no answer."""


class Writer:
    """Lets a chat model write what the documents bear. Safe to share between threads."""

    def __init__(
        self,
        model: ChatModel,
        topics: Topics,
        today: Callable[[], date],
        *,
        patience: Patience,
    ) -> None:
        """`today` tells the date by which reviews are overdue."""
        self._model = model
        self._topics = topics
        self._today = today
        self._patience = patience

    def answers(self, run: Run, composed: Answer, evidence: Evidence) -> Iterator[Stage | Answer]:
        """Yield the growing answer; the last one is whole, and composed where the model failed."""
        brief = brief_of(composed, evidence)
        if brief is None:
            yield composed
            return
        yield verdict_of(composed)
        yield Stage.MODEL
        draft = _Draft(self._checker(run, brief), begun=run.clock.seconds)
        assembly = self._assembly(run, composed, evidence)
        try:
            for said in self._said(run, brief, draft):
                if draft.takes(said):
                    yield _timed(run, assembly.answer(draft.written, until=said.slot))
        except ModelError as error:
            _log.warning("the answer is composed: %s", error.fault)
            yield _composed(run, composed, draft, notice=fallback_notice(error.fault))
            return
        if not draft.holds_up(brief.slots[0], composed):
            yield _composed(run, composed, draft, notice=unborne_notice())
            return
        whole = replace(assembly.answer(draft.written), dropped=draft.reasons)
        yield _timed(run, _noted(whole, left_out_notice(len(draft.dropped))))

    def _said(self, run: Run, brief: Brief, draft: "_Draft") -> Iterator[Said]:
        """Yield the items of the reply as they are complete. Raises ModelError."""
        reply = Reply(brief.slots)
        stream = self._model.stream(
            system_prompt(brief.slots),
            user_prompt(run.query, brief.passages, brief.slots),
            schema=schema_of(brief.slots),
            tagged=tagged_prompt(),
            asker=run.asker,
        )
        with closing(Feed(stream)) as feed:
            while (piece := feed.next(self._seconds_left(run, draft, reply))) is not None:
                yield from reply.add(piece)
                if reply.is_hopeless:
                    raise _unreadable()
            if not reply.is_whole:
                raise _unreadable()
            yield from reply.end()

    def _seconds_left(self, run: Run, draft: "_Draft", reply: Reply) -> float:
        """Return how long the next piece may take. Raises ModelError when it is too late."""
        patience, elapsed = self._patience, run.clock.seconds - draft.begun
        if not reply.has_begun:
            return patience.first - elapsed
        shown = any(draft.written.values())
        last = patience.whole if shown else max(patience.sentence, patience.first)
        if elapsed >= last:
            raise ModelError("生成AIの返事が遅すぎます。", fault=ModelFault.SLOW)
        return min(patience.after if shown else patience.between, last - elapsed)

    def _checker(self, run: Run, brief: Brief) -> Checker:
        tools = run.snapshot.company.allowed_tools
        names = [name for tool in tools for name in (tool.name, *tool.aliases)]
        return Checker(self._topics, run.version.guard, brief.passages, names=names)

    def _assembly(self, run: Run, composed: Answer, evidence: Evidence) -> Assembly:
        found = (*evidence.guides, *evidence.faqs, *evidence.stories)
        return Assembly(
            composed,
            final_checks=run.version.book.of(ClauseKind.FINAL_CHECK),
            scores={
                **{hit.passage.id: hit.score for hit in found},
                **{one.passage.id: one.score for one in composed.citations},
            },
            today=self._today(),
        )


@dataclass(slots=True)
class _Draft:
    """What the model has said so far, and what of it may be shown."""

    checker: Checker
    begun: float
    """Seconds after the question at which the model was asked."""
    written: dict[Slot, list[Borne]] = field(default_factory=dict)
    dropped: list[tuple[Slot, DropReason]] = field(default_factory=list)

    def takes(self, said: Said) -> bool:
        """Check one sentence; return whether the answer has grown by it."""
        kept = self.written.setdefault(said.slot, [])
        if len(kept) >= _MOST[said.slot]:
            return False
        retold = said.slot is not Slot.STORIES
        checked = self.checker.checked(said) if retold else self.checker.verbatim(said)
        if isinstance(checked, DropReason):
            self.dropped.append((said.slot, checked))
            return False
        if any(checked.text == one.text for one in kept):
            return False
        kept.append(checked)
        return True

    def holds_up(self, leading: Slot, composed: Answer) -> bool:
        """Tell whether the leading slot says enough, and more that is borne out than is not."""
        kept = [one.text for one in self.written.get(leading, [])]
        lost = sum(slot is leading for slot, _ in self.dropped)
        if len(kept) < _LEAST[leading] or len(kept) < lost:
            return False
        told = [line.text for section in composed.sections for line in section.lines]
        return lacks_fact(composed.query, told) or not lacks_fact(composed.query, kept)

    @property
    def reasons(self) -> tuple[DropReason, ...]:
        """Why each of the other sentences is not shown."""
        return tuple(reason for _, reason in self.dropped)


def _unreadable() -> ModelError:
    return ModelError("生成AIの返事を読めません。", fault=ModelFault.UNREADABLE)


def _composed(run: Run, composed: Answer, draft: _Draft, *, notice: str) -> Answer:
    return _timed(run, _noted(replace(composed, dropped=draft.reasons), notice))


def _noted(answer: Answer, notice: str) -> Answer:
    return replace(answer, notice=" ".join(filter(None, [answer.notice, notice])))


def _timed(run: Run, answer: Answer) -> Answer:
    run.clock.stop("model")
    return replace(answer, timings_ms=run.clock.timings())
