"""Whether the evidence answers the question: a probability, and the kind of fact asked for."""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.intent import asks_permission
from assistant.answering.words import Word, named
from assistant.domain import Hit, Query, Story, Template


@dataclass(frozen=True, slots=True)
class Features:
    """What the logistic sees of the best hits of one question."""

    coverage: float
    """Best IDF coverage of the question's words among the first hits, 0–1."""
    cosine: float
    """Best cosine; e5's lie in .80–.92."""
    agreement: float
    """1 when the keyword leg's best passage is the dense leg's best too, else 0."""


_BIAS = -3.33
_COVERAGE = 4.15
_COSINE = 22.5
_COSINE_ZERO = 0.86
_AGREEMENT = 0.85
"""Fitted on 110 documents each of JaQuAD, lawqa and debian_faq_ja (141 answerable questions, 150
near misses, 122 unknown; benchmarks/abstention.py) and, three times as heavy, on 57 + 35 short
questions as employees ask them: those sets have few of these, and cosine tells more there."""

THRESHOLD = 0.25
"""Passes 94% of the answerable questions of the sets and 95% of the employees', 7% and 31% of
the unknown ones. What is about something else is left out when the slots are chosen, so that an
answer without a fitting passage abstains all the same."""
TOUCHED_THRESHOLD = 0.15
"""Where a clause of the rule names the task: the topic is the company's own."""

_DEPTH = 5


_TOPIC_TRUST = 0.9
"""How far the topic's nouns stand for the whole question when someone wishes for help: the other
words are complaint («地味にしんどい») and stand in no document."""


def probability(hits: Sequence[Hit], *, topic: Sequence[Word] = ()) -> float:
    """Return the probability (0–1) that the hits answer the question; 0 without hits.

    `topic`: the nouns of a how-to question, whose other words need not be covered.
    """
    if not hits:
        return 0.0
    seen = features(hits)
    held = max(named(topic, _whole(hit)) for hit in hits[:_DEPTH])
    seen = replace(seen, coverage=max(seen.coverage, _TOPIC_TRUST * held))
    dense = _COSINE * (seen.cosine - _COSINE_ZERO) if seen.cosine else 0.0
    x = _BIAS + _COVERAGE * seen.coverage + dense + _AGREEMENT * seen.agreement
    return 1 / (1 + math.exp(-x))


def _whole(hit: Hit) -> str:
    content = hit.passage.content
    task = content.task if isinstance(content, Story | Template) else ""
    return " ".join((hit.passage.source.title, task, *hit.passage.headings, hit.passage.text))


def features(hits: Sequence[Hit]) -> Features:
    """Return the features of a ranked list of hits."""
    top = hits[:_DEPTH]
    keyword = max(top, key=lambda hit: hit.bm25)
    dense = max(top, key=lambda hit: hit.cosine)
    return Features(
        coverage=max(hit.coverage for hit in top),
        cosine=dense.cosine,
        agreement=float(keyword is dense),
    )


@dataclass(frozen=True, slots=True)
class _Fact:
    asked: re.Pattern[str]
    present: re.Pattern[str]


_FACTS = (
    _Fact(
        re.compile(
            r"いくら(?!で)|何円"
            r"|(?:料金|費用|値段|価格|金額|月額|年額)(?:は|って|を(?:教|知)|\?|$)"
        ),
        re.compile(r"\d[\d,.]*\s*(?:万|億)?\s*(?:円|ドル|%)|無料|負担|請求"),
    ),
    _Fact(
        re.compile(r"(?:無料|有料|タダ|ただ)(?:です|なの|か|\?|$)"),
        re.compile(r"無料|有料|\d\s*円|料金|利用料|費用|負担|経費|払"),
    ),
    _Fact(
        re.compile(
            r"(?:作|開発|提供|製造|運営)(?:った|した|して(?:い)?る|元)(?:の)?(?:は)?"
            r".{0,4}(?:会社|企業|メーカー|どこ|だれ|誰|$|\?)|開発元|製造元|ベンダー"
        ),
        re.compile(r"株式会社|\(株\)|[A-Za-z]{3,}社|社製|(?:開発|提供|製造)元"),
    ),
    _Fact(re.compile(r"電話番号|内線|何番"), re.compile(r"\d{3,}")),
    _Fact(
        re.compile(r"(?<![思追])いつ(?!も)|何月|何日|何年|何曜|期限|締め?切り|何時(?!間)"),
        re.compile(
            r"\d+\s*(?:年|月|日|時|:\d\d)|[月火水木金土日]曜|毎[日週月年]|営業日"
            r"|以内|前日|当日|翌|末|ごと|随時|来[週月年]|今[週月年]"
        ),
    ),
    _Fact(re.compile(r"何(?:人|名)|人数"), re.compile(r"\d+\s*(?:人|名)|全社員|全員")),
    _Fact(re.compile(r"何(?:件|社|個|台)"), re.compile(r"\d+\s*(?:件|社|個|台|つ)")),
    _Fact(
        re.compile(r"何(?:分|時間)|どのくらいの時間|所要時間"),
        re.compile(r"\d+\s*(?:分|時間|秒|h)|半日|1日|一日"),
    ),
    _Fact(re.compile(r"何文字|文字数|何(?:MB|GB|ページ|枚)|上限"), re.compile(r"\d")),
    _Fact(re.compile(r"何回|回数"), re.compile(r"\d+\s*回|回数|なんど|何度|制限")),
    _Fact(re.compile(r"何(?:%|パーセント|割)"), re.compile(r"\d\s*(?:%|パーセント|割)")),
)
"""Kinds of fact: how they are asked for, and how a text that holds one looks."""


def lacks_fact(query: Query, texts: Sequence[str]) -> bool:
    """Tell whether the question asks for a kind of fact (price, date, …) that no text holds."""
    question = unicodedata.normalize("NFKC", query.text)
    if asks_permission(question):
        return False
    for fact in _FACTS:
        if fact.asked.search(question):
            return not any(
                fact.present.search(unicodedata.normalize("NFKC", text)) for text in texts
            )
    return False
