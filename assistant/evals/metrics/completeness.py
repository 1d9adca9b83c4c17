"""Whether an answer reaches its end."""

import re

from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.metrics.shown import plain, without_code
from assistant.evals.metrics.words import clipped, no_answer
from assistant.evals.prediction import PredictedSection, Prediction
from assistant.evals.references import References, squeezed

_MARK = re.compile(r"(?<!\\)\[(\d{1,3})\](?!\()")
_FENCE_LINE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_LIST_OR_BLOCK = re.compile(r"^\s*(?:[-*+|#>]|\d+[.)、]|[・●■]|\[\d)")
_ENTRY = re.compile(r"^\s*(?:[-*+]\s*)?\[(\d{1,3})\](?=\s|:)", re.MULTILINE)
"""A line of the list of sources."""

_PAIRS = (("「", "」"), ("『", "』"), ("（", "）"), ("(", ")"), ("【", "】"))
_SENTENCE_END = tuple("。．.！!？?」』）)】》]…:：`*")


def _score(asked: Asked, references: References) -> Score | None:  # noqa: ARG001
    """Return 1 where nothing of the answer is cut off."""
    prediction = asked.prediction
    if not prediction.ok:
        return Score(0.0, no_answer(prediction))
    why = _cut(prediction)
    return Score(float(not why), why)


def _cut(prediction: Prediction) -> str:
    """Return what shows that the answer is cut off; empty = nothing does."""
    if not squeezed(prediction.answer):
        return "答えが空"
    if _has_open_fence(prediction.answer):
        return "テンプレートの途中で切れている"
    return _marks_cut(prediction) or _sentence_cut(prediction) or _unsaid(prediction)


def _marks_cut(prediction: Prediction) -> str:
    """Return the mark without a source, or the source that the list no longer reaches."""
    text = without_code(prediction.answer)
    numbers = {one.n for one in prediction.citations}
    used = [int(mark) for mark in _MARK.findall(text)]
    if loose := [mark for mark in used if mark not in numbers]:
        return f"印[{loose[0]}]の出典がない"
    entries = {int(mark) for mark in _ENTRY.findall(text)}
    unlisted = sorted(numbers.intersection(used) - entries) if entries else []
    return f"出典の一覧に[{unlisted[0]}]がない" if unlisted else ""


def _sentence_cut(prediction: Prediction) -> str:
    """Return the end of the last line if it stops inside a sentence or a bracket."""
    last = without_code(prediction.answer).strip().rpartition("\n")[2]
    ending = _MARK.sub("", last).rstrip()
    if not ending or ending.endswith(_SENTENCE_END):
        return ""
    is_open = any(ending.count(left) > ending.count(right) for left, right in _PAIRS)
    if is_open or not (prediction.sections or _LIST_OR_BLOCK.match(last)):
        return f"文の途中で終わっている: 「{clipped(ending[-30:])}」"
    return ""


def _has_open_fence(markdown: str) -> bool:
    """Return whether a code block begins and does not end."""
    opened = ""
    for fence in _FENCE_LINE.findall(markdown):
        if not opened:
            opened = fence
        elif fence.startswith(opened):
            opened = ""
    return bool(opened)


def _unsaid(prediction: Prediction) -> str:
    """Return the first part of a section, or mark, that the Markdown does not show."""
    escaped = [
        (section, text)
        for section in prediction.sections
        for text in _texts(section)
        if text not in prediction.answer
    ]
    shown = _bare(prediction.answer) if escaped else ""
    for section, text in escaped:
        if _bare(text) not in shown:
            return f"「{section.title or section.slot}」の一部が答えにない: 「{clipped(text)}」"
    marks = {int(n) for n in _MARK.findall(prediction.answer)}
    missing = [
        mark for section in prediction.sections for mark in _marks(section) if mark not in marks
    ]
    return f"印[{missing[0]}]が答えにない" if missing else ""


def _texts(section: PredictedSection) -> list[str]:
    texts = [section.title, section.note, *(line.text for line in section.lines)]
    for story in section.stories:
        texts += [story.department, story.sentence]
    if section.template:
        texts += [section.template.title, section.template.body]
    return texts


def _marks(section: PredictedSection) -> list[int]:
    marks = [mark for line in section.lines for mark in line.marks]
    marks += [story.mark for story in section.stories if story.mark]
    return [*marks, section.template.mark] if section.template and section.template.mark else marks


def _bare(text: str) -> str:
    """Return what is left of text whichever way Markdown escapes it."""
    return squeezed(plain(text)).replace("\\", "")


METRIC = Metric("completeness", "答えが最後まで書かれた割合", _score)
"""Answers without a sign of truncation (open code block, mark without a source, a part of a section
missing in the Markdown, or, of a system without sections, an end inside a sentence) / all answers.
What `finish_reason: length` tells of a model, read from the text."""
