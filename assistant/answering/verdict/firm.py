"""Bans of which the rule says that masking does not lift them."""

import re
from collections.abc import Sequence

from assistant.answering.verdict.subjects import clause_kind
from assistant.domain import Passage

_EVEN_MASKED = re.compile(
    r"(?:伏せ|匿名に?し?|仮名に?し?|消し|隠し|ぼかし|加工し|マスクし|変え|替え|換え|塗っ|塗りつぶし|(?:イニシャル|記号|番号)にし"
    r"|モザイクを?かけ|外し|抜い|除い|略し)(?:て|で)も"
    r"[^。]{0,12}(?:だめ|ダメ|駄目|NG|不可|ない|なら|ませ|同じ|同様|赤|×|禁止|アウト)"
)
"""«名前を伏せてもだめ», in the clause or in a note on the clauses beside it."""


def firm_clauses(rules: Sequence[Passage]) -> frozenset[str]:
    """Return the ids of the clauses that say so, or stand under a note that does."""
    noted = {
        (one.source.path, one.headings)
        for one in rules
        if clause_kind(one) is None and _EVEN_MASKED.search(one.text)
    }
    return frozenset(
        one.id
        for one in rules
        if (one.source.path, one.headings) in noted or _EVEN_MASKED.search(one.text)
    )
