"""Bans whose reason a question says is gone: masked, agreed to, published."""

import re
from collections.abc import Sequence

from assistant.answering.guard.classes import VOCABULARY
from assistant.answering.japanese.vocabulary import HOLDERS
from assistant.answering.japanese.words import Word
from assistant.answering.verdict.broken import denies
from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.fits import Fit
from assistant.answering.verdict.subjects import clause_kind, subject
from assistant.domain import Category, ClauseKind, Hit, Passage

_MASKED = re.compile(
    r"(?<!まだ)(?<!には)伏せ(?:字|た|て|る|れば|とけば|ます|済)|匿名|マスク(?:し|済|すれ)|黒塗り|仮名"
    r"|消した|消して(?!もら|くれ)|消せば|削除し(?:た|て|ま)|除いた|除いて|置き[かき換]え"
    r"|(?:[A-Z](?:[一-龠]{1,3}|さん)?|イニシャル|記号)に(?:し|変え|替え|置)"
)
_AGREED = re.compile(
    r"(?:了解|許可|承認|同意|了承|OK|オーケー)(?:を|は|も)?(?:取|と|得|もら|いただ|済"
    r"|あり|出て)|合意済"
)
_ON_CONSENT = re.compile(r"了解|許可|承認|同意|了承|承諾|無断")
"""A ban on what is done without consent; a boss's consent lifts no other ban."""
_PUBLISHED = re.compile(
    r"(?:公表|発表|公開|開示)(?:済|され|した(?:あと|後)?)|もう(?:公表|発表|公開)"
    r"|プレスリリース済|一般に公開"
)
_SEEN_BY_ALL = re.compile(
    r"(?:ネット|サイト|HP|ホームページ|新聞|官報|カタログ)に(?:も)?(?:載って|出て|あ[るっ])"
    r"|(?:誰|だれ)でも(?:読め|見られ|見れ)|世に出(?:て(?:い)?る|た)"
)
"""The same in the words of every day, as questions put it."""
_BEFORE_PUBLIC = re.compile(
    r"公表前|未公表|未発表|未公開|発表前|公開前|公表していない|公開していない"
)
_WHO = re.compile(r"宛名|相手|差出人|個人が?(?:分か|わか|特定)")
_MASKABLE = re.compile(r"伏せ|匿名|置き[かき換]|消し|削除|マスク|仮名|除い")

_CLEAR = 0.9
_UNMASKABLE = (
    Category.MY_NUMBER,
    Category.CARD,
    Category.BANK_ACCOUNT,
    Category.SECRET,
    Category.SOURCE_CODE,
    Category.UNPUBLISHED_FIGURE,
    Category.CONFIDENTIAL_TERM,
)
"""Classes that leaving out a name does not make harmless."""


_MARKS_OF_SOMEBODY = (
    r"[^、。\s をはもの]{0,6}(?:名|氏名|名前|電話番号|番号|住所|アドレス|連絡先|宛名|金額|品番|日時"
    r"|生年月日)"
)
_THING = r"[^、。\s をはもの]{1,12}"
_NOT_LEFT_SO = r"(?!な|い?ない|へん|おらん)"
"""Behind «消して»: «ない», and what people say for it."""
_TAKES_OUT = "|".join(
    (
        rf"(?:(?:消|削除|隠|外|はず|塗りつぶ|(?<![だ分付わ])け)し|(?<!切り)(?:(?<!だけ)抜|ぬ|除)い|空け)(?:た(?!ま)|て{_NOT_LEFT_SO}(?!もら|渡|くれ|って)|と)",
        r"(?:消|削除|隠|外|はず|塗りつぶ)(?:しま[しす]|せば)|(?:抜|ぬ|除)(?:けば|きま[しす]|く(?:つもり|ので|から))",
        r"(?<!まだ)(?<!には)伏せ(?!ず|な|ん)|除[いけき]|(?:匿名|空欄|空白|白紙|仮名|記号)に(?!せ)|(?:マスク|ぼか)し(?!な)|モザイク(?:を)?(?:かけ|入れ|し)|黒塗り",
        r"(?:入れ|書か|出さ|含め|残さ)(?:ず|ない(?!まま)|なけれ|ん(?:で|と|から|けん|けど|なら|かっ|[。、\s]))",
        r"抜き(?:で|なら|に|の)|(?<!おは)(?<!こ)(?:なし|無し)(?:で|なら|やった|だった|\s)",
        r"(?:置き[かき換]え|(?:「[^」]{1,8}」|[A-Z](?:[0-9]|[一-龠]{1,3}|さん)?)に(?:[変替]え|し))(?:た|て(?!な|い?ない)|ま|れば)",
    )
)
_TAKEN_OUT = re.compile(
    rf"(?:(?>{_THING}?(?:と|や|か|も|・|及び|および))|(?>(?:{_MARKS_OF_SOMEBODY})、)){{0,8}}"
    rf"{_THING}(?:を|は|も|だけ|さえ)?"
    rf"(?=(?:いっさい|一切|全部|すべて|全て|ぜんぶ|ちゃんと|先に)?(?:{_TAKES_OUT}))"
)
"""Parts of a list are taken one by one and never cut anew: «ととと…» would take for ever."""


def says_taken_out(text: str) -> bool:
    """Tell whether a question says that something was left out or masked: «店の名は消した»."""
    return bool(_MASKED.search(text) or _TAKEN_OUT.search(text))


def left_of(text: str, book: RuleBook) -> str:
    """Return the question without what it says is taken out, if it names anything else.

    «名前と口座を伏せれば苦情の記録を入れていい?» asks about 苦情の記録.
    """
    left = _TAKEN_OUT.sub("", text)
    if left == text or not any(map(_is_thing, book.topic(_MASKED.sub("", left)))):
        return text
    return left


