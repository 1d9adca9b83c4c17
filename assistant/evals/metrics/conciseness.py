"""Whether an answer stays an answer instead of emptying the drawer."""

from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.metrics.shown import prose
from assistant.evals.metrics.words import no_answer
from assistant.evals.references import References

PROSE_LIMIT = 1_500
"""Characters outside templates and the list of sources. Measured: the longest of 965 answers to
benchmarks/colloquial.tsv and eval/suites has 880, the median of the former 287; ten passages of the
sample company have about 2,000."""

TOTAL_LIMIT = 4_000
"""Characters with templates and sources. Measured on the same answers: at most 1,973."""


def _score(asked: Asked, references: References) -> Score | None:  # noqa: ARG001
    """Return 1 where the answer is short enough to be read on one or two screens."""
    prediction = asked.prediction
    if not prediction.ok:
        return Score(0.0, no_answer(prediction))
    total, told = len(prediction.answer), len(prose(prediction.answer))
    if told > PROSE_LIMIT:
        return Score(0.0, f"答えの文が長すぎる({told}字、上限{PROSE_LIMIT}字)")
    if total > TOTAL_LIMIT:
        return Score(0.0, f"答え全体が長すぎる({total}字、上限{TOTAL_LIMIT}字)")
    return Score(1.0)


METRIC = Metric("conciseness", "答えが読める長さに収まった割合", _score)
"""Answers within the limits of length / all answers (Azure's answer_length, with a limit): a system
that returns its whole context cannot hide behind perfect recall."""
