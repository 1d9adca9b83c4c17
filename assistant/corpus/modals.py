"""What a heading, a mark or the end of a sentence of a rule says: may not, may if, may, check, ask.

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
    r"^\s*(?:[-*+•・●○◯◎■□◆◇▪‣–✓✔☑☐]\s+|[・●■□◆◇•☐☑✓✔]\s*|\d{1,2}[.))．]\s*|[((]\d{1,2}[))]\s*|"
    r"[①-⑳]\s*|[ァ-ヴ][.))]\s*|[((][ァ-ヴa-z][))]\s*|\[[ xX]\]\s*)(?:\[[ xX]\]\s*)?"
)
"""Bullets and numbers of list items."""

_PARENTHESES = re.compile(r"\([^()]*\)|〔[^〕]*〕")

_HEADINGS: tuple[tuple[ClauseKind, str], ...] = (
    (
        ClauseKind.CONDITIONAL,
        (
            r"条件|制限付|限定|場合に限|に限り|のみ可|要確認|要承認|要相談|要申請|要許可|要注意|グレー|△|▲|"
            r"(?:許可|承認|確認|了解|了承|申請|届出?|相談|注意|配慮|同意|加工|匿名化)(?:が|の|を)?(?:必要|要|得|受け|取っ|取れ)|"
            r"(?:確認|相談|承認|許可|申請|注意|加工|伏せ|マスク)(?:し|を?とっ|を取っ)?てから|気をつけ|注意して|注意し(?:た|な)|"
            r"慎重|黄色|イエロー"
        ),
    ),
    (
        ClauseKind.FORBIDDEN_INPUT,
        (
            r"禁止|厳禁|禁じ|NG|いけな|いけませ|ならな|なりませ|ダメ|だめ|駄目|不可|できない|できませ|"
            r"(?:入れ|入力し|使わ|使え|やら|出さ|渡さ|送ら|載せ|貼ら|触れ|アップロードし|利用し|書か)(?:ない|ません)|"
            r"避け|しない|しません|御法度|[×✕✖❌]|赤信号|レッド"
        ),
    ),
    (
        ClauseKind.DESK,
        (
            r"困っ|迷っ|相談|問い?合わ?せ|窓口|連絡先|わからない|分からない|トラブル|事故|漏えい|漏洩|インシデント|"
            r"ヘルプ|サポート|報告先|もしも|入れてしまっ"
        ),
    ),
    (
        ClauseKind.FINAL_CHECK,
        (
            r"最終|チェック|確認|出す前|提出前|送る前|送信前|公開前|配布前|使う前|点検|検証|見直|出力の取|回答の取|生成物|"
            r"心得|出すとき|仕上げ|そのまま(?:使|出|信)|うのみ|鵜呑み"
        ),
    ),
    (
        ClauseKind.ENCOURAGED,
        (
            r"推奨|奨励|おすすめ|お勧め|オススメ|使って(?:よ|い|良|OK)|(?:使え|でき|入れられ|任せられ)る|(?:て|で)も?(?:よい|いい|良い)|"
            r"使いたい|使いましょう|活用|OK|[○◯〇◎⭕✓✔]|どんどん|積極|歓迎|許可|可能|得意|自由|青信号|グリーン|向いて|使いどころ|"
            r"利用例|使い方|使おう|任せよう|試そう|やっていい|できること|こんな(?:仕事|とき|場面|業務)"
        ),
    ),
)
_HEADING_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _HEADINGS)

_RAW_OUTPUT = re.compile(r"(?:出力|回答|答え|結果|物).{0,6}(?:そのまま|うのみ|鵜呑み)")
"""«出力をそのまま使わない» forbids no input: it asks for a check."""

_NEUTRAL = re.compile(
    r"はじめに|目的|趣旨|前文|背景|適用|対象(?:者|範囲)?$|範囲|用語|定義|改[定訂]|履歴|附則|付則|施行|罰則|違反|懲戒|"
    r"責任|体制|教育|研修|基本方針|基本的?な?考え方|関連|参考|ツール|道具|サービス一覧|概要|まえがき|お知らせ|総則|原則|見直し|"
    r"制定|所管|問わず"
)
"""Headings of rules that hold no clause of these five kinds."""

_MARKS: tuple[tuple[ClauseKind, re.Pattern[str]], ...] = (
    (
        ClauseKind.CONDITIONAL,
        re.compile(
            r"[△▲⚠]|条件|要(?:確認|承認|相談|申請|許可|注意|加工|匿名)|限定|一部可|(?:加工|匿名化|承認|許可|確認|相談).{0,6}(?:可|OK|必要)|注意",
            re.IGNORECASE,
        ),
    ),
    (
        ClauseKind.FORBIDDEN_INPUT,
        re.compile(
            r"[×✕✖❌✗Xx]$|^[×✕✖❌✗]|禁止|厳禁|不可|NG|ダメ|できません|できない|入力しない|入れない|使わない",
            re.IGNORECASE,
        ),
    ),
    (
        ClauseKind.ENCOURAGED,
        re.compile(
            r"^[○◯〇◎⭕✓✔]|^可(?:能)?$|OK|推奨|許可|おすすめ|お勧め|使える|使ってよい|利用可|入力可|問題なし|自由|歓迎",
            re.IGNORECASE,
        ),
    ),
)
_MAX_MARK = 16
"""Characters of a cell that is a mark and no sentence."""

_SENTENCES: tuple[tuple[ClauseKind, re.Pattern[str]], ...] = (
    (
        ClauseKind.CONDITIONAL,
        re.compile(
            r"(?:場合|とき|もの)に限(?:り|る)|に限って|(?:許可|承認|了解|了承|同意)(?:を|が)(?:得|受け|取っ|あ|必要)|"
            r"(?:置き換え|伏せ|匿名化し|加工し|マスクし|確認し|相談し)(?:て|た)(?:から|うえ|上)|条件(?:に|を|つき|付き)|"
            r"(?:承認|許可|申請|確認|届出)(?:が|を)(?:必要|要する|要します)"
        ),
    ),
    (
        ClauseKind.FORBIDDEN_INPUT,
        re.compile(
            r"て(?:は|も)?(?:いけ|なり)(?:ない|ません)|(?:ては|では)ならない|ないこと|(?:し|れ|わ|さ|か|ら|け|せ|え|べ)ないでください|"
            r"禁止|禁じ|厳禁|(?:しては|っては)(?:だめ|ダメ)|不可と?|(?:入力|使用|利用|投入|アップロード)(?:は|を)?(?:でき(?:ない|ません)|しない|しません)|NG|"
            r"(?:入れ|入力し|使わ|渡さ|出さ|貼ら|送ら|載せ|教え)(?:ない|ません)[。)]?$"
        ),
    ),
    (
        ClauseKind.DESK,
        re.compile(
            r"(?:窓口|相談|問い?合わ?せ|連絡|報告).{0,14}(?:ください|下さい|すること|する。?$|へ。?$|まで。?$)"
        ),
    ),
    (
        ClauseKind.FINAL_CHECK,
        re.compile(
            r"(?:確認|確かめ|見直|検証|点検|チェック|照合|見比べ|見くらべ).{0,12}(?:する|した|こと|ください|ます|たか|か)"
        ),
    ),
    (
        ClauseKind.ENCOURAGED,
        re.compile(
            r"て(?:も)?(?:よい|いい|良い|かまわない|構わない|かまいません|構いません|よろしい)|(?:活用|利用|使用)(?:し(?:ましょう|てください)|を(?:推奨|奨励))|"
            r"推奨|奨励|おすすめ|お勧め|(?:使え|利用でき|活用でき|使用でき|入力でき|入れられ|任せられ)(?:る|ます)|使いましょう|使ってください"
        ),
    ),
)

_SENTENCE_END = re.compile(r"(?<=[。!?!?])(?![」』))])|\n")

_INTRODUCTION = re.compile(r"次の|以下|下記|つぎの|下の(?:表|一覧)|[::]$")


def kind_of_heading(heading: str) -> ClauseKind | None:
    """Return what stands under a heading; words outside its parentheses count first."""
    folded = unicodedata.normalize("NFKC", heading)
    if _RAW_OUTPUT.search(folded):
        return ClauseKind.FINAL_CHECK
    for text in (_PARENTHESES.sub("", folded), folded):
        for kind, pattern in _HEADING_PATTERNS:
            if pattern.search(text):
                return kind
    return None


def place_of(headings: Sequence[str]) -> Place:
    """Return whether the path tells a kind, is known to hold no clause, or neither."""
    for heading in reversed(headings):
        if _is_neutral(heading):
            return Place.NEUTRAL
        if kind_of_heading(heading) is not None:
            return Place.KIND
    return Place.UNKNOWN if headings else Place.NEUTRAL


def _is_neutral(heading: str) -> bool:
    text = unicodedata.normalize("NFKC", heading)
    return bool(_NEUTRAL.search(text)) and kind_of_heading(heading) is None


def kind_of_mark(cell: str) -> ClauseKind | None:
    """Return what the mark or word in a table's cell says; None for a sentence or a dash."""
    text = unicodedata.normalize("NFKC", cell).strip(" *")
    if not text or len(text) > _MAX_MARK:
        return None
    return next((kind for kind, pattern in _MARKS if pattern.search(text)), None)


def kind_of_sentence(text: str) -> ClauseKind | None:
    """Return what a sentence says by its modal ending, where no heading tells."""
    text = unicodedata.normalize("NFKC", text)
    return next((kind for kind, pattern in _SENTENCES if pattern.search(text)), None)


def is_introduction(text: str, *, followed: bool) -> bool:
    """Return whether a paragraph only leads into the list or table that follows it."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return followed and bool(_INTRODUCTION.search(folded))


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a paragraph, verbatim."""
    parts = (part.strip() for part in _SENTENCE_END.split(text))
    return [part for part in parts if part]
