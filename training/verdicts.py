"""Fit what speaks for a clause: `python -m training.verdicts` tells how well, and the weights.

A conditional logit over the clauses of a rule and none (McFadden 1974), on the organisations that
the embedder was not tuned on, and on questions of others that no clause speaks of. Needs the extra
`train`.
"""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.e5.embedder import E5Embedder
from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.japanese.words import Topics
from assistant.answering.question.asking import asks
from assistant.answering.verdict.clauses import RuleBook
from assistant.answering.verdict.given import without_thing_names
from assistant.answering.verdict.left_open import traits_of
from assistant.answering.verdict.likely import likely_of
from assistant.answering.verdict.meant import Matcher
from assistant.answering.verdict.signs import BIAS, WEIGHTS, Signs
from assistant.answering.verdict.subjects import clause_kind
from assistant.domain import Clause, ClauseKind, Company, Kind, Passage, Source, VerdictKind
from assistant.search.late import TokenBlock, read_passages, read_query
from training.reading import Intent, Organisation, Text, is_unseen, read_organisations

_RIDGE = 1e-3
"""Pull towards the weights before, by question: a sign that is rare keeps what it was worth."""
NO_REASON = (
    "decide_clause",
    "own_clause",
    "removed_clause",
    "hidden_clause",
    "public_clause",
    "lent_clause",
)
"""What a clause alone tells is no reason to think that it is meant: these weigh 0 at most."""
_FOLDS = 8
_VERDICTS = {
    ClauseKind.FORBIDDEN_INPUT: VerdictKind.PROHIBITED,
    ClauseKind.CONDITIONAL: VerdictKind.CONDITIONAL,
    ClauseKind.ENCOURAGED: VerdictKind.ALLOWED,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A may-I question beside the clauses of its rule."""

    organisation: str
    clauses: tuple[Passage, ...]
    signs: NDArray[np.float64]
    """A row for each clause."""
    left_open: NDArray[np.float64]
    """(clauses, width): see `assistant/answering/verdict/left_open.py`."""
    answer: int | None
    """Which clause answers; None = no clause speaks of it."""

    def with_left_open(self, weights: NDArray[np.float64]) -> "Asked":
        """Return the question whose last sign is by these weights."""
        signs = self.signs.copy()
        signs[:, -1] = self.left_open @ weights
        return replace(self, signs=signs)

    def alone(self) -> "Asked":
        """Return the question whose last sign tells nothing."""
        return self.with_left_open(np.zeros(self.left_open.shape[1]))


def main(arguments: list[str] | None = None) -> int:
    """Print what the weights that ship find, what left-out organisations gain, and the weights."""
    ArgumentParser(prog="python -m training.verdicts", description=__doc__).parse_args(arguments)
    questions = [one.alone() for one in asked_of(read_organisations())]
    told = sum(one.answer is not None for one in questions)
    print(f"{told} questions that a clause answers, {len(questions) - told} that none does")
    now = shipped()
    print("as they ship, alone:", told_of(questions, [now] * len(questions)))
    print("fitted, each organisation left out:", told_of(questions, _left_out(questions, now)))
    print(
        f"weights: {[round(float(each), 2) for each in fit(questions, now)]} (the last: the bias)"
    )
    return 0


def fit(questions: Sequence[Asked], before: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the likeliest weights, the bias last, leaning on those `before`; left_open's stays."""
    bounds = [(None, 0.0 if each.name in NO_REASON else None) for each in fields(Signs)]
    bounds[-1] = (before[-2], before[-2])
    rows = [np.hstack([one.signs, np.ones((len(one.signs), 1))]) for one in questions]
    answers = [one.answer for one in questions]
    return conditional_logit(
        rows, answers, before=before, ridge=_RIDGE, bounds=[*bounds, (None, None)]
    )


def conditional_logit(
    rows: Sequence[NDArray[np.float64]],
    answers: Sequence[int | None],
    *,
    before: NDArray[np.float64],
    ridge: float,
    worths: Sequence[NDArray[np.float64]] | None = None,
    bounds: Sequence[tuple[float | None, float | None]] | None = None,
) -> NDArray[np.float64]:
    """Return the likeliest weights of the columns of `rows`, leaning on `before`.

    `rows`: (clauses, columns) by question. `answers`: the row that answers, None = none does.
    `worths`: what each row is worth besides. `ridge` is by question.
    """
    from scipy.optimize import minimize

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros_like(weights)
        for n, (row, answer) in enumerate(zip(rows, answers, strict=True)):
            worth = np.append(row @ weights + (worths[n] if worths else 0.0), 0.0)
            shares = np.exp(worth - worth.max())
            shares /= shares.sum()
            right = len(worth) - 1 if answer is None else answer
            total -= np.log(shares[right])
            shares[right] -= 1
            slope += row.T @ shares[:-1]
        away = weights - before
        return (
            total / len(rows) + ridge / 2 * float(away @ away),
            slope / len(rows) + ridge * away,
        )

    found: NDArray[np.float64] = minimize(
        loss, before, jac=True, method="L-BFGS-B", bounds=bounds
    ).x
    return found


def _left_out(questions: Sequence[Asked], before: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Return for each question the weights of a fit that saw nothing of its organisation."""
    names = sorted({one.organisation for one in questions})
    fold_of = {name: n % _FOLDS for n, name in enumerate(names)}
    fitted = [
        fit([one for one in questions if fold_of[one.organisation] != fold], before)
        for fold in range(_FOLDS)
    ]
    return [fitted[fold_of[one.organisation]] for one in questions]


def told_of(questions: Sequence[Asked], weights: Sequence[NDArray[np.float64]]) -> str:
    """Return how many verdicts are right, and how many bans would be permitted."""
    pairs = [verdicts(one, each) for one, each in zip(questions, weights, strict=True)]
    told = [wanted is found for wanted, found in pairs if wanted]
    left = [found is None for wanted, found in pairs if not wanted]
    permitted = pairs.count((VerdictKind.PROHIBITED, VerdictKind.ALLOWED))
    return (
        f"{sum(told) / len(told):.3f} of the verdicts, "
        f"{sum(left) / len(left):.3f} left to the desk, {permitted} bans permitted"
    )


def verdicts(
    asked: Asked, weights: NDArray[np.float64]
) -> tuple[VerdictKind | None, VerdictKind | None]:
    """Return the verdict that is wanted and the one that these weights find; None = the desk's."""
    worths = asked.signs @ weights[:-1] + weights[-1]
    wanted = None if asked.answer is None else asked.clauses[asked.answer]
    return _verdict(wanted), _verdict(likely_of(asked.clauses, worths.tolist()).clause)


def _verdict(clause: Passage | None) -> VerdictKind | None:
    kind = clause_kind(clause) if clause else None
    return _VERDICTS[kind] if kind else None


def asked_of(organisations: Sequence[Organisation]) -> Iterator[Asked]:
    """Yield the questions of all."""
    topics = Topics(SudachiTokenizer())
    with TemporaryDirectory() as folder:
        embedder = E5Embedder(Path(folder))
        for one in organisations:
            yield from questions_of(one, topics, embedder)


def questions_of(
    organisation: Organisation, topics: Topics, embedder: E5Embedder
) -> Iterator[Asked]:
    """Yield the questions of one whose verdicts are known: held out, or what no clause answers."""
    rules = [text for text in organisation.texts if text.clause in _VERDICTS]
    passages = [_passage(n, text) for n, text in enumerate(rules)]
    book = RuleBook(passages, topics)
    matcher = Matcher(
        book,
        Company(organisation.name, ()),
        lambda asked, texts: (
            [read_query(embedder, question) for question in asked],
            read_passages(embedder, texts),
        ),
    )
    texts = read_passages(embedder, [one.text for one in book.judging])
    block = TokenBlock.of([each.tokens for each in texts])
    for answer, wording in _wordings(organisation, rules):
        read = embedder.read_query(wording)
        signs = matcher.signs(without_thing_names(wording), read)
        rows = np.array([astuple(each) for each in signs], dtype=np.float64)
        left = traits_of(read.tokens, block.near(read)).astype(np.float64)
        yield Asked(organisation.name, book.judging, rows, left, answer)


def _wordings(
    organisation: Organisation, rules: Sequence[Text]
) -> Iterator[tuple[int | None, str]]:
    """Yield may-I questions with the clause that answers; None where it is an FAQ, or nothing."""
    places = {text: place for place, text in enumerate(rules)}
    for text in organisation.texts if is_unseen(organisation) else ():
        if text in places or text.kind is Kind.FAQ:
            for asked in text.asked:
                if asked.intent is Intent.MAY:
                    yield from ((places.get(text), wording) for wording in asked.wordings)
    for wordings in organisation.near_misses:
        yield from ((None, wording) for wording in wordings if asks(wording))


def _passage(n: int, text: Text) -> Passage:
    source = Source("rules/rule.md", text.title, Kind.RULE)
    assert text.clause is not None  # noqa: S101 — only clauses are passed
    headings = (text.heading,) if text.heading else ()
    return Passage(f"r{n}", source, n, headings, text.text, Clause(text.clause, text.heading))


def shipped() -> NDArray[np.float64]:
    """Return the weights that the product uses, the bias last."""
    return np.array([*astuple(WEIGHTS), BIAS])


if __name__ == "__main__":
    raise SystemExit(main())
