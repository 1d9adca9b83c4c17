"""Names that the company told: its partners, and the hashed names of its employees."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.answering.guard.companies import FORM
from assistant.answering.guard.folding import folded
from assistant.answering.guard.spans import Span
from assistant.answering.guard.surnames import is_met, stands_alone
from assistant.answering.guard.trades import TO_THEM, is_dealt_with, trade_of
from assistant.corpus.wordlists import name_digest
from assistant.domain import Category, Roster
from assistant.ports import Morpheme

_KEY = 2
"""Characters by which a name is looked up: 10,000 partners cost as much as ten."""
_SURE = 3
"""Characters from which a name needs no word around it that says it is a company."""
_LONGEST_NAME = 12
_MOST_WORDS = 5
_NO_NAME = frozenset("、。,!?「」()[]:;/\n")
"""Signs over which no name reaches."""
_RUNS = (re.compile(r"[A-Za-z0-9]"), re.compile(r"[ァ-ヶー]"))
_HONORIFIC = re.compile(
    r"\s?(?:さん|様|さま|氏|殿|くん|君|ちゃん|先生|部長|課長|係長|主任|次長|室長|所長)"
)


class Partners:
    """The partners' names without legal form, and without their trade («北斗精密さん»)."""

    def __init__(self, names: Iterable[str]) -> None:
        whole = {core for name in names if len(core := _core(name)) >= _KEY}
        stems = {stem for core in whole if len(stem := _stem(core)) >= _KEY}
        self._sure = {name: name in whole and len(name) >= _SURE for name in whole | stems}
        lengths: dict[str, set[int]] = {}
        for name in self._sure:
            lengths.setdefault(name[:_KEY], set()).add(len(name))
        self._lengths = {key: sorted(found, reverse=True) for key, found in lengths.items()}

    def find(self, text: str) -> Iterator[Span]:
        """Yield partners in folded `text`, in any case."""
        if not self._sure:
            return
        low = text.lower() if len(text.lower()) == len(text) else text
        end = 0
        for at in range(len(low) - _KEY + 1):
            stop = self._end(text, low, at) if at >= end else 0
            if stop:
                yield Span(at, stop, Category.COMPANY)
                end = stop

    def _end(self, text: str, low: str, at: int) -> int:
        """Return where the longest partner that begins at `at` ends; 0 where none does."""
        for length in self._lengths.get(low[at : at + _KEY], ()):
            stop = at + length
            sure = self._sure.get(low[at:stop])
            if sure is None or not _is_word(low, at, stop):
                continue
            if sure or TO_THEM.match(text, stop) or is_dealt_with(text, at, stop):
                return stop
        return 0


def _core(name: str) -> str:
    return "".join(FORM.sub("", folded(name).text).split()).lower()


def _stem(core: str) -> str:
    """Return a name without the trade at its end; empty where it has none."""
    trade = trade_of(core)
    return core[: trade.start()] if trade else ""


def _is_word(text: str, start: int, end: int) -> bool:
    """Tell whether kana or Latin does not go on beyond the name: «アサヒ», not «アサヒビール»."""
    return not any(
        0 < edge < len(text) and run.match(text[edge - 1]) and run.match(text[edge])
        for edge in (start, end)
        for run in _RUNS
    )


class RosterNames:
    """Employees by the hashes of their names."""

    def __init__(self, roster: Roster | None) -> None:
        self._salt = roster.salt if roster else ""
        self._names = frozenset(roster.names if roster else ())
        self._surnames = frozenset(roster.surnames if roster else ())

    def find(self, text: str, words: Sequence[Morpheme]) -> Iterator[Span]:
        """Yield employees' full names anywhere, and their surnames where somebody is meant."""
        if not self._names:
            return
        for first, word in enumerate(words):
            if word.pos[0] in {"助詞", "助動詞", "補助記号", "空白", "動詞"}:
                continue
            for last in range(first, min(first + _MOST_WORDS, len(words))):
                start, end = word.start, words[last].end
                if end - start > _LONGEST_NAME or words[last].surface in _NO_NAME:
                    break
                digest = name_digest(text[start:end], self._salt)
                if digest in self._names or (
                    digest in self._surnames and self._is_meant(text, words, first, last)
                ):
                    yield Span(start, end, Category.PERSON)

    @staticmethod
    def _is_meant(text: str, words: Sequence[Morpheme], first: int, last: int) -> bool:
        end = words[last].end
        if _HONORIFIC.match(text, end):
            return True
        return (
            first == last and stands_alone(words, first) and is_met(text, words[first].start, end)
        )
