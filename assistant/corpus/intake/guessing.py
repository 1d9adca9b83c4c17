"""What a new file seems to be: its kind and its department, with the reason that is shown."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from assistant.corpus.kinds import KIND_NAMES, KIND_WORDS
from assistant.corpus.loading import cleaned, own_fields
from assistant.corpus.measures import find_change, find_measures
from assistant.corpus.metadata import Metadata
from assistant.corpus.passages import passages_of
from assistant.corpus.sections import title_of
from assistant.corpus.text import fold
from assistant.corpus.yamlfile import YamlText, YamlValue
from assistant.domain import Block, Clause, Company, FaqPair, Kind, Source, Story, Template
from assistant.ports import Reader

_C = TypeVar("_C", FaqPair, Story, Template, Clause)

_NAMED: Sequence[tuple[Kind, re.Pattern[str]]] = (
    (Kind.FAQ, re.compile(r"faq|よくある(?:ご)?質問|q&a|質疑")),
    (
        Kind.STORY,
        re.compile(
            r"事例|体験談|導入例|活用例|(?:^|[_\-])(?:case|story|stories)|"
            r"[ぁ-ん]{0,2}[いえきけげしせっべめりれん][ただ]話(?![しすさせそ題])"
        ),
    ),
    (Kind.TEMPLATE, re.compile(r"テンプレ|ひな形|雛形|ひながた|プロンプト集|template")),
    (
        Kind.MANUAL,
        re.compile(r"マニュアル|手引|手順|ガイド(?!ライン)|研修|テキスト|manual|guide(?!line)"),
    ),
    (Kind.RULE, re.compile(r"ルール|規程|規定|ガイドライン|ポリシー|rule|policy|guideline")),
)
"""General Japanese and English words for the kinds; the first that stands in title or name wins."""
_STORY_LENGTH = 3_000
"""Characters: the longest story of the sample company has a third of it."""
_LEAST_PAIRS = 2
_PART = re.compile(r"(?<!は)[、,]|[。!?\n]")
"""Where one part of a sentence ends; «いまは、40分です» is one."""
_PAST = re.compile(
    r"(?:かか|要し|費やし|取られ|かけ|使っ)\w{0,2}(?:た|て(?:い|お)?(?:まし)?た|てい(?:たの|て))|"
    r"(?:以前|これまで|今まで|いままで|従来|昔)は"
)
_NOW = re.compile(
    r"(?:いま|今|現在|最近)(?:は|では|だと)|"
    r"[でに](?:終わ|済|すむ|すみ|でき|なり|なっ|減|短縮|縮|収ま|おさま)"
)
"""How somebody tells a time before and one after; general Japanese."""
_OPENING = 200
"""Characters in which someone who tells a story says where they work."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a file seems to be, to be confirmed by a person."""

    kind: Kind
    department: str = ""
    why: str = ""


def guess(path: Path, reader: Reader, company: Company) -> Guess:
    """Return the guess for the file at `path`. Raises DocumentError and YamlError as readers do."""
    told = own_fields(path)
    extract = cleaned(reader.read(path))
    title = _text(told, "title") or title_of(extract.blocks) or extract.title or path.stem
    kind, why = _kind(told, fold(f"{path.stem} {title}"), extract.blocks, company)
    if _told_department(told):
        return Guess(kind, why=f"{why}。")
    department, where = _department(f"{path.stem} {title}", company), "名前"
    if not department and kind is Kind.STORY:
        opening = "\n".join(block.text for block in extract.blocks)[:_OPENING]
        department, where = _department(opening, company), "書き出し"
    place = f"部署は、{where}に「{department}」とあります。" if department else ""
    return Guess(kind, department, f"{why}。{place}")


def _kind(
    told: Mapping[str, YamlValue], names: str, blocks: Sequence[Block], company: Company
) -> tuple[Kind, str]:
    written = KIND_WORDS.get(fold(_text(told, "kind")))
    if written is not None:
        return written, f"ファイルに、種類は{KIND_NAMES[written]}と書いてあります"
    if "before" in told or "after" in told:
        return Kind.STORY, "before と after が書いてあるので、活用事例と見ました"
    for kind, pattern in _NAMED:
        match = pattern.search(names)
        if match:
            return kind, f"名前に「{match[0].strip('_-')}」とあるので、{KIND_NAMES[kind]}と見ました"
    return _by_content(blocks, company)


def _by_content(blocks: Sequence[Block], company: Company) -> tuple[Kind, str]:
    """Cut the text as each kind would, and see which finds what it looks for."""
    pairs = _found(Kind.FAQ, FaqPair, blocks, company)
    if len(pairs) >= _LEAST_PAIRS:
        return Kind.FAQ, f"質問と回答の組が{len(pairs)}つあるので、FAQと見ました"
    text = "\n".join(block.text for block in blocks)
    stories = [
        one for one in _found(Kind.STORY, Story, blocks, company) if one.before and one.after
    ]
    if stories and (len(text) <= _STORY_LENGTH or len(stories) > 1 or find_change(text)):
        return Kind.STORY, "使う前と後の時間が書いてあるので、活用事例と見ました"
    if len(text) <= _STORY_LENGTH and _tells_of_time_saved(text):
        return (
            Kind.STORY,
            "前にかかっていた時間と、いまの時間が語られているので、活用事例と見ました",
        )
    if any(one.slots for one in _found(Kind.TEMPLATE, Template, blocks, company)):
        return Kind.TEMPLATE, "【 】の書きかえる所があるので、テンプレートと見ました"
    clauses = Counter(one.clause for one in _found(Kind.RULE, Clause, blocks, company))
    if len(clauses) >= 3 and len(text) <= _STORY_LENGTH * 2:
        return Kind.RULE, "禁止や条件の項目が並んでいるので、ルールと見ました"
    return Kind.MANUAL, "ほかの種類の特徴がないので、マニュアルと見ました"


def _tells_of_time_saved(text: str) -> bool:
    """Return whether somebody tells a time that it took once, and then a shorter one of today."""
    once = timedelta()
    for part in _PART.split(text):
        times = [one.duration for one in find_measures(part) if one.duration]
        if times and _NOW.search(part) and min(times) < once:
            return True
        if times and _PAST.search(part):
            once = max(once, *times)
    return False


def _found(kind: Kind, content: type[_C], blocks: Sequence[Block], company: Company) -> list[_C]:
    cut = passages_of(blocks, Metadata(Source("", "", kind)), company)
    return [one.content for one in cut.passages if isinstance(one.content, content)]


def _department(text: str, company: Company) -> str:
    """Return the one department that a text names; "" where it names none or several."""
    words = {
        fold(word): department.name
        for department in company.departments
        for word in (department.name, *department.aliases)
        if len(word) > 1
    }
    rest, found = fold(text), set()
    for word in sorted(words, key=len, reverse=True):  # 営業企画部 is not 営業 too
        if word in rest:
            found.add(words[word])
            rest = rest.replace(word, " ")
    return found.pop() if len(found) == 1 else ""


def _told_department(told: Mapping[str, YamlValue]) -> bool:
    return "department" in told or "departments" in told


def _text(told: Mapping[str, YamlValue], name: str) -> str:
    value = told.get(name)
    return value.text if isinstance(value, YamlText) else ""
