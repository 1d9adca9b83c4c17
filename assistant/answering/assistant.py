"""Question → Answer without a model: guard, rewrite, search, evidence, verdict, writing."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from assistant.answering import greetings
from assistant.answering.citations import CitationList, scores_of, used
from assistant.answering.compose.desk import nearby
from assistant.answering.compose.material import Material
from assistant.answering.compose.suggestions import suggestions
from assistant.answering.compose.writing import sections, settled_verdict, verdict_section
from assistant.answering.conversation import Reader
from assistant.answering.engine import Engine, Snapshot
from assistant.answering.evidence import select
from assistant.answering.oneline import one_line
from assistant.answering.rewrite import read_as, rewrite
from assistant.answering.run import Clock, Prepared, Run, decides, encodable, inspected, prepare
from assistant.answering.speech import Speech
from assistant.answering.starters import starters
from assistant.answering.sure import chance, misses_the_fact, unsure
from assistant.answering.told import with_found
from assistant.answering.verdict import judge, still_asked
from assistant.answering.wishes import judge_task
from assistant.answering.withdrawn import Gone, asked_by_name, is_current
from assistant.answering.words import Topics
from assistant.domain import (
    Answer,
    AnswerSection,
    AnswerStatus,
    Evidence,
    Hit,
    Intent,
    Query,
    Question,
    Slot,
    Stage,
    Verdict,
    VerdictKind,
)
from assistant.ports import Tokenizer

_HITS = 30
"""Passages that an answer may be made of."""
_TOLD = 60
"""Passages that compete for what is told as found."""


class Assistant:
    """Answers questions from the live version. Safe to share between threads."""

    def __init__(self, engine: Engine, tokenizer: Tokenizer, today: Callable[[], date]) -> None:
        """`today` tells the date by which reviews are overdue."""
        self._engine = engine
        self._tokenizer = tokenizer
        self._today = today
        self._topics = Topics(tokenizer)
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
            yield self._refused(question, refusal, snapshot, clock)
            return
        version = self._prepared(snapshot)
        inspection, history = inspected(question, version)
        clock.stop("guard")
        query = rewrite(
            version.spelling.of(self._speech.plain(inspection.safe_text)),
            department=question.department,
            history=self._speech.turns(history),
            reader=Reader(snapshot.company, self._topics, version.named),
        )
        clock.stop("rewrite")
        run = Run(snapshot, version, inspection, query, clock)
        if query.intent is Intent.SMALL_TALK:
            yield self._small_talk(run)
            return
        yield from self._answered(run)

    def _answered(self, run: Run) -> Iterator[Stage | Answer]:
        yield Stage.RULES
        result = self._engine.search_timed(run.query, limit=_TOLD, snapshot=run.snapshot)
        found = result.hits
        hits = run.version.tasks.added(found[:_HITS], run.query.text)
        run.clock.stop("search")
        run.clock.move("embed", result.embed_ms, out_of="search")
        verdict = judge(
            run.query,
            run.version.book,
            run.snapshot.company,
            bridge=run.version.bridge,
            hits=hits,
            findings=run.inspection.findings,
        )
        evidence = select(hits, run.query)
        verdict = settled_verdict(self._material(run, verdict, evidence), self._topics)
        citations = CitationList(scores_of(hits), today=self._today())
        opening = verdict_section(verdict, citations)
        run.clock.stop("verdict")
        if opening:
            yield self._answer(run, verdict, [opening], citations)
        yield Stage.STORIES
        yield Stage.WRITING
        written = self._written(run, verdict, hits, evidence=evidence)
        yield with_found(written, [*hits, *found[_HITS:]])

    def _written(
        self, run: Run, verdict: Verdict, hits: list[Hit], *, evidence: Evidence
    ) -> Answer:
        citations = CitationList(scores_of(hits), today=self._today())
        gone = asked_by_name(
            run.query.text,
            run.snapshot.withdrawn,
            (entry.source.title for entry in run.snapshot.documents if is_current(entry.source)),
        )
        if gone and not still_asked(run.query, verdict):
            told = Gone(gone, run.snapshot.rules, hits).section(self._topics, citations)
            return self._answer(run, Verdict(VerdictKind.NONE), [told], citations)
        of_task = verdict.kind is VerdictKind.NONE
        ruled = verdict
        if of_task:
            version = run.version
            ruled = judge_task(
                run.query, version.book, version.bridge, run.snapshot.company, hits=hits
            )
        opening = verdict_section(ruled, citations)
        start = [opening] if opening else []
        likely = chance(run, hits, verdict, self._topics)
        written = (
            []
            if unsure(run.query, hits, likely)
            else sections(
                self._material(run, verdict, evidence, likely=likely), self._topics, citations
            )
        )
        cited = [one.passage for one in citations.all]
        if misses_the_fact(run.query, written, cited, likely=likely):
            citations = CitationList(scores_of(hits), today=self._today())
            start, written = ([opening] if opening else []), []
            verdict_section(ruled, citations)
        if of_task and not written:
            citations = CitationList(scores_of(hits), today=self._today())
            ruled, start = verdict, []
        verdict = ruled
        if not written and not decides(verdict, run.query):
            start.append(nearby(hits, run.snapshot.company, citations))
        shown = [citation.passage.id for citation in citations.all]
        further = suggestions(evidence, run.query, shown, words=self._topics.words(run.query.text))
        return self._answer(run, verdict, start + written, citations, suggestions=further)

    def _material(
        self, run: Run, verdict: Verdict, evidence: Evidence, *, likely: float = 0.0
    ) -> Material:
        return Material(
            query=run.query,
            words=self._topics.words(run.query.text),
            evidence=evidence,
            verdict=verdict,
            book=run.version.book,
            company=run.snapshot.company,
            rules=run.snapshot.rules,
            own_tells=run.query.department in run.version.tellers,
            likely=likely,
        )

    def _answer(
        self,
        run: Run,
        verdict: Verdict,
        parts: list[AnswerSection],
        citations: CitationList,
        *,
        suggestions: tuple[str, ...] = (),
    ) -> Answer:
        unknown = any(part.slot is Slot.NEARBY for part in parts)
        shown, cited = used(parts, citations.all)
        run.clock.stop("compose")
        return Answer(
            status=AnswerStatus.NO_EVIDENCE if unknown else AnswerStatus.ANSWERED,
            verdict=verdict,
            sections=shown,
            citations=cited,
            safe_text=run.inspection.safe_text,
            query=run.query,
            findings=run.inspection.findings,
            suggestions=suggestions,
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

    def _small_talk(self, run: Run) -> Answer:
        asks = starters(run.snapshot, run.query.department)
        return Answer(
            status=AnswerStatus.NO_EVIDENCE,
            verdict=Verdict(VerdictKind.NONE),
            sections=(),
            citations=(),
            safe_text=run.inspection.safe_text,
            query=run.query,
            findings=run.inspection.findings,
            suggestions=tuple(one.question for one in asks),
            notice=greetings.greeting(run.query.text, run.snapshot.company),
            version=run.snapshot.version.id,
            timings_ms=run.clock.timings(),
        )

    def _refused(self, question: Question, notice: str, snapshot: Snapshot, clock: Clock) -> Answer:
        """Nothing of the text goes on: it is no question, and may hold anything."""
        return Answer(
            status=AnswerStatus.NO_EVIDENCE,
            verdict=Verdict(VerdictKind.NONE),
            sections=(),
            citations=(),
            safe_text="",
            query=Query(text="", department=question.department),
            suggestions=tuple(one.question for one in starters(snapshot, question.department)),
            notice=notice,
            version=snapshot.version.id,
            timings_ms=clock.timings(),
        )

    def _prepared(self, snapshot: Snapshot) -> Prepared:
        with self._lock:
            if self._version is None or self._version.id != snapshot.version.id:
                self._version = prepare(snapshot, self._tokenizer, self._topics)
            return self._version
