"""What to do when the documents do not know: the desk, the nearest documents, a polite word."""

import re
from collections.abc import Sequence

from assistant.answering.citations import CitationList
from assistant.answering.compose.checks import clause_line
from assistant.answering.compose.pieces import pieces
from assistant.answering.japanese.words import Topics
from assistant.answering.question.intent import HAPPENED
from assistant.answering.verdict.clauses import RuleBook
from assistant.domain import (
    AnswerSection,
    ClauseKind,
    Company,
    Desk,
    FaqPair,
    Hit,
    Line,
    Passage,
    Slot,
)

_NEAREST = 3
_NEAR_ONLY = "答えそのものではありませんが、近いことが書いてある資料です"
_TABLE = re.compile(r"表\s*[::]")
"""A heading made of a table's columns, which tells nobody where to look."""


def desk_line(company: Company) -> Line:
    """Return one line that says where to ask, from company.yaml."""
    return Line(desk_sentence(company.desk))


def desk_sentence(desk: Desk) -> str:
    """Return the desk as a sentence; parts that the company did not fill in are left out."""
    where = f"({desk.channel})" if desk.channel else ""
    when = f"{desk.hours}、" if desk.hours else ""
    reply = f"{desk.reply_within}以内に返事があります。" if desk.reply_within else ""
    hours = f"受付は{when.rstrip('、')}です。" if when else ""
    return f"{desk.name}{where}に聞いてください。{hours}{reply}"


def nearby(hits: Sequence[Hit], company: Company, citations: CitationList) -> AnswerSection:
    """Return up to three documents that come closest, and the desk. Never a guess."""
    first_of: dict[str, Hit] = {}
    for hit in hits:
        first_of.setdefault(hit.passage.source.path, hit)
    lines = [_near_line(hit, citations) for hit in list(first_of.values())[:_NEAREST]]
    note = _NEAR_ONLY if lines else ""
    return AnswerSection(Slot.NEARBY, "近い資料", lines=(*lines, desk_line(company)), note=note)


def _near_line(hit: Hit, citations: CitationList) -> Line:
    passage = hit.passage
    found = pieces(passage)
    start, end = (found[0].start, found[0].end) if found else (0, len(passage.text))
    title = passage.source.title
    place = next((one for one in reversed(passage.headings) if not _TABLE.match(one)), "")
    text = f"「{title}」の「{place}」" if place and place != title else f"「{title}」"
    if isinstance(passage.content, FaqPair):
        text = f"よくある質問「{passage.content.question.strip()}」"
    return Line(text, (citations.cite(passage, start, end),))


_MISTAKE = re.compile(r"誤って|うっかり|間違って|まちがって|てしまった|漏(?:れ|らし|えい)|事故")


def desk_clauses(book: RuleBook, text: str, topics: Topics) -> list[Passage]:
    """Return where the rule sends people; on what has happened, the clause on mistakes leads."""
    asked = topics.terms(text)
    happened = bool(HAPPENED.search(text))

    def order(clause: Passage) -> tuple[bool, int]:
        return (
            happened and not _MISTAKE.search(clause.text),
            -len(asked & topics.terms(clause.text)),
        )

    return sorted(book.of(ClauseKind.DESK), key=order)


def desk_section(
    clauses: Sequence[Passage], company: Company, citations: CitationList
) -> AnswerSection:
    """Return where to ask: the rule's own words, else company.yaml's."""
    lines = tuple(clause_line(clause, citations) for clause in clauses[:3])
    return AnswerSection(Slot.DIRECT, "相談先", lines=lines or (desk_line(company),))
