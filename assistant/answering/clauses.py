"""The current rule as the verdict reads it: clauses, their words, and how they fit a question."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.guard.classes import VOCABULARY, forbidding_clauses
from assistant.answering.rows import each_of
from assistant.answering.subjects import clause_kind, subject
from assistant.answering.unpublished import is_unpublished
from assistant.answering.vocabulary import HOLDERS
from assistant.answering.words import GENERAL, PROCESS, Meanings, Topics, Word
from assistant.domain import Category, ClauseKind, Passage

_GENERAL_WEIGHT = 0.25
"""Weight of words such as 情報 or 資料 beside a topic word (1.0 and more)."""

_PROCESS_WEIGHT = 0.45
"""Weight of 下書き, 要約: alone they say too little to carry a verdict."""

_HALF = 0.5
"""A compound counts when at least half of its weight is in the question (議事メモ ~ 議事録)."""

_LONG_NAME = 3
_WHOLE_NAME = 0.9
"""Strength where a name of several words stands in both as it is written (報告書)."""

_NOT_FOR = re.compile(
    r"(?:^|[、。::,])([^、。::,]{2,24}?)(?:には|にも|に|は|を|で)?"
    r"(?:使わ|用い|利用し|行わ|任せ|書かせ|描かせ|作らせ|させ|し|頼ら)(?:ない|ず|ません|てはならない|てはいけない)"
)
"""A part that says what something is not for."""

_EXCEPT = re.compile(
    r"(?:^|[。::,|\s])([^。::,|]{2,40}?)(?:は|を)(?:対象外|対象とし|除[くき]|除外)"
)
"""What a condition leaves out: «理事会の記録は対象外»."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a clause fits a question."""

    clause: Passage
    strength: float
    """0–1: how completely its best-matching compound is named by the question."""
    coverage: float
    """0–1: share of the question's topic that the clause names."""
    named: bool = False
    """The question names a class of input that this clause forbids."""

    @property
    def score(self) -> float:
        """Both together, for ranking."""
        return (self.strength + self.coverage) / 2 + (0.5 if self.named else 0.0)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Words and what each weighs."""

    words: tuple[tuple[Word, float], ...]
    total: float

    def share(self, held: Meanings) -> float:
        """Return the share (0–1) of the weight that `held` names."""
        hit = sum(weight for word, weight in self.words if held.hold(word))
        return hit / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question's words, prepared once for all clauses."""

    words: Meanings
    weighed: _Weighed
    topic: tuple[Word, ...]
    """Words of the topic, if any of them says more than whose it is."""


_REMEMBERED = 64
"""Questions whose clauses are kept: one is fitted for its verdict and again for its task."""


