"""Figures and plans before they are published: 決算, 売上, 価格改定, 提携."""

import re
from collections.abc import Iterator

from assistant.answering.guard.spans import Span
from assistant.domain import Category

_SENTENCE = re.compile(r"[^。\n!?]+")
_MARKER = re.compile(
    r"未公表|未発表|未公開|非公表|非公開|公表前|発表前|公開前|開示前|解禁前|社外秘"
    r"|極秘|マル秘|部外秘"
    r"|(?:まだ|今は|現時点では?)[^、。]{0,12}(?:出して|公表して|発表して|公開して"
    r"|言って|世に出て)(?:い)?(?:な|ません)"
    r"|(?:来月|来週|明日|今月|今週|来期|\d+月|\d+日)に?[^、。]{0,8}(?:発表|公表|開示"
    r"|リリース)(?:予定|する|します|の)"
    r"|(?:発表|公表|開示)(?:予定|待ち)|インサイダー|オフレコ|ここだけの話|内々"
)
_PUBLISHED = re.compile(
    r"(?:公表|発表|公開|開示)(?:済|され)|プレスリリース(?:した|済)|有価証券報告書"
)
_TOPIC = re.compile(
    r"決算|売上|売り上げ|営業利益|経常利益|純利益|粗利|利益率|業績|受注|予算|価格改定"
    r"|値上げ|値下げ|単価"
    r"|提携|買収|M&A|合併|出資|統合|新製品|新商品|リストラ|人員削減|組織変更|配当"
    r"|株式|赤字|黒字|減益|増益"
)
_OUTLOOK = re.compile(r"見込み|見通し|着地|速報値?|予想|内定|予定|計画値?|案件")
_PERIOD = re.compile(
    r"来期|来年度|今期|当期|今四半期|第[1-4一二三四]四半期|[1-4]Q|上期|下期|通期|来月|今月|来春"
)
_AMOUNT = re.compile(
    r"[-+▲△約]?(?:マイナス|プラス)?\s?\d[\d,.]*\s*(?:[兆億万千百]+\d*[\d,.]*[万千]*)?\s*"
    r"(?:円|億|兆|万|ドル|%|パーセント|ポイント|割|倍|名|人|件|台|店|拠点)"
    r"|[一二三四五六七八九十百千]+(?:億|万|割|%)"
)


def find_figures(text: str) -> Iterator[Span]:
    """Yield the part of a sentence that tells an unpublished figure, in folded `text`."""
    for sentence in _SENTENCE.finditer(text):
        amounts = list(_AMOUNT.finditer(sentence.group()))
        if amounts:
            yield from _in_sentence(sentence, amounts)


def _in_sentence(sentence: re.Match[str], amounts: list[re.Match[str]]) -> Iterator[Span]:
    words = sentence.group()
    topic = _TOPIC.search(words)
    marker = _MARKER.search(words)
    if _PUBLISHED.search(words) or not topic:
        return
    if marker is None and not (_PERIOD.search(words) and _OUTLOOK.search(words)):
        return
    signs = [found for found in (topic, marker, *amounts) if found]
    start = min(found.start() for found in signs)
    end = max(found.end() for found in signs)
    offset = sentence.start()
    yield Span(offset + start, offset + end, Category.UNPUBLISHED_FIGURE)
