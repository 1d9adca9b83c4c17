"""Whether a question asks 使ってよいか: in daily speech, with negation, in one of its sentences."""

import re
import unicodedata
from collections.abc import Iterator

from assistant.answering.intent import HAPPENED, asks_permission

_FINE = (
    r"(?:いい|良い|よい|ええ|OK|オッケー|大丈夫|だいじょうぶ|平気|セーフ|アウト|あり|アリ|可"
    r"|だめ|ダメ|駄目|あかん|NG|まずい|違反|ナシ|なし|可能)"
)
_ENDING = (
    r"(?:です|でした|だっ|なん|なの|やろ|やん|でしょう?|じゃ(?:ない|ありません)|っす|すか"
    r"|[かのんよねなやっけたぁ]){0,6}"
)
_ASKS = re.compile(
    rf"(?:^|[、。,]|は|って|やっぱり?|さすがに|なら|れば|とけば|ても|でも|も|に|の|て|で|けど|あれ|これ|それ){_FINE}{_ENDING}(?:[??。、]|$)"
    r"|[うくぐすつぬぶむる]のは\?$|かまへん|構(?:い|わ)(?:ない|ません)"
    r"|(?:いけ|行け)る(?:\?|かな|の|だろ|やろ|でしょ|よ)|怒られ(?:る|ない|ます|ません)"
    r"|(?:て|で)(?:も)?(?:いい|よい|良い|ええ|よろし)|(?:だめ|ダメ|あかん)(?:の|よね|です|やっけ|っけ)"
    r"|(?:使|入れ|貼|見せ|渡)(?:え|れ|られ|せ)(?:る|ます)(?:\?|か)"
    r"|(?:る|う|す|つ|む|ぶ|く|ぐ|利用|使用|入力)(?:の|こと|ん)?(?:は|が|も|って)可能|(?:^|[。、,])可能(?:です|でしょう)?(?:か|\?)"
    r"|(?:の|ん)(?:は|って)?どうなん|(?:の|ん)(?:は|って)?(?:ナシ|なし|無し)(?:です)?(?:か|かな|\?)|(?:て|で)も?よか(?:ろう?|でしょうか|です)?\?"
)
_QUESTION = re.compile(r"[??]|(?:か|の|よね|っけ|かな|やろ)[。!]?$")
_WHICH = re.compile(
    r"(?:どこまで|どこ(?:で|から|に)|何(?:円|人|時|回|文字|日|分|枚|年|か月|ヶ月|件)|いくら|誰|だれ|(?<![思追])いつ(?!も|の間)|どの|どっち|どちら|どれ(?:くらい|ぐらい))"
    r"|どう[^。?、]{0,10}(?:れば|たら)(?:いい|よい|良い)"
)
_SENTENCE = re.compile(r"[^。?!]+[。?!]*")


def asks(text: str) -> bool:
    """Tell whether one sentence of a question asks for permission, in any dialect we know.

    «いいよね?», «かまへん?», «だめじゃないよね?», «あれ大丈夫なん?» follow what was told before.
    """
    question = unicodedata.normalize("NFKC", text)
    if asks_permission(question):
        return True
    return any(
        _ASKS.search(one) and _QUESTION.search(one) and not _WHICH.search(one)
        for one in sentences(question)
    )


def asked_sentence(text: str) -> str:
    """Return the last sentence that asks for permission, or the whole text."""
    found = [one for one in sentences(text) if asks(one)]
    return found[-1] if found else text


def confesses(text: str) -> bool:
    """Tell whether it is told as done, which the desk hears, without a question for permission."""
    return bool(HAPPENED.search(text)) and not _ASKS.search(text)


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of `text` with their stops."""
    return (match.group().strip() for match in _SENTENCE.finditer(text) if match.group().strip())
