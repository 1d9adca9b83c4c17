"""From the words of every day to those of the rule, by way of the company's own tasks.

«金曜の夜に今週なにしたっけってなる» finds a story whose task is 週報; the rule names 週報.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import islice

from assistant.answering.japanese.words import PROCESS, TRANSFORMS, Topics, Word, of_other_use
from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.fits import Fit
from assistant.answering.verdict.subjects import clause_kind, subject
from assistant.corpus.text import fold
from assistant.domain import ClauseKind, Hit, Passage, Story, Template

_MAKING = PROCESS - TRANSFORMS
_DEPTH = 8
"""Stories and templates that are looked at, best first."""
_FALL = 0.1
"""Score behind the best by which a story or template counts e times less: .05–.1 found the clause
of 94 in 132 wordings of how-to questions, .2 of 82, .4 of 78 (eval/suites, cross-validated)."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a clause, each 0–1 or a little more."""

    named: float
    """How completely the question names the clause's subject."""
    task: float
    """How completely the tasks that the question finds name it."""
    told: float
    """How much of the clause the stories and templates found say in its own words."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The clause that a question is most likely to fall under."""

    clause: Passage
    probability: float
    """0–1: that it is this one, not none."""
    task: str
    """The task by which it was found, in the company's words; empty if by the question's own."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """How a story or template speaks of a clause: by its task, in its text."""

    task: float
    told: float
    otherwise: bool = False
    """Its task does with its thing what the clause does not name."""


_LEAST = 0.25
"""How far the question or the tasks found must name a clause: words in the text are chance."""

WEIGHTS = Signs(named=3.33, task=4.01, told=1.93)
BIAS = 3.70
"""Conditional logit over the clauses and none, on the how-to questions of the suites and of an
invented city; each found 72% of the clauses of the other's share left out, 2% were another kind."""


