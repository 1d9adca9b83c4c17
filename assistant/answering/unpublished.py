"""What a question says is not public yet, in the words of every day."""

import re

_TOLD = r"(?:発表|公表|公開|開示|リリース|発売|解禁|告知|お披露目)"
_NOT_YET = re.compile(
    r"まだ[^。?]{0,14}(?:言う?て(?:へん|ない|いない|おらん)|言って(?:い)?(?:ない|ません)|話して(?:い)?ない"
    rf"|伝えて(?:い)?ない|{_TOLD}(?:し|され)?(?:て)?(?:い)?(?:ない|ません|へん|まえ|前)"
    r"|出て(?:い)?ない|出して(?:い)?ない|内緒|ないしょ|秘密|非公開|未発表|表に出)"
    rf"|(?<![究会例果ンC]){_TOLD}(?:は|が|予定は|予定が|日は|するのは)[^。?]{{0,4}}"
    r"(?:来|再来|まだ|これから|先|翌|次の|明日|あさって|あした|\d+月|\d+日|週明け)"
    rf"|(?<![究会例果ンC]){_TOLD}(?:する|される|の)?(?:まえ|前)"
    r"|(?:来春|来秋|来夏|来冬|来月|来年|来期|来週)[^。?、]{0,3}(?:出す|発売|発表|リリース|公表)"
)


def is_unpublished(text: str) -> bool:
    """Tell whether a question (NFKC) is about what has not been made public: «まだ言うてへん»."""
    return bool(_NOT_YET.search(text))
