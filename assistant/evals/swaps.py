"""Swap test: with another number in the document, the answer tells the other number."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.evals.case import Case
from assistant.evals.metric import Asked, Score
from assistant.evals.numbers.numbers import Number, numbers_in
from assistant.evals.numbers.units import DATE, DIGITS, NUMBER, ORDINAL
from assistant.evals.prediction import Prediction
from assistant.evals.texts import Texts, amount_of, can_be_perturbed
from assistant.evals.variants import with_numbers

_NAMES = frozenset({DATE, DIGITS, NUMBER, ORDINAL})
"""Days, telephone numbers, bare and ordinal numbers name things: another one would be nonsense."""
_NUMERAL = re.compile(r"\d+(?:\.\d+)?")
_STEP = 7
_TRIES = 60


@dataclass(frozen=True, slots=True)
class Swap:
    """The number of a document that is told differently for a case."""

    case: Case
    path: str
    old: Number
    new: str
    """As written: «37分». No document of the corpus holds this amount."""


def swap_of(asked: Asked, texts: Texts) -> Swap | None:
    """Return what to change; None where no text file alone bears a number of the case.

    Also None for a number that the answer did not tell of that file, or that the question holds.
    """
    case = asked.case
    if not can_be_perturbed(case):
        return None
    for old in _numbers(case):
        path = _only_holder(case, old, texts)
        told = any(_holds(text, old) for text in _attributed(asked.prediction, path))
        new = _other(old, texts) if told and not _holds(case.question, old) else ""
        if new and _is_gone(old, new, texts.changeable(path)):
            return Swap(case, path, old, new)
    return None


def swap_score(swap: Swap, prediction: Prediction) -> Score:
    """Return 1 when the new number is told and the old one is not told of that document."""
    if not prediction.ok:
        return Score(0.0, prediction.error)
    changed = f"{swap.path} の「{swap.old.text}」を「{swap.new}」に変えると"
    if any(_holds(text, swap.old) for text in _attributed(prediction, swap.path)):
        return Score(0.0, f"{changed}、まだ「{swap.old.text}」と答えました。")
    (new,) = numbers_in(swap.new)
    if not _holds(prediction.answer, new):
        return Score(0.0, f"{changed}、「{swap.new}」が答えにありません。")
    return Score(1.0, f"{changed}、答えも「{swap.new}」になりました。")


def _numbers(case: Case) -> Iterator[Number]:
    """Yield the numbers of the case's facts that can be told differently."""
    for fact in case.expect.facts:
        found = numbers_in(fact[0])
        if len(found) == 1 and found[0].unit_class not in _NAMES and found[0].stated:
            yield found[0]


def _only_holder(case: Case, number: Number, texts: Texts) -> str:
    """Return the one document of the case that holds the number; empty when there are more."""
    named = {qrel.doc for qrel in case.qrels} | {cited.doc for cited in case.expect.must_cite}
    holders = [path for path in sorted(named) if amount_of(number) in texts.amounts(path)]
    return holders[0] if len(holders) == 1 else ""


def _other(old: Number, texts: Texts) -> str:
    """Return the number with another numeral, one that stands nowhere in the corpus."""
    words = unicodedata.normalize("NFKC", old.text)
    numerals = _NUMERAL.findall(words)
    if len(numerals) != 1:
        return ""
    taken = texts.all_amounts()
    for step in range(_STEP, _STEP + _TRIES):
        new = _NUMERAL.sub(f"{float(numerals[0]) + step:g}", words)
        found = numbers_in(new)
        if len(found) == 1 and found[0].text == new and amount_of(found[0]) not in taken:
            return new
    return ""


def _is_gone(old: Number, new: str, text: str) -> bool:
    """Return whether the change takes every spelling of the number out of the file."""
    left = {amount_of(number) for number in numbers_in(with_numbers(text, {old: new}))}
    return bool(text) and amount_of(old) not in left


def _holds(text: str, number: Number) -> bool:
    return any(amount_of(one) == amount_of(number) for one in numbers_in(text))


def _attributed(prediction: Prediction, path: str) -> Iterator[str]:
    """Yield what the answer tells of a document: others may bear the old number by right."""
    marks = {one.n for one in prediction.citations if one.source == path}
    yield from (one.quote for one in prediction.citations if one.source == path)
    for section in prediction.sections:
        yield from (line.text for line in section.lines if marks & set(line.marks))
        for story in section.stories:
            if story.mark in marks:
                yield from (story.before, story.after, story.sentence)
