"""Whether every quote stands word for word where the answer says it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain import FaqPair, Passage
from assistant.evals.claims import claims_of, failure
from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.prediction import PredictedCitation, Prediction
from assistant.evals.references import References, squeezed

SHORTEST = 12
"""Characters in 「」 from which they are taken for a quote; shorter ones are mostly names."""

_ALTERED = "出典の文書にそのままの形でありません"
_QUOTED = re.compile(rf"「([^「」]{{{SHORTEST},}})」")


@dataclass(frozen=True, slots=True)
class _Quote:
    words: str
    wrong: str
    """Why it is not exact (Japanese); empty = it is."""


def _score(asked: Asked, references: References) -> Score | None:
    """Return the share of exact quotes.

    quote_exactness = exact quotes / quotes. Quotes are those of the citations, the sentences of
    story cards, the bodies of templates and longer words in 「」 behind which a mark stands. Exact:
    found in a passage of the cited document after NFKC without whitespace, nothing else folded;
    the page and the heading told must be that passage's.
    """
    failed = failure(asked.prediction)
    if failed:
        return Score(0.0, failed)
    prediction = asked.prediction
    quotes = [*_cited(prediction, references), *_shown(asked, references)]
    if not quotes:
        return None  # citation precision and recall tell that evidence is missing
    wrong = [quote for quote in quotes if quote.wrong]
    why = f"「{wrong[0].words[:40]}」は{wrong[0].wrong}" if wrong else ""
    return Score(1 - len(wrong) / len(quotes), why)


def _cited(prediction: Prediction, references: References) -> Iterator[_Quote]:
    for citation in prediction.citations:
        yield _Quote(citation.quote, _fault(citation, references))


def _fault(citation: PredictedCitation, references: References) -> str:
    """Return what is wrong with the quote of a citation; empty = nothing."""
    passages = references.cited_passages(citation)
    if not passages:
        return f"{citation.source or '出典'} にそのままの形でありません"
    if citation.page is not None:
        passages = tuple(one for one in passages if one.page == citation.page)
        if not passages:
            return f"{citation.source} の{citation.page}ページにありません"
    if citation.heading and not any(_stands_under(one, citation.heading) for one in passages):
        return f"{citation.source} の見出し「{citation.heading}」の下にありません"
    return ""


def _stands_under(passage: Passage, heading: str) -> bool:
    """Tell whether `heading` is the passage's heading path, its last part, or an FAQ's question."""
    names = {" > ".join(passage.headings), *passage.headings[-1:]}
    if isinstance(passage.content, FaqPair):
        names.add(passage.content.question)
    return squeezed(heading) in {squeezed(name) for name in names}


def _shown(asked: Asked, references: References) -> Iterator[_Quote]:
    """Yield what the answer shows as a quote of the document that its mark names."""
    prediction = asked.prediction
    source = {one.n: one.source for one in reversed(prediction.citations)}
    for section in prediction.sections:
        cards = [(one.sentence, one.mark) for one in section.stories]
        cards += [(section.template.body, section.template.mark)] if section.template else []
        for words, mark in cards:
            if words.strip():
                exact = references.passages_holding(source.get(mark, ""), words)
                yield _Quote(words, "" if exact else _ALTERED)
    own = squeezed(f"{asked.case.question}\n{prediction.safe_text}")
    for claim in claims_of(prediction):
        paths = [source[n] for n in claim.marks if n in source]
        for words in _QUOTED.findall(claim.text) if claim.marks else ():
            told = squeezed(words) in own
            found = told or any(_names(path, words, references) for path in paths)
            yield _Quote(words, "" if found else _ALTERED)


def _names(path: str, words: str, references: References) -> bool:
    """Tell whether the document holds `words` in its text, title or headings."""
    document = references.document(path)
    if document is None:
        return False
    if references.passages_holding(path, words):
        return True
    titles = [document.source.title, *(" ".join(one.headings) for one in document.passages)]
    return any(squeezed(words) in squeezed(title) for title in titles)


METRIC = Metric("quote_exactness", "引用が原文どおりの割合", _score)
"""The mean over the cases that quote; the gate tolerates no inexact quote."""
