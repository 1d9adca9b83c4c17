"""つぎに聞けること: questions near the topic that the corpus can answer, never a dead end."""

from collections.abc import Iterator, Sequence

from assistant.corpus.text import fold
from assistant.domain import Evidence, FaqPair, Hit, Query, Story, Template

MOST = 3


def suggestions(evidence: Evidence, query: Query, shown: Sequence[str]) -> tuple[str, ...]:
    """Return two or three real questions; `shown` are ids of passages already in the answer."""
    taken = set(shown)
    asked = fold(query.text)
    found: list[str] = []
    for question in _candidates(evidence, taken):
        folded = fold(question)
        if folded != asked and question not in found:
            found.append(question)
        if len(found) == MOST:
            break
    return tuple(found)


def _candidates(evidence: Evidence, taken: set[str]) -> Iterator[str]:
    faqs = [_faq(hit) for hit in evidence.faqs if hit.passage.id not in taken]
    yield from [question for question in faqs if question][:2]
    for hit in evidence.templates:
        content = hit.passage.content
        if hit.passage.id not in taken and isinstance(content, Template):
            yield f"「{hit.passage.source.title}」のテンプレートを見せて"
            break
    for hit in evidence.stories:
        content = hit.passage.content
        if hit.passage.id not in taken and isinstance(content, Story) and content.task:
            yield f"{content.task}の事例を教えて"
            break
    yield from [question for question in faqs if question][2:]


def _faq(hit: Hit) -> str:
    content = hit.passage.content
    return content.question.strip() if isinstance(content, FaqPair) else ""