class RuleBook:
    """The clauses of one published version with what matching them needs."""

    def __init__(self, rules: Sequence[Passage], topics: Topics) -> None:
        self._topics = topics
        self._rules = tuple(rules)
        self._compounds = {rule.id: topics.subjects(subject(rule)) for rule in rules}
        self._own = {
            rule_id: Meanings(word for compound in cut for word in compound)
            for rule_id, cut in self._compounds.items()
        }
        self._phrases = {rule.id: self._long_names(subject(rule)) for rule in rules}
        self._weights = _inverse_frequency(self._compounds)
        self._classes = forbidding_clauses(rules)
        self._judging = tuple(
            (rule, [self._weighed(one) for one in _things(self._compounds[rule.id])])
            for rule in rules
            if _judges(rule)
        )
        self._fits = lru_cache(maxsize=_REMEMBERED)(self._fitting)

    @property
    def all(self) -> tuple[Passage, ...]:
        """The passages of the rule in its order."""
        return self._rules

    def topic(self, text: str) -> tuple[Word, ...]:
        """Return the topic words of a text."""
        return self._topics.words(text)

    def of(self, kind: ClauseKind) -> tuple[Passage, ...]:
        """Return the clauses of a kind in the order of the rule."""
        return tuple(rule for rule in self._rules if clause_kind(rule) is kind)

    def fits(self, question: str, *, extra: str = "") -> list[Fit]:
        """Return the clauses that the question touches, best first."""
        return list(self._fits(question, extra))

    def _fitting(self, question: str, extra: str) -> tuple[Fit, ...]:
        asked = self._asked(self._topics.words(f"{question} {extra}".strip()))
        named = self._named(question)
        phrases = self._long_names(question)
        fits = [
            self._fit(rule, things, asked, named=rule.id in named, phrases=phrases)
            for rule, things in self._judging
            if rule.id in named or self._may_fit(rule, asked, phrases)
        ]
        touched = [fit for fit in fits if fit.strength >= _HALF or fit.named or _is_all(fit)]
        return tuple(sorted(touched, key=lambda fit: -fit.score))

    def forbids_use(self, clause: Passage, question: str) -> bool:
        """Tell whether a part of a conditional clause forbids just what is asked.

        «採用の応募書類: 合否の判断には使わず、質問案づくりに使う» forbids a question on 合否の判断.
        """
        asked = [word.form for word in self._topics.words(question)]
        parts = _NOT_FOR.findall(clause.text)
        listed = [one for part in (*parts, *_EXCEPT.findall(clause.text)) for one in each_of(part)]
        return any(
            all(word.form in asked for word in words)
            for part in (*parts, *listed)
            if (words := [w for w in self._topics.words(part) if w.form not in PROCESS])
        )

    def hard_words(self, question: str, is_name: Callable[[str], bool]) -> list[Word]:
        """Return what a question is about besides whose it is and names that can be masked."""
        return [
            word
            for compound in self._topics.subjects(question)
            for word in compound
            if word.form not in GENERAL
            and word.form not in PROCESS
            and not _is_holder(word)
            and not is_name(word.surface or word.form)
        ]

    def names_any(self, clause: Passage, words: Sequence[Word]) -> bool:
        """Tell whether a clause is about one of `words`."""
        own = self._own[clause.id]
        return any(own.hold(word) for word in words)

    def names_beyond(self, clause: Passage, question: str, others: Sequence[Passage]) -> bool:
        """Tell whether a clause names something of the question that `others` do not."""
        held = Meanings(word for other in others for word in self._topics.words(other.text))
        topic = [word for word in self._topics.words(question) if not held.hold(word)]
        return self.names_any(clause, topic)

    def alike(self, clause: Passage, other: Passage) -> float:
        """Return how much of a clause's subject another clause names, 0–1."""
        held = self._own[other.id]
        own = [word for compound in self._compounds[clause.id] for word in compound]
        return sum(held.hold(word) for word in own) / max(len(own), 1)

    def _asked(self, words: Sequence[Word]) -> "_Asked":
        topic = [word for word in words if word.form not in GENERAL and word.form not in PROCESS]
        things = any(not _is_holder(word) for word in topic)
        return _Asked(Meanings(words), self._weighed(words), tuple(topic) if things else ())

    def _only_holder(self, rule: Passage, asked: "_Asked") -> bool:
        """«社員旅行» and «職員の給与» have only whose it is in common, not what it is."""
        own = self._own[rule.id]
        met = [word for word in asked.topic if own.hold(word)]
        return bool(met) and all(_is_holder(word) for word in met)

    def _may_fit(self, rule: Passage, asked: "_Asked", phrases: frozenset[str]) -> bool:
        """Tell whether a clause names anything of the question besides whose it is."""
        own = self._own[rule.id]
        met = any(own.hold(word) for word, _ in asked.weighed.words)
        if not met and phrases.isdisjoint(self._phrases[rule.id]):
            return False
        return not self._only_holder(rule, asked)

    def _named(self, question: str) -> frozenset[str]:
        """Return ids of clauses that forbid a class which the question names in so many words."""
        return frozenset(
            clause.id
            for category, clause in self._classes.items()
            if _names(category, question) and clause_kind(clause) is ClauseKind.FORBIDDEN_INPUT
        )

    def _fit(
        self,
        rule: Passage,
        compounds: Sequence["_Weighed"],
        asked: "_Asked",
        *,
        named: bool,
        phrases: frozenset[str],
    ) -> Fit:
        strengths = (one.share(asked.words) * min(1.0, one.total) for one in compounds)
        strength = max(strengths, default=0.0)
        coverage = asked.weighed.share(self._own[rule.id])
        met = phrases & self._phrases[rule.id]
        if met:
            strength = max(strength, _WHOLE_NAME)
            coverage = max(coverage, len(met) / len(phrases))
        return Fit(rule, strength, coverage, named)

    def _long_names(self, text: str) -> frozenset[str]:
        """Return names made of several words as they are written: 報告書, 検査規格."""
        single = {word.surface for word in self._topics.words(text)}
        written = (one.surface for one in self._topics.phrases(text))
        return frozenset(one for one in written if len(one) >= _LONG_NAME and one not in single)

    def _weighed(self, words: Iterable[Word]) -> "_Weighed":
        weights = tuple((word, self._weight(word)) for word in words)
        return _Weighed(weights, sum(weight for _, weight in weights))

    def _weight(self, word: Word) -> float:
        if word.form in GENERAL:
            return _GENERAL_WEIGHT
        if word.form in PROCESS:
            return _PROCESS_WEIGHT
        return self._weights.get(word.form, 1.0)


