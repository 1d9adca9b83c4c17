"""Names of people: what Sudachi calls 人名, where the words around say it is somebody."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from assistant.answering.guard.famous import is_famous, is_in_tale
from assistant.answering.guard.honoured import find_honoured
from assistant.answering.guard.spans import Span
from assistant.answering.guard.surnames import LABEL, PRIVATE, bare_surnames
from assistant.answering.japanese.vocabulary import vocabulary
from assistant.domain import Category
from assistant.ports import Morpheme

_HONORIFICS = frozenset({"さん", "様", "さま", "氏", "殿", "君", "くん", "ちゃん", "先生", "女史"})
_TITLES = vocabulary(
    """
    社長 副社長 会長 専務 常務 取締役 執行役員 本部長 部長 副部長 次長 課長 係長 班長
    主任 主査 主事 主幹 参事 室長 所長 院長 園長 校長 師長 理事長 事務長 監査役
    支店長 店長 工場長 リーダー マネージャー 医師 看護師 弁護士 税理士 教授 教諭
    社員 職員 先輩 後輩
    """
)
_TITLE = re.compile("|".join(sorted(_TITLES, key=len, reverse=True)))
_OFFICE = re.compile(
    r"(?:社長|専務|常務|部長|次長|課長|係長|主任|主査|室長|店長|院長|園長|先生)(?![一-龠])"
)
"""Titles that stand after a surname that is a place's name too (大和田課長), not after a place."""
_ABOUT_THE_WORD = re.compile(
    r"^という(?:呼び方|呼び名|書き方|言い方|敬称|表現|言葉|名前の(?:ソフト|ツール|機能))"
)
_HEARD = re.compile(
    r"^」(?:[とやか、]「[^」\n]{1,12}」)*[^。「」\n]{0,10}"
    r"(?:聞き分け|聞き間違|書き分け|使い分け|見分け|区別|読み分け)"
)
"""«「くどう」と「くとう」の聞き分け»: names as words."""
_PUBLIC_FIGURE = re.compile(
    r"^(?:さん|氏|先生)?(?:の?『|の(?:名言|詩|言葉|格言|著書|著作|小説|作品|伝記|生涯|戦略|政策|時代|映画|俳句|短歌"
    r"|[^。、]{0,4}哲学|逸話|語録|思想|理論|法則|[一-龠ぁ-んァ-ヶー]{1,8}(?:の要約|のあらすじ))"
    r"|が(?:出[てた]|出演|書いた|著した|遺した|発明した|建てた|描いた)"
    r"|(?:元|前)?(?:首相|総理|大統領|大臣|知事|市長|選手|議員|監督|俳優|歌手|作家|名人|横綱|天皇)"
    r"|(?:みたい|のよう|流|的)(?:な|に)|風(?:な|に|の|で)|に学ぶ|から学ぶ|って(?:何|なに|誰|だれ|どんな|どういう))"
)
"""How one speaks of people whom everybody knows: their works, office or time, or as a likeness."""
_KATAKANA_FULL = re.compile(
    r"(?<![ァ-ヶー])[ァ-ヶー]{2,12}(?:[・= ][ァ-ヶー]{1,12}){1,4}+"
    r"(?=\s?(?:さん|様|さま|氏|殿|先生|くん|ちゃん))"
)
"""グエン・ティ・ホアさん: names with a dot between, before an honorific."""
_HANDLE = re.compile(r"(?<![\w@/.])@([a-z]{2,20}[._-][a-z]{2,20})(?![\w@/(.-])")
"""@given.family: how chats address a person."""

_ROMANISED = re.compile(
    r"\bM[RS]S?\. ?[A-Z]{2,}(?![A-Za-z])"
    r"|\b(?:Dear|Hi|Hello) (?!Sir|All|Team|Customer|Everyone|There)[A-Z][a-z]+(?=,)"
    r"|\b(?:Mr|Ms|Mrs|Miss|Dr)\.? ?[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'-]+)?"
    r"|\b[A-Z][a-z]{2,}(?: [A-Z][a-z]+)?[- ]?(?:san|sama|さん|様|氏)(?![A-Za-z])",
    re.ASCII,
)
_LETTER = re.compile(r"[A-Za-z]{1,2}")
"""«Aさん» is a placeholder already."""


