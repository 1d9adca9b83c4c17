"""Withdrawn documents that a question asks for by name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.answering.citations import CitationList
from assistant.answering.japanese.words import Topics, named
from assistant.corpus.text import fold
from assistant.domain import AnswerSection, Hit, Kind, Line, Passage, Slot, Source, Status

_ASKS = re.compile(
    r"旧|古い|前の|以前の|廃止|取り下げ|撤回|なくな|無くな|消え|どこ|見たい|まだ|有効"
    r"|使え|版|20\d\d"
)
_SHORTEST = 4
_ABOUT_THE_SAME = 0.66
"""Share of the topic words of a withdrawn title that what is shown instead holds."""
_USED_ALIKE = {
    Kind.STORY: (Kind.STORY, Kind.TEMPLATE),
    Kind.TEMPLATE: (Kind.TEMPLATE, Kind.STORY),
}


def asked_by_name(text: str, withdrawn: Sequence[Source], titles: Iterable[str]) -> list[Source]:
    """Return the withdrawn documents whose title stands in `text`, if no current one fits better.

    A title that a current document carries too counts only where the question asks for the old one.
    """
    question = _bare(fold(text))
    named = [
        source
        for source in withdrawn
        if _is_named(source.title, question)
        or _is_old_rule(source, text)
        or (_ASKS.search(text) and _is_half_named(source.title, question))
    ]
    if not named or _ASKS.search(text):
        return named
    current = {_bare(fold(title)) for title in titles}
    return [one for one in named if not any(_bare(fold(one.title)) in title for title in current)]


_RULE = r"(?:の)?[^、。?]{0,8}(?:ルール|規程|規定|規則|ガイドライン|取り?扱い?|きまり)"
_OLD_RULE = re.compile(rf"(?:旧|古い|昔の|以前の|前の|(?P<year>20\d\d)年度?){_RULE}")


def _is_old_rule(source: Source, text: str) -> bool:
    """«去年の», «2025年のルール»: people do not know what the old rule was called."""
    match = _OLD_RULE.search(text) if source.kind is Kind.RULE else None
    if match is None:
        return False
    year = match["year"]
    return year is None or (source.updated is not None and source.updated.year == int(year))


def _is_named(title: str, question: str) -> bool:
    """Tell whether the title stands in the question, with or without its «(第1.0版)»."""
    names = {_bare(fold(title)), _bare(_ASIDE.sub("", fold(title)))}
    return any(len(name) >= _SHORTEST and name in question for name in names)


def _is_half_named(title: str, question: str) -> bool:
    """«アンケートの集計を10分の1にした話»: most of a long title, word for word."""
    bare = _bare(fold(title))
    same = SequenceMatcher(None, bare, question, autojunk=False).find_longest_match()
    return same.size >= max(_LONG, _MOST_OF_IT * len(bare))


_ASIDE = re.compile(r"\([^()]*\)")
_LONG = 8
"""Characters in one piece."""
_MOST_OF_IT = 0.7


def _bare(text: str) -> str:
    return re.sub(r"[\s「」『』()()・、。:\-]", "", text)


def is_current(source: Source) -> bool:
    """Tell whether a document holds now."""
    return source.status is Status.CURRENT


@dataclass(frozen=True, slots=True)
class Gone:
    """Withdrawn documents that were asked for, and where to look for what holds now."""

    sources: Sequence[Source]
    rules: Sequence[Passage]
    """The clauses of the rule that holds now."""
    hits: Sequence[Hit]
    """Current passages for the question, best first."""

    def section(self, topics: Topics, citations: CitationList) -> AnswerSection:
        """Say since when and why they do not hold, and what holds now."""
        lines = [Line(_told(source)) for source in self.sources]
        for passage in self._instead(topics):
            shown = f"いま見られるのは「{passage.source.title}」です。"
            lines.append(Line(shown, (citations.cite(passage),)))
        return AnswerSection(Slot.DIRECT, "答え", lines=tuple(lines), note=self._rule_now())

    def _rule_now(self) -> str:
        current = [rule.source for rule in self.rules]
        if not current or all(source.kind is not Kind.RULE for source in self.sources):
            return ""
        day = f"({_day(current[0])}更新)" if current[0].updated else ""
        return f"いま有効なのは「{current[0].title}」{day}です"

    def _instead(self, topics: Topics) -> list[Passage]:
        """Return the best current document of the same use for each that is gone."""
        found = (self._successor(source, topics) for source in self.sources)
        return list({one.source.path: one for one in found if one is not None}.values())

    def _successor(self, source: Source, topics: Topics) -> Passage | None:
        words = topics.words(source.title)
        kinds = _USED_ALIKE.get(source.kind, (source.kind,))
        if source.kind is Kind.RULE or not words:
            return None
        return next(
            (
                hit.passage
                for kind in kinds
                for hit in self.hits
                if hit.passage.source.kind is kind
                and named(words, f"{hit.passage.source.title} {hit.passage.text}")
                >= _ABOUT_THE_SAME
            ),
            None,
        )


def _told(source: Source) -> str:
    day = f"({_day(source)}付け)" if source.updated else ""
    reason = source.status_reason.rstrip("。")
    why = f"理由: {reason}。" if reason else "理由は記録されていません。"
    if source.status is Status.SUPERSEDED:
        return f"「{source.title}」{day}は新しいものに置きかわり、今は使われていません。{why}"
    return f"「{source.title}」{day}は取り下げられていて、今は使えません。{why}"


def _day(source: Source) -> str:
    return f"{source.updated:%Y年%-m月%-d日}" if source.updated else ""
