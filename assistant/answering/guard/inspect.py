"""Inspection of what was typed: findings with exact offsets, and the text that may go on."""

from collections.abc import Iterable, Iterator, Sequence

from assistant.answering.guard.classes import ALWAYS, forbidding_clauses, private_clause
from assistant.answering.guard.code import find_code
from assistant.answering.guard.companies import find_companies
from assistant.answering.guard.figures import find_figures
from assistant.answering.guard.folding import folded
from assistant.answering.guard.formats import find_formats
from assistant.answering.guard.listed import Partners, RosterNames
from assistant.answering.guard.named import find_named
from assistant.answering.guard.passwords import find_passwords
from assistant.answering.guard.people import find_people
from assistant.answering.guard.placeholders import LETTERED, PLACEHOLDER, Placeholders
from assistant.answering.guard.repeats import HONORIFIC, again, called
from assistant.answering.guard.secrets import find_secrets
from assistant.answering.guard.spans import Cover, Span, without_overlaps
from assistant.answering.guard.surnames import PRIVATE
from assistant.answering.guard.terms import OwnTerms
from assistant.answering.guard.told import find_told
from assistant.domain import Category, Company, Finding, Inspection, Passage
from assistant.ports import Tokenizer

_ROUNDS = 4
"""Masking one word may bring out another; the second round found nothing in any test set."""

_HARMLESS_FOR = frozenset({Category.PERSON, Category.COMPANY})


class Guard:
    """The guard of one published version: its rule decides what is forbidden."""

    def __init__(
        self,
        company: Company,
        rules: Sequence[Passage],
        *,
        tokenizer: Tokenizer,
        colleagues: Iterable[str] = (),
    ) -> None:
        """`colleagues`: names in the company's own documents (authors, champions)."""
        self._tokenizer = tokenizer
        self._terms = OwnTerms(company)
        self._partners = Partners(company.partners)
        self._roster = RosterNames(company.roster)
        self._clauses = forbidding_clauses(rules)
        self._private = private_clause(rules)
        self._colleagues = frozenset(_called(colleagues))

    def inspect(self, text: str) -> Inspection:
        """Return the findings of one text and the text without them."""
        return self.inspect_all([text])[0]

    def inspect_all(self, texts: Sequence[str]) -> list[Inspection]:
        """Return one inspection a text; the same words get the same placeholder in all of them."""
        names = Placeholders(texts)
        found = [self._spans(text, ()) for text in texts]
        for _ in range(_ROUNDS):
            known = _known(texts, found)
            more = [list(again(t, spans, known)) for t, spans in zip(texts, found, strict=True)]
            if not any(more):
                break
            found = [
                self._spans(text, without_overlaps([*spans, *new])) if new else spans
                for text, spans, new in zip(texts, found, more, strict=True)
            ]
        return [self._masked(text, spans, names) for text, spans in zip(texts, found, strict=True)]

    def _masked(self, text: str, spans: Sequence[Span], names: Placeholders) -> Inspection:
        findings = []
        pieces = []
        at = 0
        for span in spans:
            words = text[span.start : span.end]
            placeholder = names.of(span.category, words)
            clause = self._clause(span.category, text)
            findings.append(
                Finding(span.category, words, span.start, span.end, placeholder, clause)
            )
            pieces += [text[at : span.start], placeholder]
            at = span.end
        return Inspection("".join([*pieces, text[at:]]), tuple(findings))

    def _clause(self, category: Category, text: str) -> Passage | None:
        """Return what forbids this: of health and evaluation, the clause that names them."""
        if category is Category.PERSON and self._private and PRIVATE.search(text):
            return self._private
        return self._clauses.get(category)

    def _spans(self, text: str, known: Sequence[Span]) -> list[Span]:
        """Return what is forbidden besides `known`, and that; given placeholders stay."""
        given = [
            Span(match.start(), match.end(), Category.PERSON)
            for match in PLACEHOLDER.finditer(text)
        ]
        found = list(known)
        seen: dict[str, list[Span]] = {}
        for _ in range(_ROUNDS):
            new = self._round(text, sorted(given + found), seen=seen)
            if not new:
                break
            found = without_overlaps(found + new)
        return found

    def _round(
        self, text: str, holes: Sequence[Span], *, seen: dict[str, list[Span]]
    ) -> list[Span]:
        view = folded(text, holes)
        if not view.text.strip():
            return []
        harmless = self._terms.harmless(view.text)
        listed = [*self._terms.secrets(view.text), *self._partners.find(view.text)]
        sure = {(span.start, span.end) for span in listed}
        spans = [
            *listed,
            *find_secrets(view.text),
            *find_code(view.text),
            *find_figures(view.text),
            *(one for one in self._in_words(view.text, seen) if (one.start, one.end) not in sure),
        ]
        back = []
        own = Cover(harmless)
        for span in without_overlaps(span for span in spans if self._counts(span, view.text, own)):
            place = view.original(span.start, span.end)
            back.append(Span(place.start, place.stop, span.category))
        back = [_with_honorific(_trimmed(span, text), text) for span in back]
        taken = Cover(holes)
        return [span for span in without_overlaps(back) if not taken.touches(span)]

    def _in_words(self, text: str, seen: dict[str, list[Span]]) -> Iterator[Span]:
        """Yield what needs the tokenizer; a piece that did not change is not read again."""
        for start, piece in _pieces(text):
            if piece not in seen:
                words = self._tokenizer.morphemes(piece)
                seen[piece] = [
                    *find_formats(piece, words),
                    *find_passwords(piece, words),
                    *find_told(piece, words),
                    *find_people(
                        piece,
                        words,
                        colleagues=self._colleagues,
                        is_surname=self._tokenizer.is_surname,
                    ),
                    *find_companies(piece, words),
                    *find_named(
                        piece,
                        words,
                        colleagues=self._colleagues,
                        is_surname=self._tokenizer.is_surname,
                    ),
                    *self._roster.find(piece, words),
                ]
            for span in seen[piece]:
                yield Span(start + span.start, start + span.end, span.category)

    def _counts(self, span: Span, text: str, harmless: Cover) -> bool:
        if self._clause(span.category, text) is None and span.category not in ALWAYS:
            return False
        if span.category not in _HARMLESS_FOR:
            return True
        return not harmless.touches(span)


