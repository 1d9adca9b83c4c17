"""What an answer says: the verdict, what the documents tell, or what lies nearby."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from assistant.answering.abstention.sure import chance, misses_the_fact, rule_answers, unsure
from assistant.answering.citations import CitationList, scores_of
from assistant.answering.compose.desk import nearby
from assistant.answering.compose.material import Material
from assistant.answering.compose.suggestions import suggestions
from assistant.answering.compose.writing import (
    is_banned_itself,
    sections,
    settled_verdict,
    verdict_section,
)
from assistant.answering.japanese.words import Topics
from assistant.answering.run import Run
from assistant.answering.verdict.judge import still_asked
from assistant.answering.verdict.likely import Meant, no_matcher
from assistant.answering.verdict.wishes import judge_task
from assistant.answering.withdrawn import Gone, asked_by_name, is_current
from assistant.domain import AnswerSection, Evidence, Hit, Verdict, VerdictKind


@dataclass(frozen=True, slots=True)
class Found:
    """What the search found: hits best first, and the slots that they fill."""

    hits: list[Hit]
    evidence: Evidence
    meant: Meant = no_matcher
    """The question's words to the clause that they mean."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer's verdict, its sections and what they cite."""

    verdict: Verdict
    parts: list[AnswerSection]
    citations: CitationList
    suggestions: tuple[str, ...] = ()


class Drafter:
    """Writes drafts of answers. Safe to share between threads."""

    def __init__(self, topics: Topics, today: Callable[[], date]) -> None:
        """`today` tells the date by which reviews are overdue."""
        self._topics = topics
        self._today = today

    def settled(self, run: Run, verdict: Verdict, found: Found) -> Verdict:
        """Return the verdict beside the FAQ that would follow it."""
        return settled_verdict(self._material(run, verdict, found), self._topics)

    def opening(self, verdict: Verdict, hits: list[Hit]) -> Draft:
        """Return the draft that holds the verdict alone; no section when nothing is judged."""
        citations = CitationList(scores_of(hits), today=self._today())
        section = verdict_section(verdict, citations)
        return Draft(verdict, [section] if section else [], citations)

    def whole(self, run: Run, verdict: Verdict, found: Found) -> Draft:
        """Return the whole draft; what lies nearby where the documents do not answer."""
        gone = self._withdrawn(run, verdict, found.hits)
        if gone:
            return gone
        start = self.opening(_with_task(run, verdict, found), found.hits)
        fit = found.evidence.template_fit
        likely = chance(run, found.hits, verdict, self._topics, template_fit=fit)
        banned = is_banned_itself(run.query, start.verdict)
        told = start.verdict if banned else verdict
        written = self._written(run, told, found, likely=likely, citations=start.citations)
        cited = [one.passage for one in start.citations.all]
        if misses_the_fact(run.query, written, cited, likely=likely):
            start, written = self.opening(start.verdict, found.hits), []
        stands = banned and not unsure(run.query, found.hits, likely)
        if verdict.kind is VerdictKind.NONE and not written and not stands:
            start = self.opening(verdict, found.hits)
        parts = [*start.parts, *written]
        if not written and not rule_answers(start.verdict, run.query, likely):
            parts.append(nearby(found.hits, run.snapshot.company, start.citations))
        further = self._further(run, found.evidence, start.citations)
        return Draft(start.verdict, parts, start.citations, further)

    def _withdrawn(self, run: Run, verdict: Verdict, hits: list[Hit]) -> Draft | None:
        """Return what is told of a withdrawn document, if the question asks for one by name."""
        current = (one.source.title for one in run.snapshot.documents if is_current(one.source))
        gone = asked_by_name(run.query.text, run.snapshot.withdrawn, current)
        if not gone or still_asked(run.query, verdict):
            return None
        draft = self.opening(Verdict(VerdictKind.NONE), hits)
        draft.parts.append(
            Gone(gone, run.snapshot.rules, hits).section(self._topics, draft.citations)
        )
        return draft

    def _written(
        self, run: Run, verdict: Verdict, found: Found, *, likely: float, citations: CitationList
    ) -> list[AnswerSection]:
        if unsure(run.query, found.hits, likely):
            return []
        return sections(self._material(run, verdict, found, likely=likely), self._topics, citations)

    def _further(self, run: Run, evidence: Evidence, citations: CitationList) -> tuple[str, ...]:
        shown = [citation.passage.id for citation in citations.all]
        words = self._topics.words(run.query.text)
        return suggestions(evidence, run.query, shown, words=words)

    def _material(
        self, run: Run, verdict: Verdict, found: Found, *, likely: float = 0.0
    ) -> Material:
        return Material(
            query=run.query,
            words=self._topics.words(run.query.text),
            evidence=found.evidence,
            verdict=verdict,
            book=run.version.book,
            company=run.snapshot.company,
            rules=run.snapshot.rules,
            own_tells=run.query.department in run.version.tellers,
            likely=likely,
        )


def _with_task(run: Run, verdict: Verdict, found: Found) -> Verdict:
    """Return the verdict; of the task that a wish has found, where nothing was asked for."""
    if verdict.kind is not VerdictKind.NONE:
        return verdict
    book, bridge, company = run.version.book, run.version.bridge, run.snapshot.company
    return judge_task(run.query, book, bridge, company, hits=found.hits, meant=found.meant)
