"""Kinds of fact (a price, a date, a limit): how one is asked for, and how a text holds one."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.intent import asks_permission
from assistant.domain import Query


@dataclass(frozen=True, slots=True)
class _Fact:
    asked: re.Pattern[str]
    present: re.Pattern[str]


_FACTS = (
    _Fact(
        re.compile(
            r"いくら(?!で)|なんぼ|何円|(?:値段|価格|金額|単価|月額|年額)(?:は|って|を(?:教|知|おし)|\?|$)"
        ),
        re.compile(r"\d[\d,.]*\s*(?:万|億)?\s*(?:円|ドル|%)|無料|(?:かかり|要り)ません"),
    ),
    _Fact(
        re.compile(r"(?:料金|費用)(?:は|って|を(?:教|知)|\?|$)"),
        re.compile(r"\d[\d,.]*\s*(?:万|億)?\s*(?:円|ドル|%)|無料|負担|請求|経費|払"),
    ),
    _Fact(
        re.compile(r"(?:無料|有料|タダ|ただ)(?:です|なの|か|\?|$)"),
        re.compile(r"無料(?!の|版|AI)|有料(?!の|版)|\d\s*円|料金|利用料|費用|負担|経費|払"),
    ),
    _Fact(
        re.compile(
            r"(?:作|開発|提供|製造|運営)(?:った|した|して(?:い)?る|元)(?:の)?(?:は)?"
            r".{0,4}(?:会社|企業|メーカー|どこ|だれ|誰)|(?:開発|提供|製造)元|ベンダー"
        ),
        re.compile(r"株式会社|\(株\)|[A-Za-z]{3,}社|社製|(?:開発|提供|製造)元"),
    ),
    _Fact(re.compile(r"電話番号|内線|何番"), re.compile(r"\d{3,}")),
    _Fact(
        re.compile(r"(?<![思追])いつ(?!も)|何月|何日|何年|何曜|期限|締め?切り|何時(?!間)"),
        re.compile(
            r"\d+\s*(?:年|月|日|時|:\d\d)|[月火水木金土日]曜|毎[日週月年]|営業日"
            r"|以内|前日|当日|翌|[月年週]末|末日|ごと|随時|来[週月年]|今[週月年]"
        ),
    ),
    _Fact(re.compile(r"何(?:人|名)|人数"), re.compile(r"\d+\s*(?:人|名)|全社員|全員")),
    _Fact(re.compile(r"何(?:件|社|個|台)"), re.compile(r"\d+\s*(?:件|社|個|台|つ)")),
    _Fact(
        re.compile(r"何(?:分|時間)|どのくらいの時間|所要時間"),
        re.compile(r"\d+\s*(?:分|時間|秒|h)|半日|1日|一日"),
    ),
    _Fact(re.compile(r"何文字|何字|文字数|字数"), re.compile(r"\d[\d,]*\s*文?字")),
    _Fact(re.compile(r"何(?:ページ|頁|枚)"), re.compile(r"\d\s*(?:ページ|頁|枚)")),
    _Fact(
        re.compile(r"何[MGK]B|容量|(?:ファイル|データ).{0,4}(?:サイズ|大きさ)"),
        re.compile(r"\d\s*[MGKT]B"),
    ),
    _Fact(re.compile(r"上限"), re.compile(r"\d")),
    _Fact(re.compile(r"何回|回数"), re.compile(r"\d+\s*回|回数|なんど|何度|制限")),
    _Fact(re.compile(r"何(?:%|パーセント|割)"), re.compile(r"\d\s*(?:%|パーセント|割)")),
)
"""Kinds of fact: how they are asked for, and how a text that holds one looks."""


_TROUBLES = (
    _Fact(
        re.compile(r"(?:な|無|失)くし|紛失"),
        re.compile(r"(?:な|無|失)くし|紛失|失っ|見当たら|再発行"),
    ),
    _Fact(re.compile(r"忘れ|わすれ"), re.compile(r"忘れ|わすれ|再設定|再発行|リセット|初期化")),
    _Fact(re.compile(r"壊れ|こわれ|割れ|故障"), re.compile(r"壊|割[れっ]|故障|破損|修理")),
)
"""Something has gone wrong: the answer must be about just that."""


def misses_trouble(query: Query, texts: Sequence[str]) -> bool:
    """Tell whether a question tells of a loss or a breakdown that no text is about."""
    asked = [one for one in _TROUBLES if one.asked.search(query.text)]
    return any(not any(one.present.search(text) for text in texts) for one in asked)


def holds(query: Query, text: str) -> bool:
    """Tell whether `text` holds the kind of fact that is asked for; False where none is asked."""
    kind = _kind_asked(query)
    return kind is not None and bool(kind.present.search(unicodedata.normalize("NFKC", text)))


def lacks_fact(query: Query, texts: Sequence[str]) -> bool:
    """Tell whether the question asks for a kind of fact (price, date, …) that no text holds."""
    return _kind_asked(query) is not None and not any(holds(query, text) for text in texts)


def _kind_asked(query: Query) -> _Fact | None:
    question = unicodedata.normalize("NFKC", query.text)
    if asks_permission(question):
        return None
    return next((fact for fact in _FACTS if fact.asked.search(question)), None)