def _known(texts: Sequence[str], found: Sequence[Sequence[Span]]) -> set[tuple[Category, str]]:
    return {
        (span.category, called(text[span.start : span.end]))
        for text, spans in zip(texts, found, strict=True)
        for span in spans
    }


_BRACKETS = {"(": ")", "\uff08": "\uff09", "「": "」", "[": "]"}


def _trimmed(span: Span, text: str) -> Span:
    """Leave the blanks around it as typed, and a bracket whose other half stands outside."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    words = words.strip()
    closing = _BRACKETS.get(words[:1])
    if closing and closing not in words:
        start, words = start + 1, words[1:]
    return Span(start, start + len(words), span.category)


def _with_honorific(span: Span, text: str) -> Span:
    """Take 様 or さん along: 〔A様〕 says it already."""
    if span.category not in LETTERED:
        return span
    match = HONORIFIC.match(text, span.end)
    return Span(span.start, match.end(), span.category) if match else span


_PIECE = 160
_LONGEST_PIECE = 1_000
"""Characters: a question is one piece; a long paste is cut at the next end of line or sentence."""


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while start < len(text):
        ends = [text.find(mark, start + _PIECE, start + _LONGEST_PIECE) for mark in "。\n"]
        end = min((end + 1 for end in ends if end >= 0), default=start + _LONGEST_PIECE)
        yield start, text[start:end]
        start = end


def _called(names: Iterable[str]) -> Iterable[str]:
    """Yield full names without spaces, and the surnames that a space sets apart."""
    for name in names:
        parts = name.split()
        if parts:
            yield "".join(parts)
            yield parts[0]
