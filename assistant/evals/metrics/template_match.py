"""Whether the right template is handed over."""

from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.metrics.templates import Handed, copied_from, handed_over
from assistant.evals.metrics.words import clipped, no_answer
from assistant.evals.references import References


def _score(asked: Asked, references: References) -> Score | None:
    """Return 1 where the expected template is among those handed over."""
    path = asked.case.expect.template
    if not path:
        return None
    if not asked.prediction.ok:
        return Score(0.0, no_answer(asked.prediction))
    handed = handed_over(asked.prediction)
    document = references.document(path)
    if document and any(copied_from(document, one.body) for one in handed):
        return Score(1.0)
    return Score(0.0, f"{path}を渡すはずが、{_instead(handed, references)}")


def _instead(handed: tuple[Handed, ...], references: References) -> str:
    """Return what was handed over."""
    if not handed:
        return "テンプレートがない"
    for other in references.documents.values():
        if copied_from(other, handed[0].body):
            return f"{other.source.path}を渡した"
    return f"元のままのものがない: 「{clipped(handed[0].body)}」"


METRIC = Metric("template_match", "頼まれたテンプレートを渡した割合", _score)
"""Answers that hand over the expected template, whole and verbatim / cases that expect one
(success@1 on templates)."""
