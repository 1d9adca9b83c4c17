"""Question → Answer: guard, rewrite, search, evidence, verdict, writing; a model may write too."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial

from assistant.answering.citations import used
from assistant.answering.drafting import Draft, Drafter, Found
from assistant.answering.engine import Engine, Snapshot
from assistant.answering.evidence import select
from assistant.answering.japanese.speech import Speech
from assistant.answering.japanese.words import Topics
from assistant.answering.modelled.rewriting import Rewriter
from assistant.answering.modelled.writer import Patience, Writer
from assistant.answering.question import greetings
from assistant.answering.question.conversation import Reader
from assistant.answering.question.oneline import one_line
from assistant.answering.question.rewrite import read_as, rewrite
from assistant.answering.run import Clock, Prepared, Run, encodable, inspected, prepare
from assistant.answering.tasks import not_left
from assistant.answering.told import with_found
from assistant.answering.unsearched import to_no_question, to_small_talk
from assistant.answering.verdict.judge import judge
from assistant.domain import Answer, AnswerStatus, Inspection, Intent, Question, Slot, Stage, Turn
from assistant.ports import ChatModel, Tokenizer

_HITS = 30
"""Passages that an answer may be made of."""
_TOLD = 60
"""Passages that compete for what is told as found."""


class Assistant:
    """Answers questions from the live version. Safe to share between threads."""

    def __init__(
        self,
        engine: Engine,
        tokenizer: Tokenizer,
        today: Callable[[], date],
        chat_model: ChatModel | None = None,
        *,
        first_sentence_seconds: float = 2.5,
    ) -> None:
        """`today` tells the date by which reviews are overdue; no `chat_model` = composed only.

        Where its first sentence takes longer, the answer is composed: 3 s are promised for all.
        """
        self._engine = engine
        self._tokenizer = tokenizer
        self._topics = Topics(tokenizer)
        self._drafter = Drafter(self._topics, today)
        patience = Patience(first=first_sentence_seconds)
        self._writer = (
            Writer(chat_model, self._topics, today, patience=patience) if chat_model else None
        )
        self._rewriter = Rewriter(chat_model, self._topics) if chat_model else None
        self._speech = Speech(tokenizer)
        self._lock = threading.Lock()
        self._version: Prepared | None = None

    def ask(self, question: Question) -> Answer:
        """Return the whole answer. Raises IndexMissing when nothing has been published."""
        final = None
        for step in self.stream(question):
            final = step
        assert isinstance(final, Answer)  # noqa: S101 — `stream` always ends with an answer
        return final

    def stream(self, question: Question) -> Iterator[Stage | Answer]:
        """Yield stages and growing answers: each answer is a prefix of the last one."""
        clock = Clock()
        yield Stage.INSPECTING
        snapshot = self._engine.snapshot()
        question = replace(question, text=encodable(question.text))
        refusal = greetings.refusal(question.text)
        if refusal:
            yield to_no_question(question, refusal, snapshot, clock)
            return
        version = self._prepared(snapshot)
        inspection, history = inspected(question, version)
        clock.stop("guard")
        reader = Reader(snapshot.company, self._topics, version.named)
        query = rewrite(
            version.spelling.of(self._speech.plain(inspection.safe_text)),
            department=question.department,
            history=self._speech.turns(history),
            reader=reader,
        )
        clock.stop("rewrite")
        run = Run(snapshot, version, inspection, query, clock, question.asker)
        run = self._made_whole(run, history, reader)
        if run.query.intent is Intent.SMALL_TALK:
            yield to_small_talk(run)
            return
        yield from self._answered(run)

    def _made_whole(self, run: Run, history: Sequence[Turn], reader: Reader) -> Run:
        """Return the run with the question as a chat model reads it, where ours is unsure."""
        if self._rewriter is None:
            return run
        better = self._rewriter.standalone(
            run.query.text,
            history,
            guard=run.version.guard,
            frequency=run.snapshot.index.keyword.frequency,
            asker=run.asker,
        )
        run.clock.stop("rewrite")
        if not better:
            return run
        department = run.query.department
        query = rewrite(better, department=department, history=(), reader=reader)
        return replace(run, query=query)

    def inspect(self, texts: Sequence[str]) -> list[Inspection]:
        """Return what the guard of the live version finds in texts. Raises IndexMissing."""
        return self._prepared(self._engine.snapshot()).guard.inspect_all(texts)

    def _answered(self, run: Run) -> Iterator[Stage | Answer]:
        yield Stage.RULES
        result = self._engine.search_timed(run.query, limit=_TOLD, snapshot=run.snapshot)
        known = not_left(result.hits, run.query)
        hits = not_left(run.version.tasks.added(known[:_HITS], run.query.text), run.query)
        run.clock.stop("search")
        run.clock.move("embed", result.embed_ms, out_of="search")
        meant = lru_cache(partial(run.version.matcher.likely, read=result.read))
        verdict = judge(
            run.query,
            run.version.book,
            run.snapshot.company,
            bridge=run.version.bridge,
            meant=meant,
            hits=hits,
            findings=run.inspection.findings,
        )
        found = Found(hits, select(hits, run.query), meant)
        verdict = self._drafter.settled(run, verdict, found)
        opening = self._drafter.opening(verdict, hits)
        run.clock.stop("verdict")
        if opening.parts:
            yield self._answer(run, opening)
        yield Stage.STORIES
        yield Stage.WRITING
        written = self._answer(run, self._drafter.whole(run, verdict, found))
        composed = with_found(written, [*hits, *known[_HITS:]])
        if self._writer is None:
            yield composed
        else:
            yield from self._writer.answers(run, composed, found.evidence)

    def _answer(self, run: Run, draft: Draft) -> Answer:
        unknown = any(part.slot is Slot.NEARBY for part in draft.parts)
        shown, cited = used(draft.parts, draft.citations.all)
        run.clock.stop("compose")
        return Answer(
            status=AnswerStatus.NO_EVIDENCE if unknown else AnswerStatus.ANSWERED,
            verdict=draft.verdict,
            sections=shown,
            citations=cited,
            safe_text=run.inspection.safe_text,
            query=run.query,
            findings=run.inspection.findings,
            suggestions=draft.suggestions,
            rewritten=self._rewritten(run),
            notice=self._notice(run, unknown=unknown),
            version=run.snapshot.version.id,
            timings_ms=run.clock.timings(),
        )

    def _rewritten(self, run: Run) -> str:
        return read_as(self._speech.plain(run.inspection.safe_text), run.query)

    def _notice(self, run: Run, *, unknown: bool) -> str:
        notes = []
        if unknown:
            asked = self._rewritten(run) or one_line(run.inspection.safe_text)
            short = len(asked) <= 40 and self._topics.words(run.query.text)
            notes.append(
                greetings.UNKNOWN_TOPIC.format(topic=asked) if short else greetings.UNKNOWN
            )
        if greetings.is_foreign(run.query.text):
            notes.append(greetings.OTHER_LANGUAGE)
        if self._engine.notice:
            notes.append(self._engine.notice)
        elif run.snapshot.vector_share < 1:
            share = int(run.snapshot.vector_share * 100)
            notes.append(
                f"文書の読み込み中です({share}%)。しばらくすると、もっと見つけやすくなります。"
            )
        return " ".join(notes)

    def _prepared(self, snapshot: Snapshot) -> Prepared:
        with self._lock:
            if self._version is None or self._version.id != snapshot.version.id:
                self._version = prepare(
                    snapshot, self._tokenizer, self._topics, read=self._engine.read
                )
            return self._version
