"""近くの事例: up to three cards, whose they are, and the sentence that makes them believable."""

import re
from collections.abc import Sequence

from assistant.answering.citations import CitationList
from assistant.answering.compose.aboutness import NEAR
from assistant.answering.compose.pieces import Piece, pieces
from assistant.answering.evidence import nearness
from assistant.answering.tasks import names_task
from assistant.answering.vocabulary import TOLD, vocabulary
from assistant.answering.words import GENERAL, PROCESS, Topics, Word, named, share
from assistant.corpus.reductions import reduction
from assistant.corpus.text import fold
from assistant.domain import (
    AnswerSection,
    Company,
    Hit,
    Measure,
    Nearness,
    Query,
    Slot,
    Story,
    StoryCard,
)

MOST = 3
_NUMBER = re.compile(r"[0-9０-９]")
_RESULT = re.compile(
    r"なりまし|なった|になり|済む|済み|済ん|終わ(?:る|り|っ)|(?:出|回|配|返|送|貼|書|帰)せ?れ?(?:ます|る|た)"
    r"|減[りっら]|短く|増え|早く|速く|なくな|縮ま|浮[いく]"
)
"""How a story tells what came of it."""
_DOUBT = re.compile(
    r"なかっ|だけは|やっぱり|ただし?、|失敗|うまくいか|まちが|間違|注意|気をつけ|油断"
)
"""How it tells what did not go well."""
_PER = re.compile(
    r"^(?:毎?[月週日年]|1?(?:件|回|枚|人|本|通|冊|社|名))(?:に|あたり|につき)?\s*(?=[0-9一二三四五六七八九十半])"
    r"|(?:/|毎|あたり).*$"
)
_CONTENT = re.compile(r"[一-龯々]+|[ァ-ヶー]{2,}|[a-z]{2,}")
_AMOUNT = re.compile(
    r"(?:\d[\d.,]*|[一二三四五六七八九十百]+|半)\s*"
    r"(?:時間半?|分|秒|日半?|週間?|か月|月|h|[件回通本枚人冊社])"
)
_OF_RESULT = vocabulary(
    "結果 所要 合計 全体 短縮 終 済 減 縮 今 現在 以前 従来 平均 掛 出来上 完成 同 準備"
)
"""Words around the numbers of a result (general Japanese)."""
_SAYS_MORE = 2
"""Letters of kanji, katakana or Latin beside numbers from which a sentence says more."""
_QUOTED = 200
"""Characters of a quote that holds both the telling sentence and the one with the numbers."""
_LONGEST = 110
_SHORTEST = 6
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
    told, numbers = _telling(found, story, citations), believable(found, story)
    start, end = _quoted(told, numbers, len(passage.text))
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


def _telling(found: Sequence[Piece], story: Story, citations: CitationList) -> Piece | None:
    """Return the result in a sentence that says more than the card's numbers, if there is one."""
    more = [
        piece
        for piece in found
        if not (_is_bare(piece.text, story) or citations.holds(piece.passage, piece.text))
    ]
    told = believable(more, story)
    return told if told is not None and _credit(told, story) > 0 else None


def _quoted(told: Piece | None, numbers: Piece | None, length: int) -> tuple[int, int]:
    """Return the span that bears the card: its sentence, with the numbers where they are near."""
    near = [piece for piece in (told, numbers) if piece is not None]
    if not near:
        return 0, length
    start, end = min(piece.start for piece in near), max(piece.end for piece in near)
    return (start, end) if end - start <= _QUOTED else (near[0].start, near[0].end)


def _is_bare(text: str, story: Story) -> bool:
    """«2時間が30分になりました» says nothing that «2時間 → 30分» does not."""
    bare = _AMOUNT.sub(" ", fold(text))
    for measure in (story.before, story.after):
        bare = bare.replace(fold(measure.original), " ") if measure else bare
    words = (word for word in _CONTENT.findall(bare) if word not in GENERAL | _OF_RESULT)
    return sum(map(len, words)) < _SAYS_MORE


def believable(found: Sequence[Piece], story: Story) -> Piece | None:
    """Return the sentence that tells the result, with its number where there is one.

    Among equals the later one: stories begin with the trouble and end with what came of it.
    """
    sentences = [
        piece
        for piece in found
        if _SHORTEST <= len(piece.text) <= _LONGEST and not _is_change(piece.text, story)
    ]
    return max(sentences, key=lambda piece: (_credit(piece, story), piece.start), default=None)


def _credit(piece: Piece, story: Story) -> int:
    """Return how well a sentence tells what came of it; 0 or less: it does not."""
    text, before, after = fold(piece.text), _amount(story.before), _amount(story.after)
    has_after = bool(after) and after in text
    has_before = bool(before) and before in text
    result = bool(_RESULT.search(text))
    number = bool(_NUMBER.search(text))
    told = 3 * has_after + 2 * result + (number and result) + (has_before and has_after)
    doubt = (has_before and not has_after) or bool(_DOUBT.search(text))
    return told - 3 * doubt


def _is_change(text: str, story: Story) -> bool:
    """«50分 → 15分» stands on the card already."""
    if story.before is None or story.after is None:
        return False
    return "→" in text and story.before.original in text and story.after.original in text


def _amount(measure: Measure | None) -> str:
    """Return the amount without its unit of counting («1件20分» → «20分»)."""
    if measure is None:
        return ""
    return _PER.sub("", fold(measure.original))


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
