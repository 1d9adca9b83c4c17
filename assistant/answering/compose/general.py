"""Questions without a task: what is AI good for here, what to check before sending."""

import re

from assistant.answering.citations import CitationList
from assistant.answering.compose.checks import checks, clause_line
from assistant.answering.verdict.clauses import RuleBook
from assistant.domain import AnswerSection, ClauseKind, Slot

_USES = re.compile(
    r"(?:何|なに|どんな(?:こと|仕事|業務|とき|場面))[にがで]?(?:は|も)?.{0,4}(?:使|でき|向い|役)"
    r"|使い[道みち]{1,2}"
)
_BEFORE_SENDING = re.compile(
    r"(?:出|送|渡|提出|公開)(?:す|る|した)?(?:する)?前.{0,12}(?:確認|確かめ|見る|見れ|チェック|注意)"
)


def of_the_rule(text: str, book: RuleBook, citations: CitationList) -> AnswerSection | None:
    """Return the rule's own list that answers the question, or None."""
    if _BEFORE_SENDING.search(text):
        return checks(book.of(ClauseKind.FINAL_CHECK), citations)
    uses = book.of(ClauseKind.ENCOURAGED) if _USES.search(text) else ()
    lines = tuple(clause_line(clause, citations) for clause in uses)
    return AnswerSection(Slot.DIRECT, "すすめられている使い方", lines=lines) if lines else None
