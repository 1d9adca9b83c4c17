"""A question as it is searched: standalone, with its department and the kinds it asks for."""

import re
import unicodedata
from collections.abc import Sequence

from assistant.answering.facts import asks_teller, asks_value
from assistant.answering.intent import HAPPENED, asks_permission, intent_of
from assistant.answering.vocabulary import vocabulary
from assistant.answering.words import Topics, Word
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
    r"^(?:それ(?:なら|って|は|、|を|で|も|から)?|その|これ|この|あれ"
    r"|あの|さっき|もっと|もう(?:少し|ちょっと)|具体的に|実際|ほんとに|本当に)"
    r"|(?:それ|その件|さっきの|同じ(?:こと|やつ|の))"
)
_GOES_ON = re.compile(r"^(?:じゃあ?|では|ほな|ほかに|他に|ちなみに|あと|で、|で(?=どん)|逆に)")
"""Openers of one more question: it may be on another topic, which it names then."""
_SHIFTS = re.compile(
    r"^(?:(?:で|んで|それで|じゃあ?|では|あと)?[、。\s]*(?:今度は|こんどは|次は|つぎは|ところで)"
    r"|(?:それ|そっち|その件)はもう(?:大丈夫|いい|OK|わかった|解決)[^。、]{0,4}[。、]"
    r"|[^。、]{0,6}(?:別件|別の話|べつの話|話(?:は|が)?(?:変わ|かわ))[^。、]{0,6}[。、]?)\s*"
)
"""The person says that something else comes."""
_OTHER_ONE = re.compile(
    r"^(?:じゃあ?|では|ほな|なら|んなら)?[、\s]*(?P<other>.{2,20}?)(?:のほう|の方|の場合|のとき)?"
    r"(?:は|だと|やと|なら|だったら|については?)(?:どう(?:です|なん|なの|でしょう)?(?:か)?)?[?。!]*$"
)
"""«じゃあ日報のほうは?»: the same of another thing."""
_AND_THEN = re.compile(
    r"^(?:(?:了解|承知|ありがと(?:う|うございます|うございました)?|なるほど|わかった|分かった|わかりました|分かりました|OK|オッケー|うん|はい)"
    r"(?:です|しました|ー)?[。、!\s]*)+(?=.{4})|^(?:あ|え|えっと|んで|で|ほんで)[、。\s]+(?=.{4})"
)
"""Thanks and fillers before the question."""
_NTH = re.compile(r"^[^、。]{0,4}(?:第?\d+|[一二三四五六七八九十])(?:回|番|段階|章|つ)目?")
"""«3回目のときは?»: one case of what was asked before."""
_SHORT = 16
"""Characters (NFKC) under which a question for one value of one thing («予備は何枚?») leans on the
last one."""
_BARE = 40
"""The same for a question with no topic of its own («自分で消しちゃったやつは戻せる?»)."""


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
    if history:
        question = _AND_THEN.sub("", _AND_THEN.sub("", question))
    shift = _SHIFTS.match(question) if history else None
    if shift and shift.end() < len(question):
        question = question[shift.end() :]
    carried = "" if shift else _carried(question, history, company, topics)
    standalone = f"{carried} {question}".strip() if carried else question
    chosen = mentioned(question, company) or company.department(department)
    if carried and chosen is None:
        chosen = mentioned(carried, company)
    intent = intent_of(question)
    if carried and intent is Intent.HOW_TO and asks_permission(question):
        intent = Intent.PERMISSION
    if intent in {Intent.FACT, Intent.HOW_TO} and asks_teller(question):
        intent = Intent.STORY
    if intent is Intent.HOW_TO and (asks_value(question) or (carried and _NTH.search(question))):
        intent = Intent.FACT
    if intent is Intent.DESK and asks_value(question) and not HAPPENED.search(question):
        intent = Intent.FACT
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
    if not history or _is_other(question, company, topics):
        return ""
    if not (
        _POINTS_BACK.search(question)
        or (_GOES_ON.match(question) and _names_little(question, company, topics))
        or _is_bare(question, company, topics)
    ):
        return ""
    for earlier in reversed(history):
        kept = _clean(earlier)
        if topics.words(kept) and not _POINTS_BACK.match(kept) and not _GOES_ON.match(kept):
            if mentioned(question, company):
                kept = _without_department(kept, company)
            return kept
    return _clean(history[-1])


def _is_bare(question: str, company: Company, topics: Topics) -> bool:
    rest = _without_department(question, company)
    words = _own_topic(rest, topics)
    if not words:
        return 0 < len(question) <= _BARE
    return len(question) <= _SHORT and len(words) == 1 and asks_value(question)


def _names_little(question: str, company: Company, topics: Topics) -> bool:
    return len(_own_topic(_without_department(question, company), topics)) <= 1


def _own_topic(text: str, topics: Topics) -> list[Word]:
    """Return the words that name what the question is about by itself."""
    return [
        word
        for word in topics.words(text)
        if word.form not in _LIGHT and not _HIRAGANA.fullmatch(word.surface)
    ]


_HIRAGANA = re.compile(r"[ぁ-ゖー]+")
_LIGHT = vocabulary(
    """
    奴 回 日 台 時 分 月 年 円 枚 人 一人 二人 全員 実際 具体 今度 次 別 話 間 方 件 回目
    番目 許可 了解 了承 本人
    """
)
"""Nouns that stand for something named before (general Japanese)."""


def _is_other(question: str, company: Company, topics: Topics) -> bool:
    """Tell whether the question names another thing to know the same of, and no department."""
    match = _OTHER_ONE.match(question)
    if match is None or asks_value(question) or _ANAPHORA.search(match["other"]):
        return False
    return mentioned(question, company) is None and bool(topics.words(match["other"]))


_ANAPHORA = re.compile(r"それ|その|これ|この|あれ|あの|[0-9]")


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
