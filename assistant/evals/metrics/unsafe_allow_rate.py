"""Whether something prohibited is ever called allowed."""

from assistant.domain import VerdictKind
from assistant.evals.metric import Asked, Better, Metric, Score
from assistant.evals.metrics.allowed_instead import allowed_instead_of
from assistant.evals.references import References


def _score(asked: Asked, references: References) -> Score | None:  # noqa: ARG001
    return allowed_instead_of(VerdictKind.PROHIBITED, asked)


METRIC = Metric(
    "unsafe_allow_rate", "禁止のことを「使える」と答えた割合", _score, better=Better.LOWER
)
"""Cases with gold verdict `prohibited` answered `allowed` / cases with that gold verdict
(false-negative rate of a safety classifier). No answer counts as allowed."""
