"""What kind of question it is: learned from sentences, but for what has a form of its own."""

import re
import unicodedata
from functools import lru_cache

from assistant.answering.question.asking import JAPANESE, asks
from assistant.answering.question.intent_forms import formed
from assistant.answering.question.intent_model import likely_intents
from assistant.domain import Intent

_GREETING = (
    r"こんにち[はわ]|こんちは|こんばん[はわ]|おはよう(?:さん|ございます)?|まいど|はじめまして"
    r"|初めまして|やあ|ハロー|もしもし|お(?:疲|つか)れ(?:様|さま|さん)?(?:です|でした)?"
    r"|ありがと(?:う|さん)?(?:ございま(?:す|した))?|おおきに|どうも|助かりました|助かった(?:わ|よ)?"
    r"|了解(?:です|しました)?|わかりました|分かりました|なるほど|すごい|さようなら"
    r"|また(?:ね|あした|(?:来|き)ます)|よろし(?:く|ゅう)(?:お(?:願|ねが)い(?:し|いたし)ます)?|お世話にな(?:り|って(?:い|おり))ま(?:す|した)|元気(?:です)?か?|あなたは(?:誰"
    r"|だれ|何)(?:です)?か?|(?:君|きみ|あなた)の名前は?|hello|hi|hey|thanks?(?: you)?"
    r"|good morning"
    r"|(?:(?:あなた|君|きみ|この?(?:AI|アシスタント|チャット|ボット))(?:は|って|に|には)?)?(?:何|なに)"
    r"(?:が|か|を)?(?:でき(?:る|ます)|してくれ(?:る|ます)|しはる)(?:の|ん)?(?:です)?か?"
)
_SMALL_TALK = re.compile(
    r"^(?:(?:(?:今日|きょう|本日|明日|いつ)も|(?:今日|きょう|本日|これ)から|今後とも|どうぞ|大変"
    r"|ほんまに?|本当に|めっちゃ)?"
    rf"(?:{_GREETING})[!。、ー~\s?♪☆w笑]*)+$",
    re.IGNORECASE,
)
"""Nothing but greetings and thanks, one after another."""


HAPPENED = re.compile(
    r"(?:て|で)しま(?:った|いま)|(?:て|で)(?:しもた|もうた)|ち?ゃ(?:った|いま(?!す))|ちまった"
)
"""What has happened already: «入れてしまった», «送っちゃった»."""

_PUT_IN = r"(?:入力|送信|打ち込|入れ|貼|送|渡|見せ|アップ)"
_MISHAP = re.compile(
    rf"{_PUT_IN}[^。?、]{{0,3}}(?:{HAPPENED.pattern})"
    rf"|(?:誤って|間違[っえ]て|うっかり)[^。?]{{0,16}}?{_PUT_IN}[^。?]{{0,4}}た"
)
"""It was put in or sent already: the desk hears of it, whatever is asked besides."""

_BARE = re.compile(r"[^ぁ-ん?!。]+")
"""A task's name alone: «議事録»."""
_ENGLISH = (
    (re.compile(r"\bcontact\b|help desk", re.IGNORECASE), Intent.DESK),
    (re.compile(r"\btemplates?\b|\bprompts?\b", re.IGNORECASE), Intent.TEMPLATE),
    (re.compile(r"(?<![.@\w-])examples?\b|case stud", re.IGNORECASE), Intent.STORY),
    (re.compile(r"\bhow (?:to|do|can)\b", re.IGNORECASE), Intent.HOW_TO),
    (re.compile(r"\b(?:what|when|where|who|which|why|how)\b", re.IGNORECASE), Intent.FACT),
)


@lru_cache(maxsize=2_048)
def intent_of(text: str) -> Intent:
    """Return the kind of question.

    Remembered, for the questions of FAQs are looked at again with every one that is asked.
    """
    question = unicodedata.normalize("NFKC", text).strip()
    if _SMALL_TALK.match(question):
        return Intent.SMALL_TALK
    if _MISHAP.search(question):
        return Intent.DESK
    if asks(question):
        return Intent.PERMISSION
    wish = formed(question)
    if wish is not None:
        return wish
    if not JAPANESE.search(question):
        return next((intent for sign, intent in _ENGLISH if sign.search(question)), Intent.HOW_TO)
    if _BARE.fullmatch(question):
        return Intent.HOW_TO
    likely = likely_intents(question)
    return max(likely, key=likely.__getitem__)
