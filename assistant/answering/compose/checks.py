"""出す前の確認: the rule's own final checks, word for word."""

from collections.abc import Sequence

from assistant.answering.citations import CitationList
from assistant.answering.compose.pieces import pieces
from assistant.answering.verdict.rows import row_cells
from assistant.domain import AnswerSection, Line, Passage, Slot


def checks(clauses: Sequence[Passage], citations: CitationList) -> AnswerSection | None:
    """Return the section, or None when the rule has no final check."""
    lines = tuple(clause_line(clause, citations) for clause in clauses if clause.text.strip())
    return AnswerSection(Slot.FINAL_CHECK, "出す前の確認", lines=lines) if lines else None


def clause_line(clause: Passage, citations: CitationList) -> Line:
    """Return a clause as one cited line without its bullet."""
    start, end = clause_span(clause)
    return Line(_shown(clause.text[start:end]), (citations.cite(clause, start, end),))


def _shown(text: str) -> str:
    """Return a table row as a sentence: what it is about, then what to keep."""
    first, *others = row_cells(text) or [text]
    return f"{first}: {'、'.join(others)}" if others else first


def clause_span(clause: Passage) -> tuple[int, int]:
    """Return where the clause's words stand: everything but a leading bullet or number."""
    found = pieces(clause)
    if not found or "\n" in clause.text.strip():
        return 0, len(clause.text)
    return found[0].start, len(clause.text.rstrip())
