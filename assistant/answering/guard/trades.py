"""Companies named by their trade: «みどり電装», «ツバキ物流», without a legal form."""

import re
from collections.abc import Iterator, Sequence

from assistant.answering.guard.spans import Span
from assistant.domain import Category
from assistant.ports import Morpheme

_FIRM = re.compile(
    r"(?:商事|商会|商店|商工|(?:呉服|衣料|洋品|時計|眼鏡|家具|菓子|米|花|生花|書|文具|靴|金物|玩具|仏具|精肉|鮮魚|酒)店|鋼材|木工|石材|物産|興業|興産|通商|貿易|工務店|製作所|鉄工所?|電機|電装|電工|電業|機工|機器|機械製作所"
    r"|重工|化成|化工|化学工業|精工|精機|製鋼|鋼業|金属工業|製薬|製菓|製粉|製麺|製紙|紙業|紡績|染工|窯業|硝子|工業"
    r"|酒造|酒店|醸造|乳業|水産|精肉店?|青果|建材|建機|海運|陸運|運輸|信用金庫|信用組合|信金"
    r"|書房|新聞社|ハウジング|ホールディングス|エンジニアリング|コーポレーション"
    r"|インダストリーズ?|トレーディング|ファーマ|フーズ|ロジスティクス|ケミカル|マテリアルズ?|モータース)$"
)
"""Last words that hardly end anything but a firm's name."""

_TRADE = re.compile(
    r"(?:運送|急便|倉庫|組|銀行|証券|百貨店|不動産|産業|化学|電気|電子|薬品|薬局|食品|建設|建築|土木|住宅|住建|ホーム|ハウス|設備|空調|工芸|家具|石油|燃料|ガス"
    r"|電力|通信|情報|精密|金属|樹脂|塗装|鋼材|木材|機械|器械|物流|輸送|交通|観光|旅行|タクシー|梱包|包装|印刷|出版"
    r"|広告|企画|デザイン|スタジオ|繊維|生命|農園|農産|ファーム|牧場|飲料|給食|ベーカリー|病院|医院|歯科|クリニック"
    r"|介護|学園|学院|保育園|幼稚園|ホテル|旅館|生協|農協|組合|協会|財団|メディカル|テクノロジーズ?|テクノ|システムズ?"
    r"|ソリューションズ?|サービス|ソフト|パートナーズ|コンサルティング|スーパー|マート|ストア)$"
)
"""Trades and shops (general; from the names in any phone book): they end common words too."""

TO_THEM = re.compile(
    r"\s?(?:社(?![内外員長])|さん|様|さま|殿|御中|宛|あて|向け(?!の(?:サービス|商品)))"
)
_DEALING = re.compile(
    r"(?:から(?:の|も|は)?|より|に|へ|と(?:の|は|も)?|が|は|との)?[^。、\n]{0,10}?(?:クレーム|苦情|値上げ|値下げ|見積|請求|注文"
    r"|発注|受注|納品|納期|契約|取引|商談|連絡|電話|メール|返信|返事|問い合わせ|依頼|確認中|相談|訪問|来社|打ち合わせ"
    r"|会議|監査|提案|プレゼン|担当者|御礼|お礼|お詫び|謝罪|出荷|入金|支払|振込|融資|障害|不具合|トラブル|工場見学|交渉"
    r"|の件|案件|外注|委託|提携|頼[むみん]|任せ|営業(?:さん|マン|の方|担当)|担当|社長|事故|届い|送[りるっ]|出す|渡す|伺[いう])"
)
"""What one has with another company, beside its name."""
_LABEL = re.compile(
    r"(?:取引先|得意先|仕入先|仕入れ先|発注先|納入先|納品先|委託先|外注先|提携先|競合|ベンダー|代理店|販売店|特約店"
    r"|商社|親会社|子会社|下請け?|元請け?|客先|顧客|お客様|お客さん|先方|相手先|例)(?:の|である|、|「|\(|は|\s){1,2}$"
)
_GENERIC = re.compile(
    r"(?:大手|中堅|地方|都市|信託|政府系|国内|海外|外資|総合|一般|専門|地元|地域|国際|公共|民間|各種|社内|社外|自社|他社|当社|弊社|同業|関連"
    r"|主要|新規|既存|重要|最新|先端|次世代|産業|工業|商業|電子|電気|精密|機械|化学|金属|建設|土木|建築|食品|医療|介護"
    r"|福祉|教育|情報|通信|印刷|出版|広告|製造|販売|小売|卸売?|軽|重|第[一二三]次?|国立|市立|県立|私立|大学|総合|救急"
    r"|グローバル|スマート|デジタル|オンライン|クラウド|インターネット|ネット|エンターテインメント|サービス|プラスチック"
    r"|オフセット|カラー|コンビニ|ドラッグ|ビジネス|シティ|リゾート|カプセル|アウトソーシング|エネルギー|バイオ|アパレル"
    r"|マイ|カスタマー|アフター|フード|デリバリー|レンタル|ペット|ウェブ|web|it|ai|iot|dx|[0-9]+)+$",
    re.IGNORECASE,
)
"""Words that make a trade of a trade word, not a name: «国内物流», «半導体産業»."""

