"""What a reader sees of an answer: prose, code blocks, and the story that comes first."""

import html
import re
from dataclasses import dataclass

from assistant.domain import Kind
from assistant.evals.prediction import PredictedCitation, Prediction
from assistant.evals.references import References

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(.*?)(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.M | re.S)
_SOURCE_LINE = re.compile(r"^\s*(?:[-*+]\s*)?\[\d+\](?:\s|:).*$", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?=[^\w\s])")


@dataclass(frozen=True, slots=True)
class FirstStory:
    """The story that stands first in an answer."""

    departments: tuple[str, ...]
    """Whose story it is: from the corpus where the citation is found there, else as told."""
    told: tuple[str, ...]
    """Whose story its card says it is; empty = it has no card or says nothing."""
    nearness: str


def code_blocks(markdown: str) -> tuple[str, ...]:
    """Return the insides of the fenced code blocks, in order."""
    return tuple(match[2].rstrip("\n") for match in _FENCE.finditer(markdown))


def without_code(markdown: str) -> str:
    """Return the text outside fenced code blocks."""
    return _FENCE.sub("", markdown)


def prose(markdown: str) -> str:
    """Return the text outside code blocks and without the list of sources («- [1] …»)."""
    return _SOURCE_LINE.sub("", without_code(markdown))


def plain(markdown: str) -> str:
    """Return Markdown without its escapes: the characters that a reader sees."""
    return html.unescape(_ESCAPE.sub("", markdown))


def whole_text(prediction: Prediction) -> str:
    """Return everything that an answer says: Markdown, sections and the deciding clause."""
    parts = [plain(prediction.answer), prediction.clause]
    for section in prediction.sections:
        parts += [section.title, section.note, *(line.text for line in section.lines)]
        for story in section.stories:
            parts += [story.title, story.department, story.sentence]
        if section.template:
            parts += [section.template.title, section.template.body]
    return "\n".join(parts)


def first_story(prediction: Prediction, references: References) -> FirstStory | None:
    """Return the first story card, else the first cited story; an abstention shows none."""
    if prediction.abstained:
        return None
    for section in prediction.sections:
        for card in section.stories:
            cited = next((one for one in prediction.citations if one.n == card.mark), None)
            told = _named(card.department, references)
            found = (_departments(cited, references) if cited else ()) or told
            return FirstStory(found, told, card.nearness)
    for citation in prediction.citations:
        if _is_story(citation, references):
            found = _departments(citation, references) or _named(citation.department, references)
            return FirstStory(found, (), "")
    return None


def _is_story(citation: PredictedCitation, references: References) -> bool:
    document = references.document(citation.source)
    kind = document.source.kind.value if document else citation.kind
    return kind == Kind.STORY.value


def _departments(citation: PredictedCitation, references: References) -> tuple[str, ...]:
    """Return whose it is: a table of stories has one passage for each department."""
    passages = references.cited_passages(citation)
    if passages:
        return passages[0].source.departments
    document = references.document(citation.source)
    return document.source.departments if document else ()


def _named(told: str, references: References) -> tuple[str, ...]:
    """Return the departments of a label; «事故・保険課» is one where the company has it."""
    names = sorted((one.name for one in references.company.departments), key=len, reverse=True)
    whole = [rf"{re.escape(name)}(?=[・、,/]|$)" for name in names]
    return tuple(re.findall("|".join([*whole, "[^・、,/]+"]), told))
