"""A question as it is searched: standalone, with its department and the kinds it asks for."""

import re
import unicodedata
from collections.abc import Sequence

from assistant.answering.intent import asks_permission, intent_of
from assistant.answering.words import Topics
from assistant.domain import Company, Department, Intent, Kind, Query

KINDS = {
    Intent.HOW_TO: (Kind.MANUAL, Kind.STORY, Kind.TEMPLATE),
    Intent.PERMISSION: (Kind.RULE, Kind.FAQ),
    Intent.FACT: (Kind.FAQ, Kind.MANUAL),
    Intent.STORY: (Kind.STORY,),
    Intent.TEMPLATE: (Kind.TEMPLATE,),
    Intent.DESK: (Kind.RULE, Kind.FAQ),
    Intent.SMALL_TALK: (),
}

_POINTS_BACK = re.compile(
    r"^(?:じゃあ?|では|それ(?:なら|って|は|、|を|で|も|から)?|その|これ|この|あれ"
    r"|あの|さっき|ほかに|他に|もっと|もう(?:少し|ちょっと)|ちなみに|あと|で、|逆に"
    r"|具体的に)"
    r"|(?:それ|その件|さっきの|同じ(?:こと|やつ|の))"
)
_SHORT = 16
"""Characters (NFKC) under which a question with no topic of its own leans on the last one."""


def rewrite(
    text: str,
    *,
    department: str,
    history: Sequence[str],
    company: Company,
    topics: Topics,
) -> Query:
    """Return the standalone question; `history`: masked earlier questions, oldest first."""
    question = _clean(text)
    carried = _carried(question, history, company, topics)
    standalone = f"{carried} {question}".strip() if carried else question
    chosen = mentioned(question, company) or company.department(department)
    if carried and chosen is None:
        chosen = mentioned(carried, company)
    intent = intent_of(question)
    if carried and intent is Intent.HOW_TO and asks_permission(question):
        intent = Intent.PERMISSION
    return Query(
        text=standalone,
        department=chosen.name if chosen else department,
        neighbours=chosen.neighbours if chosen else (),
        kinds=KINDS[intent],
        intent=intent,
    )


def mentioned(text: str, company: Company) -> Department | None:
    """Return the department that the text names, the longest name first.

    An alias counts only where it stands as a department («営業でも», «営業の人»), not inside
    another word («営業日», «開発する»).
    """
    names = sorted(
        ((name, one) for one in company.departments for name in (one.name, *one.aliases)),
        key=lambda pair: -len(pair[0]),
    )
    for name, department in names:
        full = name == department.name
        for match in re.finditer(re.escape(name), text, re.IGNORECASE):
            if full or _stands_alone(text, match.start(), match.end()):
                return department
    return None


_AFTER_ALIAS = re.compile(
    r"$|[?、。\s!」]|(?:部|課|の(?:人|方|事例|例|場合|部署|ひと|中|うち)|でも|では"
    r"|じゃ|だと|さん|って(?:使|ど)|は(?:使|ど)|です|なん)"
)
_BEFORE_ALIAS = re.compile(r"(?:^|[、。\s「はがもでのに])$")


def _stands_alone(text: str, start: int, end: int) -> bool:
    return bool(_AFTER_ALIAS.match(text[end:])) and bool(_BEFORE_ALIAS.search(text[:start]))


def _carried(question: str, history: Sequence[str], company: Company, topics: Topics) -> str:
    """Return the earlier question whose topic this one leaves out; empty if it stands alone."""
    if not history or not (_POINTS_BACK.search(question) or _is_bare(question, company, topics)):
        return ""
    for earlier in reversed(history):
        kept = _clean(earlier)
        if topics.words(kept) and not _POINTS_BACK.match(kept):
            if mentioned(question, company):
                kept = _without_department(kept, company)
            return kept
    return _clean(history[-1])


def _is_bare(question: str, company: Company, topics: Topics) -> bool:
    rest = _without_department(question, company)
    return len(question) <= _SHORT and not topics.words(rest) and len(question) > 0


def _without_department(text: str, company: Company) -> str:
    found = mentioned(text, company)
    if found is None:
        return text
    for name in sorted((found.name, *found.aliases), key=len, reverse=True):
        text = text.replace(name, "")
    return text


def _clean(text: str) -> str:
    """Return one line without control characters; what the eye sees stays."""
    visible = "".join(
        " " if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} else character
        for character in unicodedata.normalize("NFKC", text)
        if unicodedata.category(character) != "Cf"
    )
    return re.sub(r"\s+", " ", visible).strip()
