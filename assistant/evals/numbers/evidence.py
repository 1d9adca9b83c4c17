"""Which words of an answer may state which numbers: each statement with its evidence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.domain import FaqPair, Passage, Source, Story
from assistant.evals.claims import body
from assistant.evals.metric import Asked
from assistant.evals.numbers.numbers import numbers_in
from assistant.evals.prediction import Prediction
from assistant.evals.references import References, squeezed

Evidence = tuple[str, ...]
"""The texts whose numbers may be drawn on."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of an answer, and the texts that they may draw on."""

    text: str
    evidence: Evidence


def statements(asked: Asked, references: References) -> Iterator[Statement]:
    """Yield the lines and cards with the evidence of their own marks, then the whole answer."""
    prediction = asked.prediction
    given = _given(asked, references)
    cited = {one.n: _told_by(one.source, one.quote, references) for one in prediction.citations}
    for text, marks in _marked(prediction):
        own = tuple(told for n in marks for told in cited.get(n, ()))
        yield Statement(text, (*own, *given))
    everything = tuple(told for one in cited.values() for told in one)
    yield Statement(_shown(prediction, references), (*everything, *given))


def _marked(prediction: Prediction) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield what is said in the sections with marks; a template's body is copied, not stated."""
    for section in prediction.sections:
        for line in section.lines:
            if line.marks:
                yield line.text, line.marks
        for card in section.stories:
            change = " → ".join(part for part in (card.before, card.after) if part)
            yield "\n".join((card.task, change, card.sentence)), (card.mark,)


def _shown(prediction: Prediction, references: References) -> str:
    """Return the answer's words and the sections' words without marks."""
    lines = [
        line
        for line in body(prediction.answer).split("\n")
        if not (line.startswith(">") and _is_of_corpus(line, references))
    ]
    for section in prediction.sections:
        lines += [section.note, *(line.text for line in section.lines if not line.marks)]
    return "\n".join(lines)


def _is_of_corpus(line: str, references: References) -> bool:
    """Tell whether a block quote («> 条項») is word for word in a document of the corpus."""
    words = line.lstrip("> ").strip()
    return any(references.passages_holding(path, words) for path in references.documents)


def _given(asked: Asked, references: References) -> Evidence:
    """Return the numbers that the asker and company.yaml told, and those of named documents."""
    desk = references.company.desk
    case, prediction = asked.case, asked.prediction
    told = [case.question, prediction.safe_text, *(turn.content for turn in case.history)]
    told += [desk.name, desk.channel, desk.hours, desk.reply_within]
    text = squeezed(prediction.answer)
    for path, title in references.titles.items():
        if title and title in text:
            told += _told_by_itself(path, references)
    return _telling(told)


@lru_cache(maxsize=4096)
def _told_by(path: str, quote: str, references: References) -> Evidence:
    """Return what a citation may bear: many answers cite the same words."""
    return _telling(_texts(path, quote, references))


@lru_cache(maxsize=4096)
def _told_by_itself(path: str, references: References) -> Evidence:
    return _telling(_metadata(references.documents[path].source))


def _texts(path: str, quote: str, references: References) -> Iterator[str]:
    """Yield the passages that hold the quote (no quote: the document) and its metadata."""
    document = references.document(path)
    if document is None:
        return
    passages = references.passages_holding(path, quote) if quote else document.passages
    yield from _metadata(document.source)
    for passage in passages:
        yield passage.text
        yield from _measures(passage)
        yield "\n".join((*passage.headings, *_question(passage)))


def _question(passage: Passage) -> tuple[str, ...]:
    return (passage.content.question,) if isinstance(passage.content, FaqPair) else ()


def _metadata(source: Source) -> list[str]:
    """Return what a document says of itself."""
    days = [day for day in (source.updated, source.review_by) if day is not None]
    dates = [f"{day.year}年{day.month}月{day.day}日" for day in days]
    return [source.title, source.version, source.status_reason, *dates, *source.extra.values()]


def _measures(passage: Passage) -> Iterator[str]:
    """Yield before → after and the day of a story, as its front matter tells them."""
    story = passage.content
    if isinstance(story, Story):
        yield " → ".join(one.original for one in (story.before, story.after) if one is not None)
        if story.told_on:
            yield f"{story.told_on.year}年{story.told_on.month}月{story.told_on.day}日"


def _telling(texts: Iterable[str]) -> Evidence:
    """Return the texts that hold a number."""
    return tuple(text for text in texts if numbers_in(text))
