"""How far a judge agrees with people: below a floor it may report, but not decide."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from assistant.errors import SuiteError
from assistant.evals.claims import claims_of
from assistant.evals.files import write_whole
from assistant.evals.judge.judging import Judge, Opinion
from assistant.evals.judge.labels import Label, Verdict
from assistant.evals.judge.rubrics import Material, Rubric, rubrics
from assistant.evals.judge.rules import JudgeRules
from assistant.evals.prediction import Prediction

_Z95 = 1.959964
"""Two-sided 95% point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A judge held against people's labels, on one metric."""

    metric: str
    model: str
    prompt_hash: str
    n: int
    """Labels that the judge could judge."""
    judge_errors: int
    kappa: float
    """Cohen's κ (1960) of good/bad; 0 = no better than chance."""
    bad_precision: float
    """Of the answers that the judge calls bad, the share that people call bad; 0 without any."""
    bad_recall: float
    length_bias: float
    """Pearson's r of the answer's length with (judge − human): above 0, long answers please it."""
    unsteady: float
    """Share of answers whose votes differ, most often because the order of passages changed."""
    human_share: float
    """Share of labels that say good."""
    bias: float
    """Mean of (human − judge): what prediction-powered inference adds to the judge's mean."""
    bias_error: float
    """Standard error of `bias`."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A judge's mean over a run, corrected by what the labels say of its bias."""

    value: float
    low: float
    high: float


def calibrate(judge: Judge, labels: Sequence[Label]) -> tuple[Agreement, ...]:
    """Return the agreement on each metric that has labels, in the order of the rubrics."""
    return tuple(
        _agreement(judge, rubric, [one for one in labels if one.metric == rubric.name])
        for rubric in rubrics()
        if any(one.metric == rubric.name for one in labels)
    )


def cohens_kappa(first: Sequence[bool], second: Sequence[bool]) -> float:
    """Return (p_o − p_e) / (1 − p_e) of two raters; 0 where both say always the same word."""
    a, b = np.asarray(first, dtype=bool), np.asarray(second, dtype=bool)
    if not a.size:
        return 0.0
    observed = float(np.mean(a == b))
    chance = float(a.mean() * b.mean() + (1 - a.mean()) * (1 - b.mean()))
    return (observed - chance) / (1 - chance) if chance < 1 else 0.0


def corrected_mean(values: Sequence[float], agreement: Agreement) -> Corrected:
    """Return the prediction-powered mean (Angelopoulos et al. 2023) with its 95% interval.

    mean of the judge on the run + mean of (human − judge) on the labels; the variances add.
    """
    judged = np.asarray(values, dtype=np.float64)
    error = math.hypot(
        float(judged.std(ddof=1)) / math.sqrt(judged.size) if judged.size > 1 else 0.0,
        agreement.bias_error,
    )
    value = float(judged.mean()) + agreement.bias
    return Corrected(value, value - _Z95 * error, value + _Z95 * error)


def counts(agreement: Agreement | None, rubric: Rubric, *, model: str, rules: JudgeRules) -> str:
    """Return why the judge is report-only on this metric (Japanese); empty = it counts."""
    if agreement is None:
        return "人の採点とくらべていません"
    if agreement.model != model or agreement.prompt_hash != rubric.prompt_hash:
        return "くらべた後に、モデルか採点の指示文が変わりました"
    if agreement.n < rules.min_labels:
        return f"人の採点が{agreement.n}件です({rules.min_labels}件から)"
    if agreement.kappa < rules.min_kappa:
        return f"人との一致が κ={agreement.kappa:.2f} です({rules.min_kappa:.2f}から)"
    return ""


def save_calibration(path: Path, agreements: Sequence[Agreement]) -> None:
    """Write the agreements, replacing the file in one step."""
    text = json.dumps([asdict(one) for one in agreements], ensure_ascii=False, indent=2) + "\n"
    write_whole(path, text.encode("utf-8"))


def load_calibration(path: Path) -> Mapping[str, Agreement]:
    """Return the agreements by metric; none without the file. Raises SuiteError."""
    if not path.exists():
        return {}
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {one["metric"]: Agreement(**one) for one in told}
    except (OSError, UnicodeDecodeError, ValueError, TypeError, KeyError) as error:
        raise SuiteError(
            f"{path} を読めません。", remedy="消して、katsuyo eval calibrate をやり直してください。"
        ) from error


def _agreement(judge: Judge, rubric: Rubric, labels: Sequence[Label]) -> Agreement:
    opinions = [judge.opinion(rubric, _material(label)) for label in labels]
    pairs = [
        (label, opinion)
        for label, opinion in zip(labels, opinions, strict=True)
        if opinion.value is not None
    ]
    human = np.array([label.label is Verdict.GOOD for label, _ in pairs], dtype=np.float64)
    judged = np.array([opinion.value for _, opinion in pairs], dtype=np.float64)
    good = judged >= rubric.good_from
    bad_by_judge, bad_by_people = ~good, human < 1
    both = float(np.sum(bad_by_judge & bad_by_people))
    return Agreement(
        metric=rubric.name,
        model=judge.model.name,
        prompt_hash=rubric.prompt_hash,
        n=len(pairs),
        judge_errors=len(labels) - len(pairs),
        kappa=cohens_kappa([bool(one) for one in good], [bool(one) for one in human]),
        bad_precision=both / max(float(bad_by_judge.sum()), 1.0),
        bad_recall=both / max(float(bad_by_people.sum()), 1.0),
        length_bias=_correlation([float(len(label.answer)) for label, _ in pairs], judged - human),
        unsteady=_unsteady([opinion for _, opinion in pairs]),
        human_share=float(human.mean()) if len(pairs) else 0.0,
        bias=float((human - judged).mean()) if len(pairs) else 0.0,
        bias_error=_standard_error(human - judged),
    )


def _material(label: Label) -> Material:
    claims = label.claims or tuple(
        claim.text for claim in claims_of(Prediction(label.id, answer=label.answer))
    )
    return Material(label.question, label.department, label.answer, claims, label.passages)


def _correlation(lengths: Sequence[float], errors: np.ndarray) -> float:
    x = np.asarray(lengths)
    if x.size < 2 or not x.std() or not errors.std():
        return 0.0
    return float(np.corrcoef(x, errors)[0, 1])


def _unsteady(opinions: Sequence[Opinion]) -> float:
    return sum(not one.steady for one in opinions) / max(len(opinions), 1)


def _standard_error(values: np.ndarray) -> float:
    return float(values.std(ddof=1)) / math.sqrt(values.size) if values.size > 1 else 0.0
