"""Answers that no document is searched for: to small talk, and to what is no question."""

from assistant.answering.engine import Snapshot
from assistant.answering.question import greetings
from assistant.answering.run import Clock, Run
from assistant.answering.starters import starters
from assistant.domain import Answer, AnswerStatus, Query, Question, Verdict, VerdictKind


def to_small_talk(run: Run) -> Answer:
    """Return a greeting with questions to begin with."""
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


def to_no_question(question: Question, notice: str, snapshot: Snapshot, clock: Clock) -> Answer:
    """Return `notice`; nothing of the text goes on: it is no question, and may hold anything."""
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
