"""Figures and plans before they are published: 決算, 売上, 価格改定, 提携."""

import re
from collections.abc import Iterator, Sequence

from assistant.answering.guard.spans import Span
from assistant.answering.guard.trade_figures import trade_signs
from assistant.domain import Category

_SENTENCE = re.compile(r"[^。\n!?]+")
_LONGEST_SENTENCE = 1_000
_MARKER = re.compile(
    r"未公表|未発表|未公開|非公表|非公開|公表前|開示前|解禁前|社外秘"
    r"|(?:発表|公開|発売|リリース|告知|情報解禁)(?:する|の)?前"
    r"|(?:開示|リリース|プレス|IR)前"
    r"|(?:外|社外|よそ|対外的|表|世間)に(?:は|も)?[^、。]{0,4}(?:出し|出て|出せ|言っ|言え|漏らし|知られ)[^、。]{0,3}"
    r"(?:な|ませ)|(?:オープン|公)に(?:して|なって|でき)[^、。]{0,2}(?:な|ませ)"
    r"|極秘|マル秘|部外秘|内密|内緒|秘密(?:だけど|ですが|なので)|まだ誰にも|水面下|口外|オフレコ|ここだけの話|内々|インサイダー"
    r"|(?:まだ|今は|現時点では?)[^、。]{0,12}(?:出して|出てい|公表して|発表して|公開して"
    r"|言って|世に出て)(?:い)?(?:な|ません)"
    r"|(?:来月|来週|明日|今月|今週|来期|\d{1,2}月|\d{1,2}日)に?[^、。]{0,8}(?:発表|公表|開示"
    r"|リリース)(?:予定|する|します|の)"
    r"|(?:発表|公表|開示)(?:予定|待ち)"
)
_PUBLISHED = re.compile(
    r"(?:公表|発表|公開|開示)(?:済|され|した)|プレスリリース(?:した|済)|有価証券報告書"
    r"|報道|ニュース|新聞|政府|(?:厚労|厚生労働|経産|経済産業|財務|総務)省|日銀|消費税|最低賃金"
    r"|郵便料金|電気料金|ガス料金"
)
"""Told to the public already, or by someone whose news are public."""
_PLAN = re.compile(
    r"価格改定|値上げ|値下げ|提携|買収|売却|M&A|合併|出資|統合|撤退|閉鎖|上場|分社"
    r"|(?:会社|事業|工場|株)を[^、。]{0,10}?(?:買う|買い|売る|売り|手放|たたむ)|株式分割|自社株|出店|退店"
    r"|(?:社長|会長|役員|代表|CEO)[^、。]{0,4}(?:交代|退任|就任|辞任)|新店|増産|減産"
    r"|リストラ|人員[^、。]{0,8}?削減|希望退職|組織(?:変更|改編|再編)|人事異動|増資|減資"
)
"""What a company decides before it tells: matters that 適時開示 rules list."""
_TOPIC = re.compile(
    rf"{_PLAN.pattern}|決算|売上|売り上げ|営業利益|経常利益|純利益|粗利|利益率|業績|受注"
    r"|予算|単価|原価|価格|新製品|新商品|新機種|新サービス|新店|発売|配当|株式|赤字|黒字"
    r"|減益|増益|減収|増収|賞与|シェア"
)
_OUTLOOK = re.compile(r"見込み|見通し|着地|速報値?|予想|内定|予定|計画値?|案件")
_UNDECIDED = re.compile(
    r"予定|検討|方向|交渉|打診|内定|計画|方針|見込み|つもり|案(?!内|件名)|話が(?:出|ある|進|来)|動きが"
)
_PERIOD = re.compile(
    r"来期|来年度?|今期|当期|今四半期|第[1-4一二三四]四半期|[1-4]Q|上期|下期|通期|来月|今月|来春"
    r"|今秋|来夏|(?:春|夏|秋|冬)(?=に|の|から)|\d{1,2}月"
)
_AMOUNT = re.compile(
    r"(?<![\d,.])[-+▲△約]?(?:マイナス|プラス)?\s?\d[\d,.]{0,20}\s?"
    r"(?:[兆億万千百]{1,2}\d{0,6}[\d,.]{0,8}[万千]{0,2})?\s?"
    r"(?:円|億|兆|万|ドル|%|パーセント|ポイント|割|倍|名|人|件|台|店|拠点|社|[かヶカケ]月分?)"
    r"|[一二三四五六七八九十百千]{1,8}(?:億|万|割|%)"
)
_CHANGE = re.compile(
    r"減ら[すし]|増や[すし]|引き[上下]げ|(?:上|下)げ(?:る|た|て|ます)|カット|凍結|廃止|倍増|半減|半分に"
)
"""What is done with a figure; undecided, it is a plan."""
_NAMED_PLAN = re.compile(rf"[一-龠ァ-ヶA-Za-z0-9ー・]{{2,20}}(?:の|を|が|から)?(?:{_PLAN.pattern})")
"""«南支店の閉鎖»: a plan with what it is about."""
_ABOUT = re.compile(
    r"(?:入れ|入力し|使っ|書い|貼っ|相談し)(?:て|る)[^。]{0,6}(?:いい|よい|良い|大丈夫|だめ|ダメ|可能)"
    r"|とは|ルール|扱い方|コツ"
)
"""A question about the class, not a plan."""


