"""A suite file as entries with line numbers: YAML, or JSON Lines; nothing is judged yet."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from assistant.corpus.decoding import read_text
from assistant.corpus.names import near_matches
from assistant.corpus.yamlfile import (
    YamlError,
    YamlList,
    YamlMap,
    YamlText,
    YamlValue,
    parse_yaml_value,
)
from assistant.domain import Problem
from assistant.errors import DocumentError

SUFFIXES = (".yaml", ".yml", ".jsonl")

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


@dataclass(frozen=True, slots=True)
class SuiteFile:
    """What one file holds, and what kept parts of it out."""

    path: Path
    entries: tuple[YamlValue, ...] = ()
    problems: tuple[Problem, ...] = ()


def suite_files(folder: Path) -> tuple[Path, ...]:
    """Return the suite files of a folder, sorted by name; hidden ones are an editor's own."""
    return tuple(
        path
        for path in sorted(folder.iterdir(), key=lambda one: one.name)
        if path.suffix in SUFFIXES and path.is_file() and not path.name.startswith(".")
    )


def read_suite_file(path: Path) -> SuiteFile:
    """Return the entries of a file in its order, each with its line."""
    try:
        text = read_text(path)
    except DocumentError as error:
        problem = Problem(path.as_posix(), error.message.rstrip("。"), error.remedy.rstrip("。"))
        return SuiteFile(path, problems=(problem,))
    read = _json_lines(path, text) if path.suffix == ".jsonl" else _yaml(path, text)
    if read.entries or read.problems:
        return read
    empty = Problem(
        path.as_posix(), "問いが1つもありません", "問いを足すか、ファイルを取り除いてください"
    )
    return SuiteFile(path, problems=(empty,))


def plain(value: YamlValue) -> Plain:
    """Return a node as Python values; every scalar stays the text that was written."""
    if isinstance(value, YamlText):
        return value.text
    if isinstance(value, YamlList):
        return [plain(item) for item in value.items]
    return {name: plain(item) for name, item in value.entries.items()}


def line_at(value: YamlValue, place: tuple[str | int, ...]) -> int:
    """Return the line of the key or item at `place`, or of what comes closest around it."""
    line = value.line
    for step in place:
        if isinstance(value, YamlMap) and step in value.entries:
            line = value.key_lines.get(str(step), value.entries[str(step)].line)
            value = value.entries[str(step)]
        elif isinstance(value, YamlList) and isinstance(step, int) and step < len(value.items):
            value = value.items[step]
            line = value.line
        else:
            break
    return line


def _yaml(path: Path, text: str) -> SuiteFile:
    try:
        value = parse_yaml_value(text)
    except YamlError as error:
        return SuiteFile(path, problems=(_broken(path, error),))
    if value is None or (isinstance(value, YamlText) and not value.text):
        return SuiteFile(path)
    if isinstance(value, YamlList):
        return SuiteFile(path, value.items)
    if isinstance(value, YamlMap) and isinstance(cases := value.entries.get("cases"), YamlList):
        return SuiteFile(path, cases.items, tuple(_beside_cases(path, value)))
    remedy = "「- id: …」で始まる問いを並べてください"
    problem = Problem(path.as_posix(), "問いの並びになっていません", remedy, line=value.line)
    return SuiteFile(path, problems=(problem,))


def _beside_cases(path: Path, value: YamlMap) -> Iterator[Problem]:
    for name in value.entries:
        if name != "cases":
            near = "(cases のことですか)" if near_matches(name, ("cases",)) else ""
            yield Problem(
                path.as_posix(),
                f"知らない項目「{name}」です{near}",
                "ファイルのいちばん外には cases だけを書いてください",
                line=value.key_lines.get(name),
            )


def _json_lines(path: Path, text: str) -> SuiteFile:
    entries: list[YamlValue] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entries.append(_json_node(line, number))
        except YamlError as error:
            problems.append(_broken(path, error))
    return SuiteFile(path, tuple(entries), tuple(problems))


def _json_node(line: str, number: int) -> YamlValue:
    def mapping(pairs: list[tuple[str, object]]) -> YamlMap:
        entries = {name: node(value) for name, value in pairs}
        if len(entries) < len(pairs):
            raise YamlError("同じ項目が2回あります", number)
        return YamlMap(number, entries, dict.fromkeys(entries, number))

    def node(value: object) -> YamlValue:
        if isinstance(value, YamlMap):
            return value
        if isinstance(value, list):
            return YamlList(number, tuple(node(item) for item in value))
        if isinstance(value, bool):
            return YamlText(number, str(value).lower())
        return YamlText(number, "" if value is None else str(value).strip())

    try:
        return node(json.loads(line, object_pairs_hook=mapping))
    except json.JSONDecodeError as error:
        reason = f"JSONの書き方が正しくありません({error.colno}文字目のあたり)"
        raise YamlError(reason, number) from error
    except RecursionError as error:
        raise YamlError("JSONの入れ子が深すぎます", number) from error


def _broken(path: Path, error: YamlError) -> Problem:
    return Problem(path.as_posix(), error.reason, "その行のあたりを直してください", line=error.line)
