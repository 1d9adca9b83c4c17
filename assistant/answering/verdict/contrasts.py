"""Opposites that share their words: published and not yet, deciding and drafting.

«公開済みの料金プラン» permits nothing for «解禁前の料金プラン»; that an AI may not decide the order
of ニュース does not forbid a draft of one.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.fits import Fit
from assistant.answering.verdict.subjects import clause_kind
from assistant.answering.verdict.weighing import kind_of_verdict
from assistant.domain import ClauseKind, Passage, VerdictKind

_OUT = r"(?:公開|公表|発表|発売|刊行|出版|掲載|開示|放送|解禁|リリース|出願|届出|届け出)"
_ONLY_OUT = re.compile(
    rf"{_OUT}(?:済|され(?:た|て)|が決まった)|市販|公開(?:情報|版|資料|統計|記事|ページ)"
    rf"|{_OUT}した(?:もの|分|後)"
)
_NOT_OUT = re.compile(
    rf"未(?:公開|公表|発表|発売|刊|出願|掲載|解禁|届)|{_OUT}(?:する|の)?(?:前|まえ)|{_OUT}(?:が|も|を)?(?:まだ|済んでい?な)"
    r"|(?:世に|おもてに|表に|外に|特許を?)(?:出す|出る)(?:前|まえ)"
    r"|まだ[^。?]{0,14}?(?:出て|出し|発表|公開|公表|載っ|載せ|知らせ|本になっ|言っ|売っ|売り出し|発売|刊行)[^。?]{0,6}?(?:な[いく]|ません|へん|ん(?=$|[のやけ]))"
    r"|(?:これから|来[週月年春夏秋冬]|今度)(?:から|に|の)?(?:出す|出る|始まる|発売|発表|売り出す)"
)
_OUT_BY_ITSELF = re.compile(
    rf"{_OUT}(?:済|され(?:た|て(?:い)?る))|ニュース|新聞|プレスリリース|官報|公開情報|白書"
    r"|(?:ホームページ|ウェブ|Web|ネット|サイト)(?:に|で)(?:載|出て|公開)",
    re.IGNORECASE,
)
_OF_SOMEBODY = re.compile(
    r"名前|氏名|住所|電話|個人|顧客|客|社員|取引先|患者|利用者|住民|生徒|児童|アドレス|写真"
)
_SECRET = re.compile(r"機密|秘密|社外秘|部外秘|非公開|未公開|未公表|未発表|非開示|機微|内部")
"""What a ban on secrets says of them: what is printed for everybody is none."""
_OF_OUT = re.compile(rf"(?<![未非]){_OUT}(?!条例|法|請求)|記事|著作|ネット|新聞|ニュース")
_DECIDES = r"判断|判定|決定|決め|合否|可否|採否|採点|順位|点数"
_LEAVES = re.compile(
    rf"(?:{_DECIDES})[^。?]{{0,10}}?(?:させ|任せ|まかせ|委ね|ゆだね|仰|あお|頼|もら|やらせ|尋ね|聞)"
    rf"|(?:AI|チャット|機械|ロボット)(?:が|に|で)[^。?]{{0,12}}?(?:{_DECIDES})|どっちが上|良し悪し",
    re.IGNORECASE,
)
"""A question that leaves a decision to an AI."""
_JUDGED = re.compile(r"評価|査定|採点|選考|審査|合否|採否|考課|判定|成績")
_JUDGES = re.compile(
    rf"(?:{_JUDGED.pattern})(?:を|に|の|は|まで)?[^。?、]{{0,6}}?(?:使|用い|任せ|まかせ|させ|やら|やって|決め|つけ)"
)
"""«成績評価に使う»: what may be drafted of people's work permits no judging of it."""
_KEEPS = re.compile(
    rf"(?:{_DECIDES})[^。]{{0,14}}?(?:させ|任せ|委ね|ゆだね|用い|使|依拠|尋ね|決定)[^。]{{0,8}}?(?:ない|ません|禁)"
)
"""A ban on leaving one to it."""
_ENTERS = re.compile(r"入力|入れ|貼|アップロード|読み込|読ませ|渡")
_DRAFTS = re.compile(
    r"下書き|たたき台|文案|原稿|文章|言い回し|作文|清書|翻訳|訳|要約|まとめ|短く|質問案|案内|お知らせ|誤字|校正|敬語"
)
_LIFTED = 0.9
_HALF = 0.5


def contradicts(text: str, clause: Passage) -> bool:
    """Tell whether a question says of its thing what a permission or condition leaves out."""
    if clause_kind(clause) is ClauseKind.FORBIDDEN_INPUT:
        if _is_out(text) and _SECRET.search(clause.text) and not _OF_OUT.search(clause.text):
            return True
        return _bans_deciding_alone(clause) and bool(_DRAFTS.search(text)) and not leaves(text)
    if _JUDGES.search(text) and not _JUDGED.search(clause.text):
        return True
    if _says_so_itself(clause):
        return False
    only_out = _ONLY_OUT.search(clause.text) and not _NOT_OUT.search(clause.text)
    return bool(only_out and _NOT_OUT.search(text))


def _is_out(text: str) -> bool:
    """Tell whether a question speaks of what everybody can read, and of nobody's own."""
    return bool(_OUT_BY_ITSELF.search(text)) and not (
        _OF_SOMEBODY.search(text) or _NOT_OUT.search(text)
    )


def leaves(text: str) -> bool:
    """Tell whether a question leaves a decision to an AI."""
    return bool(_LEAVES.search(text))


def by_contrast(fits: Sequence[Fit], text: str, book: RuleBook) -> list[Fit]:
    """Drop what the question's opposite is said of; what is said of it just so weighs more."""
    kept = [fit for fit in fits if not contradicts(text, fit.clause)]
    words = book.topic(_LEAVES.sub("", _NOT_OUT.sub("", text)))
    lifted = (_lifted(fit, text) if book.names_any(fit.clause, words) else fit for fit in kept)
    return sorted(lifted, key=lambda fit: -fit.score)


def _lifted(fit: Fit, text: str) -> Fit:
    if clause_kind(fit.clause) is not ClauseKind.FORBIDDEN_INPUT or fit.strength < _HALF:
        return fit
    not_out = _NOT_OUT.search(text) and _NOT_OUT.search(fit.clause.text)
    decided = leaves(text) and _KEEPS.search(fit.clause.text)
    return replace(fit, strength=max(fit.strength, _LIFTED)) if not_out or decided else fit


def _bans_deciding_alone(clause: Passage) -> bool:
    return bool(_KEEPS.search(clause.text)) and not _ENTERS.search(clause.text)


def _says_so_itself(clause: Passage) -> bool:
    """«翻訳(公開情報に限る)» is told as a condition, and says what it is held to."""
    encouraged = clause_kind(clause) is ClauseKind.ENCOURAGED
    return encouraged and kind_of_verdict(Fit(clause, 1.0, 1.0)) is VerdictKind.CONDITIONAL
