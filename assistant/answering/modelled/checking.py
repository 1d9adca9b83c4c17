"""Whether the documents bear what a model says: sentence by sentence, by code alone."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.compose.pieces import Piece
from assistant.answering.compose.repeats import letters
from assistant.answering.guard.inspect import Guard
from assistant.answering.japanese.vocabulary import vocabulary
from assistant.answering.japanese.words import Topics
from assistant.answering.modelled.forbidden import commands, judges, lifts, permits
from assistant.answering.modelled.numbers import amounts, told_amounts
from assistant.answering.modelled.plain import plain
from assistant.answering.modelled.polarity import RISKY, Polarity, contradicts, negates, polarity
from assistant.answering.modelled.reply import Said
from assistant.corpus.text import fold
from assistant.domain import Category, DropReason, Kind, Passage, Story

_LONGEST = 160
"""Characters of a sentence: four lines on a phone. A longer one is hardly one sentence."""
_SHORTEST = 4
_BORNE = 0.75
"""Share of a sentence's content words that its passages must hold (docs/en/security.md)."""
_NEAR = 0.34
"""Share that one sentence of them must hold: long passages hold many words by chance."""
_HELPS = 0.25
"""Share below which a passage that is named bears nothing, and is not cited."""
_AS_NEAR = 0.2
"""How far behind the nearest sentence another one may be that it comes from as well."""
_TAKEN = 0.6
"""Share from which a sentence is taken from another one, so that its ない must not be lost."""
_SENTENCE = re.compile(
    r"(?:[ \t]*(?:[-*+・•]|\d{1,2}[.)．、]|[①-⑳]|#{1,6})[ \t]+|[ \t]*)"
    r"(?P<words>[^\s。!?！？][^\n。!?！？]*[。!?！？]*[」』）)]*)"
)
_LATIN = re.compile(r"[a-z][a-z0-9.+#\-]*[a-z0-9+#]|[a-z]")
_QUOTED = re.compile(r"「([^「」]*)」|『([^『』]*)』|\"([^\"]*)\"|“([^”]*)”")
_WORDS_OF_USE = vocabulary(
    """
    為る 有る 居る 成る 出来る 下さる 貰う 呉れる 頂く 置く 見る 行う 言う よう 事 物 為 通り 時
    場合 先ず 次 次ぎ 最後 最初 其の 此の 其れ 此れ 後 又 更に 等 様 形 つ さん ずつ 必ず 一緒
    そして 使う 用いる 成る可く なるべく 良い 様々 其々 ai 生成
    """
)
"""Words that every instruction in Japanese has; who says them says nothing yet."""
_NEVER = frozenset(
    {
        Category.CONFIDENTIAL_TERM,
        Category.SECRET,
        Category.MY_NUMBER,
        Category.CARD,
        Category.BANK_ACCOUNT,
    }
)
"""What no answer repeats, wherever it stands."""


@dataclass(frozen=True, slots=True)
class Borne:
    """A sentence that its passages bear, and where in each of them."""

    text: str
    quotes: tuple[tuple[Passage, int, int], ...]


