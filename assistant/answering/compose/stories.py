"""近くの事例: up to three cards, whose they are, and the sentence that makes them believable."""

import re
from collections.abc import Sequence

from assistant.answering.citations import CitationList
from assistant.answering.compose.pieces import Piece, pieces
from assistant.answering.evidence import nearness
from assistant.answering.words import PROCESS, Topics, Word, named, share
from assistant.domain import AnswerSection, Hit, Nearness, Query, Slot, Story, StoryCard

MOST = 3
_NUMBER = re.compile(r"[0-9０-９]")
_VOICE = re.compile(r"「[^」]{6,}」")
_LONGEST = 110
_SAME_TASK = 0.5
"""Share of the question's topic that task or title must name to be the same task."""
_MENTIONS = 0.5
_WEAK = 0.45
"""A story below this share of the best one's score is about something else."""


def about(hits: Sequence[Hit], question: Sequence[Word], topics: Topics) -> list[Hit]:
    """Return the stories on the asked task, those with numbers first."""
    told = [hit for hit in hits if isinstance(hit.passage.content, Story)]
    floor = _WEAK * max((hit.score for hit in told), default=0.0)
    rated = [(_aboutness(hit, question, topics), hit) for hit in told if hit.score >= floor]
    same = [hit for rate, hit in rated if rate >= _SAME_TASK]
    return sorted(same, key=_is_untold)


def mentioning(hits: Sequence[Hit], question: Sequence[Word]) -> list[Hit]:
    """Return the best story that only mentions the asked task, if there is one."""
    asked = [word for word in question if word.form not in PROCESS] or question
    told = [hit for hit in hits if isinstance(hit.passage.content, Story)]
    return [hit for hit in told if named(asked, hit.passage.text) >= _MENTIONS][:1]


def stories(
    hits: Sequence[Hit], query: Query, *, own_tells: bool, citations: CitationList
) -> AnswerSection | None:
    """Return the section, or None without stories; `own_tells`: the own department has some."""
    cards = tuple(_card(hit, query, citations) for hit in hits[:MOST])
    if not cards:
        return None
    note = _note(cards, query, own_tells=own_tells)
    return AnswerSection(Slot.STORIES, "近くの事例", stories=cards, note=note)


def _aboutness(hit: Hit, question: Sequence[Word], topics: Topics) -> float:
    content = hit.passage.content
    if not question or not isinstance(content, Story):
        return 0.0
    title = f"{hit.passage.source.title} {content.task}"
    asked = [word for word in question if word.form not in PROCESS] or question
    return max(share(asked, topics.words(title)), named(asked, title))


def _is_untold(hit: Hit) -> bool:
    content = hit.passage.content
    return not (isinstance(content, Story) and content.after)


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


def _note(cards: Sequence[StoryCard], query: Query, *, own_tells: bool) -> str:
    """Say plainly when the own department has none, and whose example is shown."""
    if not query.department or any(card.nearness is Nearness.OWN for card in cards):
        return ""
    first = cards[0]
    near = "となりの" if first.nearness is Nearness.NEIGHBOUR else ""
    shown = f"{near}{first.department}" if first.department else "ほかの部署"
    task = "この仕事について、" if own_tells else ""
    return f"{task}{query.department}の事例はまだありません。{shown}の例です"
