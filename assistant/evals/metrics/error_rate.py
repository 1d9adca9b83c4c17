"""Whether a real answer came at all."""

from assistant.evals.metric import Asked, Better, Metric, Score
from assistant.evals.metrics.shown import plain
from assistant.evals.metrics.words import no_answer
from assistant.evals.references import References, squeezed

_LONGEST_ESCAPE = 6
"""Characters of Markdown for one of the question: «&#64;» and a blank."""


def _score(asked: Asked, references: References) -> Score | None:  # noqa: ARG001
    """Return 1 for a crash, a time-out, an empty answer, or the question itself as the answer."""
    prediction = asked.prediction
    if not prediction.ok:
        return Score(1.0, no_answer(prediction))
    if not any(letter.isalnum() for letter in prediction.answer):
        return Score(1.0, "答えが空")
    if any(_repeats(prediction.answer, text) for text in _questions(asked)):
        return Score(1.0, "質問をそのまま返した")
    return Score(0.0)


def _questions(asked: Asked) -> tuple[str, ...]:
    return tuple(text for text in (asked.case.question, asked.prediction.safe_text) if text)


def _repeats(answer: str, question: str) -> bool:
    """Return whether the answer is the question, however it is escaped and punctuated."""
    if len(answer) > _LONGEST_ESCAPE * len(question):
        return False
    return _letters(plain(answer)) == _letters(question)


def _letters(text: str) -> str:
    return "".join(letter for letter in squeezed(text).casefold() if letter.isalnum())


METRIC = Metric("error_rate", "答えにならなかった割合", _score, better=Better.LOWER)
"""Questions with a crash, a time-out, an answer without a letter, or the question as its own answer
/ all questions: the error budget of SRE practice. Every question counts, none is dropped."""