def _is_thing(word: Word) -> bool:
    """A word for what something is, not for whose."""
    return len(word.surface) > 1 and not {word.surface, word.form} & HOLDERS


def without_met(
    fits: Sequence[Fit], text: str, book: RuleBook, hits: Sequence[Hit], *, left: str = ""
) -> list[Fit]:
    """Drop forbidden clauses whose reason the question says is gone, and nothing else.

    Masked, or agreed where the ban is on doing it without: clauses about who somebody is, unless
    the question names what masking does not mend (a password, a drawing). Then a conditional
    clause that speaks of masking applies.
    Published: clauses about what is not published yet; what the rule says of published
    information applies instead, weaker than any other ban that the question meets.
    `left`: the question without what it says is taken out.
    """
    mendable = not denies(text) and not _names_hard_class(left or text)
    masked = mendable and bool(_MASKED.search(text))
    agreed = mendable and bool(_AGREED.search(text))
    published = _says_published(text) and not _BEFORE_PUBLIC.search(text)
    rest = book.hard_words(left, _only_names) if left and left != text else []
    kept = [
        fit
        for fit in fits
        if not _is_met(
            fit,
            mended=(masked or (agreed and bool(_ON_CONSENT.search(fit.clause.text))))
            and not book.names_any(fit.clause, rest)
            and not book.holds_masked(fit.clause),
            published=published,
        )
    ]
    gone = [fit.clause for fit in fits if fit not in kept]
    if published and not any(_is_clear_condition(fit) for fit in kept):
        kept += _on_published(kept, text, book)
    if gone and (masked or agreed) and not any(map(_is_condition, kept)):
        bare = _MASKED.sub("", text)
        kept = [fit for fit in kept if book.names_beyond(fit.clause, bare, gone)]
        kept += [] if book.hard_words(bare, _only_names) else _masking(book, hits, gone)
    return kept


_ONLY_PUBLIC = re.compile(r"[((][^()()]*公[開表][^()()]*[))]")


def is_open(clause: Passage, text: str) -> bool:
    """Tell whether an encouraged use is held to what is public, which the question says it is.

    «翻訳(公開情報に限る)» and «公開情報の英訳»; other conditions of the clause still count.
    """
    encouraged = clause_kind(clause) is ClauseKind.ENCOURAGED
    if not encouraged or not _ONLY_PUBLIC.search(clause.text) or _BEFORE_PUBLIC.search(text):
        return False
    bare = _ONLY_PUBLIC.sub("", clause.text)
    return bool(_SAYS_PUBLIC.search(text)) and not re.search(r"条件|に限|のみ|たうえで", bare)


_SAYS_PUBLIC = re.compile(r"公[開表](?:され|済|情報|資料|の|して(?:いる|る|あ))")


def _on_published(kept: Sequence[Fit], text: str, book: RuleBook) -> list[Fit]:
    """Return what the rule says of published information, weaker than a ban in `kept`."""
    banned = any(clause_kind(fit.clause) is ClauseKind.FORBIDDEN_INPUT for fit in kept)
    weight = 0.6 if banned else 0.9
    open_to_all = (*book.of(ClauseKind.CONDITIONAL), *book.of(ClauseKind.ENCOURAGED))
    met = [one for one in open_to_all if _is_on_published(one)]
    met.sort(key=lambda one: -sum(book.names_any(one, [word]) for word in book.topic(text)))
    return [Fit(one, weight, weight) for one in met[:1]]


def _is_condition(fit: Fit) -> bool:
    return clause_kind(fit.clause) is ClauseKind.CONDITIONAL


def _is_clear_condition(fit: Fit) -> bool:
    return _is_condition(fit) and fit.strength >= _CLEAR


def _only_names(word: str) -> bool:
    return any(
        VOCABULARY[category].exact.search(word) for category in (Category.PERSON, Category.COMPANY)
    )


def _masking(book: RuleBook, hits: Sequence[Hit], gone: Sequence[Passage]) -> list[Fit]:
    """Return the clause on masking that fits best, by words with the ban, then by meaning."""
    near = {hit.passage.id: hit.cosine for hit in hits}
    masking = [one for one in book.of(ClauseKind.CONDITIONAL) if _masks(one)]

    def fit(one: Passage) -> tuple[float, float]:
        return (book.alike(one, gone[0]), near.get(one.id, 0.0))

    return [Fit(one, 1.0, 1.0) for one in sorted(masking, key=fit, reverse=True)[:1]]


def _is_met(fit: Fit, *, mended: bool, published: bool) -> bool:
    text = fit.clause.text
    if clause_kind(fit.clause) is not ClauseKind.FORBIDDEN_INPUT:
        return False
    if published and _BEFORE_PUBLIC.search(text):
        return True
    return mended and any(
        VOCABULARY[category].exact.search(text) or VOCABULARY[category].wider.search(text)
        for category in (Category.PERSON, Category.COMPANY)
    )


def _names_hard_class(text: str) -> bool:
    return any(VOCABULARY[category].exact.search(text) for category in _UNMASKABLE)


def _masks(clause: Passage) -> bool:
    named = VOCABULARY[Category.PERSON].exact, VOCABULARY[Category.COMPANY].exact, _WHO
    return bool(_MASKABLE.search(clause.text)) and any(one.search(clause.text) for one in named)


def _says_published(text: str) -> bool:
    return bool(_PUBLISHED.search(text) or _SEEN_BY_ALL.search(text))


def _is_on_published(clause: Passage) -> bool:
    """Tell whether a clause is about what is published, not only held to it."""
    return bool(_PUBLISHED.search(subject(clause))) and not _BEFORE_PUBLIC.search(clause.text)
