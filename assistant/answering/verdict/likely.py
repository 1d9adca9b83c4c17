"""How likely it is that a question falls under each clause of the rule, and what follows."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answering.verdict.fits import Fit
from assistant.answering.verdict.weighing import WHOLE_ITEM, kind_of, kind_of_verdict
from assistant.domain import ClauseKind, Passage, VerdictKind

_ENOUGH = 0.45
"""Probability from which clauses of a kind are meant: see `python -m training.verdicts`."""
_ALONE = 0.3
"""The least of one clause alone: many unlikely ones make none."""
_PERMITS = 0.75
"""The same for what permits: what is not meant must not be allowed. Of 2,380 questions of voices
left out .6 permits eleven bans, this six."""
_BAN_NEAR = 0.15
"""Of all bans: from here on nothing is permitted by meaning alone. «値下げの限度額も入れて
想定問答を» is nearer to 想定問答 than to 価格改定."""
_BAN_BESIDE, _SHARE_BESIDE = 0.08, 0.15
"""Of all bans, and by the share of a permission that is met by words: up to here it is told."""
_NEAR_ALONE = 0.1
"""Of a clause that search finds far nearer than all others: in a rule of three clauses one always
is."""
_PLAINLY = 0.65
"""Of one clause, for a wish: of 169 wishes for what thirteen organisations ban (no embedder saw
them) 80 find their ban, and of 348 others 12 find one."""
_BAN_NEAR_WISH = 0.25
"""Of all bans: from here on a wish is not called free; one of those 169 is."""


@dataclass(frozen=True, slots=True)
class Likely:
    """How likely it is that a question falls under clauses of each kind."""

    shares: Mapping[VerdictKind, float]
    """0–1 by kind; what is missing to 1 is that no clause speaks of it."""
    clauses: Mapping[VerdictKind, Passage]
    """The likeliest clause of each kind."""
    best: Mapping[VerdictKind, float]
    """0–1: how likely that one is."""
    each: Mapping[str, float] = field(default_factory=dict)
    """0–1: how likely each clause is, by its id."""

    @property
    def kind(self) -> VerdictKind:
        """The likeliest kind."""
        return max(self.shares, key=lambda kind: self.shares[kind])

    @property
    def ban(self) -> Passage | None:
        """The ban that a wish plainly falls under, though nobody asks whether one may."""
        return self._plain(VerdictKind.PROHIBITED)

    @property
    def permit(self) -> Passage | None:
        """The condition or permission that a wish plainly falls under; see `bans` first."""
        return self._plain(VerdictKind.CONDITIONAL) or self._plain(VerdictKind.ALLOWED)

    @property
    def bans(self) -> bool:
        """Whether a ban is so near that a wish must not be told that it is free."""
        return self.shares.get(VerdictKind.PROHIBITED, 0.0) > _BAN_NEAR_WISH

    def hardly(self, clause: Passage) -> bool:
        """Return whether a clause is known not to be meant, however near search finds it."""
        return self.each.get(clause.id, 1.0) < _NEAR_ALONE

    def permits(self, permit: Passage) -> bool:
        """Return whether a permission met by words may be told: no ban is meant as well."""
        banned = self.shares.get(VerdictKind.PROHIBITED, 0.0)
        return banned <= max(_BAN_BESIDE, _SHARE_BESIDE * self.each.get(permit.id, 0.0))

    def not_doubtful(self, fits: Sequence[Fit], *, inputs: bool) -> list[Fit]:
        """Return the fits by words but those that are hardly meant: 電話番号 for 留守番電話.

        A ban is kept where something is put in: it goes with whatever else a question speaks of.
        """
        return [
            fit
            for fit in fits
            if (inputs and kind_of(fit) is ClauseKind.FORBIDDEN_INPUT)
            or self.each.get(fit.clause.id, 1.0) >= _least_of(fit)
        ]

    def _plain(self, kind: VerdictKind) -> Passage | None:
        return self.clauses[kind] if self.best.get(kind, 0.0) > _PLAINLY else None

    @property
    def clause(self) -> Passage | None:
        """The clause that is meant, though the words are others; None where that is not sure.

        A ban goes before a permission or a condition that is likelier, as the stricter of two does.
        """
        if not self.shares:
            return None
        kind, banned = self.kind, self.shares.get(VerdictKind.PROHIBITED, 0.0)
        if banned > (_BAN_NEAR if kind is VerdictKind.ALLOWED else _ENOUGH):
            kind = VerdictKind.PROHIBITED
        enough = _PERMITS if kind is VerdictKind.ALLOWED else _ENOUGH
        sure = self.shares[kind] > enough and self.best[kind] > _ALONE
        return self.clauses[kind] if sure else None


NOTHING = Likely({}, {}, {})
Meant = Callable[[str], Likely]
"""A question's words to what it is likely to fall under."""


