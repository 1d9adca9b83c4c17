"""What the documents are called: it tells a new topic from a detail of the last one."""

from collections.abc import Collection, Iterable, Sequence

from assistant.answering.japanese.words import PROCESS, Word
from assistant.corpus.text import fold
from assistant.domain import Company, FaqPair, Kind, Passage, Source, Story, Template

_SHORTEST = 4
"""Characters of a title: a shorter one stands in sentences that do not mean it."""


class Named:
    """Titles, tasks and FAQ questions of one published version."""

    def __init__(
        self,
        company: Company,
        *,
        sources: Iterable[Source] = (),
        passages: Iterable[Passage] = (),
    ) -> None:
        """`sources`: the current documents; `passages`: stories, templates and FAQ pairs."""
        tools = (*company.allowed_tools, *company.forbidden_tools)
        titles = [(one.title, one.kind) for one in sources]
        self._kinds = {title: kind for title, kind in titles if len(title) >= _SHORTEST}
        heads = [
            *(fold(" ".join((tool.name, *tool.aliases))) for tool in tools),
            *(fold(title) for title, _ in titles),
            *map(_head, passages),
        ]
        self._heads = tuple(dict.fromkeys(heads))

    def is_new_topic(self, words: Sequence[Word], carried: Sequence[Word]) -> bool:
        """Tell whether `words` name a document that has nothing to do with `carried`."""
        telling = [word for word in carried if _tells(word)]
        naming = [head for head in self._heads if 2 * _held(words, head) >= len(words)]
        return bool(naming) and not any(_held(telling, head) for head in naming)

    def told(self, text: str) -> str:
        """Return the titles that `text` names, each in 「」, and nothing else of it."""
        return "".join(f"「{title}」" for title in self.titles_in(text))

    def are_titles(self, text: str) -> bool:
        """Tell whether `text` is titles of ours alone, as `told` returns them."""
        return bool(text) and self.told(text) == text

    def titles_in(self, text: str, kinds: Collection[Kind] = ()) -> list[str]:
        """Return the titles that `text` names, in its order; of `kinds` only, if given."""
        found = [
            (text.index(title), title)
            for title, kind in self._kinds.items()
            if title in text and (not kinds or kind in kinds)
        ]
        return [title for _, title in sorted(found)]


def _head(passage: Passage) -> str:
    content = passage.content
    if isinstance(content, FaqPair):
        return fold(content.question)
    task = content.task if isinstance(content, Story | Template) else ""
    return fold(f"{passage.source.title} {task}")


def _held(words: Sequence[Word], head: str) -> int:
    return sum(word.surface in head or word.form in head for word in words)


def _tells(word: Word) -> bool:
    """One character, or what is done with any document, stands in heads of every topic."""
    return len(word.surface) > 1 and word.form not in PROCESS