_ODD = re.compile(r"[ぁ-んー]{2,}|[ァ-ヶー・]{2,}|[A-Z][A-Za-z&]{1,12}")
"""A name in kana or capitals before a trade: «みどり電装», «NTシステムズ»."""


def trade_of(name: str) -> re.Match[str] | None:
    """Return the trade at the end of a name."""
    return _FIRM.search(name) or _TRADE.search(name)


def is_generic(name: str) -> bool:
    """Tell a trade of many firms (国内物流, 食品機械) from a name."""
    trade = trade_of(name)
    return bool(trade and _GENERIC.match(name[: trade.start()]))


def is_dealt_with(text: str, start: int, end: int) -> bool:
    """Tell whether the words around `start:end` are those that one has for a company."""
    told = _LABEL.search(text[max(0, start - _BEFORE) : start])
    return bool(told or _DEALING.match(text, end))


_BEFORE = 12
_KANA_SHOP = re.compile(
    r"(?:^|(?<=[、。\s「(のにはがと]))([ぁ-んー]{2,6}[一-龠ァ-ヶー]{2,6})(?=さん|様|さま|御中|社(?![内外員長]))"
)
"""«うめや旅館様»: kana that Sudachi reads as grammar."""


def find_trades(text: str, words: Sequence[Morpheme]) -> Iterator[Span]:
    """Yield names that end in a trade, where the name or the words around say it is a firm."""
    for kana in _KANA_SHOP.finditer(text):
        if _TRADE.search(kana[1]) or _FIRM.search(kana[1]):
            yield Span(kana.start(1), kana.end(1), Category.COMPANY)
    for last, word in enumerate(words):
        if word.pos[0] not in {"名詞", "接尾辞"}:
            continue
        ends = [one for one in (last, last + 1) if _closes(words, last, one)]
        if not ends or (last + 1 < len(words) and _closes(words, last + 1, last + 1)):
            continue
        first = _first(words, last)
        name = words[first : last + 1]
        end = words[ends[-1]].end
        if _is_firm(text, name, end):
            yield Span(name[0].start, end, Category.COMPANY)


def _closes(words: Sequence[Morpheme], last: int, end: int) -> bool:
    """Tell whether `last`, with 所 or 店 taken along, ends in a trade."""
    if end >= len(words) or (end > last and words[end].pos[0] not in {"接尾辞", "名詞"}):
        return False
    if end > last and words[end].surface not in {"所", "店", "組合", "金庫", "院"}:
        return False
    own = words[last].surface + (words[end].surface if end > last else "")
    if _FIRM.search(own) or _TRADE.search(own):
        return True
    return bool(last and _FIRM.search(words[last - 1].surface + own))


def _first(words: Sequence[Morpheme], last: int) -> int:
    first = last
    while first > 0 and last - first < 4 and _is_part(words[first - 1], words[first]):
        first -= 1
    return first


_INNER = frozenset("科系・&ー")


def _is_part(word: Morpheme, following: Morpheme) -> bool:
    if word.end != following.start or "数詞" in word.pos or "副詞可能" in word.pos:
        return False
    return word.pos[0] == "名詞" or word.surface in _INNER


def _is_firm(text: str, name: Sequence[Morpheme], end: int) -> bool:
    whole = text[name[0].start : end]
    firm = _FIRM.search(whole)
    trade = firm or _TRADE.search(whole)
    own = whole[: trade.start()] if trade else ""
    if (len(own) < 2 and not (own and firm)) or _GENERIC.match(own):
        return False
    told = _LABEL.search(text[max(0, name[0].start - _BEFORE) : name[0].start])
    if told or TO_THEM.match(text, end):
        return True
    after = bool(_DEALING.match(text, end))
    proper = any("固有名詞" in word.pos or not word.known for word in name[:-1])
    place = all("地名" in word.pos for word in name[:-1])
    odd = bool(_ODD.fullmatch(own))
    if firm:
        return (proper and not place) or odd or after
    return after and (odd or (proper and not place))
