"""Whether every number of an answer stands in its evidence."""

from collections.abc import Iterator

from assistant.evals.claims import failure
from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.numbers.context import changed_numbers
from assistant.evals.numbers.evidence import statements
from assistant.evals.numbers.numbers import numbers_in
from assistant.evals.numbers.support import is_borne
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
    """Yield numbers that nothing bears, or that stand where the evidence has another one."""
    for statement in statements(asked, references):
        told = [numbers_in(text) for text in statement.evidence]
        changed = changed_numbers(statement.text, statement.evidence)
        for number in numbers_in(statement.text):
            borne = not number.stated or is_borne(number, told, text=statement.text)
            if not borne or number in changed:
                yield number.text


METRIC = Metric("numeric_fidelity", "数字に根拠がある答えの割合", _score)
"""Answers without an invented number / answers; the gate tolerates no invented one."""
