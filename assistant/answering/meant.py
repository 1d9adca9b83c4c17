"""Which clause a question means: shared words and nearness of meaning, weighed together.

«レントゲン» and «エックス線», «掛け率» and «仕切り»: people seldom know the rule's own words.
"""

import math
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assistant.answering.clauses import RuleBook
from assistant.answering.fits import Fit
from assistant.answering.rows import marked_row
from assistant.answering.signs import Nearness, Signs, signs_of, worth
from assistant.answering.tools import without_tools
from assistant.answering.weighing import WHOLE_ITEM, kind_of, kind_of_verdict
from assistant.domain import ClauseKind, Company, Passage, VerdictKind
from assistant.ports import Read, Vectors
from assistant.search.late import TokenBlock

Reading = Callable[[Sequence[str], Sequence[str]], tuple[list[Read], list[Read]] | None]
"""Questions and texts as an embedder reads them; None while there is none."""


_ENOUGH = 0.45
"""Probability from which clauses of a kind are meant: see `python -m training.verdicts`."""
_ALONE = 0.3
"""The least of one clause alone: many unlikely ones make none."""
_PERMITS = 0.55
"""The same for what permits: what is not meant must not be allowed."""
_BAN_NEAR = 0.06
"""Of all bans: from here on nothing is permitted by meaning alone. «値下げの限度額も入れて
想定問答を» is nearer to 想定問答 than to 価格改定."""
_BAN_BESIDE, _SHARE_BESIDE = 0.08, 0.15
"""Of all bans, and by the share of a permission that is met by words: up to here it is told."""
_PLAINLY = 0.65
"""Of one clause, for a wish: of 169 wishes for what thirteen organisations ban (no embedder saw
them) 80 find their ban, and of 348 others 12 find one."""
_BAN_NEAR_WISH = 0.25
"""Of all bans: from here on a wish is not called free; one of those 169 is."""

_ANY = (
    "これをAIに入れてもいいですか", "AIに頼んでもいい?", "メールの文章を作らせても大丈夫ですか",
    "資料を読ませて要約してもらってもいい?", "表の計算をAIにやらせるのはだめですか",
    "案内文をAIで書いてもらうのはありですか", "生成AIを使って文章を直してもかまいませんか",
    "わからないことをAIに聞いてもいいですか", "名簿を貼って整理してもらうのはOK?",
    "写真を読み込ませても問題ありませんか", "録音をAIで文字にしていい?",
    "会社の数字をAIに見せたら怒られますか", "翻訳をお願いしてもいいよね?",
    "自分のアプリで仕事に使うのは禁止ですか", "お客さんの名前は入れちゃだめですか",
    "絵を描かせてもよいでしょうか", "どれを選ぶかAIに決めさせてもいい?",
    "契約書をチェックしてもらうのは可能ですか", "アイデアを出してもらってもええ?",
    "AIの答えをそのまま使っても大丈夫?",
)  # fmt: skip
"""Questions of any company: what all questions have in common tells no clause apart. Taking it off
found the clause of .82 of 242 questions by meaning alone, .75 with the mean of the passages."""
_ANY_SHARE = 0.9

_APART = re.compile(r"[、。/・]|または|又は|及び|および|もしくは|ならびに")
_ASIDE = re.compile(r"[((][^))]*[))]")
_MOST_ITEMS = 12


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


@dataclass(frozen=True, slots=True)
class _Vectors:
    """What is known of a rule's clauses before any question."""

    asked: NDArray[np.float32]
    """The middle of questions."""
    clauses: Vectors
    items: Vectors
    item_of: NDArray[np.intp]
    clause_tokens: TokenBlock
    item_tokens: TokenBlock

    def near(self, read: Read) -> list[Nearness]:
        """Return how near a question comes to each clause."""
        asked = _unit(read.vector - np.float32(_ANY_SHARE) * self.asked)
        vectors = self.clauses @ asked, self._best(self.items @ asked, least=-0.1)
        if not read.tokens.size or not self.clause_tokens.rows.size:
            return [Nearness(*each) for each in zip(*map(np.ndarray.tolist, vectors), strict=True)]
        tokens = (
            self.clause_tokens.late(read),
            self._best(self.item_tokens.covered(read), least=0.3),
        )
        whole = map(np.ndarray.tolist, (*vectors, *tokens))
        return [Nearness(*each) for each in zip(*whole, strict=True)]

    def _best(self, of_items: NDArray[np.float32], *, least: float) -> NDArray[np.float32]:
        """Return for each clause the best of its items."""
        best = np.full(len(self.clauses), least, dtype=np.float32)
        np.maximum.at(best, self.item_of, of_items)
        return best


