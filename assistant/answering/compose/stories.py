"""近くの事例: up to three cards, whose they are, and the sentence that makes them believable."""

from collections.abc import Sequence

from assistant.answering.citations import CitationList
from assistant.answering.compose.aboutness import NEAR
from assistant.answering.compose.pieces import pieces
from assistant.answering.compose.telling import believable, quoted, telling, what_went_wrong
from assistant.answering.evidence import nearness
from assistant.answering.japanese.vocabulary import TOLD
from assistant.answering.japanese.words import PROCESS, Topics, Word, named, share
from assistant.answering.tasks import names_task
from assistant.corpus.reductions import reduction
from assistant.corpus.text import fold
from assistant.domain import (
    AnswerSection,
    Company,
    Hit,
    Nearness,
    Query,
    Slot,
    Story,
    StoryCard,
)

MOST = 3
_SAME_TASK = 0.5
"""Share of the question's topic that task or title must name to be the same task."""
_NEAR_MARGIN = 0.012
"""How close to the best cosine a story must come that tells of the task in other words."""
_MENTIONS = 0.5
_WEAK = 0.45
"""A story below this share of the best one's score is about something else."""


def about(
    hits: Sequence[Hit],
    question: Sequence[Word],
    topics: Topics,
    *,
    text: str,
    nearest: float,
    kin: Sequence[Hit] = (),
) -> list[Hit]:
    """Return the stories on the asked task, those with numbers first.

    Stories whose task `text` names go alone: what only shares a word is about something else.
    `kin`: those of the task of a template that clearly fits; they go first.

    `nearest`: the best cosine of all that was found. A story that comes this near tells of the
    task in other words, if one of the asked words stands in it.
    """
    told = [hit for hit in hits if isinstance(hit.passage.content, Story)]
    floor = _WEAK * max((hit.score for hit in told), default=0.0)
    same = [hit for hit in told if names_task(text, hit.passage)]
    if not same:
        rated = [(_aboutness(hit, question, topics), hit) for hit in told if hit.score >= floor]
        same = [*kin, *(hit for rate, hit in rated if rate >= _SAME_TASK and hit not in kin)]
    if not same:
        same = [hit for _, hit in rated if _is_nearest(hit, nearest, question)][:1]
    return sorted(same, key=_is_untold)


def topic_of_wish(words: Sequence[Word], text: str, company: Company) -> tuple[Word, ...]:
    """Return the topic of a wish for stories, without whose and what kind of story it is."""
    names = fold(" ".join(one.name for one in company.departments if one.name in text))
    return tuple(word for word in words if word.form not in TOLD and word.form not in names)


def of_anything(hits: Sequence[Hit]) -> list[Hit]:
    """Return the stories with a result, for who asks for examples without naming a task."""
    return [hit for hit in hits if isinstance(hit.passage.content, Story) and not _is_untold(hit)]


def nearest_told(hits: Sequence[Hit]) -> list[Hit]:
    """Return the story that search puts first, if it is as near as stories on the same matter."""
    told = [hit for hit in hits if isinstance(hit.passage.content, Story)]
    best = max(told, key=lambda hit: hit.score, default=None)
    return [best] if best is not None and best.cosine >= NEAR else []


def _is_nearest(hit: Hit, nearest: float, question: Sequence[Word]) -> bool:
    near = hit.cosine >= max(NEAR, nearest - _NEAR_MARGIN)
    return near and not _is_untold(hit) and named(question, hit.passage.text) > 0


def mentioning(hits: Sequence[Hit], question: Sequence[Word]) -> list[Hit]:
    """Return the best story that only mentions the asked task, if there is one."""
    asked = [word for word in question if word.form not in PROCESS] or question
    told = [hit for hit in hits if isinstance(hit.passage.content, Story)]
    return [hit for hit in told if named(asked, hit.passage.text) >= _MENTIONS][:1]


def stories(
    hits: Sequence[Hit],
    query: Query,
    *,
    own_tells: bool,
    citations: CitationList,
    of_topic: bool = True,
) -> AnswerSection | None:
    """Return the section, or None without stories; `own_tells`: the own department has some.

    `of_topic`: the question names a task, so that a missing own story is worth a word.
    """
    cards = tuple(_card(hit, query, citations) for hit in hits[:MOST])
    if not cards:
        return None
    silent = own_tells and not of_topic
    note = "" if silent else _note(cards, query, own_tells=own_tells)
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
    found = pieces(passage)
    wrong = what_went_wrong(found, query.text)
    told, numbers = wrong or telling(found, story, citations), believable(found, story)
    start, end = quoted(told, numbers, len(passage.text))
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
        sentence=told.text if told else "",
        mark=citations.cite(passage, start, end),
        reduction=reduction(story.before, story.after),
    )


def none_told(*, of_topic: bool) -> AnswerSection:
    """Say that nobody has told such a story yet."""
    what = "この仕事の事例" if of_topic else "事例"
    note = f"{what}は、まだどの部署にもありません"
    return AnswerSection(Slot.STORIES, "近くの事例", note=note)


def _note(cards: Sequence[StoryCard], query: Query, *, own_tells: bool) -> str:
    """Say plainly when the own department has none, and whose example is shown."""
    if not query.department or any(card.nearness is Nearness.OWN for card in cards):
        return ""
    first = cards[0]
    near = "となりの" if first.nearness is Nearness.NEIGHBOUR else ""
    shown = f"{near}{first.department}" if first.department else "ほかの部署"
    task = "この仕事について、" if own_tells else ""
    return f"{task}{query.department}の事例はまだありません。{shown}の例です"
