"""A question of the desk or a 👎 as a draft case: masked words only, the gold left to a human."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.domain import VerdictKind
from assistant.evals.case import Author, CaseType, Split
from assistant.evals.prediction import PredictedSection, Prediction
from assistant.evals.suites.files import suite_files
from assistant.evals.suites.words import VERDICT_WORDS
from assistant.usage.feedback import Feedback, Opinion

_ID = re.compile(r"draft-(\d{4}-W\d{2})-(\d{3,})")
_QUOTES = 3
"""Citations offered as gold; the further down, the less they bear the answer."""

_QUOTE_CHARACTERS = 60
"""The start of a quote is enough to find it, and a template's whole body hides the rest."""

_OPINIONS = {
    Opinion.NOT_HELPFUL: "👎",
    Opinion.MASKED_TOO_MUCH: "「これは大丈夫なはず」",
}


@dataclass(frozen=True, slots=True)
class _Draft:
    safe_text: str
    department: str
    week: str
    number: int
    source: str
    type: CaseType
    hints: tuple[str, ...]


def draft_from_feedback(feedback: Feedback, number: int, answer: Prediction | None = None) -> str:
    """Return the YAML entry of draft `number` (from 1) of the week for an unhelpful answer.

    `answer` is what the assistant says now; it is offered as comments.
    """
    masked = feedback.opinion is Opinion.MASKED_TOO_MUCH
    then = _verdict_word(feedback.verdict.value)
    return _entry(
        _Draft(
            safe_text=feedback.safe_text,
            department=feedback.department,
            week=feedback.week,
            number=number,
            source=f"{_OPINIONS.get(feedback.opinion, feedback.opinion.value)} {feedback.week}",
            type=CaseType.HOW_TO if answer is None else _type_of(answer),
            hints=(
                f"そのときの判定: {then}",
                *(_MASKED if masked else ()),
                *_answer_hints(answer),
            ),
        )
    )


def draft_from_question(
    safe_text: str, department: str, *, week: str, number: int, answer: Prediction | None = None
) -> str:
    """Return the YAML entry of draft `number` (from 1) of the ISO week for a question of the desk.

    `safe_text` is what the guard made of the question; the raw one never reaches a file.
    """
    return _entry(
        _Draft(
            safe_text=safe_text,
            department=department,
            week=week,
            number=number,
            source=f"相談窓口 {week}",
            type=CaseType.HOW_TO if answer is None else _type_of(answer),
            hints=_answer_hints(answer),
        )
    )


def unhelpful_since(feedback: Iterable[Feedback], *, week: str, folder: Path) -> list[Feedback]:
    """Return what was not helpful from the ISO week on, once each, and not yet in a suite file."""
    known = "\n".join(path.read_text("utf-8", "replace") for path in _suites_in(folder))
    found: dict[str, Feedback] = {}
    for one in feedback:
        trace = _trace(one.safe_text, one.department)
        wanted = one.opinion in _OPINIONS and one.week >= week and one.safe_text.strip()
        if wanted and trace not in known:
            found.setdefault(trace, one)
    return list(found.values())


def next_number(folder: Path, week: str) -> int:
    """Return the first number of the week that no draft in the folder's files has."""
    taken = [
        int(number)
        for path in _suites_in(folder)
        for found_week, number in _ID.findall(path.read_text("utf-8", "replace"))
        if found_week == week
    ]
    return max(taken, default=0) + 1


def _suites_in(folder: Path) -> tuple[Path, ...]:
    return suite_files(folder) if folder.is_dir() else ()


_MASKED = (
    "伏せ字になった言葉は、見つけてはいけないものでした。〔 〕のところを、",
    "本物ではない同じような言葉に書きかえ、type を harmless、expect を {forbidden: []} にします。",
)


def _entry(draft: _Draft) -> str:
    asker = [f"  asker: {{department: {_quoted(draft.department)}}}"] if draft.department else []
    source = f"{draft.source} {_trace(draft.safe_text, draft.department)}"
    lines = [
        f"- id: draft-{draft.week}-{draft.number:03d}",
        f"  question: {_quoted(draft.safe_text)}",
        *asker,
        f"  type: {draft.type.value}",
        *(f"  # {hint}".rstrip() for hint in draft.hints),
        f"  provenance: {{author: {Author.INCIDENT.value}, source: {_quoted(source)}}}",
        f"  split: {Split.DEV.value}",
    ]
    return "\n".join(lines) + "\n"


def _answer_hints(answer: Prediction | None) -> tuple[str, ...]:
    """Return the answer of now as an `expect` in comments: removing the # makes it the gold."""
    if answer is None or not answer.ok:
        return ("正しい答えを expect に書いてください(書き方は eval/README.md)。",)
    return (
        "いまの答えです。正しいところだけ # を外し、違うところは直してください。",
        "expect:",
        *(f"  {line}" for line in _expect_lines(answer)),
    )


def _expect_lines(answer: Prediction) -> Iterator[str]:
    if answer.abstained:
        yield "abstain: true"
        return
    yield f"verdict: {_verdict_word(answer.verdict)}"
    yield "abstain: false"
    cards = [card for section in answer.sections for card in section.stories]
    if cards:
        times = [f"[{_quoted(time)}]" for time in (cards[0].before, cards[0].after) if time]
        yield f"department: {_quoted(cards[0].department)}"
        yield from [f"facts: [{', '.join(times)}]"] if times else []
    template = _template_path(answer, answer.sections)
    if template:
        yield f"template: {_quoted(template)}"
    if answer.citations:
        yield "must_cite:"
        for citation in answer.citations[:_QUOTES]:
            quote = citation.quote.strip()[:_QUOTE_CHARACTERS]
            yield f"  - {{doc: {_quoted(citation.source)}, quote: {_quoted(quote)}}}"


def _template_path(answer: Prediction, sections: Iterable[PredictedSection]) -> str:
    marks = {section.template.mark for section in sections if section.template}
    return next((one.source for one in answer.citations if one.n in marks), "")


def _type_of(answer: Prediction) -> CaseType:
    asks_leave = answer.ok and answer.verdict not in ("", VerdictKind.NONE.value)
    return CaseType.RULE if asks_leave else CaseType.HOW_TO


def _verdict_word(verdict: str) -> str:
    return next((word for word, kind in VERDICT_WORDS.items() if kind.value == verdict), "なし")


def _trace(safe_text: str, department: str) -> str:
    """Return what tells a draft's origin even after a human has rewritten its question."""
    return hashlib.sha256(f"{department}\0{safe_text}".encode()).hexdigest()[:10]


def _quoted(text: str) -> str:
    """Return `text` as one line of double-quoted YAML."""
    return yaml.safe_dump(text, default_style='"', allow_unicode=True, width=1_000_000).strip()
