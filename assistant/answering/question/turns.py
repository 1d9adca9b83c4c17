"""What later questions may refer to of an answered one."""

from collections.abc import Iterator

from assistant.domain import Answer, Role, Turn

_LONGEST = 400
"""Characters kept of an answer: titles come first, then what it said."""


def turns_of(answer: Answer) -> tuple[Turn, Turn]:
    """Return the masked question and what the answer showed, as turns of the conversation."""
    titles = "".join(f"「{title}」" for title in dict.fromkeys(_titles(answer)))
    said = " ".join(filter(None, [titles, answer.verdict.sentence, *_first_lines(answer)]))
    return Turn(Role.USER, answer.safe_text), Turn(Role.ASSISTANT, said[:_LONGEST])


def _titles(answer: Answer) -> Iterator[str]:
    """Yield the documents in the order in which a person sees them."""
    for section in answer.sections:
        yield from (story.title for story in section.stories)
        if section.template:
            yield section.template.title
    yield from (citation.passage.source.title for citation in answer.citations)


def _first_lines(answer: Answer) -> Iterator[str]:
    return (section.lines[0].text for section in answer.sections if section.lines)
