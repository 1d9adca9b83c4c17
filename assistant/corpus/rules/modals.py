"""What a heading or a mark in a rule says: may not, may if, may, check, ask.

General Japanese of company rules (就業規則, ガイドライン, 公用文), not of any one company.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum, auto

from assistant.domain import ClauseKind


class Place(Enum):
    """Whether a heading tells a kind of clause."""

    KIND = auto()
    NEUTRAL = auto()
    """はじめに, 目的, 用語, 改定履歴: known to hold no clause."""
    UNKNOWN = auto()


MARKER = re.compile(
    r"^\s*(?:[-*+•・●○◯◎■□◆◇▪‣–✓✔☑☐▸►➢➤★☆]\s+|[・●■□◆◇•☐☑✓✔▸►➢➤]\s*|"
    r"\d{1,2}(?:\)|[.](?!\d))\s*|"
    r"\((?:\d{1,2}|[一二三四五六七八九十]{1,3}|[ァ-ヴa-z])\)\s*|[①-⑳⑴-⒇]\s*|"
    r"[ァ-ヴ](?:[.)]|\s(?=\S))\s*|[a-z][.)]\s+|[一二三四五六七八九十]{1,3}[\s.]\s*|"
    r"\[[ xX]\]\s*)(?:\[[ xX]\]\s*)?"
)
"""Bullets and numbers of list items; match it against `narrow(text)`."""

_SPACED = re.compile(r"(?<=[一-龠])\s+(?=[一-龠])")
"""«附 則», «総 則»: blanks that only spread a title."""
_PARENTHESES = re.compile(r"\([^()]*\)|〔[^〕]*〕")

_HEADINGS: tuple[tuple[ClauseKind, str], ...] = (
    (
        ClauseKind.CONDITIONAL,
        (
            r"条件|制限付|限定|場合に限|に限り|(?:のみ|だけ)(?:が|を|は|に)?(?:利用|使用|入力|活用)?が?(?:可|OK|でき|認め)|要確認|要承認|要相談|要申請|要許可|要注意|グレー|△|▲|"
            r"(?:許可|承認|確認|了解|了承|申請|届出?|相談|注意|配慮|同意|加工|匿名化)(?:が|の|を)?(?:必要|要|得|受け|取っ|取れ)|"
            r"(?:確認|相談|承認|許可|申請|注意|加工|伏せ|マスク)(?:し|を?とっ|を取っ)?てから|気をつけ|注意して|注意し(?:た|な)|"
            r"慎重|てから$|黄色|^黄(?:信号)?(?:$|[:、])|イエロー|[えけせてねべめれげ]ば、?(?:大丈夫|平気|可$)|(?:れば|たら|なら)、?(?:使え|頼め|よい|いい|良い|OK|可|でき|入れ|渡せ)|"
            r"(?:れば|たら|うえで|上で)、?(?:やっ|使っ|頼ん|入れ|渡し|任せ|し)て(?:も|も?よ|も?い|も?良|OK)|"
            r"\b(?:depends|ask first|with (?:care|caution|approval)|restricted)\b"
        ),
    ),
    (
        ClauseKind.FORBIDDEN_INPUT,
        (
            r"禁止|厳禁|禁じ|NG|いけな|いけませ|ならな|なりませ|ダメ|だめ|駄目|不可|できない|できませ|"
            r"(?:入れ|入力し|使わ|使え|やら|出さ|渡さ|送ら|載せ|貼ら|触れ|アップロードし|利用し|書か|認め|認められ|許さ)(?:ない|ません)|"
            r"(?:させ|任せ|委ね|決め)(?:ない|ません)|避け|(?<!意図)(?<!予期)(?<!想定)しない|しません|御法度|[×✕✖❌]|赤信号|^赤(?:色)?(?:$|[:、])|レッド|"
            r"\b(?:never|don[’']?ts?|do not|not allowed|prohibited|forbidden|off[ -]limits)\b"
        ),
    ),
    (
        ClauseKind.DESK,
        (
            r"困っ|こまっ|迷っ|まよっ|相談|問い?合わ?せ|窓口|連絡先|わからない|分からない|トラブル|事故|漏えい|漏洩|インシデント|"
            r"ヘルプ|サポート|報告先|もしも|入れてしまっ|照会|疑義|誤入力|迷う(?:とき|時|場合)|(?:わから|分から|見え|読め|決められ)(?:ない|ん)(?:とき|時|場合)|"
            r"\b(?:help|contacts?|questions|in doubt|not sure|incidents?)\b"
        ),
    ),
    (
        ClauseKind.FINAL_CHECK,
        (
            r"最終|チェック|確認|(?:出す|提出|送る|送信|公開|公表|配る|配布|渡す|見せる|印刷|掲示|投稿|発行|納品|共有)(?:する)?(?:前|まえ)|使う(?:前|まえ)|点検|検証|見直|出力の取|回答の取|生成物|"
            r"世に出る|(?:お?渡し|納品|出荷)(?:する)?前|校閲|検品|心得|疑[うおっ]|出すとき|仕上げ|そのまま(?:使|出|信)(?!ってよ|ってい|ってOK|え)|うのみ|鵜呑み|"
            r"\bbefore you (?:ship|send|post|publish|share|submit)\b|\b(?:double[ -]check|verify)\b"
        ),
    ),
    (
        ClauseKind.ENCOURAGED,
        (
            r"推奨|奨励|おすすめ|お勧め|オススメ|使って(?:よ|い|良|OK)|(?:使え|でき|入れられ|任せられ|認め|認められ)る|(?:て|で)も?(?:よい|いい|良い)|"
            r"使いたい|使いましょう|活用|OK|[○◯〇◎⭕✓✔]|どんどん|積極|歓迎|許可|許容|可能(?!性)|^可$|(?:利用|使用|入力|活用)可(?!否)|得意|自由|青信号|^[青緑](?:色)?(?:$|[:、])|グリーン|向いて|使いどころ|"
            r"利用例|使い方|使おう|(?:使っ|やっ|試し)てみ|便利|どうぞ|気がね|気兼ね|遠慮なく|気軽|頼め|頼って|任せよう|試そう|やっていい|できること|こんな(?:仕事|とき|場面|業務)|"
            r"\b(?:go ahead|feel free|allowed|encouraged|recommended|do[’']?s)\b"
        ),
    ),
)
_HEADING_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _HEADINGS)

_RAW_OUTPUT = re.compile(r"(?:出力|回答|答え|結果|物).{0,6}(?:そのまま|うのみ|鵜呑み)")
"""«出力をそのまま使わない» forbids no input: it asks for a check."""

_NEUTRAL = re.compile(
    r"はじめに|おわりに|目的|趣旨|前文|背景|適用|対象(?:者|範囲)?$|範囲|用語|定義|改[定訂正]|履歴|附則|付則|施行|罰則|違反|懲戒|"
    r"責任|体制|教育|研修|基本方針|基本的?な?考え方|関連|参考|ツール|道具|サービス一覧|概要|まえがき|お知らせ|総則|原則|見直し|"
    r"制定|所管|問わず|発表者ノート|環境|更新|経緯"
)
"""Headings of rules that hold no clause of these five kinds, unless a sentence plainly orders."""

_NEVER_PLACED = re.compile(
    r"(?:利用|使用)(?:可能|できる)?者$|(?:目的|趣旨|定義|用語|附則|付則|改定|改訂|改正|履歴|罰則|見直し|(?:記号|印|マーク|色)の(?:意味|見方|読み方|説明)|凡例|リスク|メリット|デメリット|特徴|特性|仕組み|背景|概要|経緯)$|"
    r"^(?:はじめに|おわりに|目的|趣旨|前文)|とは[??]?$|(?:ルール|ガイドライン|規程|規定|指針|手引き?|本書|方針|文書)の(?:見直|改|更新|位置|構成|管理)"
)
"""«AI活用の目的», «情報漏えいのリスク»: the last word tells, not the words before it."""

_ABOUT_TOOLS = re.compile(
    r"(?:ツール|サービス|道具|アプリ|AI|システム|環境|製品)(?:の?一覧|の種類|について)?$"
)
"""«利用できるツール» lists tools; it encourages no way of using them."""

_OF_TOOLS = frozenset({ClauseKind.ENCOURAGED, ClauseKind.FINAL_CHECK})
"""What «利用できるツール», «確認済みのツール» seem to say of uses."""

_UNSUITED = re.compile(
    r"(?:向いて|適して)い?(?:ない|ません)|(?:向か|適さ)(?:ない|ません)|不向き|苦手|不得意|得意では?(?:ない|あり)"
)
"""What an AI is bad at: neither forbidden nor encouraged."""

_MIXED = re.compile(
    r"ルール|遵守|順守|守る|守って|守り|心得|注意(?:点|事項|すべき|$)|留意|規則|約束|事項|ポイント|(?:に|の)(?:当た|あた|際し|おける|関する)|"
    r"基本原則|利用の原則|取り?扱い?|可否|区分|判断|方針|について$"
)
"""Headings over obligations of several kinds: each sentence is placed by its own ending."""

_WEAK = re.compile(
    r"活用|使い方|利用例|可能|自由|得意|でき|心得|生成物|出力の取|回答の取|使う前|見直|漏えい|漏洩|事故|トラブル|許可|向いて"
)
"""Words that place a heading only where nothing else in it says that it is mixed."""

_CLASS_NAME = re.compile(
    r"^(?:区分|レベル|ランク|分類|クラス)\s?[0-9A-Z一二三四五]{1,2}\s*[::、\s]\s*(?=\S)"
)
"""«区分B:自由»: what a class of information is called tells less than what is said of it."""

_QUESTION = re.compile(r"(?:[??]|ですか|ますか|でしょうか|のか)[。??]?$")
_TWO_SIDES = re.compile(r"[・/、,&]|と(?=[^ど])|or|\band\b")

_MARKS: tuple[tuple[ClauseKind, re.Pattern[str]], ...] = (
    (
        ClauseKind.CONDITIONAL,
        re.compile(
            r"[△▲⚠]|条件|要(?:確認|承認|相談|申請|許可|注意|加工|匿名|届出|マスク)|限定|一部可|のみ可|(?:すれば|したら|たうえで|なら)(?:可|OK)|^黄色?$|(?:加工|匿名化|承認|許可|確認|相談|申請).{0,6}(?:可$|OK|必要|制)|注意|グレー",
            re.IGNORECASE,
        ),
    ),
    (
        ClauseKind.FORBIDDEN_INPUT,
        re.compile(
            r"[×✕✖❌✗Xx⛔🚫]$|^[×✕✖❌✗⛔🚫]|禁止|厳禁|不可|NG|ダメ|だめ|^否$|^赤色?$|悪い例|できません|できない|入力しない|入れない|使わない|認めない|いけない",
            re.IGNORECASE,
        ),
    ),
    (
        ClauseKind.ENCOURAGED,
        re.compile(
            r"^[○◯〇◎⭕✓✔✅🟢]|^可(?:能)?(?:$|\()|^[青緑]色?$|(?:利用|使用|入力|原則)可|OK|推奨|許可|おすすめ|お勧め|使える|(?:使|し)ってよい|してよい|問題なし|制限なし|自由|歓迎|良い例|よい例",
            re.IGNORECASE,
        ),
    ),
)
_MAX_MARK = 16
"""Characters of a cell that is a mark and no sentence."""

_INTRODUCTION = re.compile(
    r"次の|次に|以下|下記|つぎの|各号|下の(?:表|一覧)|(?:とおり|通り)[。]?$|[::]$"
)


def kind_of_heading(heading: str) -> ClauseKind | None:
    """Return what stands under a heading; words outside its parentheses count first."""
    folded = unicodedata.normalize("NFKC", heading).strip()
    bare = _CLASS_NAME.sub("", _bare(folded))
    if _NEVER_PLACED.search(bare) or _QUESTION.search(bare) or _two_sided(bare):
        return None
    if is_unsuited(bare):
        return None
    if _RAW_OUTPUT.search(folded):
        return ClauseKind.FINAL_CHECK
    for text in (bare, folded):
        kind = _first_kind(text)
        if kind in _OF_TOOLS and _ABOUT_TOOLS.search(text):
            return None
        if kind is not None:
            return _unless_mixed(kind, text)
    return None


def _bare(folded: str) -> str:
    """Return a heading without what stands in parentheses, unless that is all: «第3条(禁止)»."""
    folded = _SPACED.sub("", folded)
    bare = _PARENTHESES.sub("", folded).strip()
    article = re.fullmatch(r"第\s*\S{1,4}\s*[章節条項]", bare)
    return re.sub(r"[()]", "", folded.removeprefix(bare)).strip() if article else bare


def _first_kind(text: str) -> ClauseKind | None:
    return next((kind for kind, pattern in _HEADING_PATTERNS if pattern.search(text)), None)


def _unless_mixed(kind: ClauseKind, text: str) -> ClauseKind | None:
    """Return the kind, or None where only a weak word of a mixed heading tells it."""
    if not _MIXED.search(text):
        return kind
    rest = _WEAK.sub("", text)
    return kind if _first_kind(rest) is kind else None


def _two_sided(text: str) -> bool:
    """Return whether a heading names both sides: «OK・NG集», «○×», «使ってよいことと悪いこと»."""
    if re.search(r"[○◯〇◎⭕]", text) and re.search(r"[×✕✖❌]", text):
        return True
    kinds = {_first_kind(part) for part in _TWO_SIDES.split(text)}
    return {ClauseKind.FORBIDDEN_INPUT, ClauseKind.ENCOURAGED} <= kinds


def is_question(heading: str) -> bool:
    """Return whether a heading asks: its answer, not its words, says what holds."""
    return bool(_QUESTION.search(unicodedata.normalize("NFKC", heading).strip()))


def is_unsuited(text: str) -> bool:
    """Return whether a heading or lead names what an AI is bad at, and forbids none of it."""
    return bool(_UNSUITED.search(text)) and not re.search(r"禁止|NG|ダメ|だめ|不可", text)


def is_mixed(lead: str) -> bool:
    """Return whether «次の事項を遵守すること» leads into obligations of several kinds."""
    return bool(
        re.search(
            r"遵守|順守|守[るりらっ]|留意|次の事項|以下の事項|(?:注意|留意)点|ポイント|方針|理念",
            lead,
        )
    ) and not re.search(r"禁止|ならない|なりません|いけない|いけません", lead)


def place_of(headings: Sequence[str]) -> Place:
    """Return whether the path tells a kind, is known to hold no clause, or neither."""
    for heading in reversed(headings):
        if is_neutral(heading):
            return Place.NEUTRAL
        if kind_of_heading(heading) is not None:
            return Place.KIND
    return Place.UNKNOWN if headings else Place.NEUTRAL


def is_neutral(heading: str) -> bool:
    """Return whether a heading is known to hold no clause."""
    text = _bare(unicodedata.normalize("NFKC", heading).strip())
    if _NEVER_PLACED.search(text):
        return True
    known = bool(_NEUTRAL.search(text) or _ABOUT_TOOLS.search(text))
    mixed = bool(re.search(r"基本原則|利用の原則|遵守|守る|注意|留意", text))
    return known and not mixed and not is_question(text) and kind_of_heading(heading) is None


def is_of_orders(heading: str) -> bool:
    """Return whether what stands under a heading orders, whatever stands above: «制限事項»."""
    return bool(re.search(r"ルール|遵守|順守|守る|注意|留意|制限|約束|義務", heading))


def tells_nothing(heading: str) -> bool:
    """Return whether what stands above a heading no longer counts under it."""
    text = unicodedata.normalize("NFKC", heading).strip()
    bare = _bare(text)
    return is_neutral(text) or is_question(text) or _two_sided(bare) or is_unsuited(bare)


def kind_of_mark(cell: str) -> ClauseKind | None:
    """Return what the mark or word in a table's cell says; None for a sentence or a dash."""
    text = unicodedata.normalize("NFKC", cell).strip(" *")
    if not text or len(text) > _MAX_MARK:
        return None
    return next((kind for kind, pattern in _MARKS if pattern.search(text)), None)


def is_introduction(text: str, *, followed: bool) -> bool:
    """Return whether a paragraph only leads into the list or table that follows it."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return followed and bool(_INTRODUCTION.search(folded))
