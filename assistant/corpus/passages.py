"""Document to passages: structured text stays whole, running text is cut along its headings."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.corpus.drafts import Cut, number_passages
from assistant.corpus.faqs import cut_faq
from assistant.corpus.manuals import cut_manual
from assistant.corpus.metadata import Metadata
from assistant.corpus.rules.reading import cut_rule
from assistant.corpus.stories import cut_story
from assistant.corpus.templates import cut_template
from assistant.domain import Block, Company, Kind, Passage, Problem


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of one document and the warnings that came up while cutting it."""

    passages: tuple[Passage, ...]
    problems: tuple[Problem, ...] = ()


def passages_of(blocks: Sequence[Block], metadata: Metadata, company: Company) -> Passages:
    """Return the passages of a document as its kind asks for. They never overlap."""
    cut = _cut(blocks, metadata, company)
    return Passages(number_passages(metadata.source, cut.drafts), cut.problems)


def _cut(blocks: Sequence[Block], metadata: Metadata, company: Company) -> Cut:
    source, facts = metadata.source, metadata.facts
    match source.kind:
        case Kind.RULE:
            return cut_rule(blocks, source)
        case Kind.FAQ:
            return cut_faq(blocks, source, company)
        case Kind.STORY:
            return cut_story(blocks, source, facts, company)
        case Kind.TEMPLATE:
            return cut_template(blocks, source, facts, company)
        case Kind.MANUAL:
            return Cut(cut_manual(blocks, title=source.title))
