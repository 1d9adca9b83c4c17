"""Cases and answers in, a score for each metric and case out."""

from collections.abc import Mapping, Sequence

from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.metrics import all_metrics
from assistant.evals.references import References


def score_run(asked: Sequence[Asked], references: References) -> Mapping[str, Mapping[str, Score]]:
    """Return the scores by metric name, then by case id, in the order of the report.

    A metric that no case tries out has an empty mapping. A metric that raises is a bug of the
    harness and stops the run: a failure of the target is scored, never raised.
    """
    return {metric.name: _scores(metric, asked, references) for metric in all_metrics()}


def _scores(metric: Metric, asked: Sequence[Asked], references: References) -> dict[str, Score]:
    found = ((one.case.id, metric.score(one, references)) for one in asked)
    return {case_id: score for case_id, score in found if score is not None}
