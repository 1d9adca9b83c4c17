"""判定: whether this is allowed, from clauses of the current rule only."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.asking import asked_sentence, asks
from assistant.answering.bridge import done_otherwise, task_of
from assistant.answering.broken import breaks
from assistant.answering.clauses import RuleBook
from assistant.answering.given import (
    given_as_it_is,
    gives_something_else,
    without_thing_names,
)
from assistant.answering.met import left_of, without_met
from assistant.answering.subjects import clause_kind
from assistant.answering.tools import (
    allowed_tool_clause,
    clause_on_unapproved,
    forbidden_tool,
    without_tools,
)
from assistant.answering.weighing import (
    FORBIDDEN_STRENGTH,
    TASK_STRENGTH,
    broken_of,
    by_better_meaning,
    for_this_use,
    further,
    kept_out_of,
    kind_of,
    kind_of_verdict,
    merged,
    nearest_clause,
    reaches,
    stricter,
)
from assistant.domain import (
    ClauseKind,
    Company,
    Finding,
    Hit,
    Intent,
    Passage,
    Query,
    Tool,
    Verdict,
    VerdictKind,
)

_INPUT = re.compile(
    r"入れ|入力|貼|ペースト|コピペ|アップロード|アップし|渡|読ませ|読み込|食わせ|投げ"
    r"|送信|登録し|取り込|添付|書き込|見せ|させ(?:たい|て|る|よう)"
    r"|を.{0,8}(?:レビュー|要約|まとめ|整理|分析"
    r"|翻訳|直し|チェック|添削|解析|比べ|集計|清書|文字起こし|処理)|\b(?:enter|input"
    r"|paste|upload)"
)
_MASKED_WORDS = re.compile(r"(?:[一-龠々ァ-ヶーA-Za-z]{1,10}[はがの:]?)?〔[^〔〕]{1,20}〕")
"""What the guard took out, with its label: the verdict is about the task that is left."""

_SENTENCES = {
    VerdictKind.ALLOWED: "ルールで勧められている使い方です。",
    VerdictKind.CONDITIONAL: "次のことを守ってください。",
    VerdictKind.PROHIBITED: "ルールで入力禁止になっている情報です。",
}
"""What follows the sign and word of the verdict, which say whether it is allowed."""
_BROKEN = "この条項の条件を守れていないので、このままでは使えません。"
_TOOL_ALLOWED = "会社で使えるAIです。入力してよいものは、ルールで確かめてください。"
_USE_FORBIDDEN = "この使い方は、次の条項で止められています。"


def judge(
    query: Query,
    book: RuleBook,
    company: Company,
    *,
    hits: Sequence[Hit] = (),
    findings: Sequence[Finding] = (),
) -> Verdict:
    """Return the verdict of the rule for a standalone question.

    `hits`: what search found; its cosines point to a clause that says the same in other words.
    `findings`: what the guard took out of the question.
    """
    typed = unicodedata.normalize("NFKC", query.text)
    text = _MASKED_WORDS.sub("", typed)
    asked = query.intent is Intent.PERMISSION or asks(text)
    if query.intent is Intent.SMALL_TALK or (query.intent is Intent.DESK and not asked):
        return Verdict(VerdictKind.NONE)
    inputs = takes_input(text)
    tool = forbidden_tool(text, company)
    if tool and (asked or inputs):
        return _of_tool(tool, book, company)
    if not asked and _asks_no_task(query, text, inputs=inputs):
        return Verdict(VerdictKind.NONE)
    given = given_as_it_is(typed, findings) if asked else None
    if given:
        return Verdict(VerdictKind.PROHIBITED, _SENTENCES[VerdictKind.PROHIBITED], (given,))
    bare = without_thing_names(without_tools(text, company))
    verdict = _of_clauses(bare, book, hits, asked=asked)
    if verdict is not None and verdict.kind is not VerdictKind.NONE:
        return verdict
    if not asked or query.intent is Intent.DESK:
        return Verdict(VerdictKind.NONE)
    allowed = allowed_tool_clause(text, book, company) if not inputs and verdict is None else None
    if allowed:
        return Verdict(VerdictKind.ALLOWED, _TOOL_ALLOWED, allowed)
    near = None if _names_tool(text, company) else nearest_clause(hits)
    return _by_meaning(near, book, company)


def _of_clauses(text: str, book: RuleBook, hits: Sequence[Hit], *, asked: bool) -> Verdict | None:
    """Return the verdict of the clauses that the question touches; None where it touches none."""
    inputs = takes_input(text)
    left = left_of(text, book)
    found = book.fits(left)
    if asked and (sentence := asked_sentence(left)) != left:
        found = merged(found, book.fits(sentence))
    touched = without_met(found, text, book, hits, left=left)
    fits = [fit for fit in touched if reaches(fit, asked=asked, inputs=inputs)]
    if not fits and not touched:
        return None
    fits = fits if asked else for_this_use(fits, text)
    kept_out = kept_out_of(touched, text, book) if asked else None
    if kept_out:
        return Verdict(VerdictKind.PROHIBITED, _USE_FORBIDDEN, (kept_out,))
    if not fits:
        return Verdict(VerdictKind.NONE)
    near = nearest_clause(hits)
    deciding = by_better_meaning(stricter(fits), touched, near)
    kind = kind_of_verdict(deciding)
    if kind is VerdictKind.PROHIBITED:
        return Verdict(kind, _SENTENCES[kind], (deciding.clause,))
    broken = broken_of(text, deciding, fits) if asked or inputs else None
    if broken:
        return Verdict(VerdictKind.PROHIBITED, _BROKEN, (broken,))
    if asked and kind is VerdictKind.ALLOWED and gives_something_else(text, deciding.clause, book):
        return Verdict(VerdictKind.NONE)
    return Verdict(kind, _SENTENCES[kind], (deciding.clause, *further(kind, deciding, touched)))


_WISHES = frozenset({Intent.HOW_TO, Intent.TEMPLATE})


def judge_task(query: Query, book: RuleBook, hits: Sequence[Hit]) -> Verdict:
    """Return the verdict on the task that the company's stories and templates know it by.

    For a wish that names no clause; never where it is near to what must not be put in.
    """
    text = unicodedata.normalize("NFKC", query.text)
    none = Verdict(VerdictKind.NONE)
    if query.intent not in _WISHES or _asks_no_task(query, text, inputs=takes_input(text)):
        return none
    task = task_of(hits)
    bans = (fit for fit in book.fits(text) if kind_of(fit) is ClauseKind.FORBIDDEN_INPUT)
    if not task or any(takes_input(text) or fit.strength >= FORBIDDEN_STRENGTH for fit in bans):
        return none
    fits = [
        fit
        for fit in book.fits(task)
        if fit.strength >= TASK_STRENGTH
        and kind_of(fit) is not ClauseKind.FORBIDDEN_INPUT
        and not done_otherwise(task, fit.clause.text)
    ]
    if not fits:
        return none
    deciding = stricter(for_this_use(fits, text))
    if breaks(text, deciding.clause.text):
        return none
    kind = kind_of_verdict(deciding)
    told = f"「{task.split('、')[0]}」は、{_SENTENCES[kind]}" if kind is VerdictKind.ALLOWED else ""
    return Verdict(kind, told or _SENTENCES[kind], (deciding.clause,))


def still_asked(query: Query, verdict: Verdict) -> bool:
    """Tell whether a question that names an old rule asks what holds now: «今は使っていいの?»."""
    decided = verdict.kind not in {VerdictKind.NONE, VerdictKind.ASK_DESK}
    return decided and asks(query.text)


def takes_input(text: str) -> bool:
    """Tell whether a question speaks of giving something to an AI."""
    return bool(_INPUT.search(unicodedata.normalize("NFKC", text)))


_TROUBLE = re.compile(
    r"忘れ|わすれ|なくし|失くし|紛失|壊れ|こわれ|割れ|固ま|動かな|開かな|つながらな|エラー"
    r"|届かな|切れた|真っ白|落とし|ログイン"
)
_ON_THE_RULE = re.compile(r"条件|ルール|規則|規程|注意|気をつけ|守|制限|禁止|どこまで")


def _asks_no_task(query: Query, text: str, *, inputs: bool) -> bool:
    """A date, a price, a forgotten password: no clause is asked for, though one shares a word."""
    if _ON_THE_RULE.search(text):
        return False
    return bool(_TROUBLE.search(text)) or (query.intent is Intent.FACT and not inputs)


def _of_tool(tool: Tool, book: RuleBook, company: Company) -> Verdict:
    """A tool that company.yaml keeps out: by the clause on such tools, else the desk decides."""
    clause = clause_on_unapproved(book.all) or _ban_naming(tool, book)
    if clause is None:
        desk = _ask_desk(book, company)
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


def _names_tool(text: str, company: Company) -> bool:
    """A question on a tool is near to every clause that names the tool."""
    folded = text.lower()
    names = (name for tool in company.allowed_tools for name in (tool.name, *tool.aliases))
    return any(name.lower() in folded for name in names if name)


def _by_meaning(near: Passage | None, book: RuleBook, company: Company) -> Verdict:
    """A ban may be met in other words; what permits must stand there in these.

    By cosine alone, a condition was meant in 1 of 6 questions (eval/suites/rules.yaml).
    """
    if near is None or clause_kind(near) is not ClauseKind.FORBIDDEN_INPUT:
        return _ask_desk(book, company)
    return Verdict(VerdictKind.PROHIBITED, _SENTENCES[VerdictKind.PROHIBITED], (near,))


def _ask_desk(book: RuleBook, company: Company) -> Verdict:
    desk: tuple[Passage, ...] = book.of(ClauseKind.DESK)[:1]
    where = f"({company.desk.channel})" if company.desk.channel else ""
    sentence = (
        "この使い方に当てはまる条項は、ルールに見つかりませんでした。"
        f"入力する前に、{company.desk.name}{where}へどうぞ。"
    )
    return Verdict(VerdictKind.ASK_DESK, sentence, desk)
