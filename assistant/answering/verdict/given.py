"""What a question says is put in, beside what it wants to have done."""

import re
from collections.abc import Sequence

from assistant.answering.verdict.clauses import RuleBook
from assistant.domain import Finding, Passage

_VERBS = (
    r"(?:入れ|打ち込|入力|貼|コピペ|ペースト|渡|見せ|読ませ|読み込|食わせ|載せ|送|添付"
    r"|アップ|突っ込|放り込)"
)
_HANDS_OVER = re.compile(_VERBS)
_OBJECT = re.compile(
    rf"([^、。?!\s]{{2,24}}?)(?:を|も|は|って|ごと|だけ|まで)[^、。?!]{{0,6}}?{_VERBS}"
)
_TO_ITS_VERB = re.compile(
    rf"(?:を|も|は|が|って|ごと|まで|入り|つき|付き|のまま)[^。?!〔]{{0,14}}?(?:{_VERBS}|そのまま|残)"
)
_TAKEN_OUT = re.compile(
    r"伏せ|消し|消せ|削除|置き[かき換]|匿名|マスク|抜い|除い|ぼかし|ずに|ないで"
)
_AI = re.compile(r"^(?:ai|生成ai)$", re.IGNORECASE)


_THING_NAME = re.compile(
    r"(?:ソフト|アプリ|ツール|サービス|システム|ファイル|フォルダー?|シート|列|項目|関数|変数|製品|商品"
    r"|部品|機械|設備|機種|会議|イベント|部署|工程|手順|材料|チャット|AI|Bot|ボット|機能|プラン|企画|事業|制度|講座|研修|メニュー|キャンペーン|プロジェクト|施設|コース|店|店舗|駅|路線|料理|番組|作品|薬|色|町|地区)(?:の|に)?(?:名前|名称)"
)
"""The name of a thing, not of a person."""


def without_thing_names(text: str) -> str:
    """Return `text` without «ソフトの名前», which is nobody's name."""
    return _THING_NAME.sub("", text)


def hands_over(text: str) -> bool:
    """Tell whether a question speaks of entering, pasting or showing something."""
    return bool(_HANDS_OVER.search(text))


def given_as_it_is(text: str, findings: Sequence[Finding]) -> Passage | None:
    """Return the clause that forbids what the guard took out and the question wants to put in.

    «週報に〔公表前の数字〕もそのまま入れていい?» asks for what stands in the placeholder.
    `text`: the question with its placeholders.
    """
    for finding in findings:
        _, found, after = text.partition(finding.placeholder)
        use = _TO_ITS_VERB.match(after) if found and finding.clause else None
        if use and not _TAKEN_OUT.search(use.group()):
            return finding.clause
    return None


def gives_something_else(text: str, clause: Passage, book: RuleBook) -> bool:
    """Tell whether something is put in that a clause on a use does not name.

    «想定問答に原価も入れていい?»: to make 想定問答 is encouraged, of 原価 nothing is said.
    """
    for match in _OBJECT.finditer(text):
        words = [word for word in book.topic(match[1]) if not _AI.match(word.form)]
        if words and not book.names_any(clause, words):
            return True
    return False