class Bridge:
    """Finds the clause for a wish, with what is known of a version's stories and templates."""

    def __init__(self, book: RuleBook, topics: Topics, templates: Iterable[Passage] = ()) -> None:
        """Read nothing yet: a story is looked at when it is found first, and remembered.

        `templates`: those that stories name by their path.
        """
        self._book = book
        self._permits = tuple(one for one in book.judging if _permits(one))
        self._words = {one.id: topics.words(one.text) for one in self._permits}
        self._titles = {one.source.path: one.source.title for one in templates}
        self._rarity = _rarity(self._words)
        self._said: dict[str, Mapping[str, _Spoken]] = {}

    def meaning(self, question: str, hits: Sequence[Hit]) -> Meaning | None:
        """Return the likeliest clause for a question and what search found; None without any."""
        signs = {
            one: each
            for one, each in self.signs(question, hits).items()
            if max(each.named, each.task) >= _LEAST
        }
        if not signs:
            return None
        worth = {
            one: sum(w * s for w, s in zip(astuple(WEIGHTS), astuple(each), strict=True))
            for one, each in signs.items()
        }
        met = (one for one in self._permits if one.id in worth)
        clause = max(met, key=lambda one: worth[one.id])
        own = WEIGHTS.named * signs[clause.id].named >= WEIGHTS.task * signs[clause.id].task
        task = "" if own else self._task(clause, hits)
        return Meaning(clause, 1 / (1 + math.exp(BIAS - worth[clause.id])), task)

    def signs(self, question: str, hits: Sequence[Hit]) -> dict[str, Signs]:
        """Return what speaks for each clause, by its id."""
        named = {fit.clause.id: min(fit.strength, 1.0) for fit in self._book.fits(question)}
        shares = _shares(hits)
        told = [(set(self._names(hit.passage)), hit.passage) for hit in hits if _is_told(hit)]
        seen = [(share, self._of_task(passage, told)) for share, passage in shares]
        return {
            one.id: Signs(
                named.get(one.id, 0.0) * _kept(seen, one.id),
                sum(share * each[one.id].task for share, each in seen),
                sum(share * each[one.id].told for share, each in seen),
            )
            for one in self._permits
        }

    def _task(self, clause: Passage, hits: Sequence[Hit]) -> str:
        """Return the task of the best story or template that names the clause's subject."""
        for _, passage in _shares(hits):
            if self._of(passage)[clause.id].task > 0:
                return self._names(passage)[0]
        return ""

    def _names(self, passage: Passage) -> tuple[str, ...]:
        """Return what the task of a story or template is called; a template's title too."""
        content = passage.content
        if isinstance(content, Story):
            used = self._titles.get(content.template or "", content.template)
            return tuple(name for name in (content.task, used) if name)
        if isinstance(content, Template):
            names = (content.task or passage.source.title, passage.source.title)
            return tuple(dict.fromkeys(names))
        return ()

    def _of_task(
        self, passage: Passage, told: Sequence[tuple[set[str], Passage]]
    ) -> Mapping[str, "_Spoken"]:
        """Return how a story or template speaks of each clause, or one of its task among `told`.

        Which of them comes first differs from wording to wording; the task is the same. `told`: the
        names of each one's task, and the one.
        """
        own, names = self._of(passage), set(self._names(passage))
        kin = [self._of(one) for theirs, one in told if one.id != passage.id and names & theirs]
        if not kin:
            return own
        return {
            clause: _Spoken(
                spoken.task,
                max(spoken.told, *[each[clause].told for each in kin]),
                spoken.otherwise,
            )
            for clause, spoken in own.items()
        }

    def _of(self, passage: Passage) -> Mapping[str, "_Spoken"]:
        """Return how a story or template speaks of each clause."""
        if passage.id not in self._said:
            name = "、".join(self._names(passage))
            fits = {fit.clause.id: fit for fit in self._book.fits(name)}
            text = fold(f"{passage.source.title} {passage.text}")
            self._said[passage.id] = {
                one.id: self._spoken(name, one, fits.get(one.id), text) for one in self._permits
            }
        return self._said[passage.id]

    def _spoken(self, name: str, clause: Passage, fit: Fit | None, text: str) -> "_Spoken":
        told = self._said_of(self._words[clause.id], text)
        if _done_otherwise(name, clause):
            return _Spoken(0.0, told, otherwise=True)
        named = min(fit.strength, 1.0) * (1 + fit.coverage) / 2 if fit else 0.0
        return _Spoken(named, told)

    def _said_of(self, words: Sequence[Word], text: str) -> float:
        """Σ rarity of a clause's words that stand in `text` / √Σ rarity: long clauses gain less."""
        total = sum(self._rarity[word.form] for word in words)
        met = (word for word in words if word.surface in text or word.form in text)
        return sum(self._rarity[word.form] for word in met) / math.sqrt(total) if total else 0.0


def _kept(seen: Sequence[tuple[float, Mapping[str, _Spoken]]], clause: str) -> float:
    """Return the share (0–1) of what was found that does not do otherwise than a clause says."""
    return 1.0 - sum(share for share, each in seen if each[clause].otherwise)


def _shares(hits: Sequence[Hit]) -> list[tuple[float, Passage]]:
    """Return the best stories and templates with their weights, which sum to 1."""
    told = sorted((hit for hit in hits if _is_told(hit)), key=lambda hit: -hit.score)
    best = list(islice(told, _DEPTH))
    weights = [math.exp((hit.score - best[0].score) / _FALL) for hit in best]
    return [(each / sum(weights), hit.passage) for each, hit in zip(weights, best, strict=True)]


def _rarity(words: Mapping[str, Sequence[Word]]) -> dict[str, float]:
    """Return 1 / number of clauses that hold a word."""
    counts: dict[str, int] = {}
    for each in words.values():
        for form in {word.form for word in each}:
            counts[form] = counts.get(form, 0) + 1
    return {form: 1 / count for form, count in counts.items()}


def _done_otherwise(name: str, clause: Passage) -> bool:
    """Tell whether a task does with its thing what the clause does not name: 見積比較.

    Or the other way round: the clause is on nothing but 要約, the task on 構成案.
    """
    about = subject(clause)
    task = name.split("、")[0]
    if any(one in task and one != task and one not in clause.text for one in TRANSFORMS):
        return True
    return of_other_use(about, name) and not any(one in about for one in _MAKING)


def _is_told(hit: Hit) -> bool:
    return isinstance(hit.passage.content, Story | Template)


def _permits(clause: Passage) -> bool:
    return clause_kind(clause) in {ClauseKind.CONDITIONAL, ClauseKind.ENCOURAGED}
