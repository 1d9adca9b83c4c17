"""Questions that no document of a company can answer, told by how they are asked."""

import re
import unicodedata
from collections.abc import Sequence

from assistant.answering.japanese.words import Topics
from assistant.corpus.text import fold

_MIND = re.compile(
    r"内心|本心|本音|(?:ほんま|本当|ほんと|正直)は|(?:どう|なんて|何て)(?:思って|感じて)"
    r"|(?:考え|思っ)てること|当ててみ|当てて[。!?]?$|占って"
    r"|(?:どっち|どちら|どれ|何|なに|誰|だれ)(?:の(?:ほう|方))?(?:が|を)(?:いちばん|一番)?(?:好き|嫌い)"
    r"|好きな(?:の|ん|もの|食べ物|色|曲|番組)(?:は|って)|(?:機嫌|気分)(?:よく|良く)"
)
"""What somebody thinks, likes or feels."""

_TIME = re.compile(
    r"再来年|来年度?|来月|来週|明日|あした|明後日|あさって|今夜|今晩|さっき|昨日|きのう|おととい"
    r"|ゆうべ|先週|先月|去年|昨年度?|今年度?|今月|今週|20\d\d年(?:\d+月)?"
)
"""Days and years that are reckoned from today: documents are written for every day."""

_WHICH = re.compile(
    r"何|なん|なに|いくら|いくつ|どこ|誰|だれ|いつ|どの|どれ|どんな|どう(?:変|なる|なり)"
)

_COUNTED = re.compile(
    r"(?:何|なん)(?P<of>秒|枚|問|もん|行|円|人|名|にん|件|社|個|台|回|分|時間|時|日|月|年|点|通|本|冊"
    r"|階|号|番|kg|km|cm|[MGK]B|%|パーセント|割|文字|字|ページ|歳|歩|位|度|組|県|曜)"
)
_NUMBER = r"[0-9一二三四五六七八九十百千万億半数]\s*"
_WRITTEN = {
    "もん": f"{_NUMBER}問",
    "にん": f"{_NUMBER}[人名]|全員|全社員",
    "人": f"{_NUMBER}[人名]|全員|全社員",
    "名": f"{_NUMBER}[人名]|全員|全社員",
    "分": rf"{_NUMBER}(?:分|秒|時間)|半日",
    "時間": rf"{_NUMBER}(?:時間|分|h)|半日",
    "回": f"{_NUMBER}(?:回|度)|制限",
    "日": rf"{_NUMBER}(?:日|週間|か月|ヶ月|営業日)|当日|前日|翌日|末",
    "月": rf"{_NUMBER}月|毎月",
    "文字": rf"{_NUMBER}文?字",
    "字": rf"{_NUMBER}文?字",
    "時": rf"{_NUMBER}時|\d:\d\d|正午|深夜|24時間",
    "点": rf"{_NUMBER}(?:点|つ)",
    "個": rf"{_NUMBER}(?:個|つ|点)",
    "件": rf"{_NUMBER}(?:件|つ|通)",
    "号": rf"{_NUMBER}号|\d{{3,}}",
    "番": rf"{_NUMBER}番|\d{{3,}}",
    "円": rf"{_NUMBER}(?:円|ドル)|無料|(?:かかり|要り)ません",
    "県": r"[一-龥]{2,3}県",
    "曜": r"[月火水木金土日]曜|毎日",
}
"""How what is counted may be written, where it is not the number and the same counter."""

_SUBJECT = re.compile(
    r"(?P<of>(?:(?!何)[一-龯々ァ-ヶーa-z0-9]){2,})(?:と[一-龯々ァ-ヶーa-z0-9]+)?(?:は|って|を|の名前|が)?"
    r"(?:何|なに|なん|いくら|どこ|いつ|誰|だれ|教え|おしえ|知り|出る|ある|[?？]|$)"
)
"""What stands right before the word that asks: «メーカーと機種名は?», «提出期限って何曜»."""

_ECHO = re.compile(r"(.{1,3}?)\1{3,}")
_SAID_AGAIN = 3
"""Times that one noun stands in a sentence which means nothing."""
_SHREDS = 4
"""Pieces of one or two characters from which a text is no sentence."""


def asks_mind(text: str) -> bool:
    """Tell whether a question asks what somebody thinks or feels, or for a guess."""
    return bool(_MIND.search(unicodedata.normalize("NFKC", text)))


def asks_other_day(text: str, evidence: Sequence[str]) -> bool:
    """Tell whether a question asks which or how many on a day that no text speaks of."""
    question = unicodedata.normalize("NFKC", text)
    if not _WHICH.search(question):
        return False
    return any(not any(day in one for one in evidence) for day in _TIME.findall(question))


def lacks_count(text: str, evidence: Sequence[str]) -> bool:
    """Tell whether a question asks 何秒, 何県 or the like and no text holds such a number."""
    match = _COUNTED.search(unicodedata.normalize("NFKC", text))
    if match is None:
        return False
    counter = match["of"]
    written = re.compile(_WRITTEN.get(counter, _NUMBER + re.escape(counter)), re.IGNORECASE)
    return not any(written.search(unicodedata.normalize("NFKC", one)) for one in evidence)


def lacks_subject(text: str, evidence: Sequence[str]) -> bool:
    """Tell whether no text (folded) names what stands right before the word that asks."""
    match = _SUBJECT.search(fold(text))
    return match is not None and not any(match["of"] in one for one in evidence)


def is_garbled(text: str, topics: Topics) -> bool:
    """Tell whether a text means nothing: echoes, shreds, one noun again and again."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    echo = _ECHO.search(bare)
    if echo and len(echo[0]) * 2 > len(bare):
        return True
    parts = text.split()
    if len(parts) >= _SHREDS and sum(len(part) <= 2 for part in parts) * 2 > len(parts):
        return True
    folded = fold(text)
    return any(folded.count(word.surface) >= _SAID_AGAIN for word in topics.words(text))
