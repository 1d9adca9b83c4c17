"""Whether a question asks 使ってよいか, in one of its sentences."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from assistant.answering.question.intent_forms import formed
from assistant.answering.question.intent_model import likely_intents
from assistant.domain import Intent

ASKS = 0.5
"""Probability from which a sentence asks for permission."""
JAPANESE = re.compile(r"[ぁ-ヶ一-龠]")
_MAY_I = re.compile(
    r"\b(?:can|may) i\b|\b(?:is it|am i) (?:ok|okay|fine|allowed|permitted|safe)\b"
    r"|allowed to|\b(?:ok|okay|allowed|permitted)\s*\?",
    re.IGNORECASE,
)
"""Few sentences that are learned from are English."""
_PLAIN = re.compile(
    r"(?:^(?!.*(?:いつ|どこ|どれ|何[日時]|誰が|だれが)).*[ただ]ら(?:だめ|ダメ|駄目|あかん|アカン|いかん|いけん|いけない|まずい|マズい|NG|アウト)|(?:[えけせてねべめれげぜ]ば|たら)いけ(?:る|ます)"
    r"|(?:て|まま(?:で)?)いい|(?:て|で)も(?:いい|良い|よい|ええ|OK|大丈夫|構わ(?:ない|ん)|かま(?:わない|へん)|よろしい|問題ない)"
    r"|(?:あれ|これ|それ|は|って|も|の)大丈夫|(?:あれ|これ|それ|は|って|も)(?:いい|ええ|だめ|ダメ|あかん|アカン|NG|アウト)|ちゃだめ|ちゃダメ|ては(?:だめ|ダメ)|どうなん"
    r"|(?:は|って|も|に)(?:使え|利用でき)(?:ます|るん?)|(?:自由|可能)(?:です|なん)|(?:^|[、はのん])ええん)"
    r"(?:です|でしょう|ます|なん|なの|やろ|かな|だっけ|でしたっけ|よね|やんな|の|か|ん)*[?。!]*$"
)
"""Permission in its plainest form, however long the sentence: 1,037 of 1,071 wordings mean it."""
_SENTENCE = re.compile(r"[^。?!]+[。?!]*")


@lru_cache(maxsize=2_048)
def asks(text: str) -> bool:
    """Tell whether a question, or one sentence of it, asks for permission.

    Remembered, for an answer asks it of its question four times, and of the same FAQs each time.
    """
    question = unicodedata.normalize("NFKC", text).strip()
    return any(_asks(one) for one in {question, *sentences(question)})


def asked_sentence(text: str) -> str:
    """Return the last sentence that asks for permission, or the whole text."""
    found = [one for one in sentences(text) if asks(one)]
    return found[-1] if found else text


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of `text` with their stops."""
    return (match.group().strip() for match in _SENTENCE.finditer(text) if match.group().strip())


def _asks(sentence: str) -> bool:
    if not JAPANESE.search(sentence):
        return bool(_MAY_I.search(sentence))
    if _PLAIN.search(sentence):
        return True
    return formed(sentence) is None and likely_intents(sentence)[Intent.PERMISSION] >= ASKS
