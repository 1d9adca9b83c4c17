"""Questions on what an AI wrote: «AIの文をそのまま出していい?» asks for what to check."""

import re
from collections.abc import Sequence

from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.subjects import clause_kind
from assistant.answering.verdict.weighing import FORBIDDEN_STRENGTH
from assistant.domain import ClauseKind, Hit, Verdict, VerdictKind

_SENTENCE = "AIが書いたものは、次のことを確かめてから使ってください。"

_AI = r"(?:AI|チャット|機械|Copilot|ChatGPT|Gemini|Claude)(?:さん|くん)?"
_WROTE = re.compile(
    rf"{_AI}(?:が|の|に|で)[^。?、]{{0,10}}?"
    r"(?:作|書|直|訳|言|答え|教わ|並べ|挙げ|示|まとめ|生成し|計算し|見つけ|選|考え)\w{0,3}?(?:[ただ]|よる|とる|うた)"
    rf"|{_AI}の(?:文|答|回答|返事|出力|訳|案|数字|書い|言う|言っ|作っ|計算|原稿)"
    r"|(?:出てきた|返ってきた|生成された|書いてきた|出力された)|生成(?:物|文)|出力(?:結果|[をのがは])"
    r"|できた(?:文|もの|案|文書|原稿)",
    re.IGNORECASE,
)
"""What came out of an AI."""
_OUT = re.compile(
    r"出[しすそ]|送[っるりろ]|載せ|掲[げ示載]|公開|公表|提出|配[っりるろ布]|渡[しすそ]|貼[っりるろ]|投稿|印刷"
    r"|刷[っりる]|納品|流し|発注|アップ|郵送|放送|オンエア|添付|返信|出荷|済ま|可\s*\?|省略|記載|使[いうえおっわ]"
    r"|伝え|教え|読み上げ"
)
"""What is done with it."""
_MORE = re.compile(r"組み?[込こ]|本番|絵|画像|写真|動画|イラスト")
"""A program that is put to work, or a picture, asks for more than a second look."""
_ENTERED = re.compile(r"入れ|入力|貼り付|読ませ|読み込|アップロード|AIに(?:貼|渡|見せ)")
_LOOK = (
    r"(?:見直|読み直|読み返|確かめ|確認|チェック|点検|照合|見比べ|検算|校正|裏取り|調べ直|読み合わせ"
    r"|目を通|検印|校閲)"
)
_UNSEEN = re.compile(
    rf"(?:ノー|無)(?:チェック|確認)|未確認|(?:AI|機械)(?:任|まか)せ"
    rf"|{_LOOK}\w{{0,3}}?(?:なし|抜き|せず|さず|[しさ]ない|[せさ]ん|ずに|ないで|んで|んと)"
    rf"|{_LOOK}(?:を|は|の)?\S{{0,6}}?(?:省[いくかけ略]|飛ばし|サボ|不要|いらん|いらない)"
    rf"|(?:[一1]人|ひとり|一名|自分|本人)(?:で|だけで?|だけが|が)(?:見|読|確かめ|確認|チェック)"
    rf"|{_LOOK}(?:を|は)?(?:[一1]人|ひとり|一名)"
)
"""Nobody else has looked."""
_OF_OUTPUT = re.compile(r"回答|出力|生成物|成果物|判断|判定|決定|決め|可否|そのまま|広告|報道|掲載")
_RECEIVER = re.compile(
    r"[一-龠ァ-ヶー]{2,8}(?:様|さん|さま)?[にへ](?=送|渡|出|返|配|見せ|伝え|提出|説明)"
)
"""Who gets what came out is not what is entered: «取引先に送る»."""
_AS_IT_IS = re.compile(r"そのまま|うのみ|鵜呑み|コピペ|信じて")


def uses_what_came_out(text: str) -> bool:
    """Tell whether somebody would use what an AI wrote: as it is, or for others to see.

    Of 4,805 wordings of the training rooms that ask of something else, 3 are taken for such.
    """
    if _MORE.search(text):
        return False
    wrote = _WROTE.search(text)
    if wrote and (_AS_IT_IS.search(text) or _UNSEEN.search(text)):
        return True
    if wrote and _OUT.search(text, wrote.end()):
        return True
    return bool(_UNSEEN.search(text) and _OUT.search(text)) and not _ENTERED.search(text)


def checked_first(
    verdict: Verdict, text: str, book: RuleBook, hits: Sequence[Hit]
) -> Verdict | None:
    """Return the nearest check of the rule as the condition; None where `verdict` holds.

    Where nothing else decides, the use is free, or a ban on entering something is only meant, what
    the rule asks for are its checks.
    """
    checks = book.of(ClauseKind.FINAL_CHECK)
    if not checks or verdict.kind is VerdictKind.CONDITIONAL or not uses_what_came_out(text):
        return None
    if verdict.kind is VerdictKind.PROHIBITED and _is_banned(verdict, text, book):
        return None
    known = {check.id for check in checks}
    nearest = next((hit.passage for hit in hits if hit.passage.id in known), checks[0])
    return Verdict(VerdictKind.CONDITIONAL, _SENTENCE, (nearest,))


def _is_banned(verdict: Verdict, text: str, book: RuleBook) -> bool:
    """Tell whether a ban holds for what came out, or is met by the question's own words."""
    ban = verdict.clauses[0] if verdict.clauses else None
    if ban is None or clause_kind(ban) is not ClauseKind.FORBIDDEN_INPUT:
        return True
    if _ENTERED.search(text) or _OF_OUTPUT.search(ban.text):
        return True
    met = (fit for fit in book.fits(_RECEIVER.sub("", text)) if fit.clause.id == ban.id)
    return any(fit.named or fit.strength >= FORBIDDEN_STRENGTH for fit in met)
