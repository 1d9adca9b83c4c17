"""Whether what is cited deserves to be."""

from assistant.evals.citing import bonds_of, expects_citations, is_right
from assistant.evals.claims import failure
from assistant.evals.metric import Asked, Metric, Score, ratio
from assistant.evals.references import References


def _score(asked: Asked, references: References) -> Score | None:
    """Return the share of right citations among all that the answer gives.

    citation_precision = right citations / citations. A citation is a mark behind a claim, a mark
    without a citation, or a citation that bears no claim. It is right when its quote stands in
    its document and the passage is gold evidence or the quote supports the claim. After ALCE
    (Gao et al. 2023) with exact quotes in place of its NLI model; wrong marks count as there.
    """
    case = asked.case
    if not expects_citations(case) and not case.expect.must_not_cite:
        return None
    failed = failure(asked.prediction)
    if failed:
        return Score(0.0, failed, (0.0, 1.0))
    bonds = bonds_of(asked)
    if not bonds:
        if not expects_citations(case):
            return Score(1.0, counts=(1.0, 1.0))
        return Score(0.0, "出典が1つもありません", (0.0, 1.0))
    wrong = [bond.n for bond in bonds if not is_right(bond, case, references)]
    right = len(bonds) - len(wrong)
    return Score(right / len(bonds), _why(wrong), (float(right), float(len(bonds))))


def _why(wrong: list[int]) -> str:
    marks = "".join(f"[{n}]" for n in dict.fromkeys(wrong))
    return f"根拠になっていない出典: {marks}" if wrong else ""


METRIC = Metric("citation_precision", "出典の適合率", _score, aggregate=ratio)
"""Right citations / citations, over all answers."""
