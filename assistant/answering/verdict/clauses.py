"""The current rule as the verdict reads it: clauses, their words, and how they fit a question."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.guard.classes import forbidding_clauses
from assistant.answering.japanese.shortened import katakana, lengthened
from assistant.answering.japanese.vocabulary import GENERAL, widened
from assistant.answering.japanese.words import PROCESS, Meanings, Topics, Word
from assistant.answering.verdict.exclusions import excluded
from assistant.answering.verdict.firm import firm_clauses
from assistant.answering.verdict.fits import Fit, Weighed, Weights, is_holder, is_thing, things
from assistant.answering.verdict.naming import names_class
from assistant.answering.verdict.subjects import clause_kind, subject
from assistant.domain import ClauseKind, Passage

_HALF = 0.5
"""A compound counts when at least half of its weight is in the question (議事メモ ~ 議事録)."""

_PART = 2
_LONG_NAME = 3
_WHOLE_NAME = 0.9
"""Strength where a name of several words stands in both as it is written (報告書)."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question's words, prepared once for all clauses."""

    words: Meanings
    weighed: Weighed
    topic: tuple[Word, ...]
    """Words of the topic, if any of them says more than whose it is."""
    names: frozenset[str]
    """Names of several words, and what means the same."""
    count: int
    """How many names were asked for."""


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
        self._weights = Weights(self._compounds)
        self._classes = forbidding_clauses(rules)
        self._judging = tuple(
            (rule, [self._weights.of(one) for one in things(self._compounds[rule.id])])
            for rule in rules
            if _judges(rule)
        )
        self._firm = firm_clauses(self._rules)
        own = (word for cut in self._compounds.values() for compound in cut for word in compound)
        self._katakana = katakana(own)
        self._fits = lru_cache(maxsize=_REMEMBERED)(self._fitting)

    @property
    def judging(self) -> tuple[Passage, ...]:
        """The clauses that forbid, allow on conditions or encourage, in the order of the rule."""
        return tuple(rule for rule, _ in self._judging)

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
        words = self.full_words(f"{question} {extra}".strip())
        asked = self._asked(words, self._long_names(question))
        named = self._named(question)
        fits = [
            self._fit(rule, things, asked, named=rule.id in named)
            for rule, things in self._judging
            if rule.id in named or self._may_fit(rule, asked)
        ]
        touched = [fit for fit in fits if fit.strength >= _HALF or fit.named or _is_all(fit)]
        return tuple(sorted(touched, key=lambda fit: -fit.score))

    def forbids_use(self, clause: Passage, question: str) -> bool:
        """Tell whether a part of a conditional clause forbids just what is asked.

        «採用の応募書類: 合否の判断には使わず、質問案づくりに使う» forbids a question on 合否の判断.
        """
        asked = [word.form for word in self._topics.words(question)]
        return any(
            all(word.form in asked for word in words)
            for part in excluded(clause.text)
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
            and not is_holder(word)
            and not is_name(word.surface or word.form)
        ]

    def holds_masked(self, clause: Passage) -> bool:
        """Tell whether the rule says of a ban that masking does not lift it."""
        return clause.id in self._firm

    def names_any(self, clause: Passage, words: Sequence[Word]) -> bool:
        """Tell whether a clause is about one of `words`."""
        own = self._own[clause.id]
        return any(own.hold(word) for word in words)

    def shares_way_alone(self, clause: Passage, question: str) -> bool:
        """Tell whether a clause and a question about something share no more than what is done.

        «履歴書の要約» and «論文の要約»; Sudachi takes «レジュメ» for a 要約: what counts is the
        clause's own word.
        """
        if self._long_names(question) & self._phrases[clause.id]:
            return False
        asked = self.full_words(question)
        held = Meanings(asked)
        items = [self._topics.words(item) for item in re.split(r"[、・]", subject(clause))]
        met = [words for words in items if any(held.hold(word) for word in words)]
        shared = [word for words in met for word in words if held.hold(word)]
        return (
            any(is_thing(word) for word in asked)
            and bool(met)
            and all(not is_thing(word) for word in shared)
            and all(any(is_thing(word) for word in words) for words in met)
        )

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

    def shared_parts(self, clause: Passage, other: Passage) -> frozenset[str]:
        """Return how the things begin that two clauses are both about: 議事録, 議事メモ."""
        return self._beginnings(clause) & self._beginnings(other)

    def _beginnings(self, clause: Passage) -> frozenset[str]:
        words = (word for compound in self._compounds[clause.id] for word in compound)
        return frozenset(
            word.surface[:_PART]
            for word in words
            if len(word.surface) >= _PART and word.form not in PROCESS | GENERAL
        )

    def _asked(self, words: Sequence[Word], names: frozenset[str]) -> "_Asked":
        topic = [word for word in words if is_thing(word)]
        things = any(not is_holder(word) for word in topic)
        return _Asked(
            Meanings(words),
            self._weights.of(words),
            tuple(topic) if things else (),
            widened(names, (word.surface for word in topic)),
            max(len(names), 1),
        )

    def _only_holder(self, rule: Passage, asked: "_Asked") -> bool:
        """«社員旅行» and «職員の給与» have only whose it is in common, not what it is."""
        own = self._own[rule.id]
        met = [word for word in asked.topic if own.hold(word)]
        return bool(met) and all(is_holder(word) for word in met)

    def _may_fit(self, rule: Passage, asked: "_Asked") -> bool:
        """Tell whether a clause names anything of the question besides whose it is."""
        own = self._own[rule.id]
        met = any(own.hold(word) for word, _ in asked.weighed.words)
        if not met and asked.names.isdisjoint(self._phrases[rule.id]):
            return False
        return not self._only_holder(rule, asked)

    def _named(self, question: str) -> frozenset[str]:
        """Return ids of clauses that forbid a class which the question names in so many words."""
        return frozenset(
            clause.id
            for category, clause in self._classes.items()
            if names_class(category, question) and clause_kind(clause) is ClauseKind.FORBIDDEN_INPUT
        )

    def _fit(
        self,
        rule: Passage,
        compounds: Sequence[Weighed],
        asked: "_Asked",
        *,
        named: bool,
    ) -> Fit:
        strengths = (one.share(asked.words) * min(1.0, one.total) for one in compounds)
        strength = max(strengths, default=0.0)
        coverage = asked.weighed.share(self._own[rule.id])
        met = asked.names & self._phrases[rule.id]
        if met:
            strength = max(strength, _WHOLE_NAME)
            coverage = max(coverage, min(1.0, len(met) / asked.count))
        return Fit(rule, strength, coverage, named)

    def full_words(self, text: str) -> tuple[Word, ...]:
        """Return the topic words of a question, short forms as the clauses write them in full."""
        return lengthened(self._topics.words(text), self._katakana, is_word=self._topics.is_word)

    def _long_names(self, text: str) -> frozenset[str]:
        """Return names made of several words as they are written: 報告書, 検査規格."""
        single = {word.surface for word in self._topics.words(text)}
        written = (one.surface for one in self._topics.phrases(text))
        return frozenset(one for one in written if len(one) >= _LONG_NAME and one not in single)


def _is_all(fit: Fit) -> bool:
    """The whole question is a word of process, and the clause names it («翻訳に使っていい?»)."""
    return fit.coverage >= 0.99 and fit.strength > 0


def _judges(rule: Passage) -> bool:
    return clause_kind(rule) in {
        ClauseKind.FORBIDDEN_INPUT,
        ClauseKind.CONDITIONAL,
        ClauseKind.ENCOURAGED,
    }
