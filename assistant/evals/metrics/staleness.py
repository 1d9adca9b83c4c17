"""Whether an answer rests on documents that no longer hold."""

from assistant.domain import Status
from assistant.evals.metric import Asked, Better, Metric, Score
from assistant.evals.metrics.words import listed, no_answer
from assistant.evals.references import References


def _score(asked: Asked, references: References) -> Score | None:
    """Return 1 where a cited document is not current or must not be cited here."""
    if not asked.prediction.ok:
        return Score(1.0, no_answer(asked.prediction))
    cited = dict.fromkeys(one.source for one in asked.prediction.citations)
    wrong = tuple(
        path
        for path in cited
        if path in asked.case.expect.must_not_cite or _is_stale(path, references)
    )
    if not wrong:
        return Score(0.0)
    return Score(1.0, f"今は根拠にできない文書を出典にした: {listed(wrong)}")


def _is_stale(path: str, references: References) -> bool:
    document = references.document(path)
    return document is not None and document.source.status is not Status.CURRENT


METRIC = Metric("stale_citation_rate", "古い文書を出典にした割合", _score, better=Better.LOWER)
"""Answers that cite a draft, superseded or retracted document, or one of `must_not_cite` / all
answers. Saying that a document was withdrawn, without citing it as evidence, is fine. A document
that the corpus does not hold is the matter of quote_exactness."""
