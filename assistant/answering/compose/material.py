"""Everything that a composed answer is made of, and what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.japanese.words import Topics, Word
from assistant.answering.question.inputs import takes_input
from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.settle import overrules
from assistant.corpus.text import fold
from assistant.domain import Company, Evidence, Hit, Intent, Passage, Query, Verdict


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that the composed answer is made of."""

    query: Query
    words: tuple[Word, ...]
    evidence: Evidence
    verdict: Verdict
    book: RuleBook
    company: Company
    rules: tuple[Passage, ...]
    own_tells: bool
    """The asker's department has told stories, whatever their task."""
    likely: float = 0.0
    """Probability that the documents answer the question."""

    @property
    def everything(self) -> tuple[Hit, ...]:
        """What was found, rules, FAQs and guides by score, then stories and templates."""
        evidence = self.evidence
        read = sorted(
            (*evidence.rule, *evidence.faqs, *evidence.guides), key=lambda hit: -hit.score
        )
        return (*read, *evidence.stories, *evidence.templates)

    @property
    def tools(self) -> list[str]:
        """What the AI tools of the company are called."""
        return [name for tool in self.company.allowed_tools for name in (tool.name, *tool.aliases)]

    @property
    def topic(self) -> tuple[Word, ...]:
        """The topic without the names of AI tools: they stand in every document."""
        tools = fold(" ".join(self.tools))
        return tuple(word for word in self.words if word.form not in tools)

    def phrases(self, topics: Topics) -> list[Word]:
        """Return the compounds of the question that are no names of tools."""
        tools = fold(" ".join(self.tools))
        return [word for word in topics.phrases(self.query.text) if word.surface not in tools]

    def tellable(self, hits: Sequence[Hit]) -> list[Hit]:
        """Return what may be told although it only comes near: nothing that permits an input."""
        if self.query.intent is not Intent.PERMISSION:
            return list(hits)
        if takes_input(self.query.text):
            return []
        guides = (hit for hit in hits if hit in (*self.evidence.guides, *self.evidence.faqs))
        return [hit for hit in guides if not overrules(hit, self.verdict, inputs=False)]
