"""What a target found, as rows of relevance: shared by recall, nDCG and MRR.

Documents come from `retrieved` and are relevant with the highest grade of their qrels. Passages
come from `passages`: a passage is relevant when it is of the qrel's document and holds its span,
and each qrel counts once, at the first passage that holds it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.evals.case import Case
from assistant.evals.claims import failure
from assistant.evals.metric import Asked, Score
from assistant.evals.prediction import Prediction
from assistant.evals.references import References, squeezed


@dataclass(frozen=True, slots=True)
class Ranking:
    """What there is to find, and at which rank each was found."""

    grades: tuple[int, ...]
    """Grades of all relevant items."""
    found: tuple[tuple[int, int], ...]
    """(rank from 1, grade) of the relevant items found, best first; ranks may be equal."""
    missing: tuple[str, ...]
    """Documents of relevant items that were not found in the first ten."""


Rank = Callable[[Asked], Ranking | None]
Formula = Callable[[Ranking], float]

DEPTH = 10
"""Ranks below which a find is not worth telling."""


def document_ranking(asked: Asked) -> Ranking | None:
    """Return the ranking of documents; None where the case names none."""
    grades = document_grades(asked.case)
    if not grades:
        return None
    found = [
        (rank, doc)
        for rank, doc in enumerate(dict.fromkeys(asked.prediction.retrieved), start=1)
        if doc in grades
    ]
    near = {doc for rank, doc in found if rank <= DEPTH}
    return Ranking(
        grades=tuple(grades.values()),
        found=tuple((rank, grades[doc]) for rank, doc in found),
        missing=tuple(sorted(set(grades) - near)),
    )


def passage_ranking(asked: Asked) -> Ranking | None:
    """Return the ranking of passages; None without spans, or where the target tells no passages."""
    wanted = sorted({(one.doc, squeezed(one.span), one.grade) for one in asked.case.qrels})
    wanted = [one for one in wanted if one[1]]
    prediction = asked.prediction
    if not wanted or _tells_no_passages(prediction):
        return None
    texts = [(one.source, squeezed(one.text)) for one in prediction.passages]
    ranks = [(_first(texts, doc, span), grade, doc) for doc, span, grade in wanted]
    return Ranking(
        grades=tuple(grade for _, _, grade in wanted),
        found=tuple(sorted((rank, grade) for rank, grade, _ in ranks if rank)),
        missing=tuple(sorted({doc for rank, _, doc in ranks if not 0 < rank <= DEPTH})),
    )


def document_grades(case: Case) -> dict[str, int]:
    """Return the highest grade of each relevant document."""
    grades: dict[str, int] = {}
    for qrel in sorted(case.qrels, key=lambda one: one.doc):
        grades[qrel.doc] = max(qrel.grade, grades.get(qrel.doc, 0))
    return grades


def scorer(rank: Rank, formula: Formula) -> Callable[[Asked, References], Score | None]:
    """Return what scores a case by `formula`; a failed outcome has found nothing."""

    def score(asked: Asked, references: References) -> Score | None:  # noqa: ARG001
        ranking = rank(asked)
        if ranking is None:
            return None
        failed = failure(asked.prediction)
        if failed:
            return Score(0.0, failed)
        value = formula(ranking)
        return Score(value, _why(ranking) if value < 1 else "")

    return score


def _tells_no_passages(prediction: Prediction) -> bool:
    """A target that found documents and shows no passage keeps its passages to itself."""
    return prediction.ok and not prediction.passages and bool(prediction.retrieved)


def _first(texts: Sequence[tuple[str, str]], doc: str, span: str) -> int:
    """Return the rank of the first passage of `doc` that holds `span`; 0 = none does."""
    hits = (rank for rank, (source, text) in enumerate(texts, 1) if source == doc and span in text)
    return next(hits, 0)


def _why(ranking: Ranking) -> str:
    if ranking.missing:
        return f"上位{DEPTH}件に見つからない文書: {'、'.join(ranking.missing)}"
    return f"正解が見つかった順位: {'、'.join(f'{rank}位' for rank, _ in ranking.found)}"