def find_figures(text: str) -> Iterator[Span]:
    """Yield the part of a sentence that tells an unpublished figure or plan, in folded `text`."""
    secret_before = False
    sentences = [match for match in _SENTENCE.finditer(text) if match.group().strip()]
    for at, sentence in enumerate(sentences):
        words = sentence.group()[:_LONGEST_SENTENCE]
        after = sentences[at + 1].group()[:_LONGEST_SENTENCE] if at + 1 < len(sentences) else ""
        marker = bool(_MARKER.search(words))
        signs = _told(words, after, near=secret_before or _says(after))
        if signs:
            offset = sentence.start()
            start = min(found.start() for found in signs)
            end = max(found.end() for found in signs)
            yield Span(offset + start, offset + end, Category.UNPUBLISHED_FIGURE)
        secret_before = marker and bool(_DEIXIS.search(words))


def _told(words: str, after: str, *, near: bool) -> Sequence[re.Match[str]]:
    """Return what a sentence tells that was not published yet."""
    if _PUBLISHED.search(words):
        return []
    signs = _signs(words, near=near)
    if signs or _ABOUT.search(words):
        return signs
    return trade_signs(words, list(_AMOUNT.finditer(words)), after=after)


_DEIXIS = re.compile(
    r"^\s{0,3}(?:まだ|これ|以下|次|この|下記|ちなみに|なお|ここだけ|内密|社外秘|未)"
)
"""«以下は未公表です。» speaks of the sentence beside it."""


def _says(sentence: str) -> bool:
    """Tell whether a sentence speaks of the one before: it tells nothing of its own."""
    beside = _MARKER.search(sentence) and _DEIXIS.search(sentence)
    return bool(beside) and not _told(sentence, "", near=False)


def _signs(words: str, *, near: bool) -> Sequence[re.Match[str]]:
    """Return what gives the sentence away; nothing where it gives nothing away."""
    topics = list(_TOPIC.finditer(words))
    if not topics:
        return []
    marker = _MARKER.search(words)
    periods = list(_PERIOD.finditer(words))
    amounts = list(_AMOUNT.finditer(words))
    common = [*topics[:1], *amounts, *periods[:1]]
    plan = _PLAN.search(words)
    if amounts and (marker or near):
        return [*common, *([marker] if marker else [])]
    if amounts and periods and _OUTLOOK.search(words):
        return common
    change = _CHANGE.search(words)
    if amounts and change and _UNDECIDED.search(words):
        return [*topics[:1], *amounts, change, *_planned(words, change)]
    if amounts and plan and _UNDECIDED.search(words):
        return [*_planned(words, plan), *amounts, *periods]
    if plan and near and not _ABOUT.search(words):
        return [*_planned(words, plan), *periods[:1]]
    if not marker or _ABOUT.search(words):
        return []
    named = _NAMED_PLAN.search(_without(words, marker))
    if named:
        return [named, marker]
    return [marker, *topics, *periods] if periods else []


_OBJECT = re.compile(r"[^、。\s]{1,20}?(?:を|の|と)[^、。]{0,12}$")
"""What is bought, closed or raised, in front of the plan."""


def _planned(words: str, plan: re.Match[str]) -> Iterator[re.Match[str]]:
    """Yield a plan with what it is about and how sure it is."""
    yield plan
    about = _OBJECT.search(words, 0, plan.start())
    sure = _UNDECIDED.search(words, plan.end(), plan.end() + 12)
    yield from (one for one in (about, sure) if one)


def _without(words: str, marker: re.Match[str]) -> str:
    return words[: marker.start()] + "、" * len(marker.group()) + words[marker.end() :]
