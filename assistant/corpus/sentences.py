"""What the end of a sentence of a rule says: may not, may if, may, check, ask.

Japanese puts the obligation at the end of the sentence; what stands before it is only its topic.
General wording of 規程, 公用文 and polite office Japanese, not of any one document.
"""

import re
import unicodedata
from collections.abc import Sequence

from assistant.domain import ClauseKind

_SENTENCE_END = re.compile(r"(?<=[。!?\uff01\uff1f])(?![」』)\uff09])|\n")
_TAIL = re.compile(r"(?:[。.!?…~ー\s*]|よ|ね|\([^()]*\)|※.*)+$")
"""What may follow the last word of a sentence, in NFKC."""

_PERMISSION = r"(?:許可|承認|了解|了承|同意|決裁|審査|承諾|認可)"
_ENTER = r"入力|入れ|貼|アップロード|投入|読み込ま|読ませ|渡|預け|登録|送信|書き込"
_USE = r"利用|使用|使|用い|活用"
_OUTPUT = (
    r"生成物|成果物|生成(?:した|され)|出力|回答|答え|返って|出てきた|AIが(?:作|書)|訳文|"
    r"鵜呑み|うのみ|そのまま"
)

_NEVER = re.compile(
    r"(?:て|で)(?:は|も)?(?:いけ|なり)(?:ない|ません)(?:です|こと|ものとする)?$|ては(?:ならない|なりません)(?:ものとする)?$|"
    r"ないこと(?:とする|とします)?$|ない(?:もの|こと)(?:とする|とします)$|(?:ないで|ぬよう)(?:ください|下さい|ほしい)?$|"
    r"ないよう(?:に|にする|にします|にしましょう|注意する|注意すること|気をつけ\w*|にしてください|にすること|に?お願い\w*)$|"
    r"禁止(?:する|します|です|とする|とします|されています|されている|となります)?$|禁(?:ずる|じる|じます|じられてい(?:る|ます))$|厳禁(?:です|とする)?$|"
    r"(?:認め|許可し|許容し)(?:ない|ません|られない|られません|ていない|ていません)(?:もの)?(?:とする|とします)?$|"
    r"(?:不可|NG|ダメ|だめ|駄目|アウト|御法度|ご法度|禁物)(?:とする|とします|です|だ)?$|(?:控え|避け|慎)\w{0,8}$|"
    r"(?:やめ|止め|遠慮)(?:る|ましょう|ください|てください|すること|ること|願います)$|"
    rf"(?:{_ENTER}|{_USE}|作成|公開|掲載|公表|送ら|載せ|出さ|触れさせ|持ち出)\w{{0,3}}(?:しない|できない|できません|しません|わない|いない|えない|えません|れない|れません|ません|らない)$"
)
"""A prohibition as the last word."""

_PLAIN_NOT = re.compile(
    r"[わらさかまたながばえれせけめてべねげじしびき](?<!限ら)(?<!知れ)(?<!しれ)(?<!わから)(?<!分から)(?<!が)(?<!足り)"
    r"(?<!でき)(?<!てい)(?<!な)(?<!変わら)ない$"
)
"""«実在の人物を作らない» as an item of a list, where a sentence with a stop may only explain."""
_STATE = re.compile(r"(?:(?:て|で)い|[がもは](?:残ら|出|含ま|生じ|起き)|れてい)ない(?:こと|か)")
"""«含まれていないこと»: a state that is checked, not an act that is forbidden."""

