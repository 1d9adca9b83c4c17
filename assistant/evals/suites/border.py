"""An entry of a suite file to a typed one, or to lines that say what to change and where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assistant.corpus.names import near_matches
from assistant.corpus.yamlfile import YamlMap, YamlText, YamlValue
from assistant.domain import Problem
from assistant.evals.case import CaseType
from assistant.evals.suites.entries import (
    AskerEntry,
    CaseEntry,
    CiteEntry,
    ExpectEntry,
    ForbiddenEntry,
    ProvenanceEntry,
    QrelEntry,
    TurnEntry,
)
from assistant.evals.suites.files import Plain, line_at, plain

Place = tuple[str | int, ...]

_MODELS: Mapping[str, type[BaseModel]] = {
    "": CaseEntry,
    "asker": AskerEntry,
    "qrels": QrelEntry,
    "expect": ExpectEntry,
    "expect.must_cite": CiteEntry,
    "expect.forbidden": ForbiddenEntry,
    "history": TurnEntry,
    "provenance": ProvenanceEntry,
}
"""Which model stands at which place of an entry."""

_SHAPES = {
    "string_type": ("文字で書いてください", "値を1つにしてください"),
    "tuple_type": ("並びで書いてください", "[A, B] か「- A」の形にしてください"),
    "model_type": ("「項目: 値」の形で書いてください", "例は eval/README.md にあります"),
    "bool_parsing": ("true か false で書いてください", "どちらかを書いてください"),
    "int_parsing": ("数で書いてください", "1、2、3 のように書いてください"),
    "greater_than_equal": ("1以上の数にしてください", "1、2、3 のように書いてください"),
    "too_short": ("言い方が1つもありません", '[["30分", "三十分"]] のように書いてください'),
}
"""Pydantic's error types as (what is wrong, what to do)."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry of a file: what could be read of it, and what is wrong with its shape."""

    path: Path
    node: YamlValue
    entry: CaseEntry
    problems: tuple[Problem, ...] = ()
    """If there are any, `entry` holds only the parts that could be read."""

    @property
    def id(self) -> str:
        """Return the id as it was written."""
        return _id_of(self.node)

    def problem(self, place: Place, reason: str, remedy: str) -> Problem:
        """Return a line about the part at `place`."""
        whose = f"問い「{self.id}」: " if self.id else ""
        line = line_at(self.node, place)
        return Problem(self.path.as_posix(), whose + reason, remedy, line=line)


def parse_entry(path: Path, node: YamlValue) -> Placed | Problem:
    """Return the typed entry with what is wrong with its shape; a Problem if it has none at all."""
    if not isinstance(node, YamlMap):
        remedy = "「- id: …」で始まる項目の並びにしてください"
        return Problem(path.as_posix(), "問いの形になっていません", remedy, line=node.line)
    values = {name: plain(value) for name, value in node.entries.items()}
    try:
        return Placed(path, node, CaseEntry.model_validate(values))
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    found = Placed(path, node, CaseEntry.model_validate(_sound_parts(values, details)))
    told = [found.problem(detail["loc"], *_said(detail)) for detail in details]
    return replace(found, problems=tuple(told))


def _id_of(node: YamlValue) -> str:
    named = node.entries.get("id") if isinstance(node, YamlMap) else None
    return named.text if isinstance(named, YamlText) else ""


def _sound_parts(values: Mapping[str, Plain], details: Sequence[ErrorDetails]) -> dict[str, Plain]:
    """Return the keys without an error, so that one slip does not hide what else is wrong."""
    wrong = {detail["loc"][0] for detail in details}
    in_expect = {detail["loc"][1] for detail in details if _below_expect(detail["loc"])}
    sound = {name: value for name, value in values.items() if name not in wrong}
    expect = values.get("expect")
    if isinstance(expect, dict) and not any(detail["loc"] == ("expect",) for detail in details):
        sound["expect"] = {key: one for key, one in expect.items() if key not in in_expect}
    return {"id": "-", "question": "-", "type": CaseType.HOW_TO.value, **sound}


def _below_expect(place: Place) -> bool:
    return len(place) > 1 and place[0] == "expect"


def _said(detail: ErrorDetails) -> tuple[str, str]:
    """Return what is wrong and what to do, in Japanese."""
    kind, place = detail["type"], detail["loc"]
    name = next((str(step) for step in reversed(place) if isinstance(step, str)), "")
    if kind == "extra_forbidden":
        return _unknown_key(place)
    if kind == "missing":
        return f"「{name}」がありません", f"「{name}: …」を書き足してください"
    if kind == "string_pattern_mismatch":
        return _bad_text(name)
    if kind == "value_error":
        return f"「{name}」の{detail['ctx']['error']}", "使える言葉に直してください"
    if kind.startswith("date"):
        return f"「{name}」が日付ではありません", "2026-11-22 のように書いてください"
    shape, remedy = _SHAPES.get(
        kind, ("書き方が正しくありません", "eval/README.md の例と見くらべてください")
    )
    return f"「{name}」は{shape}", remedy


def _unknown_key(place: Place) -> tuple[str, str]:
    name = str(place[-1])
    around = ".".join(step for step in place[:-1] if isinstance(step, str))
    fields = _MODELS[around].model_fields
    known = [field.alias or key for key, field in fields.items()]
    near = near_matches(name, known)
    where = f"({around} の中)" if around else ""
    hint = f"「{near[0]}」ではありませんか" if near else f"使える項目: {'、'.join(known)}"
    return f"知らない項目「{name}」です{where}", hint


def _bad_text(name: str) -> tuple[str, str]:
    if name == "id":
        reason = "「id」が空か、空白や # が入っています"
        return reason, "sales-weekly-001 のような、空白と # のない名前にしてください"
    return f"「{name}」が空です", "言葉を書くか、項目ごと取り除いてください"
