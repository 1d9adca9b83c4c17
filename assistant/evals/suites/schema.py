"""The JSON Schema of suite files, made from the border models, so that an editor helps writing."""

import json
from typing import TypeAlias

from assistant.evals.suites.entries import CaseEntry

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_NOISE = ("title", "default")
"""What pydantic adds and no writer of cases needs."""


def case_schema() -> dict[str, Json]:
    """Return the schema of a suite file: a list of cases, `cases:` with one, or a JSON line."""
    made: dict[str, Json] = CaseEntry.model_json_schema(by_alias=True)
    definitions = made.pop("$defs", {})
    case: Json = {"$ref": "#/$defs/CaseEntry"}
    cases: Json = {"type": "array", "items": case, "minItems": 1}
    under_cases: Json = {
        "type": "object",
        "properties": {"cases": cases},
        "required": ["cases"],
        "additionalProperties": False,
    }
    return {
        "$schema": DIALECT,
        "title": "活用ナビの評価の問い",
        "description": "書き方は eval/README.md にあります。",
        "anyOf": [cases, under_cases, case],
        "$defs": {**_named(definitions), "CaseEntry": _quiet(made)},
    }


def schema_text() -> str:
    """Return the schema as `eval/case.schema.json` holds it."""
    return json.dumps(case_schema(), ensure_ascii=False, indent=2) + "\n"


def _named(definitions: Json) -> dict[str, Json]:
    held = definitions if isinstance(definitions, dict) else {}
    return {name: _quiet(value) for name, value in held.items()}


def _quiet(value: Json) -> Json:
    """Return a schema without noise; a key of `properties` is a writer's word and stays."""
    if isinstance(value, list):
        return [_quiet(item) for item in value]
    if not isinstance(value, dict):
        return value
    quiet: dict[str, Json] = {
        name: _named(item) if name == "properties" else _quiet(item)
        for name, item in value.items()
        if name not in _NOISE
    }
    return _without_null(quiet)


def _without_null(value: dict[str, Json]) -> dict[str, Json]:
    """Return an optional key's schema as that of its value: an empty value is a slip."""
    kinds = value.get("anyOf")
    if not isinstance(kinds, list) or {"type": "null"} not in kinds:
        return value
    (only,) = [kind for kind in kinds if isinstance(kind, dict) and kind != {"type": "null"}]
    return {**only, **{name: item for name, item in value.items() if name != "anyOf"}}
