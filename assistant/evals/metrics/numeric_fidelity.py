"""Whether every number of an answer stands in its evidence."""

from collections.abc import Iterator

from assistant.evals.claims import failure
from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.number_context import is_changed
from assistant.evals.number_evidence import Statement, statements
from assistant.evals.number_support import is_borne
from assistant.evals.numbers import Number, numbers_in
from assistant.evals.references import References


def _score(asked: Asked, references: References) -> Score | None:
    """Return 1 where every number of the answer is borne.

    numeric_fidelity = answers whose every number (value and unit class) is in a passage they cite,
    in the question, or in what the cited document says of itself (date, before and after, title),
    or is %, × or a difference of two numbers of one unit there / answers. A line with marks is
    held to the documents of its own marks. Where the evidence says the same words with another
    number only, the number is wrong even if it stands elsewhere. Sources, templates and
    suggestions are left out.
    """
    failed = failure(asked.prediction)
    if failed:
        return Score(0.0, failed)
    wrong = list(dict.fromkeys(_unborne(asked, references)))
    if not wrong:
        return Score(1.0)
    return Score(0.0, f"根拠のない数字: {'、'.join(f'「{words}」' for words in wrong)}")


def _unborne(asked: Asked, references: References) -> Iterator[str]:
    for statement in statements(asked, references):
        for number in numbers_in(statement.text):
            if _is_invented(number, statement):
                yield number.text


def _is_invented(number: Number, statement: Statement) -> bool:
    """Tell whether nothing bears the number, or the evidence has another one in its place."""
    told = [numbers_in(text) for text in statement.evidence]
    if number.stated and not is_borne(number, told, text=statement.text):
        return True
    return is_changed(number, statement.text, statement.evidence)


METRIC = Metric("numeric_fidelity", "数字に根拠がある答えの割合", _score)
"""Answers without an invented number / answers; the gate tolerates no invented one."""
