"""Whether what is cited deserves to be."""

from assistant.evals.citing import bonds_of, expects_citations, is_right
from assistant.evals.claims import failure
from assistant.evals.metric import Asked, Metric, Score
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
        return Score(0.0, failed)
    bonds = bonds_of(asked)
    if not bonds:
        if not expects_citations(case):
            return Score(1.0)
        return Score(0.0, "出典が1つもありません")
    wrong = [bond.n for bond in bonds if not is_right(bond, case, references)]
    return Score(1 - len(wrong) / len(bonds), _why(wrong))


def _why(wrong: list[int]) -> str:
    marks = "".join(f"[{n}]" for n in dict.fromkeys(wrong))
    return f"根拠になっていない出典: {marks}" if wrong else ""


METRIC = Metric("citation_precision", "出典の適合率", _score)
"""The mean over the cases, as in ALCE: a crash weighs as much as an answer."""
