"""What a clause is about, without the conditions after it."""

import re

from assistant.answering.rows import marked_row
from assistant.domain import Clause, ClauseKind, Passage

_SIDE = re.compile(r"[((][^))]*[))]")
_COLON = re.compile(r"[::]|\s*[…‥―—]|\s[-–]\s")
_HEAD = 40
"""Characters within which a colon or its like ends what a clause is about («会議の録音: 了解を
取って», «会議の録音 … 了解を取って»)."""


_TOPIC_ENDS = re.compile(r"は、|。")
"""Where prose turns from what a clause is about to its conditions."""
_SHORTEST_HEAD = 4


def subject(rule: Passage) -> str:
    """Return what a clause is about; the conditions after it are not its subject."""
    cells = marked_row(rule.text)
    if cells:
        return cells[0]
    if clause_kind(rule) is ClauseKind.FORBIDDEN_INPUT:
        return rule.text
    colon = _COLON.search(rule.text, 0, _HEAD)
    head = rule.text[: colon.start()] if colon and colon.start() > 1 else rule.text
    turn = _TOPIC_ENDS.search(head)
    if turn and turn.start() >= _SHORTEST_HEAD:
        head = head[: turn.start()]
    return _SIDE.sub("、", head.replace("**", ""))


def clause_kind(rule: Passage) -> ClauseKind | None:
    """Return what the clause does, if the passage is one."""
    return rule.content.clause if isinstance(rule.content, Clause) else None
