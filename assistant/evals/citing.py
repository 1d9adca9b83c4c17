"""Which citations of an answer are right: shared by citation precision and recall."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.domain import FaqPair, Passage
from assistant.evals.case import Case
from assistant.evals.claims import Claim, body, claims_of, marks_in
from assistant.evals.japanese import bigrams
from assistant.evals.metric import Asked
from assistant.evals.prediction import PredictedCitation
from assistant.evals.references import References

SUPPORTED = 0.5
"""Least share of a claim's content that its quotes must hold. Answers of the product to 191
questions as employees type them (1,070 claims): 0.86 at least with their own marks, 0.32 at the
95th percentile with a random mark of another answer, 0.24 with another mark of the same answer."""

_HIRAGANA = re.compile(r"[ぁ-ゖ]+")


@dataclass(frozen=True, slots=True)
class Bond:
    """A claim and one citation that is said to bear it; an idle citation bears no claim."""

    n: int
    claim: Claim | None
    citation: PredictedCitation | None
    """None where the mark has no citation."""


def expects_citations(case: Case) -> bool:
    """Return whether the case says what a right answer rests on."""
    return bool(case.qrels or case.expect.must_cite) and case.expect.abstain is not True


def bonds_of(asked: Asked) -> tuple[Bond, ...]:
    """Return every mark behind a claim, then marks and citations that stand for no claim."""
    prediction = asked.prediction
    known = {one.n: one for one in reversed(prediction.citations)}
    bonds = [Bond(n, claim, known.get(n)) for claim in claims_of(prediction) for n in claim.marks]
    borne = {bond.n for bond in bonds}
    shown = (n for n in marks_in(body(prediction.answer)) if n not in known and n not in borne)
    idle = [one for one in prediction.citations if one.n not in borne or one is not known[one.n]]
    return (
        *bonds,
        *(Bond(n, None, None) for n in shown),
        *(Bond(one.n, None, one) for one in idle),
    )


def is_right(bond: Bond, case: Case, references: References) -> bool:
    """Tell whether a citation may stand where it stands.

    It is right when its quote is in its document and either the passage is gold evidence or the
    quote supports the claim; never when the document must not be cited.
    """
    citation = bond.citation
    if citation is None or citation.source in case.expect.must_not_cite:
        return False
    passages = references.cited_passages(citation)
    if not passages:
        return False
    if is_gold(citation, passages, case=case, references=references):
        return True
    return bond.claim is not None and supports([citation], bond.claim, references)


def is_gold(
    citation: PredictedCitation,
    passages: Sequence[Passage],
    *,
    case: Case,
    references: References,
) -> bool:
    """Tell whether the cited passages hold evidence that the case names."""
    spans = {(one.doc, one.span) for one in case.qrels}
    spans |= {(one.doc, one.quote) for one in case.expect.must_cite}
    cited = {passage.id for passage in passages}
    return any(
        not span or any(one.id in cited for one in references.passages_holding(doc, span))
        for doc, span in spans
        if doc == citation.source
    )


def supports(citations: Iterable[PredictedCitation], claim: Claim, references: References) -> bool:
    """Tell whether quotes that stand in their documents hold enough of the claim together."""
    return support(citations, claim, references) >= SUPPORTED


def support(citations: Iterable[PredictedCitation], claim: Claim, references: References) -> float:
    """Return the share (0–1) of the claim's content that the quotes hold together.

    Content: pairs of characters after folding, but those of hiragana alone. A quote comes with
    the title and the headings that it stands under.
    """
    wanted = _content(claim.text)
    held: frozenset[str] = frozenset()
    for citation in citations:
        held |= _held_by(citation, references)
    return len(wanted & held) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=4096)
def _held_by(citation: PredictedCitation, references: References) -> frozenset[str]:
    """Return the character pairs of a quote and its surroundings; none where it is not found."""
    passages = references.cited_passages(citation)
    return bigrams("\n".join((citation.quote, *_names(passages[0])))) if passages else frozenset()


def _names(passage: Passage) -> tuple[str, ...]:
    """Return what the passage is called: title, headings, the question of an FAQ."""
    question = (passage.content.question,) if isinstance(passage.content, FaqPair) else ()
    return (passage.source.title, *passage.headings, *question)


@lru_cache(maxsize=8192)
def _content(text: str) -> frozenset[str]:
    """Return the character pairs that say something; all of them where none does."""
    pairs = bigrams(text)
    return frozenset(pair for pair in pairs if not _HIRAGANA.fullmatch(pair)) or pairs
