"""Kinds of fact (a price, a date, a limit): how one is asked for, and how a text holds one."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.question.asking import asks
from assistant.domain import Query


@dataclass(frozen=True, slots=True)
class Fact:
    """A kind of fact."""

    asked: re.Pattern[str]
    present: re.Pattern[str]


_NUMERAL = r"(?:\d[\d,.]*|[一二三四五六七八九十百千半数]+)"
_CHANGE = r"(?:減|増|浮|縮|短|早|速|楽|上が|下が|伸び|変わ|なっ|なる)"
"""What a number of a story tells: how much less, how much shorter."""


_FACTS = (
    Fact(
        re.compile(
            rf"(?:いくら(?!で)|なんぼ)(?![^。?]{{0,6}}{_CHANGE}|\s*(?:文?字|枚|人|件|回|個|分|時間))|何円|(?:値段|価格|金額|単価|月額|年額)(?:は|って|を(?:教|知|おし)|\?|$)"
        ),
        re.compile(r"\d[\d,.]*\s*(?:万|億)?\s*(?:円|ドル|%)|無料|(?:かかり|要り)ません"),
    ),
    Fact(
        re.compile(r"(?:料金|費用)(?:は|って|を(?:教|知)|\?|$)"),
        re.compile(r"\d[\d,.]*\s*(?:万|億)?\s*(?:円|ドル|%)|無料|負担|請求|経費|払"),
    ),
    Fact(
        re.compile(r"(?:無料|有料|タダ|ただ)(?:です|なの|か|\?|$)"),
        re.compile(r"無料(?!の|版|AI)|有料(?!の|版)|\d\s*円|料金|利用料|費用|負担|経費|払"),
    ),
    Fact(
        re.compile(
            r"(?:作|開発|提供|製造|運営)(?:った|した|して(?:い)?る|元)(?:の)?(?:は)?"
            r".{0,4}(?:会社|企業|メーカー|どこ|だれ|誰)|(?:開発|提供|製造)元|ベンダー"
        ),
        re.compile(r"株式会社|\(株\)|[A-Za-z]{3,}社|社製|(?:開発|提供|製造)元"),
    ),
    Fact(re.compile(r"電話番号|内線|何番"), re.compile(r"\d{3,}")),
    Fact(
        re.compile(r"(?<![思追])いつ(?!も)|何月|何日|何年|何曜|期限|締め?切り|何時(?!間)"),
        re.compile(
            r"\d+\s*(?:年|月|日|時|:\d\d)|[月火水木金土日]曜|毎[日週月年]|営業日"
            r"|以内|前日|当日|翌|[月年週]末|末日|ごと|随時|来[週月年]|今[週月年]"
        ),
    ),
    Fact(re.compile(r"何(?:人|名)|人数"), re.compile(r"\d+\s*(?:人|名)|全社員|全員")),
    Fact(re.compile(r"何(?:件|社|個|台)"), re.compile(r"\d+\s*(?:件|社|個|台|つ)")),
    Fact(
        re.compile(r"何(?:分|時間)(?!も)|どのくらいの時間|所要時間"),
        re.compile(
            r"\d+\s*(?:分|時間|秒|h)|半日|半時間|1日|[一二三四五六七八九]十?(?:日|分|時間)(?!の)"
        ),
    ),
    Fact(re.compile(r"何文字|何字|文字数|字数"), re.compile(r"\d[\d,]*\s*文?字")),
    Fact(re.compile(r"何(?:ページ|頁|枚)"), re.compile(r"\d\s*(?:ページ|頁|枚)")),
    Fact(
        re.compile(r"何[MGK]B|容量|(?:ファイル|データ).{0,4}(?:サイズ|大きさ)"),
        re.compile(r"\d\s*[MGKT]B"),
    ),
    Fact(re.compile(r"上限"), re.compile(r"\d")),
    Fact(re.compile(r"何回(?!も)|回数"), re.compile(r"\d+\s*回|回数|なんど|何度|制限")),
    Fact(re.compile(r"何(?:%|パーセント|割)"), re.compile(r"\d\s*(?:%|パーセント|割)")),
)
"""Kinds of fact: how they are asked for, and how a text that holds one looks. Where no text holds
one, nobody knows the answer."""

_LOOSE = (
    Fact(
        re.compile(
            r"(?:どの|どれ|どん)(?:くらい|ぐらい|だけ)(?=[^。?]{0,8}(?:早|速|短|縮|浮|時間|かか|で(?:書|終|でき)))"
        ),
        re.compile(_NUMERAL + r"\s*(?:分|時間|秒|日)|半日|半時間"),
    ),
    Fact(
        re.compile(
            r"(?:どの|どれ|どん)(?:くらい|ぐらい|だけ)|どこまで|どんくらい"
            rf"|(?:いくら|なんぼ)[^。?]{{0,6}}{_CHANGE}"
        ),
        re.compile(_NUMERAL + r"\s*[^\W\d_]|まで|以内|半分"),
    ),
    Fact(
        re.compile(r"期間(?:は|って|を(?:教|知)|$|\?)|いつまで(?!に)"),
        re.compile(_NUMERAL + r"\s*(?:年|か月|ヶ月|カ月|週間|日|泊)|まで|期限"),
    ),
    Fact(re.compile(r"何色"), re.compile(r"[赤青黄白黒緑紫茶桃灰橙]|ピンク|オレンジ|[金銀紺]色")),
    Fact(
        re.compile(r"誰|だれ|どなた|どの人|どちら様"),
        re.compile(
            r"さん|[様氏]|[課部係班所室社工店]長|リーダー|責任者|担当|上長|上司|主任|本人|窓口|[部課室](?![分門下])"
        ),
    ),
    Fact(
        re.compile(r"どこ(?!まで|も|か[^ら])|場所|会場|どの(?:画面|部署|部屋|棚)"),
        re.compile(
            r"[0-9]階|[室棟場庫棚館]|画面|メニュー|ページ|ポータル|フォルダ|内線|窓口|設定|[部課](?![分門下])|「"
        ),
    ),
)
"""Kinds that a text can hold in words of its own: they help to choose a sentence, no more."""

COUNTED = re.compile(
    r"(?:何|なん)(か月|ヶ月|カ月|ヵ月|か国語|営業日|時間|[人名件社個台分時日月年円回枚頁割泊行問組本歳階冊秒字番週点度通])"
    r"(前)?(?!も)"
)
"""«何泊», «何行»: the counter that the answer has too."""

_COUNTERS = {
    "人": "[人名]|全員",
    "名": "[人名]|全員",
    "個": "[個つ]",
    "時": "時|:[0-9]",
    "日": "営業日|[日曜]|週間",
    "分": "分|時間|秒",
    "時間": "時間|分|日",
    "頁": "頁|ページ",
    "字": "文?字",
}
"""Counters that stand for one another."""

_ATTRIBUTE = re.compile(
    r"(?:期[間限日]|回数|[人枚件個台行字日本年席]数|定員|上限|下限|金額|費用|料金|番号|内線|日[時程]"
    r"|場所|会場|色|サイズ|大きさ|重さ|長さ|頻度|周期|締め?切り?|連絡先|担当者?)(?:は|って|を(?:教|知))"
)
"""«定員は?»: what is asked for is one property of a thing."""


_TROUBLES = (
    Fact(
        re.compile(r"(?:な|無|失)くし|紛失"),
        re.compile(r"(?:な|無|失)くし|紛失|失っ|見当たら|再発行"),
    ),
    Fact(re.compile(r"忘れ|わすれ"), re.compile(r"忘れ|わすれ|再設定|再発行|リセット|初期化")),
    Fact(re.compile(r"壊れ|こわれ|割れ|故障"), re.compile(r"壊|割[れっ]|故障|破損|修理")),
)
"""Something has gone wrong: the answer must be about just that."""


def misses_trouble(query: Query, texts: Sequence[str]) -> bool:
    """Tell whether a question tells of a loss or a breakdown that no text is about."""
    asked = [one for one in _TROUBLES if one.asked.search(query.text)]
    return any(not any(one.present.search(text) for text in texts) for one in asked)


_TELLER = re.compile(
    r"(?:やって|使って|して|試して|やった|使った|した|試した)(?:い?る|はる|た)?"
    r"(?:人|方|部署|社員|ところ|とこ|やつ|の)(?:って|は|が|も|の)?[、\s]*(?:誰|だれ|どなた|どこ|ある|あり|いる|いま|おる|おり)"
    r"|(?:し|やっ|使っ|早くし|減らし|短くし)た(?:の|ん|人|方)(?:は|って)?[、\s]*(?:誰|だれ|どなた|どこの部)"
)


def asks_teller(text: str) -> bool:
    """Tell whether a question asks who, or which department, does something already."""
    return bool(_TELLER.search(_bare(text)))


def asks_value(text: str) -> bool:
    """Tell whether a question wants one value (a number, a date, a property) and no advice."""
    question = _bare(text)
    if asks(question):
        return False
    patterns = (COUNTED, _ATTRIBUTE, _NAMES_VALUE, _VALUE, *(fact.asked for fact in _LOOSE[:2]))
    return any(pattern.search(question) for pattern in patterns)


_NAMES_VALUE = re.compile(
    r"(?:[一-龠ァ-ヶー]{1,}(?:数|率|期限|期間|期日|時間|時刻|上限|下限|日程|日時|料金?|費用?|額|場所|会場|担当者)"
    r"|(?:期[限間日]|上限|下限|日[時程]|場所|会場|定員|費用|料金))"
    r"(?:と[一-龠]{1,6})?(?:$|[?。]|は[?]?$|(?:を|が|って)[^。?、]{0,4}(?:教え|知り|おしえ))"
)
"""«音声データの削除期限», «問題数を知りたい»: a thing's property is all that is said."""
_VALUE = re.compile(
    r"いくら(?!で)|なんぼ|(?<![思追])いつ(?!も|の間)|何番|どこまで|(?:料金|費用|無料|有料)(?:です|なの|か|\?|$)"
)


