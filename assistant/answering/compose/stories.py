"""近くの事例: up to three cards, whose they are, and the sentence that makes them believable."""

import re
from collections.abc import Sequence

from assistant.answering.citations import CitationList
from assistant.answering.compose.pieces import Piece, pieces
from assistant.answering.evidence import nearness
from assistant.domain import AnswerSection, Hit, Nearness, Query, Slot, Story, StoryCard

MOST = 3
_NUMBER = re.compile(r"[0-9０-９]")
_VOICE = re.compile(r"「[^」]{6,}」")
_LONGEST = 110
_WEAK = 0.45
"""A story below this share of the best one's score is about something else."""


def stories(hits: Sequence[Hit], query: Query, citations: CitationList) -> AnswerSection | None:
    """Return the section, or None without stories."""
    told = [hit for hit in hits if isinstance(hit.passage.content, Story)]
    floor = _WEAK * max((hit.score for hit in told), default=0.0)
    shown = [hit for hit in told if hit.score >= floor][:MOST]
    cards = tuple(_card(hit, query, citations) for hit in shown)
    if not cards:
        return None
    return AnswerSection(Slot.STORIES, "近くの事例", stories=cards, note=_note(cards, query))


def _card(hit: Hit, query: Query, citations: CitationList) -> StoryCard:
    passage = hit.passage
    story = passage.content
    assert isinstance(story, Story)  # noqa: S101 — `stories` let nothing else through
    told = believable(pieces(passage), story)
    start, end = (told.start, told.end) if told else (0, len(passage.text))
    return StoryCard(
        title=passage.source.title,
        department="・".join(passage.source.departments),
        nearness=nearness(passage, query),
        author=story.author,
        told_on=story.told_on,
        task=story.task,
        tool=story.tool,
        before=story.before,
        after=story.after,
        sentence=passage.text[start:end] if told else "",
        mark=citations.cite(passage, start, end),
    )


def believable(found: Sequence[Piece], story: Story) -> Piece | None:
    """Return the sentence with the saving in it, else one with a number or a person's words."""
    before = story.before.original if story.before else None
    after = story.after.original if story.after else None

    def weight(piece: Piece) -> tuple[int, bool, bool, bool]:
        text = piece.text
        return (
            2 * (after is not None and after in text) + (before is not None and before in text),
            bool(_NUMBER.search(text)),
            bool(_VOICE.search(text)),
            text.endswith("。"),
        )

    sentences = [piece for piece in found if 8 <= len(piece.text) <= _LONGEST]
    return max(sentences, key=weight, default=None)


def _note(cards: Sequence[StoryCard], query: Query) -> str:
    """Say plainly when the own department has none, and whose example is shown."""
    if not query.department or any(card.nearness is Nearness.OWN for card in cards):
        return ""
    first = cards[0]
    near = "となりの" if first.nearness is Nearness.NEIGHBOUR else ""
    shown = f"{near}{first.department}" if first.department else "ほかの部署"
    return f"{query.department}の事例はまだありません。{shown}の例です"
