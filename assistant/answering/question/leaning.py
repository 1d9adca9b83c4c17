"""Whether a question leans on the turn before it, from general signals of spoken Japanese."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from assistant.answering.japanese.vocabulary import HOLDERS, TOLD, vocabulary
from assistant.answering.japanese.words import Topics, Word
from assistant.answering.question.asking import asks
from assistant.answering.question.departments import mentioned, without_department
from assistant.answering.question.intent import intent_of
from assistant.domain import Company, Intent

_POINTS_BACK = re.compile(
    r"^(?:それ(?!ぞれ)|その(?!他|うち)|これ(?!まで|から)|この(?!間|あいだ|前|まえ|頃|ごろ|度|たび|会社)|あれ|あの"
    r"|さっき|もっと|もう(?:少し|ちょっと)|具体的に|実際|ほんとに|本当に)"
    r"|それ(?!ぞれ|ほど)|その件|さっきの|同じ(?:こと|やつ|の)"
)
_SHIFTS = re.compile(
    r"^(?:(?:で|んで|それで|じゃあ?|では|あと)?[、。\s]*(?:今度は|こんどは|次は|つぎは|ところで)"
    r"|(?:それ|そっち|その件)はもう(?:大丈夫|いい|OK|わかった|解決)[^。、]{0,4}[。、]"
    r"|[^。、]{0,6}(?:別件|別の話|べつの話|話(?:は|が)?(?:変わ|かわ))[^。、]{0,6}[。、]?)\s*"
)
"""The person says that something else comes."""
_AND_THEN = re.compile(
    r"^(?:(?:了解|承知|ありがと(?>うございま(?:す|した)|う)?|なるほど|わかった|分かった|わかりました|分かりました|OK|オッケー|うん|はい)"
    r"(?:です|しました|ー)?[。、!\s]*)+(?=.{4})|^(?:あ|え|えっと|んで|で|ほんで)[、。\s]+(?=.{4})"
)
"""Thanks and fillers before the question."""
_FRAGMENT = re.compile(
    r"^(?:じゃあ?|では|ほな|なら|んなら)?[、\s]*(?P<other>.{2,20}?(?:のほう|の方|の場合|のとき|のやつ|の)?"
    r"(?:は|も|だと|やと|なら|だったら|については?))(?:どう(?:です|なん|なの|でしょう)?(?:か)?)?[?。!]*$"
)
"""«じゃあ日報のほうは?»: nothing is said of it, so it is what was said before."""
_LONGEST = 60
"""Characters (NFKC) of a question that points back."""
_BARE = 24
"""Characters of a question that leaves its topic out, or asks for a detail of it."""
_POINTING_WORDS = 4
_DETAIL_WORDS = 2
"""Topic words that such a question may have of its own."""

_UNSATURATED = vocabulary(
    """
    奴 回 日 台 時 分 月 年 円 枚 人 一人 二人 全員 実際 具体 今度 次 別 間 方 件 回目 番目
    許可 了解 了承 承認 テンプレート テンプレ 雛形 雛型 見本 サンプル 定型文 文例 例文 型 書式
    手本 効果 結果 理由 原因 条件 注意 注意点 気 担当 担当者 責任者 連絡先 電話番号 締め切り 締切
    期限 期間 日数 料金 費用 値段 価格 金額 回数 枚数 人数 件数 文字数 数 数字 量 大きさ 上限 下限
    名前 氏名 住所 番号 日付 場所 中身 続き 全文 種類 違い 順番 順序 頻度 代わり 途中 最初 最後
    詳細 概要 メリット デメリット 欠点 利点 リスク 危険 社名 会社名
    """
)
"""Nouns that are always of something: a price, a name, a sample (Nishiyama 2003 calls them
unsaturated), and nouns that stand for something named before."""
_LETTER = re.compile(r"[^\W\d_]{2}")
_HIRAGANA = re.compile(r"[ぁ-ゖー]+")


def points_back(question: str) -> bool:
    """Tell whether a question points to something said before: «それ», «さっきの», «同じの»."""
    return bool(_POINTS_BACK.search(unicodedata.normalize("NFKC", question)))


def turns_away(question: str) -> bool:
    """Tell whether a question says that it is about something else than the last one."""
    return bool(_SHIFTS.match(_AND_THEN.sub("", question)))


def leans(
    question: str, own: Sequence[Word], *, is_new_topic: Callable[[Sequence[Word]], bool]
) -> bool:
    """Tell whether `question` leaves its topic out, or asks for a detail of the last one.

    `own`: the words that name what it is about by itself.
    """
    if _SHIFTS.match(question):
        return False
    if _POINTS_BACK.search(question):
        return len(question) <= _LONGEST and len(own) <= _POINTING_WORDS
    if len(question) > _BARE or intent_of(question) is Intent.SMALL_TALK:
        return False
    if not own:
        return bool(_LETTER.search(question))
    detail = len(own) == 1 or is_fragment(question) or asks(question)
    return detail and len(own) <= _DETAIL_WORDS and not is_new_topic(own)


def is_fragment(question: str) -> bool:
    """Tell whether a question only names the thing that the last one is asked of."""
    return bool(_FRAGMENT.match(question))


def asked_of(fragment: str) -> str:
    """Return the thing with its particle: «英語のは» of «じゃあ英語のはどう?»."""
    match = _FRAGMENT.match(fragment)
    return match["other"] if match else fragment


def own_topic(text: str, company: Company, topics: Topics) -> list[Word]:
    """Return the words that name what a text is about by itself; a department is none."""
    if mentioned(text, company):
        text = without_department(text, company)
    return [
        word
        for word in topics.words(text)
        if not {word.form, word.surface} & _LIGHT and not _HIRAGANA.fullmatch(word.surface)
    ]


_LIGHT: frozenset[str] = _UNSATURATED | HOLDERS | TOLD


def without_opener(question: str, *, first: bool) -> str:
    """Return a later question without thanks, fillers, and the words that change the subject."""
    if first or intent_of(question) is Intent.SMALL_TALK:
        return question
    question = _AND_THEN.sub("", _AND_THEN.sub("", question))
    shift = _SHIFTS.match(question)
    return question[shift.end() :] if shift and shift.end() < len(question) else question


_PRONOUN = re.compile(
    r"^(?:(?:じゃあ?|では|ほな|ちなみに|あと|で|なら)[、\s]*)?(?:(?:それ|これ|その件)(?:って|は|も|を|、)?[、\s]*)?(?=.{2})"
)


def without_pronoun(question: str) -> str:
    """Return a question without «それ、» in front: what it stands for is told there."""
    return _PRONOUN.sub("", question)
