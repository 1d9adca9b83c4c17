"""How much of what is relevant stands among the first k finds."""

from functools import partial

from assistant.evals.metric import Metric
from assistant.evals.ranking import Ranking, document_ranking, passage_ranking, scorer


def recall(ranking: Ranking, *, k: int) -> float:
    """Return |relevant in the first k| / |relevant|, 0–1 (trec_eval `recall.k`)."""
    return sum(rank <= k for rank, _ in ranking.found) / len(ranking.grades)


def _metric(k: int) -> Metric:
    score = scorer(document_ranking, partial(recall, k=k))
    return Metric(f"recall@{k}", f"検索: 正解の文書が上位{k}件に入る割合", score)


METRICS = (
    *(_metric(k) for k in (1, 5, 10)),
    Metric(
        "recall_passage@5",
        "検索: 正解の箇所が上位5件の抜粋に入る割合",
        scorer(passage_ranking, partial(recall, k=5)),
    ),
)
"""recall@k by documents (k = 1, 5, 10) and by passages (k = 5)."""