def facts_asked(text: str) -> tuple[Fact, ...]:
    """Return every kind of fact that is asked for, in the order in which they are asked."""
    question = _bare(text)
    counted = [_counted(match) for match in COUNTED.finditer(question)]
    found = [
        (match.start(), number, fact)
        for number, fact in enumerate((*counted, *_FACTS, *_LOOSE))
        if (match := fact.asked.search(question))
    ]
    unique = {start: fact for start, _, fact in sorted(found, key=lambda row: (row[0], -row[1]))}
    return tuple(unique.values())


def _counted(match: re.Match[str]) -> Fact:
    counter, before = match[1], match[2] or ""
    counters = _COUNTERS.get(counter, re.escape(counter))
    told = rf"{_NUMERAL}\s*(?:{counters}){before}"
    also = "|[前当翌末]日" if counter == "日" else ""
    return Fact(re.compile(re.escape(match[0])), re.compile(told + also))


_MASKED = re.compile(r"〔[^〕]*〕")


def _bare(text: str) -> str:
    """Return the question without placeholders: «〔電話番号〕» asks for none."""
    return _MASKED.sub(" ", unicodedata.normalize("NFKC", text))


def tells(fact: Fact, text: str) -> bool:
    """Tell whether `text` holds a fact of this kind."""
    return bool(fact.present.search(unicodedata.normalize("NFKC", text)))


def holds(query: Query, text: str) -> bool:
    """Tell whether `text` holds the kind of fact that is asked for; False where none is asked."""
    kind = _kind_asked(query)
    return kind is not None and bool(kind.present.search(unicodedata.normalize("NFKC", text)))


def lacks_fact(query: Query, texts: Sequence[str]) -> bool:
    """Tell whether the question asks for a kind of fact (price, date, …) that no text holds."""
    return _kind_asked(query) is not None and not any(holds(query, text) for text in texts)


def _kind_asked(query: Query) -> Fact | None:
    question = unicodedata.normalize("NFKC", query.text)
    if asks(question):
        return None
    return next((fact for fact in _FACTS if fact.asked.search(question)), None)
