"""Whether a condition of the rule is ever left out."""

from assistant.domain import VerdictKind
from assistant.evals.metric import Asked, Better, Metric, Score
from assistant.evals.metrics.allowed_instead import allowed_instead_of
from assistant.evals.references import References


def _score(asked: Asked, references: References) -> Score | None:  # noqa: ARG001
    return allowed_instead_of(VerdictKind.CONDITIONAL, asked)


METRIC = Metric(
    "condition_dropped_rate", "条件を言わずに「使える」と答えた割合", _score, better=Better.LOWER
)
"""Cases with gold verdict `conditional` answered `allowed` / cases with that gold verdict: people
would skip a duty. No answer counts as allowed."""