_WITHOUT = re.compile(
    rf"{_PERMISSION}(?:を|も|の)?(?:得|受け|取ら)?(?:ず|ない|なし|なく|無し|無く)|(?:承認|許可|指定|認めた|契約した)[^。]{{0,8}}(?:以外|ない)[^。]{{0,10}}$"
)
_EXCEPTION = re.compile(
    r"限りで(?:は)?(?:ない|ありません)|場合を除|ときを除|場合は除|除く|除きます"
)
_LIMITED = re.compile(
    rf"{_PERMISSION}(?:が|を)?(?:必要|要|得|受け|取|もら|いただ|済|あ)|(?:許可|申請|届出?|登録|承認)制|申請(?:が必要|を要|を行|する|し|を)|事前に?(?:届|申請)|"
    r"に限(?:る|り|って|定)|(?:だけ|のみ)(?:です|とする|とします|である|だ)$|(?:場合|とき|もの|範囲)(?:のみ|だけ|であれば|なら)|(?:のみ|だけ)(?:を|に|で)?(?:利用|使用|使|入力|用い|可|認め)|(?:要件|条件)(?:を|に)満た|"
    r"条件(?:に|を|つき|付き|として|の下)|(?:(?<!例)(?<!たと)[えけせてねべめれげ]ば|たら|なら|場合は|場合に|場合、)[^。]{0,20}(?:使え|でき|て(?:も)?(?:よい|いい|良い|かまわ|構わ|大丈夫)|どうぞ|OK|可能|可$)|"
    r"(?:置き?[換か]え|伏せ|匿名化|仮名化|加工|マスキング|マスク|黒塗り|抽象化|削除|消し|伏せ字)\w{0,6}(?:て|た|の上|のうえ|する|こと|処理|ください|し)|"
    r"(?:た|の)(?:上|うえ)で\w{0,12}(?:利用|使|用い|入力)|(?:受講|修了|設定|オフ|オプトアウト|相談)(?:して|した|する|し|を)|てから(?:使|利用|使用|入力|用い)\w*|注意(?:が必要|を要|する|して|すること|を払)|留意|慎重に|必要最小限|最小限|控え目"
)
_ASK = re.compile(
    r"(?:窓口|相談|問い?合わ?せ|連絡|報告|通報|照会|申し出|届け出|知らせ|聞い|声をかけ|お声がけ|ご質問|質問(?:して|は|を(?:お|受け))).{0,18}$"
)
_INCIDENT = re.compile(
    r"(?:誤って|間違えて|うっかり|万一|万が一|漏えい|漏洩|流出|事故|インシデント|不明な点|疑問|迷っ|判断に迷|わからない|分からない|困っ)"
)
_CHECKED = re.compile(
    r"(?:確認|確かめ|見直|検証|点検|チェック|照合|照らし合わ|見比べ|見くらべ|読み直|読み返|精査|調査|裏付け|裏を取|吟味|突き?合わせ|校閲|"
    r"最終的?な?判断|人(?:間)?の目|人(?:間)?が(?:判断|確)|加筆|修正|手直し|推敲|明記|明示|付記|併記|検索|調べ|記載|表示|出典|レビュー)"
)
_ALLOWED = re.compile(
    r"て(?:も)?(?:よい|いい|良い|かまわない|構わない|かまいません|構いません|よろしい|大丈夫|OK|差し支えない)(?:です|ものとする|こととする)?$|"
    r"(?:活用|利用|使用)(?:し(?:ましょう|てください|て下さい|よう)|を?(?:推奨|奨励|歓迎)\w*|されたい|すること(?:ができ\w+|を推奨\w*|が望ましい)|することが?できる)$|"
    r"(?:推奨|奨励|歓迎)(?:する|します|です|される|されます)?$|おすすめ(?:です|します)?$|お勧め(?:です|します)?$|"
    r"(?:使え|利用でき|活用でき|使用でき|入力でき|入れられ|任せられ|頼め|認め)(?:る|ます)(?:ものとする)?$|(?:使いましょう|使ってください|使おう|試してください|試しましょう|役立ててください|役立てましょう)$|"
    r"(?:利用|使用|入力|活用)(?:が|は|も)?(?:可|可能|OK|自由)(?:とする|とします|です|だ)?$|(?:便利|有効|効果的|向いてい(?:る|ます)|適してい(?:る|ます)|役立ちます|役立つ)(?:です)?$|(?:て|で)もらえ(?:る|ます)$|"
    r"^(?:OK|可能)(?:です)?$|差し支え(?:ない|ありません)$|問題(?:は)?(?:ない|ありません)$|自由(?:に使える|です)$|(?:どうぞ|大丈夫です|OKです)$|(?:の|こと)?(?:は|も)(?:OK|可|可能|大丈夫)(?:です|とする)?$"
)
_OBLIGED = re.compile(
    r"(?:なければ(?:ならない|なりません|いけない|いけません)|なくては(?:ならない|なりません)|すること|るこ?と|うこと|くこと|つこと|ぬこと|すこと|むこと|こととする|こととします|ものとする|ものとします|"
    r"(?:て|で)(?:ください|下さい|もらう|もらいましょう|いただく|おく)|ましょう|必要がある|必要があります|必要です|必要とする|必須(?:です|とする)?|義務(?:です|とする|づける)?|要する|要します|忘れず(?:に)?|忘れない|ください|下さい|願います|お願いします|されたい|徹底(?:する|します)?|"
    r"する|します|行う|行います|べきである|べきです|べき|得る|取る|[うくすつぬむるぐぶ]|ます)$"
)
_FIRM = re.compile(
    r"(?:なければ(?:ならない|なりません|いけない|いけません)|こと(?:とする|とします)?|ものとする|ものとします|(?:て|で)(?:ください|下さい|もらう|もらいましょう)|ましょう|必要(?:がある|があります|です|とする)?|必須(?:です)?|要する|要します|制(?:とする|とします|です)?|限る|限ります|限定する|限定します|"
    r"べき(?:である|です)?|お願いします|願います|義務(?:です|とする)?|ください|下さい|忘れずに?|てから(?:使|利用|使用|入力|用い)\w*|(?:だけ|のみ)とする|のみです)$"
)
_NOTED = re.compile(r"(?:確認|検証|点検|照合|チェック|明記|明示)$")
"""«元データで確認»: an order in note form."""
_REPLIES: tuple[tuple[ClauseKind, re.Pattern[str]], ...] = (
    (
        ClauseKind.FORBIDDEN_INPUT,
        re.compile(r"(?:A\s*[.:、)]?\s*)?(?:いいえ|いえ|だめ|ダメ|NG|不可)[。、.,!]"),
    ),
    (ClauseKind.ENCOURAGED, re.compile(r"(?:A\s*[.:、)]?\s*)?(?:はい|ええ|OK|もちろん)[。、.,!]")),
)
_BACK = re.compile(
    r"(?:ただし|但し|その(?:際|場合|とき|時|うえ|上)|この(?:際|場合|とき|限り)|これ(?:は|ら)|それ|例えば|たとえば|例[::]|なぜなら|理由)"
)
_REASON = re.compile(
    r"(?:ため|から|おそれ|恐れ|可能性|理由|リスク)(?:が\w+|は\w+|も\w+|です|である|だ)?$"
)
_PURPOSE = re.compile(
    r"(?:目的と(?:する|します)|をいう|をいいます|と(?:は|定義)\S*(?:する|します)|施行(?:する|します))$"
)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a paragraph, verbatim."""
    parts = (part.strip() for part in _SENTENCE_END.split(text))
    return [part for part in parts if part]


def kind_of_sentence(text: str, *, firm: bool = False) -> ClauseKind | None:
    """Return what a text of one or more sentences asks of people; None for what only explains.

    `firm`: only what is plainly forbidden or ordered counts, as under «目的» or in a preamble.
    """
    kinds = [_kind(sentence, firm=firm) for sentence in sentences_of(text)]
    return joined_kind(kinds, exception=has_exception(text))


def joined_kind(kinds: Sequence[ClauseKind | None], *, exception: bool) -> ClauseKind | None:
    """Return the kind of sentences that belong together: with a way out, «if», else the first."""
    found = [kind for kind in kinds if kind is not None]
    if exception and ClauseKind.FORBIDDEN_INPUT in found:
        return ClauseKind.CONDITIONAL
    if found[:1] == [ClauseKind.ENCOURAGED] and ClauseKind.CONDITIONAL in found:
        return ClauseKind.CONDITIONAL
    return found[0] if found else None


def has_exception(text: str) -> bool:
    """Return whether a sentence beginning with «ただし» gives a way out of a prohibition."""
    return any(
        re.match(r"(?:ただし|但し|もっとも)", sentence)
        and bool(_EXCEPTION.search(sentence) or _ALLOWED.search(_body(sentence)))
        for sentence in sentences_of(text)
    )


def leans_back(sentence: str) -> bool:
    """Return whether a sentence belongs to the one before: «ただし…», «…のためです»."""
    return bool(_BACK.match(sentence) or _REASON.search(_body(sentence)))


def forbids_entering(text: str) -> bool:
    """Return whether a sentence plainly forbids to enter something into an AI."""
    return any(
        bool(re.search(_ENTER, body) and _NEVER.search(body)) and not _STATE.search(body)
        for body in map(_body, sentences_of(text))
    )


def is_statement(sentence: str) -> bool:
    """Return whether a text ends as a sentence does, not as the name of a thing."""
    body = _body(sentence)
    return bool(
        re.search(r"(?:です|ます|ません|ました|である|る|た|ない|う|く|す|つ|む|ぶ|ぐ)$", body)
    ) and (sentence.rstrip().endswith(("。", "!", "\uff01")))


def _body(sentence: str) -> str:
    folded = unicodedata.normalize("NFKC", sentence).strip()
    return _TAIL.sub("", folded) or folded


def _kind(sentence: str, *, firm: bool) -> ClauseKind | None:
    folded = unicodedata.normalize("NFKC", sentence).strip()
    for reply, pattern in _REPLIES:
        match = pattern.match(folded)
        if match:
            return _replied(reply, _kind(folded[match.end() :], firm=firm))
    body = _body(sentence)
    if _PURPOSE.search(body) or folded.endswith("?"):
        return None
    never = _NEVER.search(body) or (not folded.endswith("。") and _PLAIN_NOT.search(body))
    if never and not _STATE.search(body):
        return _prohibition(body)
    asked = bool((_FIRM if firm else _OBLIGED).search(body) or _NOTED.search(body))
    if _asks(body, asked=asked):
        return ClauseKind.DESK
    if _is_limit(body) and (asked or (not firm and _ALLOWED.search(body))):
        return ClauseKind.CONDITIONAL
    if _CHECKED.search(body[-24:]) and (asked or re.search(r"たか$|るか$|ないか$", body)):
        return ClauseKind.FINAL_CHECK
    if not firm and _ALLOWED.search(body):
        return ClauseKind.ENCOURAGED
    if not firm and _FIRM.search(body) and re.search(rf"{_USE}|{_ENTER}", body):
        return ClauseKind.CONDITIONAL
    return None


_CASE = re.compile(
    r"(?:(?:生成|作成|利用|使用|活用|掲載|公表)する|用いる|使う|作る|載せる)(?:場合|とき|際)"
)
_SEEN_BY = re.compile(
    r"(?:確認|点検|監修|レビュー|協議|審査)を?(?:受け|経[てた]|通し)|協議(?:の|し)"
)


def _is_case(body: str) -> bool:
    """Return whether somebody must look before a use: «画像を生成する場合は、確認を受ける»."""
    case = _CASE.search(body)
    if case is None or not _SEEN_BY.search(body):
        return False
    return not re.search(_OUTPUT, body[: case.start()])


def _is_limit(body: str) -> bool:
    """Return whether a sentence sets a condition on the use, not a check on what came out."""
    limit = _LIMITED.search(body)
    after = limit is not None and "てから" in limit[0]
    of_output = after and _CHECKED.search(body) and re.search(_OUTPUT, body)
    return _is_case(body) or (limit is not None and not of_output)


def _replied(reply: ClauseKind, rest: ClauseKind | None) -> ClauseKind:
    """Return what «はい、…» or «いいえ、…» says: a condition or a duty in the rest counts more."""
    if rest is ClauseKind.CONDITIONAL or (rest and reply is ClauseKind.ENCOURAGED):
        return rest
    return reply


def is_reply(text: str) -> bool:
    """Return whether a sentence is a bare «いいえ。» or «はい。»."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return any(pattern.fullmatch(folded) for _, pattern in _REPLIES)


