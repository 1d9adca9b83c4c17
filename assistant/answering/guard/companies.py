"""Names of other companies: 株式会社…, …社, …工業 with an honorific."""

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.answering.guard.spans import Span
from assistant.answering.guard.trades import find_trades
from assistant.answering.japanese.vocabulary import vocabulary
from assistant.domain import Category
from assistant.ports import Morpheme

FORM = re.compile(
    r"(?:株式|有限|合同|合資|合名|相互)会社|\((?:株|有|同|資|医|社|財|学)\)|(?<![0-9一-龠(])[株有]\)"
    r"|(?:一般|公益)?(?:社団|財団)法人|(?:医療|学校|社会福祉|特定非営利活動|宗教)法人"
)
"""Legal forms of 会社法 and the corporation laws; NFKC has turned ㈱ into (株)."""

_PUBLIC_MAKERS = vocabulary(
    """
    openai microsoft google anthropic meta amazon
    apple ibm oracle adobe nvidia deepl notion
    """
)
"""Makers of AI tools: a question names them as tools, not as customers."""
_KIND_WORDS = vocabulary(
    """
    制度 形態 形式 設立 法 登記 組織 名 数 名義 経営 全般 法人 一覧
    """
)
_PLACE = re.compile(r"所|店|行|堂|屋|社|院|園|館|舎|組|会|局|庫|業|園|苑|軒")
"""One-letter endings that Sudachi splits off."""
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&.'-]+$")
_KATAKANA = re.compile(r"[ァ-ヶー・]{2,}$")


_FOREIGN = re.compile(
    r"\b(?P<name>[A-Z][\w&.'-]{0,30}(?: [A-Z&][\w&.'-]{0,30}){0,4}),? "
    r"(?:Co\.,? ?Ltd\.?|Inc\b\.?|Corp\b\.?|Corporation\b|LLC\b|LLP\b|GmbH\b|Ltd\b\.?|Limited\b"
    r"|PLC\b|Pte\.? Ltd\.?|B\.V\.|S\.A\.|S\.p\.A\.|K\.K\.|AG\b)",
    re.ASCII,
)
"""Legal forms abroad."""
_PARTNER = re.compile(
    r"(?:取引先|得意先|仕入先|仕入れ先|発注先|納入先|納品先|委託先|外注先|提携先|競合|ベンダー|代理店"
    r"|販売店|特約店|商社|親会社|子会社|下請け?|元請け?|客先|例)(?:の|である|、|「|\(|は|\s)"
)
"""What one calls a company that is not one's own."""
_AFTER_NAME = re.compile(r"\s?(?:から|と|の|に|へ|が|より|向け|宛|あて|との|への|さん|様|社|」|\))")


def find_companies(text: str, words: Sequence[Morpheme]) -> Iterator[Span]:
    """Yield company names in folded `text`."""
    starts = {word.start: index for index, word in enumerate(words)}
    ends = {word.end: index for index, word in enumerate(words)}
    for form in FORM.finditer(text):
        if form.end() in starts:
            yield from _after_form(words, form, starts[form.end()])
        if form.start() in ends:
            yield from _before_form(words, form, ends[form.start()])
    yield from find_trades(text, words)
    yield from _with_sha(words)
    yield from _compounds(words)
    yield from _foreign(text)
    yield from _after_partner(text, words, starts)


def _foreign(text: str) -> Iterator[Span]:
    for match in _FOREIGN.finditer(text):
        if match["name"].split()[0].lower() not in _PUBLIC_MAKERS:
            yield Span(match.start(), match.end(), Category.COMPANY)


def _after_partner(
    text: str, words: Sequence[Morpheme], starts: Mapping[int, int]
) -> Iterator[Span]:
    """«取引先の…»: a name follows if it holds a proper noun or a word that nobody knows."""
    for partner in _PARTNER.finditer(text):
        first = last = starts.get(partner.end(), len(words))
        while last < len(words) and last - first < 6 and _is_part(words[last]):
            last += 1
        name = words[first:last]
        if not name or name[0].surface in _KIND_WORDS:
            continue
        odd = (
            len(name) <= 3
            and _odd_name(name)
            and _AFTER_NAME.match(text[name[-1].end : name[-1].end + 4])
        )
        if odd or any(_is_named(word) for word in name):
            yield Span(name[0].start, name[-1].end, Category.COMPANY)


