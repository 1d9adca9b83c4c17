"""Whether a question speaks of giving something to an AI, and whether a clause is asked for."""

import re
import unicodedata

from assistant.domain import Intent, Query

_INPUT = re.compile(
    r"入れ|入力|貼|ペースト|コピペ|アップロード|アップし|渡|読ませ|読み込|食わせ|投げ"
    r"|送信|登録し|取り込|添付|書き込|見せ|させ(?:たい|て|る|よう)"
    r"|を.{0,8}(?:レビュー|要約|まとめ|整理|分析"
    r"|翻訳|直し|チェック|添削|解析|比べ|集計|清書|文字起こし|処理)|\b(?:enter|input"
    r"|paste|upload)"
)
_MASKED_WORDS = re.compile(r"(?:[一-龠々ァ-ヶーA-Za-z]{1,10}[はがの:]?)?〔[^〔〕]{1,20}〕")
"""What the guard took out, with its label: the verdict is about the task that is left."""


def without_masked(text: str) -> str:
    """Return a question (NFKC) without what the guard took out of it."""
    return _MASKED_WORDS.sub("", unicodedata.normalize("NFKC", text))


def takes_input(text: str) -> bool:
    """Tell whether a question speaks of giving something to an AI."""
    return bool(_INPUT.search(unicodedata.normalize("NFKC", text)))


_TROUBLE = re.compile(
    r"(?:忘れ|わすれ)(?!物|もの|が多|ない|ず|そう|がち)|なくし(?!た[いく]|て(?:ほし|くれ))|失くし|紛失|壊れ|こわれ|割れ(?!の)"
    r"|(?:画面|AI|チャット|アプリ|パソコン|PC|端末|タブレット|スマホ|動作)(?:が|も|は)?固ま|フリーズ|(?<!手[がもの])動かな|開かな|つながらな|エラー"
    r"|届かな|切れた|(?<!頭[がの])(?<!紙[がの])真っ白|(?<!見)落とし(?!物|もの|込|穴|どころ|所)|ログイン"
)
"""Of a machine or an account; a head that is blank and a hand that does not move wish for help."""
_ON_THE_RULE = re.compile(r"条件|ルール|規則|規程|注意|気をつけ|守|制限|禁止|どこまで")


def asks_no_task(query: Query, text: str, *, inputs: bool) -> bool:
    """A date, a price, a forgotten password: no clause is asked for, though one shares a word."""
    if _ON_THE_RULE.search(text):
        return False
    return bool(_TROUBLE.search(text)) or (query.intent is Intent.FACT and not inputs)
