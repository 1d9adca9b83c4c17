"""A story or an FAQ that was written in a form, as the Markdown file that it becomes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.corpus.intake.fields import with_fields
from assistant.corpus.measures import parse_measure
from assistant.corpus.reductions import reduction
from assistant.errors import DocumentError

STORY_FIELDS = ("title", "department", "task", "tool", "before", "after", "author", "date", "body")
FAQ_FIELDS = ("question", "answer", "department", "owner", "review_by")
_HEADING = re.compile(r"^#", re.M)


def story_text(form: Mapping[str, str]) -> str:
    """Return the file of a story. Raises DocumentError for what is missing."""
    _refuse_missing(form, {"title": "題名", "body": "何をして、どうなったか"})
    fields = {
        name: _line(form.get(name, ""))
        for name in ("title", "department", "task", "tool", "before", "after", "author", "date")
        if form.get(name, "").strip()
    }
    return _file({"kind": "story", **fields}, _unix(form["body"]))


def faq_text(form: Mapping[str, str]) -> str:
    """Return the file of one question and its answer. Raises DocumentError for what is missing."""
    _refuse_missing(form, {"question": "質問", "answer": "答え"})
    question = _line(form["question"])
    fields = {
        name: _line(form[name])
        for name in ("department", "owner", "review_by")
        if form.get(name, "").strip()
    }
    # A heading in the answer would open the next question.
    answer = _HEADING.sub(r"\\#", _unix(form["answer"]))
    return _file({"title": question, "kind": "faq", **fields}, f"## {question}\n\n{answer}")


_HOW_TO_WRITE = "「2時間」「1件20分」「月8時間」「半日」のように書けます。"


@dataclass(frozen=True, slots=True)
class TimesRead:
    """What two times in people's words were understood as."""

    before: float | None
    """Minutes; None where no single time is told."""
    after: float | None
    saved: str = ""
    """「約7割減」; empty where the two cannot be compared."""
    hint: str = ""
    """What would make it readable; empty where all is well or nothing is written yet."""


def read_times(before: str, after: str) -> TimesRead:
    """Return how the times of a story are understood, while they are still being typed."""
    first, second = (parse_measure(_line(text)) for text in (before, after))
    minutes = [
        None if one.duration is None else one.duration.total_seconds() / 60
        for one in (first, second)
    ]
    less = reduction(first, second)
    return TimesRead(minutes[0], minutes[1], less.words if less else "", _hint(before, after))


def _hint(before: str, after: str) -> str:
    first, second = (parse_measure(_line(text)) for text in (before, after))
    for text, one in ((before, first), (after, second)):
        if text.strip() and one.duration is None:
            return f"「{text.strip()}」は時間として読めません。{_HOW_TO_WRITE}"
    if first.duration is None or second.duration is None:
        return ""
    if first.per != second.per:
        return "「1件」と「月」のように、前と後で単位がちがうので、減った割合は出しません。"
    if second.duration >= first.duration:
        return "後のほうが長いか、同じです。逆に入っていないか確かめてください。"
    return ""


def _file(fields: Mapping[str, str], body: str) -> str:
    return f"---\n{with_fields('', fields)}---\n{body}\n"


def _refuse_missing(form: Mapping[str, str], names: Mapping[str, str]) -> None:
    missing = [word for name, word in names.items() if not form.get(name, "").strip()]
    if missing:
        raise DocumentError(
            f"「{'」と「'.join(missing)}」がまだ書かれていません。",
            remedy="短くてかまいません。書いてから、もう一度押してください。",
        )


def _line(text: str) -> str:
    return " ".join(text.split())


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
