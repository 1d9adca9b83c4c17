"""Whether everything that the answer claims is borne by a citation."""

from assistant.domain import Status
from assistant.evals.case import MustCite
from assistant.evals.citing import Bond, bonds_of, expects_citations, is_right, supports
from assistant.evals.claims import Claim, claims_of, failure
from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.prediction import Prediction
from assistant.evals.references import References, squeezed


def _score(asked: Asked, references: References) -> Score | None:
    """Return the share of claims, and of documents that must be cited, with their citation.

    citation_recall = (claims borne by right citations + found must_cite) / (claims + must_cite).
    A claim is borne when one of its citations is right or its quotes support it together (ALCE,
    Gao et al. 2023). An answer that wrongly abstains bears nothing.
    """
    if not expects_citations(asked.case):
        return None
    prediction, needed = asked.prediction, asked.case.expect.must_cite
    failed = failure(prediction)
    if failed or prediction.abstained:
        why = failed or "わからないと答え、根拠を示しませんでした"
        return Score(0.0, why)
    claims = [one for one in claims_of(prediction) if not _needs_none(one, references)]
    bonds = bonds_of(asked)
    bare = [claim for claim in claims if not _is_borne(claim, bonds, asked, references=references)]
    missing = [one for one in needed if not _is_cited(one, prediction)]
    total = len(claims) + len(needed)
    if not total:
        return Score(0.0, "根拠のある文が1つもありません")
    return Score(1 - (len(bare) + len(missing)) / total, _why(bare, missing))


def _needs_none(claim: Claim, references: References) -> bool:
    """Tell whether a claim without a mark tells of the desk or of a withdrawn document.

    Neither can be cited: the desk stands in company.yaml, and what was withdrawn is no evidence.
    """
    if claim.marks:
        return False
    withdrawn = (
        document.source.title
        for document in references.documents.values()
        if document.source.status is not Status.CURRENT
    )
    return any(name and name in claim.text for name in (references.company.desk.name, *withdrawn))


def _is_borne(
    claim: Claim, bonds: tuple[Bond, ...], asked: Asked, *, references: References
) -> bool:
    own = [bond for bond in bonds if bond.claim == claim]
    if any(is_right(bond, asked.case, references) for bond in own):
        return True
    barred = asked.case.expect.must_not_cite
    cited = [bond.citation for bond in own if bond.citation is not None]
    return supports([one for one in cited if one.source not in barred], claim, references)


def _is_cited(needed: MustCite, prediction: Prediction) -> bool:
    wanted = squeezed(needed.quote)
    return any(
        one.source == needed.doc and wanted in squeezed(one.quote) for one in prediction.citations
    )


def _why(bare: list[Claim], missing: list[MustCite]) -> str:
    parts = [f"出典のない文: 「{claim.text[:40]}」" for claim in bare[:1]]
    parts += [f"引用すべき文書がない: {one.doc}" for one in missing]
    return "、".join(parts)


METRIC = Metric("citation_recall", "出典の再現率", _score)
"""The mean over the cases, as in ALCE: a crash weighs as much as an answer."""
