"""What a clause is about, without the conditions after it."""

import re

from assistant.answering.verdict.rows import marked_row
from assistant.corpus.rules.sentences import is_statement, kind_of_sentence, sentences_of
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
        return _without_reasons(rule.text)
    colon = _COLON.search(rule.text, 0, _HEAD)
    head = rule.text[: colon.start()] if colon and colon.start() > 1 else rule.text
    turn = _TOPIC_ENDS.search(head)
    if turn and turn.start() >= _SHORTEST_HEAD:
        head = head[: turn.start()]
    return _SIDE.sub("、", head.replace("**", ""))


_SAYS_MORE = re.compile(r"も|同[様じ]|含|ここ|以下|次の|(?:ない|ません|ならぬ)[。\s]*$")
"""A sentence that names more of what is forbidden, or forbids once more."""


def _without_reasons(ban: str) -> str:
    """Return a ban without what only explains it: «…を入れない。地域ではすぐに誰かわかります。»."""
    first, *others = sentences_of(ban) or [ban]
    reasons = {one for one in others if _explains(one)}
    return "".join([first, *(one for one in others if one not in reasons)]) if reasons else ban


def _explains(sentence: str) -> bool:
    asks_nothing = kind_of_sentence(sentence) is None and is_statement(sentence)
    return asks_nothing and not _SAYS_MORE.search(sentence)


def clause_kind(rule: Passage) -> ClauseKind | None:
    """Return what the clause does, if the passage is one."""
    return rule.content.clause if isinstance(rule.content, Clause) else None
