"""A company's own prices and decisions that nobody outside has been told."""

import re
from collections.abc import Sequence

_GENERAL = re.compile(
    r"とは|計算|求め方|平均|目安|相場|業界|一般|例えば|たとえば|仮に|もし|架空|サンプル|ダミー|例題|練習|試験"
    r"|関数|だったら|(?:円|%|割|人)なら|の場合|書き方|コツ|こつ|ひな形|テンプレ|事例|工夫|アイデア|アイディア"
    r"|ると[^、。]{0,10}(?:は|いくら)\s?$|他社|ロールプレイ|公表|公開された|決算短信|プレスリリース|(?:どう|何|なに|いくら)が?(?:違|いい|変わ)"
)
"""Lessons, examples and what everybody may know."""
_INNER = re.compile(
    r"仕切り?(?:値|価格|率)?|卸(?:値|価格?|単価)|仕入れ?(?:の)?(?:値|単価|価格|原価|額)|(?:製造)?原価率?|粗利[率益額]?"
    r"|掛け?率|マージン|入札|応札|(?:買収|査定|譲渡|取得)(?:価格|[金総]?額)|札を|下限価格|買値|指値|値引き率|限界利益"
)
"""What a company pays, earns and bids: told to no one outside."""
_SITE = re.compile(
    r"[一-龠ァ-ヶーA-Za-z0-9]{0,12}の?(?:工場|支店|営業所|店舗?|拠点|事業[所部]?|部門|病棟|診療科|教室|路線|倉庫"
    r"|ホテル|研究所|ライン|子会社|分院|分校|校舎|寮|[1-9一二三]課)(?![にへでの]|から|まで)を?[^、。]{0,10}?"
    r"(?:閉め|閉鎖|閉じ|たたむ|たたん|畳|移[しす転]|売却|売[るっ]|手放|廃止|統廃合|統合|縮小|止め|やめ|新設|建て|合併)"
)
_DEAL = re.compile(
    r"(?:株式?|持ち?分|事業|会社|社)[^、。]{0,10}?(?:を|の)?[^、。]{0,14}(?:で|に)?"
    r"(?:取得|買収|買い取|譲渡|譲り受|売却|出資)"
)
_BESIDE = re.compile(
    r"[^、。\s]{0,20}(?:買収|統合|合併|撤退|値上げ|売却|譲渡|提携|上場|閉鎖|人員削減|希望退職|リストラ|新店|出店"
    r"|新製品|新商品|増資|分社|社長交代|移転|廃止)[^、。]{0,10}"
)
_SURE = re.compile(
    r"方向で|方向に|固ま|決まっ|決まり|内定し|内示|話が(?:出て|あって|進|来て)|検討に入|交渉中|打診|合意し|動いて"
    r"|ことに(?:なった|なり|なって|した|しま)|つもり|予定(?:で|だ|な)|知ら(?:ん|ない|れてい?ない|され)|極秘|シークレット"
)
_WHEN = re.compile(
    r"来期|来年|今期|年内|年度内|(?:春|夏|秋|冬)(?:に|から|まで)|\d{1,2}月(?:末|頃|に|から|\d{1,2}日)|来月|再来月|来週|今秋|来春"
)
_OWN = re.compile(r"わが社|我が社|弊社|当社|うちの|ウチの|自社|本社|私たちの|グループ")
_TOLD = re.compile(r"お知らせ|案内|通知文|挨拶状|貼り紙|張り紙|公表|発表|報道|ニュース")
"""What the public is being told."""
_HELD_BACK = re.compile(
    r"まで(?:は)?伏せ|発令前|内示|シークレット|知ら(?:ん|ない|せて(?:い)?ない)(?:けど|が|はず|ので)|まだ(?:誰|言|話|表)"
    r"|外に(?:は)?出"
)
_ENGLISH_SIGN = re.compile(
    r"\bnot (?:yet )?(?:public|announced)|\bunannounced|\bunder embargo|\bembargoed|\bunpublished"
    r"|\bbefore (?:the )?(?:announcement|disclosure|launch)|\bconfidential|\binternal only",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"(?:FY ?\d{2,4}|Q[1-4])?[\w ]{0,30}\b(?:revenue|guidance|profit|sales|forecast|margin"
    r"|headcount|layoffs?|acquisition|acquire|merger|price|dividend|earnings)\b[^.。\n:]{0,80}",
    re.IGNORECASE,
)
_NEAR = 16
"""Characters between a price and its amount."""


def trade_signs(
    words: str, amounts: Sequence[re.Match[str]], *, after: str = ""
) -> list[re.Match[str]]:
    """Return what tells an own price or decision; nothing in lessons and examples.

    `after`: the next sentence, which may ask for a notice to the public.
    """
    if _ENGLISH_SIGN.search(words):
        return list(_ENGLISH.finditer(words))
    if _GENERAL.search(words):
        return []
    told = bool(_TOLD.search(words) or _TOLD.search(after))
    return _prices(words, amounts) or _decisions(words, amounts, told=told)


def _prices(words: str, amounts: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    for price in _INNER.finditer(words):
        beside = [one for one in amounts if -_NEAR <= one.start() - price.end() <= _NEAR]
        if beside:
            return [price, *beside]
    return []


def _decisions(words: str, amounts: Sequence[re.Match[str]], *, told: bool) -> list[re.Match[str]]:
    deal = _DEAL.search(words)
    if deal and amounts:
        return [deal, *amounts]
    held = _HELD_BACK.search(words)
    if told and not held:
        return []
    sure, when = _SURE.search(words), _WHEN.search(words)
    site = _SITE.search(words)
    if site and (when or held or (sure and _OWN.search(words))):
        return [site, *([when] if when else []), *amounts]
    plan = _BESIDE.search(words)
    if plan and (held or (sure and (when or _OWN.search(words)))):
        return [plan, *([when] if when else []), *amounts]
    return []
