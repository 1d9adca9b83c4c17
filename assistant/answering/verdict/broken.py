"""Conditions of a clause that a question says are not kept: no consent, not masked, not read."""

import re
from dataclasses import dataclass

_NOT_DONE = (
    r"(?:ず|ない(?:で|まま)|なくて|んと(?!\s*(?:あか|だめ|ダメ|いけ|いか|まず))|んまま|んで(?!す))"
)
"""«せずに», «しないで», «せんと»; not «せんとあかん?», which asks for the condition."""
_BEFORE = r"(?:取る|とる|得る|もらう|受ける|出る|する|してもらう|通す|済む)?前に"
"""«了解を取る前に»: not yet."""
_ONLY_IF_NOT = re.compile(r"(?:ない|ん|ず)と(?:だめ|ダメ|駄目|いけ|あか|まず|NG)|なきゃ|なければ")


@dataclass(frozen=True, slots=True)
class _Condition:
    """How a rule words a kind of condition, and how people say that it is not kept."""

    demanded: re.Pattern[str]
    broken: re.Pattern[str]


_CONDITIONS = (
    _Condition(
        re.compile(r"了解|了承|同意|許可|承認|承諾|合意|協議"),
        re.compile(
            r"(?:了解|了承|同意|許可|承認|承諾|合意|OK)[はもをがの]?"
            r"(?:まだ|な(?:い|く|し|んて|んか)|無(?:い|く|し)|と(?:らず|らない|ってない|っていない)"
            r"|取(?:らず|らない|らん|ってない|っていない|れてない|れていない|れず)"
            r"|得(?:ず|ない|てない|ていない)|もら(?:わず|わない|わん|ってない|っていない|えてない|えず)"
            r"|出て(?:い)?ない|下りて(?:い)?ない|いらない|いらん|抜き|待た)"
            rf"|(?:了解|了承|同意|許可|承認|承諾|合意|OK)[をがの]?{_BEFORE}|(?:聞く|きく|尋ねる|断りを入れる)前に"
            r"|無断|黙って|だまって|こっそり|内緒で"
            r"|(?:嫌|いや|イヤ)(?:だ|や|が(?:る|って|り)|って|と(?:言|いう|の))|反対(?:し|され|が|の人|者)|拒否|断(?:っ|られ|りま)"
        ),
    ),
    _Condition(
        re.compile(
            r"伏せ|匿名|置き[かき換]|消し|削除|マスク|仮名|除い|分からないよう|わからないよう|特定でき"
        ),
        re.compile(
            rf"(?:消さ|伏せ|隠さ|ぼかさ|削ら|抜か|変え|匿名に?し|匿名化?せ|置き換え|マスクせ|マスクし){_NOT_DONE}"
            r"|(?:消し|伏せ|隠し|ぼかし|マスクし|置き換え|匿名に?し|変え)て(?:は)?(?:い)?(?:ない|ません|へん|おらん)"
            r"|(?:残し|残った|載せ|載った|入れ|入った|つけ|付け|つい|付い|つき|付き|書い|出し)た?のまま"
            r"|(?:残し|載せ|入れ|つけ|付け|書い|出し)たまま|(?:入り|つき|付き)で|そのまんま|まるごと|丸ごと"
            r"|(?<!言葉)(?<!文)そのまま(?=[^。]{0,16}(?:入れ|貼|読ま|渡|見せ|まとめ|要約|直|整え|使|コピ|アップ|入力))"
        ),
    ),
    _Condition(
        re.compile(
            r"読む|読ん|読みなお|確か|確認|見てもら|チェック|承認|許可|了解|協議|審査|レビュー|決裁|監修|目を通"
        ),
        re.compile(
            rf"(?:見せ|通さ|確認せ|確認し|確かめ|読ま|チェックせ|チェックし|聞か|きか|相談せ|相談し|見てもらわ){_NOT_DONE}"
            r"|(?:確認|チェック|承認|許可|了解|協議|見直し|審査|レビュー|決裁|監修)(?:なし|無し|抜き|を?(?:省|飛ば|とば|すっ飛ば|後回し))"
            rf"|(?:確認|チェック|承認|許可|了解|協議|審査|レビュー|決裁)[をがの]?{_BEFORE}"
            r"|[部課室係長者師](?:を|は)?(?:飛ば|とば|すっ飛ば|通さ(?:ず|ない))|(?:人|誰も|だれも)(?:が|は)?(?:見|読ま)ず(?:に)?"
        ),
    ),
)
_SECRET_MARK = re.compile(r"社外秘|部外秘|極秘|マル秘|丸秘|取扱注意|厳秘")
_KEPT_OUT = re.compile(
    r"使わ(?:ない|ず)|入れ(?:ない|ず)|除[くき]|対象外|不可|禁止|使え(?:ない|ません)"
)


def denies(text: str) -> bool:
    """Tell whether a question says that somebody did not agree or that nothing was masked."""
    return any(one.broken.search(text) for one in _CONDITIONS[:2])


def breaks(text: str, clause: str) -> bool:
    """Tell whether a question says that a condition which the clause demands is not kept.

    «了解はまだ» of a clause that demands 了解; «製品番号を残したまま» of one that demands masking;
    «広報に見せずに» of one that demands that somebody looks; a mark of secrecy that it keeps out.
    """
    if _ONLY_IF_NOT.search(text):
        return False
    if any(one.demanded.search(clause) and one.broken.search(text) for one in _CONDITIONS):
        return True
    marks = set(_SECRET_MARK.findall(text)) & set(_SECRET_MARK.findall(clause))
    return bool(marks) and bool(_KEPT_OUT.search(clause))
