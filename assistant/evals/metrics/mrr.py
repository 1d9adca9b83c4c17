"""How far down the first relevant find stands."""

from functools import partial

from assistant.evals.metric import Metric
from assistant.evals.ranking import Ranking, document_ranking, scorer


def reciprocal_rank(ranking: Ranking, *, k: int) -> float:
    """Return 1 / rank of the first relevant find within k, else 0 (trec_eval `recip_rank`, cut)."""
    first = min((rank for rank, _ in ranking.found), default=k + 1)
    return 1 / first if first <= k else 0.0


METRICS = (
    Metric(
        "mrr@10",
        "検索: 最初の正解が何番目か(逆数)",
        scorer(document_ranking, partial(reciprocal_rank, k=10)),
    ),
)
"""MRR@10 by documents."""
