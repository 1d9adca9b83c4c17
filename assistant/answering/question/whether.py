"""Whether a question wants yes or no, and nothing more."""

import re
import unicodedata

_HOW = re.compile(
    r"どう(?:すれば|したら|やって|やれば|やったら|にか|作|書|頼|使え)|どのように"
    r"|やり方|方法|手順|コツ|始め方|使い方|書き方|作り方|進め方|頼み方|どないし"
    r"|どう[^。?、]{1,8}(?:ば|たら)[いえよ良]|(?:なんて|何て|何と)[^。?、]{1,4}ば[いえよ良]"
    r"|どげん|を[^、。?]{1,10}(?:って|て|いで|んで)(?:よ|ね|な)?[。!]?$|"
    r"(?:し|し?て|き|み|り|い|べ|ち|け|め|え|れ|せ|げ)たい|(?:て|で)(?:ほしい|欲しい"
    r"|ください|くれ|もらえ)|早く|はやく|楽に|減らし|短く|効率|しんどい|面倒|めんどう"
    r"|めんどくさい|大変|つらい|辛い|困って|できないかな|できへん|\bhow (?:to|do"
    r"|can)\b"
)
"""A way is asked for, or a wish told."""
_WHETHER = re.compile(
    r"(?:\?|(?<=[るたいうくすむぶつぐだん])(?:のでしょう|でしょう|です)?か(?:な|ね)?[。]?"
    r"|(?<=ます)か[。]?|(?:対象|必要|不要|要)(?:です|でしょう)?か[。]?)$"
)
"""How a question ends that yes or no answers."""
_NO_WHETHER = re.compile(
    r"(?:な[いくけ]|ません|[らえけれせめねべげ]へん|ならん|できん|[らなせさ]ん)(?:の|ん)?"
    r"(?:です|でしょう|だろう)?(?:か(?:な|ね)?|の)?[?。]*$|手伝|どうにか|なんとか|何とか|助け|頼[みむめもん]"
    r"|もらえ|くれ[るま]|いただけ|(?:は|には|たら|って|とき|ば)\?|たい|ほしい|欲しい|ど[うんの]|何|なに|なん(?!か)"
    r"|\b(?:how|what|which|who|where|when|why)\b",
    re.IGNORECASE,
)
"""What makes a wish of it («どうにかならない?», «手伝って?») or asks for more than yes or no."""
_TROUBLE = re.compile(r"(?:ほし|欲し|た)い|(?:わか|分か)[りら]")
"""A wish or a trouble anywhere in it: what ends as a question wants help all the same."""
_LAST = re.compile(r"[^。!]+[。!]*$")


def asks_whether(text: str) -> bool:
    """Tell whether yes or no is what is asked for: «家のスマホから入れる?», «承認とか必要?».

    Who asks this wants no steps and no example: an FAQ or a manual says whether it is so.
    """
    question = unicodedata.normalize("NFKC", text).strip()
    last = _LAST.search(question)
    if last is None or _HOW.search(question) or _TROUBLE.search(question):
        return False
    return bool(_WHETHER.search(last.group())) and not _NO_WHETHER.search(last.group())
