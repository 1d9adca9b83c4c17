"""Three questions to start with, from real stories, templates and FAQs of the company."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.engine import Snapshot
from assistant.domain import FaqPair, Kind, Measure, Nearness, Passage, Story, Template

MOST = 3


@dataclass(frozen=True, slots=True)
class Starter:
    """One card of the empty page."""

    question: str
    label: str
    """What there is to gain: «2時間→30分», or what is behind it: «テンプレート»."""
    caption: str
    """Whose it is: «営業部の例»."""
    kind: Kind


def starters(snapshot: Snapshot, department: str) -> tuple[Starter, ...]:
    """Return three starting questions for a department; fewer only if the corpus holds less.

    The biggest saving of the own department first, then its neighbours'; always one of another
    kind where there is one, so that people see what else can be asked. Same corpus, same answer.
    """
    told = [_of_story(passage) for passage in _stories(snapshot, department)]
    others = [*_templates(snapshot, department)[:1], *_faqs(snapshot, department)[:1]]
    unique = _unique([*told[:2], *others, *told[2:]])
    return tuple(unique[:MOST])


def _unique(found: Sequence[Starter]) -> list[Starter]:
    kept: dict[str, Starter] = {}
    for starter in found:
        kept.setdefault(starter.question, starter)
    return list(kept.values())


def _stories(snapshot: Snapshot, department: str) -> list[Passage]:
    passages = [
        passage
        for passage in snapshot.passages_of(Kind.STORY)
        if isinstance(passage.content, Story) and passage.content.before and passage.content.after
    ]
    ordered = sorted(
        passages,
        key=lambda passage: (
            _rank(snapshot, passage, department),
            -_saving(passage),
            passage.source.path,
        ),
    )
    return list(_one_a_task(ordered))


def _one_a_task(passages: Sequence[Passage]) -> Iterator[Passage]:
    seen = set()
    for passage in passages:
        task = passage.content.task if isinstance(passage.content, Story) else ""
        if task not in seen:
            seen.add(task)
            yield passage


def _saving(passage: Passage) -> float:
    """Return the share of time saved, 0–1; times for different units are not compared."""
    content = passage.content
    if not isinstance(content, Story) or content.before is None or content.after is None:
        return 0.0
    before, after = content.before, content.after
    if before.duration is None or after.duration is None or before.per != after.per:
        return 0.0
    return 1 - after.duration / before.duration if before.duration else 0.0


def _rank(snapshot: Snapshot, passage: Passage, department: str) -> int:
    chosen = snapshot.company.department(department)
    departments = passage.source.departments
    if chosen and chosen.name in departments:
        return list(Nearness).index(Nearness.OWN)
    if chosen and any(neighbour in departments for neighbour in chosen.neighbours):
        return list(Nearness).index(Nearness.NEIGHBOUR)
    return list(Nearness).index(Nearness.OTHER)


def _of_story(passage: Passage) -> Starter:
    content = passage.content
    assert isinstance(content, Story)  # noqa: S101 — `_stories` let nothing else through
    return Starter(
        question=f"{content.task}にAIを使いたい",
        label=f"{_words(content.before)}→{_words(content.after)}",
        caption=f"{passage.source.departments[0] if passage.source.departments else '全社'}の例",
        kind=Kind.STORY,
    )


def _words(measure: Measure | None) -> str:
    return measure.original if measure else ""


def _templates(snapshot: Snapshot, department: str) -> list[Starter]:
    passages = sorted(
        snapshot.passages_of(Kind.TEMPLATE),
        key=lambda passage: (_rank(snapshot, passage, department), passage.source.path),
    )
    return [
        Starter(
            f"「{passage.source.title}」のテンプレートを見せて",
            "テンプレート",
            _whose(passage),
            Kind.TEMPLATE,
        )
        for passage in passages
        if isinstance(passage.content, Template)
    ]


def _faqs(snapshot: Snapshot, department: str) -> list[Starter]:
    passages = sorted(
        snapshot.passages_of(Kind.FAQ),
        key=lambda passage: (
            _rank(snapshot, passage, department), passage.source.path, passage.ordinal,
        ),
    )  # fmt: skip
    return [
        Starter(passage.content.question, "よくある質問", _whose(passage), Kind.FAQ)
        for passage in passages
        if isinstance(passage.content, FaqPair)
    ]


def _whose(passage: Passage) -> str:
    return passage.source.departments[0] if passage.source.departments else "全社共通"
