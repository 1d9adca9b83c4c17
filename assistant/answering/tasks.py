"""Stories and templates whose task a question names, whatever words their texts are written in."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from assistant.corpus.text import fold
from assistant.domain import Hit, Passage, Story, Template

_SHORTEST = 2
"""Characters of a task's name: one stands in too many words."""
_MOST = 12
"""Passages added to what search found."""


class Tasks:
    """The tasks of one published version: a task stands in the front matter, not in the text."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        """Take over the stories and templates among `passages`."""
        self._by_task: dict[str, list[Passage]] = {}
        for passage in passages:
            for name in task_names(passage):
                self._by_task.setdefault(name, []).append(passage)

    def added(self, hits: Sequence[Hit], question: str) -> list[Hit]:
        """Return `hits`, and behind them what search missed of the tasks that are named."""
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
        return [*hits, *(Hit(passage, score=0.0) for passage in list(missed.values())[:_MOST])]


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


def names_task(question: str, passage: Passage) -> bool:
    """Tell whether the question names the passage's task."""
    asked = fold(question)
    return any(name in asked for name in task_names(passage))
