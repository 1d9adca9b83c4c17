"""Deletion test: without the document that holds the answer, there is no answer."""

from dataclasses import dataclass

from assistant.domain import FaqPair, Kind
from assistant.evals.case import Case
from assistant.evals.metric import Asked, Score
from assistant.evals.prediction import Prediction
from assistant.evals.texts import Texts, can_be_perturbed, tells


@dataclass(frozen=True, slots=True)
class Deletion:
    """What is taken away for a case: a whole document, or one row of a CSV file."""

    case: Case
    path: str
    row: str = ""
    """The FAQ's question; empty = the document."""


def deletion_of(asked: Asked, texts: Texts) -> Deletion | None:
    """Return what to take away; None where other documents tell the same, or it is the rule.

    Also None where the facts were not told in the first place, or stand in the question.
    """
    case = asked.case
    if not can_be_perturbed(case) or tells(case.question, case.expect.facts):
        return None
    if not tells(asked.prediction.answer, case.expect.facts):
        return None
    holders = texts.holders(case.expect.facts)
    document = texts.document(holders[0]) if len(holders) == 1 else None
    if document is None or document.source.kind is Kind.RULE:
        return None
    pairs = [
        passage.content.question
        for passage in document.passages
        if isinstance(passage.content, FaqPair) and tells(passage.text, case.expect.facts)
    ]
    if not pairs:
        return Deletion(case, document.source.path)
    if len(pairs) > 1 or not texts.changeable(document.source.path):
        return None
    return Deletion(case, document.source.path, row=pairs[0])


def deletion_score(deletion: Deletion, prediction: Prediction) -> Score:
    """Return 1 for «I do not know» or an answer without the fact; 0 for the fact, or a crash."""
    if not prediction.ok:
        return Score(0.0, prediction.error)
    gone = f"「{deletion.row}」の行" if deletion.row else deletion.path
    if not deletion.row and any(one.source == deletion.path for one in prediction.citations):
        return Score(0.0, f"{gone} を消したのに、出典に挙げました。")
    if prediction.abstained:
        return Score(1.0, f"{gone} を消すと、わからないと答えました。")
    if tells(prediction.answer, deletion.case.expect.facts):
        told = "、".join(fact[0] for fact in deletion.case.expect.facts)
        return Score(0.0, f"{gone} を消したのに「{told}」と答えました。")
    return Score(1.0, f"{gone} を消すと、その事実は答えませんでした。")
