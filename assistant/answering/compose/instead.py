"""かわりにできること: what a ban leaves open, in the words of the company's own documents."""

import re
from collections.abc import Iterator, Sequence

from assistant.answering.citations import CitationList
from assistant.answering.compose.pieces import Piece, pieces
from assistant.answering.japanese.words import Word, named
from assistant.answering.verdict.tools import forbidden_tool
from assistant.corpus.text import fold
from assistant.domain import (
    AnswerSection,
    Clause,
    ClauseKind,
    Company,
    Evidence,
    FaqPair,
    Hit,
    Line,
    Passage,
    Query,
    Slot,
    Verdict,
)

MOST = 2
_TITLE = "かわりにできること"
_WAY_OUT = re.compile(
    r"置き?[かき換替]え|伏せ|ぼかし|匿名|仮名|架空|(?:消し|抜い|除い|外し|隠し)(?:て|た)|記号に"
    r"|(?:項目|見出し|列|型|枠|名前|形)(?:名)?だけ|だけ(?:を|で|なら)|代わり|かわりに|なら(?:使|入れ|大丈夫|貼|頼)"
    r"|手で(?:埋|入|打|足)"
)
"""How documents say what to do instead (general Japanese)."""
_FORBIDS = re.compile(r"(?:てはいけません|禁止です|できません|られません|なしです)。?$")
_NAMED = 0.5
"""Share of the question's topic that the document must name to speak of the same thing."""
_LONGEST = 110
_SHORTEST = 10
_SECOND = 0.8
"""Share of the best sentence's nearness from which a second one is told."""
_CONTENT = re.compile(r"[一-龯々]+|[ァ-ヶー]{2,}|[a-z]{2,}")
_NEAR = 0.5
"""Share of the best score below which a passage is about something else."""


def instead(
    query: Query,
    words: Sequence[Word],
    *,
    verdict: Verdict,
    evidence: Evidence,
    company: Company,
    rules: Sequence[Passage],
    citations: CitationList,
) -> AnswerSection | None:
    """Return what to do instead of what `verdict` forbids, or None where no document says it."""
    if forbidden_tool(query.text, company):
        lines = tuple(_allowed_tools(company, rules, citations))
    else:
        lines = tuple(_ways_out(words, verdict, evidence, citations))
    return AnswerSection(Slot.DIRECT, _TITLE, lines=lines) if lines else None


def says_a_way_out(text: str) -> bool:
    """Tell whether `text` says what may be done in a forbidden thing's stead."""
    return bool(_WAY_OUT.search(text))


def _allowed_tools(
    company: Company, rules: Sequence[Passage], citations: CitationList
) -> Iterator[Line]:
    """Yield the sentence of the rule that names the tools which may be used."""
    for rule in rules:
        if isinstance(rule.content, Clause) and rule.content.clause is ClauseKind.FORBIDDEN_INPUT:
            continue
        for piece in pieces(rule):
            if any(fold(tool.name) in fold(piece.text) for tool in company.allowed_tools):
                yield Line(piece.text, (citations.cite(rule, piece.start, piece.end),))
                return


def _ways_out(
    words: Sequence[Word], verdict: Verdict, evidence: Evidence, citations: CitationList
) -> Iterator[Line]:
    """Yield the sentences that say how, the one nearest to the forbidden thing first."""
    forbidden = _grams(" ".join(clause.text for clause in verdict.clauses))
    deciding = {clause.id for clause in verdict.clauses}
    rated = [
        (_nearness(piece, words, forbidden), piece)
        for hit in _about(words, evidence)
        if hit.passage.id not in deciding
        for piece in _saying_how(hit.passage, words)
        if not citations.holds(hit.passage, piece.text)
    ]
    rated.sort(key=lambda row: -row[0])
    shown: set[str] = set()
    for nearness, piece in rated:
        if len(shown) == MOST or nearness < _SECOND * rated[0][0]:
            return
        if piece.passage.id not in shown:
            shown.add(piece.passage.id)
            yield Line(piece.text, (citations.cite(piece.passage, piece.start, piece.end),))


def _nearness(piece: Piece, words: Sequence[Word], forbidden: frozenset[str]) -> float:
    """Return how much of the question and of the deciding clause a sentence speaks of."""
    return named(words, piece.text) + len(forbidden & _grams(piece.text)) / max(len(forbidden), 1)


def _grams(text: str) -> frozenset[str]:
    runs = _CONTENT.findall(fold(text))
    return frozenset(run[at : at + 2] for run in runs for at in range(max(len(run) - 1, 1)))


def _about(words: Sequence[Word], evidence: Evidence) -> list[Hit]:
    """Return what speaks of the same thing: rule, FAQs, manuals and templates."""
    found = [*evidence.rule, *evidence.faqs, *evidence.guides, *evidence.templates]
    floor = _NEAR * max((hit.score for hit in found), default=0.0)
    return [hit for hit in found if hit.score >= floor and _names(hit.passage, words)]


def _names(passage: Passage, words: Sequence[Word]) -> bool:
    return bool(words) and named(words, f"{passage.source.title} {passage.text}") >= _NAMED


def _saying_how(passage: Passage, words: Sequence[Word]) -> Iterator[Piece]:
    """Yield the sentences that say how; of an FAQ from its answer, of a rule from conditions."""
    content = passage.content
    if isinstance(content, Clause) and content.clause is not ClauseKind.CONDITIONAL:
        return
    asks = isinstance(content, FaqPair)
    start = passage.text.rfind(content.answer) if isinstance(content, FaqPair) else 0
    for piece in pieces(passage):
        fits = piece.start >= start and _SHORTEST <= len(piece.text) <= _LONGEST
        said = fits and _WAY_OUT.search(piece.text) and not _FORBIDS.search(piece.text)
        if said and (asks or named(words, piece.text) >= _NAMED):
            yield piece
