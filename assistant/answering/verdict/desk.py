"""判定 where no clause decides: the desk is asked, and why; a tool that is kept out."""

import re
from dataclasses import replace

from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.tools import clause_on_unapproved
from assistant.answering.verdict.weighing import FORBIDDEN_STRENGTH, kind_of
from assistant.domain import ClauseKind, Company, Passage, Tool, Verdict, VerdictKind

_NOT_FOUND = "この使い方に当てはまる条項は、ルールに見つかりませんでした。"
_DOUBTFUL = "似た言葉の条項はありますが、この使い方にあてはまるとは言い切れません。"
_WORDS_ALONE = f"いまは言葉の一致だけで判断しています。{_DOUBTFUL}"


_AFTERWARDS = re.compile(
    r"誤って|間違えて|うっかり|漏え|漏洩|流出|事故|インシデント|事態|不具合|(?:て|で)しまっ"
)
"""What to do when something went wrong: no answer to who asks beforehand."""
_WHOM = re.compile(
    r"窓口|相談|問い?合わ?せ|連絡|聞[いくけ]|内線|チャット|メール|@|(?:へ|まで|に)、?(?:確認|照会|質問|尋ね)"
)


def ask_desk(book: RuleBook, company: Company, *, why: str = _NOT_FOUND) -> Verdict:
    """Send to the desk with its clause; `why` is the sentence in front, Japanese."""
    desk = _whom_to_ask(book)
    where = f"({company.desk.channel})" if company.desk.channel else ""
    sentence = f"{why}入力する前に、{company.desk.name}{where}へどうぞ。"
    return Verdict(VerdictKind.ASK_DESK, sentence, desk)


def _whom_to_ask(book: RuleBook) -> tuple[Passage, ...]:
    """Return the first clause that tells whom to ask; none where all are on what went wrong."""
    clauses = book.of(ClauseKind.DESK)
    before = [one for one in clauses if not _AFTERWARDS.search(one.text)]
    named = [one for one in before if _WHOM.search(one.text)]
    return tuple((named or before)[:1])


def unsure_beside_ban(book: RuleBook, company: Company) -> Verdict:
    """Send to the desk where a clause permits by its words what a ban may mean as well."""
    return ask_desk(book, company, why=_DOUBTFUL)


def unsure_by_words(book: RuleBook, company: Company, *, asked: bool) -> Verdict:
    """Send who asks to the desk, and say why; tell nothing to who does not."""
    if not asked:
        return Verdict(VerdictKind.NONE)
    return ask_desk(book, company, why=_WORDS_ALONE)


def verdict_of_tool(tool: Tool, book: RuleBook, company: Company) -> Verdict:
    """A tool that company.yaml keeps out: by the clause on such tools, else the desk decides."""
    clause = clause_on_unapproved(book.all) or _ban_naming(tool, book)
    if clause is None:
        desk = ask_desk(book, company)
        where = f"({company.desk.channel})" if company.desk.channel else ""
        sentence = (
            f"「{tool.name}」は、会社で使えるAIに入っていません。"
            f"使う前に、{company.desk.name}{where}へどうぞ。"
        )
        return replace(desk, sentence=sentence)
    sentence = f"「{tool.name}」は、会社で使えるAIに入っていません。"
    return Verdict(VerdictKind.PROHIBITED, sentence, (clause,))


def _ban_naming(tool: Tool, book: RuleBook) -> Passage | None:
    """Return the ban that names the tool itself, if there is one."""
    bans = [fit for fit in book.fits(tool.name) if kind_of(fit) is ClauseKind.FORBIDDEN_INPUT]
    return next((fit.clause for fit in bans if fit.strength >= FORBIDDEN_STRENGTH), None)