def _prohibition(body: str) -> ClauseKind:
    """Return what a prohibition is: of entering or using, of using without leave, or of output."""
    if _WITHOUT.search(body) and not re.search(r"以外", body):
        return ClauseKind.CONDITIONAL
    if _EXCEPTION.search(body) or re.search(r"場合(?:は|に)?のみ", body):
        return ClauseKind.CONDITIONAL
    of_output = re.search(_OUTPUT, body) and not re.search(rf"(?:{_ENTER})", body[-14:])
    return ClauseKind.FINAL_CHECK if of_output else ClauseKind.FORBIDDEN_INPUT


def _asks(body: str, *, asked: bool) -> bool:
    """Return whether a sentence sends people to somebody: «…へ連絡してください», «窓口まで»."""
    if re.search(
        r"(?:まで|へ|あて|宛て?|宛に)(?:お願い\w*|ご?(?:連絡|相談|一報|質問)\w*|\w{0,4}(?:聞い|声)\w*)?(?:ください|下さい)?$",
        body,
    ):
        return bool(_ASK.search(body) or _INCIDENT.search(body) or re.search(r"(?:まで|へ)$", body))
    told = _ASK.search(body)
    if told is None or not asked:
        return False
    first = told[0]
    return not re.match(r"(?:相談|連絡|報告)(?:の上|のうえ|した上|して(?:から|の)|した後)", first)
