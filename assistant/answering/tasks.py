"""Stories and templates whose task a question names, whatever words their texts are written in."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from assistant.corpus.text import fold
from assistant.domain import Hit, Kind, Passage, Query, Story, Template

_SHORTEST = 2
"""Characters of a task's name: one stands in too many words."""
_MOST = 12
"""Passages added to what search found."""


class Tasks:
    """The tasks of one published version: a task stands in the front matter, not in the text."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        """Take over the stories and templates among `passages`."""
        self._by_task: dict[str, list[Passage]] = {}
        self._templates: dict[str, list[Passage]] = {}
        for passage in passages:
            for name in task_names(passage):
                self._by_task.setdefault(name, []).append(passage)
            for name in _template_names(passage):
                self._templates.setdefault(name, []).append(passage)

    def added(self, hits: Sequence[Hit], question: str) -> list[Hit]:
        """Return `hits`, and behind them what search missed of the tasks that are named or told.

        Who tells a story names the template: it belongs to the story, whatever its own words.
        """
        found = {hit.passage.id for hit in hits}
        asked = fold(question)
        named = [name for name in self._by_task if name in asked]
        missed = {
            passage.id: passage
            for name in sorted(named, key=lambda each: (-len(each), each))
            if not any(name != other and name in other for other in named)
            for passage in self._by_task[name]
            if passage.id not in found
        }
        told = {
            passage.id: passage
            for passage in self._told(hits)
            if passage.id not in found and passage.id not in missed
        }
        more = [*list(missed.values())[:_MOST], *list(told.values())[:_MOST]]
        return [*hits, *(Hit(passage, score=0.0) for passage in more)]

    def _told(self, hits: Sequence[Hit]) -> Iterator[Passage]:
        """Yield the templates that the stories among `hits` name or share the task with."""
        for hit in hits:
            story = hit.passage.content
            if isinstance(story, Story):
                for name in (story.template, story.task):
                    yield from self._templates.get(fold(name).strip(), ())


def task_names(passage: Passage) -> tuple[str, ...]:
    """Return what the task of a story or template is called, folded; a template's title too."""
    content = passage.content
    if isinstance(content, Story):
        return _folded(content.task)
    if isinstance(content, Template):
        return _folded(content.task, passage.source.title)
    return ()


@lru_cache(maxsize=2_048)
def _folded(*names: str) -> tuple[str, ...]:
    folded = (fold(name).strip() for name in names)
    return tuple(dict.fromkeys(name for name in folded if len(name) >= _SHORTEST))


def _template_names(passage: Passage) -> tuple[str, ...]:
    """Return what a story may call a template by: title, path or task, folded."""
    content = passage.content
    if not isinstance(content, Template):
        return ()
    names = (passage.source.title, passage.source.path, content.task)
    folded = (fold(name).strip() for name in names)
    return tuple(dict.fromkeys(name for name in folded if name))


def names_task(question: str, passage: Passage) -> bool:
    """Tell whether the question names the passage's task."""
    asked = fold(question)
    return any(name in asked for name in task_names(passage))


def not_left(hits: Sequence[Hit], query: Query) -> list[Hit]:
    """Return `hits` without the stories and templates that the person has turned away from.

    What the question names stays: one may well come back to it.
    """
    return [
        hit
        for hit in hits
        if hit.passage.source.title not in query.left
        or hit.passage.source.kind not in _OF_TASKS
        or names_task(query.text, hit.passage)
    ]


_OF_TASKS = frozenset({Kind.STORY, Kind.TEMPLATE})
