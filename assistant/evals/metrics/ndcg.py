"""How high the relevant finds stand, the more relevant ones first."""

from functools import partial
from math import log2

from assistant.evals.metric import Metric
from assistant.evals.ranking import Ranking, document_ranking, passage_ranking, scorer


def ndcg(ranking: Ranking, *, k: int) -> float:
    """Return DCG@k / ideal DCG@k with linear gain, 0–1 (trec_eval `ndcg_cut.k`).

    DCG@k = Σ grade_i / log2(i + 1) over ranks i = 1…k (Järvelin & Kekäläinen 2002). Items that
    share a rank (two spans in one passage) take the ranks from there on, so that the ideal stays
    the upper bound.
    """
    gain, taken = 0.0, 0
    for rank, grade in sorted(ranking.found, key=lambda one: (one[0], -one[1])):
        taken = max(rank, taken + 1)
        gain += grade / log2(taken + 1) if taken <= k else 0.0
    best = sorted(ranking.grades, reverse=True)[:k]
    return gain / sum(grade / log2(rank + 1) for rank, grade in enumerate(best, start=1))


METRICS = (
    Metric(
        "ndcg@10",
        "検索: 正解の文書が上に並ぶ度合い",
        scorer(document_ranking, partial(ndcg, k=10)),
    ),
    Metric(
        "ndcg_passage@10",
        "検索: 正解の箇所が上に並ぶ度合い",
        scorer(passage_ranking, partial(ndcg, k=10)),
    ),
)
"""nDCG@10 by documents and by passages."""