def find_people(
    text: str,
    words: Sequence[Morpheme],
    *,
    colleagues: frozenset[str],
    is_surname: Callable[[str], bool],
) -> Iterator[Span]:
    """Yield people's names in folded `text`; `colleagues` may be called さん in plain matters."""
    private = bool(PRIVATE.search(text))
    runs = [run for run in _name_runs(words) if _is_person(text, words, *run)]
    bare = [(at, at) for at in bare_surnames(text, words, is_surname)]
    for first, last in (*runs, *bare):
        start, end = words[first].start, words[last].end
        if is_famous(text, start, end):
            continue
        if not any(word.famous for word in words[first : last + 1]) and not _LETTER.fullmatch(
            text, start, end
        ):
            known = text[start:end].replace(" ", "") in colleagues
            polite = last + 1 < len(words) and words[last + 1].surface in {"様", "さま", "氏", "殿"}
            if not known or polite or private:
                yield Span(start, end, Category.PERSON)
    for pattern in (_ROMANISED, _KATAKANA_FULL):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), Category.PERSON)
    for match in _HANDLE.finditer(text):
        yield Span(match.start(1), match.end(1), Category.PERSON)
    for span in find_honoured(text, words, is_surname):
        known = text[span.start : span.end].replace(" ", "") in colleagues and not private
        passes = is_in_tale(text, span.start, span.end) or is_famous(text, span.start, span.end)
        if not (known or passes):
            yield span


_SPECIMEN = re.compile(
    r"(?:山田|日本|東京|田中|浦島|桃|金|一寸)太郎|(?:山田|日本|東京)花子"
    r"|Jo(?:hn|e)(?: (?:Doe|Smith))?|Jane(?: Doe)?"
)
"""Names on specimen forms, and of old tales."""
_GIVEN = re.compile(r"(?:太郎|花子|次郎)(?!\s?(?:さん|様|さま|くん|君|ちゃん|氏|先生))")
"""Given names of examples, called by nobody: «花子と太郎の会話»."""
_HONORED = 4
"""Characters behind a name that may honour it."""
_MADE_UP = re.compile(r"^(?:さん|様|氏)?[」』]?(?:\((?:架空|仮名)|という(?:架空|記入例))")


_GREETING = re.compile(
    r"お?(?:つかれ|疲れ|ごくろう|ご苦労|御苦労|ごちそう|待ちどお|互い)(?:さん|さま|様)?"
)


def is_nobody(text: str, start: int, end: int) -> bool:
    """Tell a greeting, a specimen, a made-up person, or whom everybody knows by office or work."""
    rest = text[end : end + 60]
    if _GREETING.fullmatch(text, start, end):
        return True
    given = _GIVEN.match(text, start, end + _HONORED)
    if given and given.end() == end:
        return True
    return is_famous(text, start, end) or bool(
        is_in_tale(text, start, end)
        or _HEARD.match(rest)
        or _SPECIMEN.fullmatch(text, start, end)
        or _MADE_UP.match(rest)
        or _PUBLIC_FIGURE.match(rest)
    )


def _name_runs(words: Sequence[Morpheme]) -> Iterator[tuple[int, int]]:
    """Yield first and last index of each run of name words, a space between them allowed."""
    at = 0
    while at < len(words):
        if not _may_be_name(words[at]):
            at += 1
            continue
        last = at
        while last + 1 < len(words) and _may_be_name(words[last + 1]) and last - at < 3:
            last += 1
        if (
            last + 2 < len(words)
            and words[last + 1].surface.strip() == ""
            and _is_name(words[last + 2])
            and _is_name(words[last])
        ):
            last += 2
        yield at, last
        at = last + 1


def _is_name(word: Morpheme) -> bool:
    return "人名" in word.pos


def _may_be_name(word: Morpheme) -> bool:
    """Place names are surnames too (千葉さん, 石川様)."""
    return _is_name(word) or ("地名" in word.pos and "国" not in word.pos)


def _is_person(text: str, words: Sequence[Morpheme], first: int, last: int) -> bool:
    start, end = words[first].start, words[last].end
    rest = text[end : end + 60]
    honorific = last + 1 < len(words) and words[last + 1].surface in _HONORIFICS
    after = rest[len(words[last + 1].surface) :] if honorific else rest
    if _ABOUT_THE_WORD.match(after) or is_nobody(text, start, end):
        return False
    named = any(_is_name(word) for word in words[first : last + 1])
    if honorific:
        return named or last == first
    if not named and last == first and _OFFICE.match(rest):
        return True
    if not named:
        return False
    if _TITLE.match(rest) and words[last].pos[-1] != "名":
        return True
    if _is_full_name(words[first : last + 1]):
        return True
    return bool(LABEL.search(text[max(0, start - 24) : start]))


_SHORTEST_FULL_NAME = 3
"""Characters: two are mostly an abbreviation that nobody told Sudachi (研終)."""


def _is_full_name(run: Sequence[Morpheme]) -> bool:
    """A surname and then a given name need no honorific; with a blank between, two names do."""
    kinds = [word.pos[-1] for word in run if _is_name(word)]
    if sum(len(word.surface.strip()) for word in run) < _SHORTEST_FULL_NAME:
        return False
    blank = any(not word.surface.strip() for word in run)
    return any(one == "姓" and (two == "名" or blank) for one, two in pairwise(kinds))
