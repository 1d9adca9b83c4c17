"""The answer around a model's sentences: everything else, and every number, is ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.citations import CitationList, by_appearance
from assistant.answering.compose.checks import checks
from assistant.answering.compose.repeats import without_repeats
from assistant.answering.modelled.checking import Borne
from assistant.domain import Answer, AnswerSection, Line, Mode, Passage, Slot, StoryCard

Written = Mapping[Slot, Sequence[Borne]]
"""The sentences that may be shown, by slot."""

_BEHIND_STEPS = frozenset({Slot.STORIES, Slot.TEMPLATE, Slot.FINAL_CHECK})


@dataclass(frozen=True, slots=True)
class Assembly:
    """Puts checked sentences into the places of a composed answer."""

    composed: Answer
    final_checks: Sequence[Passage]
    """The rule's, for steps where the composed answer had none."""
    scores: Mapping[str, float]
    """Of the passages, by id."""
    today: date

    def answer(self, written: Written, *, until: Slot | None = None) -> Answer:
        """Return the answer with what is written so far; `until`: the slot that is being written.

        Citations are numbered anew, in the order in which a reader meets them.
        """
        citations = CitationList(dict(self.scores), today=self.today)
        for one in self.composed.citations:
            citations.cite(one.passage, one.start, one.end)
        shown: list[AnswerSection] = []
        for section in self._layout(written, citations):
            shown.append(_filled(section, written, citations))
            if section.slot is until:
                break
        if until is None:
            shown = self._without_repeats(shown)
        sections, cited = by_appearance(shown, citations.all)
        return replace(self.composed, sections=sections, citations=cited, mode=Mode.MODEL)

    def _layout(self, written: Written, citations: CitationList) -> list[AnswerSection]:
        """Return the sections as composed, with a place for steps where there are new ones."""
        sections = list(self.composed.sections)
        slots = [section.slot for section in sections]
        if Slot.STEPS in slots or not written.get(Slot.STEPS):
            return sections
        behind = [n for n, slot in enumerate(slots) if slot in _BEHIND_STEPS]
        sections.insert(behind[0] if behind else len(slots), AnswerSection(Slot.STEPS, "やり方"))
        final = None if Slot.FINAL_CHECK in slots else checks(self.final_checks, citations)
        return [*sections, final] if final else sections

    def _without_repeats(self, shown: Sequence[AnswerSection]) -> list[AnswerSection]:
        said = [clause.text for clause in self.composed.verdict.clauses]
        verdict = [one for one in shown if one.slot is Slot.VERDICT]
        return [*verdict, *without_repeats([one for one in shown if one not in verdict], said)]


def verdict_of(composed: Answer) -> Answer:
    """Return the answer as far as it is there before the model writes: its verdict."""
    shown = [one for one in composed.sections if one.slot is Slot.VERDICT]
    sections, cited = by_appearance(shown, composed.citations)
    return replace(composed, sections=sections, citations=cited)


def _filled(section: AnswerSection, written: Written, citations: CitationList) -> AnswerSection:
    told = written.get(section.slot, ())
    if section.slot is Slot.STORIES:
        cards = tuple(_with_sentence(card, told, citations) for card in section.stories)
        return replace(section, stories=cards)
    if not told:
        return section
    lines = tuple(
        Line(one.text, tuple(dict.fromkeys(citations.cite(*quote) for quote in one.quotes)))
        for one in told
    )
    return replace(section, lines=lines, note="")


def _with_sentence(card: StoryCard, told: Sequence[Borne], citations: CitationList) -> StoryCard:
    """Return the card with the sentence that was chosen out of its own story, if one was."""
    own = citations.all[card.mark - 1]
    for one in told:
        passage, start, end = one.quotes[0]
        if passage.id == own.passage.id:
            mark = citations.cite(passage, min(own.start, start), max(own.end, end))
            return replace(card, sentence=one.text, mark=mark)
    return card
