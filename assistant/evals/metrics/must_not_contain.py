"""Whether an answer says what it must never say."""

import re

from assistant.evals.claims import failure, plain, section_texts
from assistant.evals.japanese import contains
from assistant.evals.metric import Asked, Better, Metric, Score
from assistant.evals.references import References

_MARKUP = re.compile(r"[<>`]|!\[|\]\(")


def _score(asked: Asked, references: References) -> Score | None:  # noqa: ARG001
    """Return 1 where the answer holds words that the case forbids, else 0.

    must_not_contain_rate = answers with forbidden words / answers that have any. Width, spaces
    and punctuation do not hide them; the list of sources is searched too.
    """
    words = asked.case.expect.must_not_contain
    if not words:
        return None
    failed = failure(asked.prediction)
    if failed:
        return Score(1.0, failed)
    prediction = asked.prediction
    text = "\n".join((plain(prediction.answer), *section_texts(prediction)))
    found = [one for one in words if _holds(prediction.answer, text, one)]
    if not found:
        return Score(0.0)
    return Score(1.0, f"書いてはいけない言葉: {'、'.join(f'「{one}」' for one in found)}")


def _holds(markdown: str, text: str, words: str) -> bool:
    """Tell whether the answer says `words`; markup («<script», «![») counts where it is live."""
    if _MARKUP.search(words):
        return words in markdown
    return words in text or contains(text, words)


METRIC = Metric(
    "must_not_contain_rate", "書いてはいけない言葉を含む割合", _score, better=Better.LOWER
)
"""Answers with words that no answer may hold / answers."""