class Checker:
    """Checks the sentences of one reply."""

    def __init__(
        self, topics: Topics, guard: Guard, passages: Mapping[str, Passage], *, names: Sequence[str]
    ) -> None:
        """`passages`: by the alias under which the model knows them; `names` anybody may say."""
        self._topics = topics
        self._guard = guard
        self._passages = passages
        self._names = fold(" ".join(names))

    def checked(self, said: Said) -> Borne | DropReason:
        """Return the sentence with its quotes, or why it must not be shown."""
        text = plain(said.text)
        cited = [self._passages[alias] for alias in said.passages if alias in self._passages]
        if not _SHORTEST <= len(text) <= _LONGEST:
            return DropReason.FORM
        if not cited:
            return DropReason.UNCITED
        return self._reason(text, cited) or self._borne(text, cited)

    def verbatim(self, said: Said) -> Borne | DropReason:
        """Return a sentence that a story says word for word, or why it must not be shown."""
        checked = self.checked(said)
        if isinstance(checked, DropReason):
            return checked
        for passage, _, _ in checked.quotes:
            for piece in _sentences(passage):
                if letters(piece.text) == letters(checked.text):
                    return Borne(piece.text, ((passage, piece.start, piece.end),))
        return DropReason.QUOTE

    def _reason(self, text: str, cited: Sequence[Passage]) -> DropReason | None:
        evidence = "\n".join(_evidence(cited))
        if commands(text):
            return DropReason.COMMAND
        if judges(text) or (permits(text) and not self._may_permit(text, cited)):
            return DropReason.PERMISSION
        if not amounts(text) <= told_amounts(evidence):
            return DropReason.NUMBER
        if any(letters(quote) not in letters(evidence) for quote in _quotes(text)):
            return DropReason.QUOTE
        if self._has_strange_name(text, fold(evidence)):
            return DropReason.NAME
        if any(
            found.category in _NEVER or fold(found.text) not in fold(evidence)
            for found in self._guard.inspect(text).findings
        ):
            return DropReason.CONFIDENTIAL
        return None

    def _borne(self, text: str, cited: Sequence[Passage]) -> Borne | DropReason:
        words = self._words(text)
        held = {passage.id: words & self._terms(_evidence([passage])) for passage in cited}
        if not words or len(frozenset().union(*held.values())) < _BORNE * len(words):
            return DropReason.UNSUPPORTED
        helping = [one for one in cited if len(held[one.id]) >= _HELPS * len(words)]
        best = [(one, self._nearest(one, words)) for one in helping]
        near = [share for _, (share, _) in best]
        if not near or max(near) < _NEAR:
            return DropReason.UNSUPPORTED
        if words & RISKY - frozenset().union(*held.values()):
            return DropReason.UNSUPPORTED
        if self._is_twisted(text, words, helping):
            return DropReason.NEGATION
        return Borne(text, tuple(self._quote(one, piece, text) for one, (_, piece) in best))

    def _nearest(self, passage: Passage, words: frozenset[str]) -> tuple[float, Piece]:
        """Return the sentence that holds most of the words, and what share of them."""
        rated = [(self._share(piece.text, words), piece) for piece in _sentences(passage)]
        return max(rated, key=lambda one: (one[0], -one[1].start))

    def _is_twisted(self, text: str, words: frozenset[str], cited: Sequence[Passage]) -> bool:
        """Tell whether the sentence says the opposite of those that it comes from."""
        every = [piece.text for passage in cited for piece in _sentences(passage)]
        rated = [(self._share(one, words), one) for one in every]
        best = max(share for share, _ in rated)
        near = [one for share, one in rated if share >= max(best - _AS_NEAR, _HELPS)]
        said, close, told = (self._polarity(texts) for texts in ([text], near, every))
        if contradicts(said, close, told):
            return True
        source = [one for share, one in rated if share >= max(best - _AS_NEAR, _TAKEN)]
        return not negates(said) and all(negates(self._polarity([one])) for one in source or [""])

    def _polarity(self, texts: Iterable[str]) -> Polarity:
        return polarity(self._topics.morphemes(text) for text in texts)

    def _quote(self, passage: Passage, best: Piece, text: str) -> tuple[Passage, int, int]:
        """Return the span of the nearest sentence and of those that tell the numbers."""
        told = amounts(text) - told_amounts(best.text)
        also = [piece for piece in _sentences(passage) if told & told_amounts(piece.text)]
        spans = [best, *also]
        return passage, min(one.start for one in spans), max(one.end for one in spans)

    def _share(self, text: str, words: frozenset[str]) -> float:
        return len(words & self._terms([text])) / len(words) if words else 0.0

    def _words(self, text: str) -> frozenset[str]:
        return self._topics.terms(text) - _WORDS_OF_USE

    def _terms(self, texts: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(self._topics.terms(text) for text in texts))

    def _may_permit(self, text: str, cited: Sequence[Passage]) -> bool:
        """Only the documents' own words permit; what lifts a rule, only the rule says."""
        heard = [
            passage for passage in cited if not lifts(text) or passage.source.kind is Kind.RULE
        ]
        return any(letters(text) in letters(passage.text) for passage in heard)

    def _has_strange_name(self, text: str, evidence: str) -> bool:
        """Tell whether it names a tool, company, person or file that its passages do not."""
        folded = fold(text)
        known = f"{evidence} {self._names}"
        if any(word not in known for word in _LATIN.findall(folded)):
            return True
        return any(
            word.pos[:2] == ("名詞", "固有名詞") and fold(word.surface) not in known
            for word in self._topics.morphemes(text)
        )


def _sentences(passage: Passage) -> list[Piece]:
    """Return the sentences, items and rows of tables, each an exact span without its bullet."""
    found = [Piece(passage, *match.span("words")) for match in _SENTENCE.finditer(passage.text)]
    return found or [Piece(passage, 0, len(passage.text))]


def _evidence(passages: Sequence[Passage]) -> list[str]:
    """Return what the passages tell, with their titles and the measures on a story's card."""
    told: list[str] = []
    for passage in passages:
        told += [passage.source.title, *passage.headings, passage.text]
        content = passage.content
        if isinstance(content, Story):
            told += [content.task, content.tool, content.author]
            told += [one.original for one in (content.before, content.after) if one]
    return told


def _quotes(text: str) -> list[str]:
    return ["".join(match.groups(default="")) for match in _QUOTED.finditer(text)]