def _is_named(word: Morpheme) -> bool:
    return word.known and "固有名詞" in word.pos and "地名" not in word.pos


def _odd_name(name: Sequence[Morpheme]) -> bool:
    return any(not word.known and len(word.surface) > 1 for word in name)


def _after_form(words: Sequence[Morpheme], form: re.Match[str], first: int) -> Iterator[Span]:
    if not words[first].surface.strip() and first + 1 < len(words):
        first += 1
    last = first
    while last < len(words) and last - first < 8 and _is_part(words[last]):
        last += 1
    name = words[first:last]
    if name and not (len(name) <= 2 and name[0].surface in _KIND_WORDS):
        yield Span(form.start(), name[-1].end, Category.COMPANY)


def _before_form(words: Sequence[Morpheme], form: re.Match[str], last: int) -> Iterator[Span]:
    first = last
    while first >= 0 and last - first < 8 and _is_part(words[first]):
        first -= 1
    name = words[first + 1 : last + 1]
    if name and any(_is_proper(word) or "普通名詞" in word.pos for word in name):
        yield Span(name[0].start, form.end(), Category.COMPANY)


def _odd(name: Sequence[Morpheme]) -> bool:
    return any(_KATAKANA.match(word.surface) or not word.known for word in name)


def _with_sha(words: Sequence[Morpheme]) -> Iterator[Span]:
    """«サンライズ社», but not 自社, 新聞社 or the placeholder «A社»."""
    for index in range(1, len(words)):
        if words[index].surface != "社":
            continue
        before = words[index - 1]
        if "数詞" in before.pos:
            continue
        latin = bool(_LATIN.match(before.surface)) and before.surface.lower() not in _PUBLIC_MAKERS
        if latin or _KATAKANA.match(before.surface) or _is_proper(before):
            first = index - 1
            while (
                first > 0
                and words[first - 1].end == words[first].start
                and (_odd([words[first - 1]]) or _LATIN.match(words[first - 1].surface))
            ):
                first -= 1
            yield Span(words[first].start, words[index].end, Category.COMPANY)


def _compounds(words: Sequence[Morpheme]) -> Iterator[Span]:
    """«セブンリーフ様»: a name put together in katakana or Latin, politely called."""
    for last in range(1, len(words) - 1):
        if words[last + 1].surface not in {"様", "さま", "御中"}:
            continue
        first = last
        while first >= 0 and last - first < 4 and _is_katakana(words, first, last):
            first -= 1
        if last - first >= 2:
            yield Span(words[first + 1].start, words[last].end, Category.COMPANY)


def _is_katakana(words: Sequence[Morpheme], at: int, last: int) -> bool:
    joined = at == last or words[at].end == words[at + 1].start
    surface = words[at].surface
    return joined and bool(_KATAKANA.match(surface) or _LATIN.match(surface))


_TAILS = frozenset({"あて", "宛", "宛て", "向け", "側", "行き", "担当", "担当者"})


def _is_part(word: Morpheme) -> bool:
    """Tell whether a word may belong to a company's name."""
    if word.surface in _TAILS or "数詞" in word.pos:
        return False
    prefix = word.pos[0] == "接頭辞" and word.surface != "御"
    joint = word.surface in {"・", "&", "ー"}
    return word.pos[0] == "名詞" or joint or prefix or _is_place_suffix(word)


def _is_place_suffix(word: Morpheme) -> bool:
    """所, 店, 行, 堂: what a company's name ends with; not さん, 様 or 宛."""
    return word.pos[:2] == ("接尾辞", "名詞的") and bool(_PLACE.fullmatch(word.surface))


def _is_proper(word: Morpheme) -> bool:
    if not word.surface.strip() or (word.surface.isascii() and len(word.surface) < 2):
        return False
    return "固有名詞" in word.pos or not word.known
