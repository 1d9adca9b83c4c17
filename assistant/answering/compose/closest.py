"""When no slot fits: the passage that is about the question itself, in its own sentences."""

from collections.abc import Sequence

from assistant.answering.citations import CitationList
from assistant.answering.compose.aboutness import NEAR, names
from assistant.answering.compose.checks import clause_line
from assistant.answering.compose.direct import faq_answer
from assistant.answering.compose.pieces import Piece, pieces
from assistant.answering.words import Word, named
from assistant.domain import AnswerSection, Clause, FaqPair, Hit, Line, Passage, Prose, Slot
from assistant.search.terms import pairs

_DEPTH = 3
_SENTENCES = 3
_NEAR_BARE = 0.855
"""Least cosine for questions of general words alone («出す前に何を確認すればいい?»)."""
_WHOLE = 0.9
_NEAR_WHOLE = 0.84
"""A passage with all words of the question need not be as near in meaning."""
_COVERED = 0.6
"""Where a question names no compound, or nothing has a vector yet."""


def closest(
    hits: Sequence[Hit],
    *,
    text: str,
    words: Sequence[Word],
    phrases: Sequence[Word],
    rules: Sequence[Passage],
    citations: CitationList,
) -> AnswerSection | None:
    """Return the best passage's sentences on the question, or None when none is about it."""
    for hit in hits[:_DEPTH]:
        content = hit.passage.content
        if not _is_about(hit, phrases):
            continue
        if isinstance(content, FaqPair):
            return faq_answer(hit, citations)
        if isinstance(content, Clause):
            return _clauses(content, rules, citations)
        if isinstance(content, Prose):
            section = _sentences(hit.passage, words, text, citations=citations)
            if section:
                return section
    return None


def _is_about(hit: Hit, phrases: Sequence[Word]) -> bool:
    if not hit.cosine or not phrases:
        near = hit.cosine >= _NEAR_BARE or not hit.cosine
        return near and names(hit, phrases) and hit.coverage >= _COVERED
    near = hit.cosine >= NEAR or (hit.coverage >= _WHOLE and hit.cosine >= _NEAR_WHOLE)
    return names(hit, phrases) and near


def _clauses(
    content: Clause, rules: Sequence[Passage], citations: CitationList
) -> AnswerSection | None:
    """Return all clauses that stand beside this one: a list is answered whole."""
    beside = [rule for rule in rules if rule.content == content]
    lines = tuple(clause_line(rule, citations) for rule in beside)
    return AnswerSection(Slot.DIRECT, "答え", lines=lines, note=f"ルールの「{content.label}」です")


def _sentences(
    passage: Passage, words: Sequence[Word], text: str, *, citations: CitationList
) -> AnswerSection | None:
    """Return neighbouring sentences, from the one that says most of what was asked."""
    found = [piece for piece in pieces(passage) if len(piece.text) >= 6]
    if not found:
        return None
    best = max(range(len(found)), key=lambda n: (_says(found[n], words, text), -n))
    first = best - 1 if best + 1 == len(found) and best and not found[best].item else best
    shown = found[first : first + _SENTENCES]
    mark = citations.cite(passage, shown[0].start, shown[-1].end)
    lines = tuple(Line(piece.text, (mark,)) for piece in shown)
    return AnswerSection(Slot.DIRECT, "答え", lines=lines)


def _says(piece: Piece, words: Sequence[Word], text: str) -> float:
    """Return how much of the topic a sentence names; character pairs decide among equals."""
    within = f"{piece.heading} {piece.text}"
    asked = set(pairs(text))
    common = len(asked & set(pairs(within))) / max(len(asked), 1)
    return named(words, within) + 0.5 * common