def no_matcher(question: str) -> Likely:  # noqa: ARG001 — the words alone decide
    """Return nothing: where meaning is not compared."""
    return NOTHING


_HARDLY, _HARDLY_BAN = 0.08, 0.02
"""Shares below which a clause that shares words with a question is not meant by it: «留守番電話の
案内» and 電話番号. The second of a ban that is neither named nor a whole item."""
_UNLIKELY, _CLEAR = 0.05, 0.7
"""Shares at which a clause met by words yields to the one that is meant."""
_NAMED_UNLIKELY, _NAMED_CLEAR = 0.02, 0.8
"""The same where the question names a class of input in so many words, and of a condition."""


def _least_of(fit: Fit) -> float:
    """Return the share from which a clause met by words may be meant."""
    if kind_of(fit) is not ClauseKind.FORBIDDEN_INPUT:
        return _HARDLY
    return 0.0 if fit.named or _is_whole(fit) else _HARDLY_BAN


def _is_whole(fit: Fit) -> bool:
    return fit.strength >= WHOLE_ITEM


def doubted(deciding: Fit, fits: Sequence[Fit], likely: Likely, *, inputs: bool) -> Fit:
    """A clause met by one word («献立の名前» ~ 利用者の名前) yields to the one plainly meant.

    Not a ban of which a question names a whole item as put in: «英文メールに図面の寸法も入れて».
    """
    if inputs and kind_of(deciding) is ClauseKind.FORBIDDEN_INPUT and _is_whole(deciding):
        return deciding
    share = likely.shares.get(kind_of_verdict(deciding), 1.0)
    firm = deciding.named or kind_of(deciding) is not ClauseKind.FORBIDDEN_INPUT
    if share > (_NAMED_UNLIKELY if firm else _UNLIKELY):
        return deciding
    enough = _NAMED_CLEAR if firm else _CLEAR
    if likely.shares[likely.kind] <= enough:
        return deciding
    clear = likely.clauses[likely.kind]
    return next((fit for fit in fits if fit.clause == clear), Fit(clear, 1.0, 1.0))


def likely_of(clauses: Sequence[Passage], weighed: Sequence[float]) -> Likely:
    """Return the shares of clauses of these worths: softmax over them and none, worth 0."""
    highest = max(0.0, *weighed)
    exps = [math.exp(one - highest) for one in weighed]
    total = sum(exps) + math.exp(-highest)
    shares: dict[VerdictKind, float] = {}
    best: dict[VerdictKind, tuple[float, Passage]] = {}
    each: dict[str, float] = {}
    for clause, worth in zip(clauses, exps, strict=True):
        kind, share = kind_of_verdict(Fit(clause, 1.0, 1.0)), worth / total
        each[clause.id] = share
        shares[kind] = shares.get(kind, 0.0) + share
        if kind not in best or share > best[kind][0]:
            best[kind] = (share, clause)
    return Likely(
        shares,
        {kind: clause for kind, (_, clause) in best.items()},
        {kind: share for kind, (share, _) in best.items()},
        each,
    )
