"""Whether every kind of 判定 is told apart, however rare it is in the suite."""

import numpy as np
from numpy.typing import NDArray

from assistant.domain import VerdictKind
from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.metrics import verdict_accuracy
from assistant.evals.references import References

CLASSES = tuple(VerdictKind)
"""Rows and columns of the confusion matrix, in this order."""

_COLUMNS = len(CLASSES) + 1
"""One more than the classes: no verdict came (crash, time-out, a word outside the contract)."""


def _score(asked: Asked, references: References) -> Score | None:
    """Return the case's cell of the confusion matrix, flattened row by row (gold × answered)."""
    wanted = asked.case.expect.verdict
    scored = verdict_accuracy.METRIC.score(asked, references)
    if wanted is None or scored is None:
        return None
    prediction = asked.prediction
    words = [kind.value for kind in CLASSES]
    told = prediction.ok and prediction.verdict in words
    column = words.index(prediction.verdict) if told else len(CLASSES)
    cells = np.zeros((len(CLASSES), _COLUMNS))
    cells[CLASSES.index(wanted), column] = 1.0
    return Score(scored.value, scored.why, tuple(cells.ravel().tolist()))


def _macro_f1(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean F1 over the classes with gold cases; NaN where there are none."""
    matrix = sums.reshape(*sums.shape[:-1], len(CLASSES), _COLUMNS)
    answered, silent = matrix[..., :-1], matrix[..., -1]
    right = np.diagonal(answered, axis1=-2, axis2=-1)
    support = matrix.sum(axis=-1)
    # No verdict blames every other class: otherwise a crash would spare one its false alarm.
    blamed = answered.sum(axis=-2) + silent.sum(axis=-1, keepdims=True) - silent
    with np.errstate(divide="ignore", invalid="ignore"):
        f1 = np.where(support > 0, 2 * right / (support + blamed), 0.0)
        classes = (support > 0).sum(axis=-1)
        return np.where(classes > 0, f1.sum(axis=-1) / classes, np.nan)


METRIC = Metric("verdict_macro_f1", "判定の種類ごとのF1の平均", _score, aggregate=_macro_f1)
"""Macro F1 = mean over gold classes of 2·TP / (2·TP + FP + FN): sklearn.metrics.f1_score(
average="macro", labels=classes with gold cases). A case without a verdict is a miss of its class
and a false alarm of each other one, so that a crash never scores better than a wrong word."""
