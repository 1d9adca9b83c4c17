"""The fixed words of a suite file: read from Japanese or code, listed when they are wrong."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, WithJsonSchema

from assistant.corpus.names import near_matches
from assistant.domain import Category, Role, VerdictKind
from assistant.evals.case import Author, CaseType, Split, Unanswerable

Word = TypeVar("Word", bound=StrEnum)

VERDICT_WORDS: Mapping[str, VerdictKind] = {
    "禁止": VerdictKind.PROHIBITED,
    "条件付き": VerdictKind.CONDITIONAL,
    "可": VerdictKind.ALLOWED,
    "窓口": VerdictKind.ASK_DESK,
    "なし": VerdictKind.NONE,
}
"""How a suite file names a verdict."""

CLASS_WORDS: Mapping[str, Category] = {
    "person_name": Category.PERSON,
    "company_name": Category.COMPANY,
}
"""Longer names of two classes of confidential input."""

_HINTED = 4
"""Letters of a word that is worth a guess: 「不可」 is not a slip for 「可」."""


def _read(kind: type[Word], others: Mapping[str, Word]) -> Callable[[object], Word]:
    known = {**others, **{word.value: word for word in kind}}

    def read(value: object) -> Word:
        if isinstance(value, str) and value in known:
            return known[value]
        usable = f"使える言葉: {'、'.join(known)}"
        if not isinstance(value, str) or not value:
            raise ValueError(f"言葉を1つ書いてください({usable})")
        near = near_matches(value, known) if len(value) >= _HINTED else []
        hint = f"。「{near[0]}」ではありませんか" if near else ""
        raise ValueError(f"「{value}」という言葉は使えません{hint}({usable})")

    return read


def _schema(kind: type[Word], others: Mapping[str, Word]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": [*others, *(word.value for word in kind)]})


VerdictWord = Annotated[
    VerdictKind,
    BeforeValidator(_read(VerdictKind, VERDICT_WORDS)),
    _schema(VerdictKind, VERDICT_WORDS),
]
ClassWord = Annotated[
    Category, BeforeValidator(_read(Category, CLASS_WORDS)), _schema(Category, CLASS_WORDS)
]
TypeWord = Annotated[CaseType, BeforeValidator(_read(CaseType, {})), _schema(CaseType, {})]
UnanswerableWord = Annotated[
    Unanswerable, BeforeValidator(_read(Unanswerable, {})), _schema(Unanswerable, {})
]
SplitWord = Annotated[Split, BeforeValidator(_read(Split, {})), _schema(Split, {})]
AuthorWord = Annotated[Author, BeforeValidator(_read(Author, {})), _schema(Author, {})]
RoleWord = Annotated[Role, BeforeValidator(_read(Role, {})), _schema(Role, {})]