def _is_holder(word: Word) -> bool:
    return word.form in HOLDERS or word.surface in HOLDERS


def _is_somebody(compound: Sequence[Word]) -> bool:
    whole = "".join(word.surface for word in compound)
    return whole in HOLDERS or all(_is_holder(word) for word in compound)


def _things(compounds: Sequence[Sequence[Word]]) -> Sequence[Sequence[Word]]:
    """Return what a clause is about; whose it is only where it names nothing else."""
    return [one for one in compounds if not _is_somebody(one)] or compounds


def _is_all(fit: Fit) -> bool:
    """The whole question is a word of process, and the clause names it («翻訳に使っていい?»)."""
    return fit.coverage >= 0.99 and fit.strength > 0


_CALL = re.compile(r"電話(?:の(?!番号)|応対|対応|メモ|会議|口|で|する|した|して)")
"""A call, not a number to call."""
_ALSO_NAMES = {
    Category.PERSON: re.compile(r"名簿|名刺|署名|宛名リスト"),
    Category.COMPANY: re.compile(r"名刺"),
    Category.CARD: re.compile(r"クレカ"),
}
"""Records that hold a class without naming it (general Japanese)."""


def _names(category: Category, question: str) -> bool:
    if category is Category.UNPUBLISHED_FIGURE and is_unpublished(question):
        return True
    text = _CALL.sub("", question)
    also = _ALSO_NAMES.get(category)
    return bool(VOCABULARY[category].exact.search(text) or (also and also.search(text)))


def _judges(rule: Passage) -> bool:
    return clause_kind(rule) in {
        ClauseKind.FORBIDDEN_INPUT,
        ClauseKind.CONDITIONAL,
        ClauseKind.ENCOURAGED,
    }


def _inverse_frequency(
    compounds: Mapping[str, Iterable[Sequence[Word]]],
) -> dict[str, float]:
    """IDF over clauses, ln(1 + (N − n + .5) / (n + .5)), scaled so that a rare word weighs 1."""
    counts = Counter(
        form
        for cut in compounds.values()
        for form in {word.form for compound in cut for word in compound}
    )
    total = len(compounds)
    top = math.log(1 + (total - 0.5) / 1.5) or 1.0
    return {
        form: min(1.0, math.log(1 + (total - n + 0.5) / (n + 0.5)) / top)
        for form, n in counts.items()
    }
