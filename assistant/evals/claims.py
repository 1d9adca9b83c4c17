"""An answer as scoring reads it: what it claims, and which citations bear each claim."""

import html
import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.evals.prediction import Outcome, Prediction

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.M | re.S)
_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t]+(.*)$")
_AFTERWORD = re.compile(
    r"(?:出典|参考(?:資料|文献|情報)?|引用(?:元|文献)?|根拠資料|情報源|(?:つぎ|次)に聞けること|"
    r"関連する?質問|sources?|references?|citations?)[\s::]*",
    re.IGNORECASE,
)
"""Headings of what stands behind an answer: it claims nothing."""
_SOURCE_LINE = re.compile(r"^[ \t]*[-*]?[ \t]*\[\d{1,3}\][ \t]*:?[ \t]*\S")
_MARKS = re.compile(r"\[(\d{1,3}(?:\s*[,、]\s*\d{1,3})*)\](?!\()")
_SENTENCE = re.compile(r"[^。！？!?]*(?:[。！？!?]+[」』）)]*|$)(?:\s*\[[\d,、\s]+\](?!\())*")
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_CHIP = re.compile(r"^[ \t]*\*\*\s*[✓✔△▲✕✗×○◯●?？!！⚠]")
"""判定 as a chip: its sign comes first."""
_LETTERS = re.compile(r"[^\W_]")
_SHORTEST = 6
"""Letters of the shortest sentence that claims something («はい。» does not)."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Words of the answer, and the numbers of the citations that bear them."""

    text: str
    marks: tuple[int, ...] = ()


def failure(prediction: Prediction) -> str:
    """Return why there is nothing to score (Japanese); empty = there is an answer."""
    if prediction.outcome is Outcome.TIMEOUT:
        return "時間内に答えが返りませんでした"
    if not prediction.ok:
        return f"答えを受け取れませんでした({prediction.error or '理由は不明です'})"
    if not prediction.answer.strip() and not prediction.sections:
        return "答えが空でした"
    return ""


def plain(markdown: str) -> str:
    """Return Markdown without its escapes: the words that a reader sees."""
    return html.unescape(_ESCAPED.sub(r"\1", markdown))


@lru_cache(maxsize=1024)
def body(markdown: str) -> str:
    """Return the answer itself: no code blocks, no list of sources, no suggested questions."""
    kept, behind = [], False
    for line in _FENCE.sub("", markdown).split("\n"):
        heading = _HEADING.match(line)
        if heading:
            behind = bool(_AFTERWORD.fullmatch(heading[1].strip("*_ ")))
        if not behind and not _SOURCE_LINE.match(line):
            kept.append(line)
    return plain("\n".join(kept))


def answer_text(prediction: Prediction) -> str:
    """Return all words of the answer without sources and suggestions: Markdown and sections."""
    fences = "\n".join(match.group() for match in _FENCE.finditer(prediction.answer))
    return "\n".join([body(prediction.answer), fences, *section_texts(prediction)])


def section_texts(prediction: Prediction) -> list[str]:
    """Return the words of every section, part by part."""
    texts = []
    for section in prediction.sections:
        texts += [section.note, *(line.text for line in section.lines)]
        for story in section.stories:
            texts += [story.title, story.task, story.before, story.after, story.sentence]
        if section.template:
            texts += [section.template.title, section.template.body]
    return [text for text in texts if text]


def claims_of(prediction: Prediction) -> tuple[Claim, ...]:
    """Return what the answer claims: the lines and cards of its sections, or its sentences."""
    if any(one.lines or one.stories or one.template for one in prediction.sections):
        return _section_claims(prediction)
    return tuple(
        claim for line in body(prediction.answer).split("\n") for claim in _line_claims(line)
    )


def _section_claims(prediction: Prediction) -> tuple[Claim, ...]:
    claims: list[Claim] = []
    for section in prediction.sections:
        claims += [Claim(line.text, line.marks) for line in section.lines]
        claims += [
            Claim(one.sentence or f"{one.title} {one.task}", (one.mark,) if one.mark else ())
            for one in section.stories
        ]
        card = section.template
        if card:
            claims.append(Claim(card.body or card.title, (card.mark,) if card.mark else ()))
    return tuple(claims)


@lru_cache(maxsize=8192)
def _line_claims(line: str) -> tuple[Claim, ...]:
    """Return the sentences of a line; a mark bears all sentences since the mark before it."""
    if _HEADING.match(line) or line.lstrip().startswith((">", "|--", "| --", "|:")):
        return ()
    if _CHIP.match(line):
        return ()
    claims: list[Claim] = []
    waiting: list[str] = []
    for match in _SENTENCE.finditer(_ITEM.sub("", line)):
        marks = marks_in(match.group())
        text = _MARKS.sub("", match.group()).strip(" \t*|")
        if _claims_something(text):
            waiting.append(text)
        if marks:
            claims += [Claim(one, marks) for one in waiting]
            waiting = []
    return (*claims, *(Claim(one) for one in waiting))


def marks_in(text: str) -> tuple[int, ...]:
    """Return the numbers of the citation markers in `text`, in order, without repeats."""
    found = (int(n) for match in _MARKS.finditer(text) for n in re.findall(r"\d+", match[1]))
    return tuple(dict.fromkeys(found))


def _claims_something(text: str) -> bool:
    return len(_LETTERS.findall(text)) >= _SHORTEST and not text.endswith(("?", "？"))
