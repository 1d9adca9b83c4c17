"""Whether a case wants an answer or 「わかりません」: shared by the metrics of abstention."""

from assistant.evals.case import Case, CaseType

_ANSWERABLE = frozenset(
    {
        CaseType.HOW_TO,
        CaseType.FAQ,
        CaseType.FACT,
        CaseType.STORY,
        CaseType.TEMPLATE,
        CaseType.FOLLOW_UP,
    }
)


def wants_abstention(case: Case) -> bool | None:
    """Return True = must say that it does not know, False = must answer, None = not scored.

    Unsaid, an unanswerable case wants an abstention, and one with evidence wants an answer.
    """
    if case.expect.abstain is not None:
        return case.expect.abstain
    if case.type is CaseType.UNANSWERABLE:
        return True
    has_evidence = bool(case.qrels or case.expect.facts)
    return False if case.type in _ANSWERABLE and has_evidence else None
