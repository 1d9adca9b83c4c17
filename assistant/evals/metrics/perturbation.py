"""Deletion test and swap test: does the answer follow the documents, or something else?

deletion_abstention = cases whose only document was taken away and whose answer then abstains or
does not tell the fact / cases tried; swap_following = cases whose number was changed in the
document and whose answer tells the new one / cases tried. After RGB (Chen et al. 2024).
"""

from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.references import References


def _asked_elsewhere(_asked: Asked, _references: References) -> Score | None:
    """Return nothing: the scores come from answers on changed copies (evals/perturb.py)."""
    return None


METRICS = (
    Metric("deletion_abstention", "資料を消すと、言わなくなる", _asked_elsewhere),
    Metric("swap_following", "資料の数字を変えると、答えも変わる", _asked_elsewhere),
)
