"""A paragraph of a rule, cut so that each obligation stands alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.corpus.rules.placing import Place, kind_at, own_kind
from assistant.corpus.rules.sentences import (
    has_exception,
    is_reply,
    is_statement,
    joined_kind,
    leans_back,
    sentences_of,
)
from assistant.domain import ClauseKind

_SAME = re.compile(r"(?:同様|同じ)(?:とする|とします|です|である|だ)?[。\s]*$")
"""«私物の端末も、同様とする»: what the sentence before says holds here too."""
_STATED = re.compile(r"(?:とき|場合|際)(?:は|には|に)|てから|(?:の|こと)は、")
"""Under a heading on conditions, a plain statement with one of these is a condition:
«所見を直してもらうときは、学年主任が読みます»."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive sentences of a paragraph that say one thing; `kind` is None for explanations."""

    kind: ClauseKind | None
    text: str


def pieces_of(place: Place, text: str) -> list[Piece]:
    """Return a paragraph cut so that each obligation stands alone, with what leans on it."""
    base = place.kind
    if base is ClauseKind.DESK:
        return [Piece(kind_at(place, text), text)]
    groups: list[tuple[ClauseKind | None, list[str]]] = []
    for sentence in sentences_of(text):
        last = groups[-1] if groups else None
        own = _kind_in_paragraph(place, sentence)
        if own is None and _SAME.search(sentence):
            own = (last[0] if last else None) or base
        if last and is_reply(last[1][-1]):
            groups[-1] = (_answered(last[0], own), [*last[1], sentence])
        elif last and (leans_back(sentence) or (own is None and last[0] is None)):
            joined = "".join([*last[1], sentence])
            kind = joined_kind([last[0], own], exception=has_exception(joined))
            groups[-1] = (kind, [*last[1], sentence])
        else:
            groups.append((own, [sentence]))
    if base is not None and all(kind is None for kind, _ in groups):
        return [Piece(base, text)]
    return _verbatim(groups, text)


def _kind_in_paragraph(place: Place, sentence: str) -> ClauseKind | None:
    """Return the kind of a sentence of a paragraph: one that only states is none by its heading."""
    own = own_kind(sentence, place)
    if place.kind is None or (own is None and _only_states(place, sentence)):
        return own
    return kind_at(place, sentence)


def _only_states(place: Place, sentence: str) -> bool:
    condition = place.kind is ClauseKind.CONDITIONAL and _STATED.search(sentence)
    return is_statement(sentence) and not condition


def _answered(reply: ClauseKind | None, rest: ClauseKind | None) -> ClauseKind | None:
    return rest if rest is ClauseKind.CONDITIONAL else reply or rest


def _verbatim(groups: Sequence[tuple[ClauseKind | None, list[str]]], text: str) -> list[Piece]:
    pieces, end = [], 0
    for kind, sentences in groups:
        start = end
        for sentence in sentences:
            end = text.index(sentence, end) + len(sentence)
        pieces.append(Piece(kind, text[start:end].strip()))
    return pieces