class Matcher:
    """Finds the clause that a question means; its vectors are made once a version, when asked."""

    def __init__(self, book: RuleBook, company: Company, read: Reading) -> None:
        self._book = book
        self._company = company
        self._reading = read
        self._lock = threading.Lock()
        self._made: _Vectors | None = None

    def likely(self, question: str, read: Read | None) -> Likely:
        """Return what the question is likely to fall under; nothing where nobody has read it."""
        signs = self.signs(question, read) if read is not None else []
        return likely_of(self._book.judging, [worth(each) for each in signs]) if signs else NOTHING

    def signs(self, question: str, read: Read) -> list[Signs]:
        """Return what speaks for each clause, in their order; none without an embedder."""
        known = self._vectors() if self._book.judging else None
        if known is None:
            return []
        fits = {fit.clause.id: fit for fit in self._book.fits(question)}
        return [
            signs_of(fits.get(one.id, Fit(one, 0.0, 0.0)), question, near)
            for one, near in zip(self._book.judging, known.near(read), strict=True)
        ]

    def _vectors(self) -> _Vectors | None:
        with self._lock:
            if self._made is None:
                self._made = self._read()
            return self._made

    def _read(self) -> _Vectors | None:
        clauses = self._book.judging
        told = [without_tools(one.text, self._company) for one in clauses]
        items = [(n, item) for n, text in enumerate(told) for item in _items(text)]
        texts = [*told, *(item for _, item in items), *_ANY]
        made = self._reading(_ANY, texts)
        if made is None:
            return None
        questions, read = made
        rows = np.stack([each.vector for each in read])
        rows = _unit(rows - rows.mean(axis=0))
        of = np.array([n for n, _ in items], dtype=np.intp)
        count, end = len(clauses), len(clauses) + len(items)
        tokens = [each.tokens for each in read]
        return _Vectors(
            np.stack([each.vector for each in questions]).mean(axis=0),
            rows[:count],
            rows[count:end],
            of,
            TokenBlock.of(tokens[:count]),
            TokenBlock.of(tokens[count:end]),
        )


def _items(text: str) -> list[str]:
    """Return the things that a clause lists; of a table's row those of its first cell."""
    cells = marked_row(text) or (text.strip("|").split("|") if text.startswith("|") else [text])
    parts = (part.strip() for part in _APART.split(_ASIDE.sub("", cells[0])))
    return [part for part in parts if len(part) > 1][:_MOST_ITEMS]


def likely_of(clauses: Sequence[Passage], weighed: Sequence[float]) -> Likely:
    """Return the shares of clauses of these worths: softmax over them and none, worth 0."""
    highest = max(0.0, *weighed)
    exps = [math.exp(one - highest) for one in weighed]
    total = sum(exps) + math.exp(-highest)
    shares: dict[VerdictKind, float] = {}
    best: dict[VerdictKind, tuple[float, Passage]] = {}
    for clause, each in zip(clauses, exps, strict=True):
        kind = kind_of_verdict(Fit(clause, 1.0, 1.0))
        shares[kind] = shares.get(kind, 0.0) + each / total
        if kind not in best or each > best[kind][0]:
            best[kind] = (each, clause)
    return Likely(
        shares,
        {kind: clause for kind, (_, clause) in best.items()},
        {kind: each / total for kind, (each, _) in best.items()},
        {clause.id: each / total for clause, each in zip(clauses, exps, strict=True)},
    )


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, np.float32(1e-6)), dtype=np.float32)
