"""YAML as text with line numbers: nothing is constructed, aliases and monsters are refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

MAX_YAML_CHARACTERS = 1_000_000
MAX_DEPTH = 20

_Loader: TypeAlias = "yaml.SafeLoader | yaml.CSafeLoader"
_FAST: type[_Loader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where PyYAML was built with it: 90 eval cases in 0.08 s instead of 0.7 s of CPU."""


class YamlError(ValueError):
    """The YAML is broken at 1-based `line`; the message says why, in Japanese."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class YamlText:
    """A scalar as it was written: `2026-04-01` and `2.1` stay text, an empty value is ""."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class YamlList:
    """A sequence."""

    line: int
    items: "tuple[YamlValue, ...]" = ()


@dataclass(frozen=True, slots=True)
class YamlMap:
    """A mapping in the order of the file."""

    line: int
    entries: "Mapping[str, YamlValue]" = field(default_factory=dict)
    key_lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    """1-based line of each key; its value may start further down."""


YamlValue: TypeAlias = YamlText | YamlList | YamlMap


def parse_yaml(text: str, *, first_line: int = 1) -> YamlMap:
    """Return the mapping in `text`, which starts at `first_line` of its file. Raises YamlError."""
    value = parse_yaml_value(text, first_line=first_line)
    if value is None:
        return YamlMap(first_line)
    if not isinstance(value, YamlMap):
        raise YamlError("「項目: 値」の形になっていません", value.line)
    return value


def parse_yaml_value(text: str, *, first_line: int = 1) -> YamlValue | None:
    """Return whatever `text` holds, None if nothing. Raises YamlError."""
    if len(text) > MAX_YAML_CHARACTERS:
        raise YamlError("設定の文字が多すぎます(100万字まで)", first_line)
    shift = first_line - 1
    try:
        node = _composed(text, shift, _FAST)
    except yaml.YAMLError as error:
        # Once more in Python, whose errors the messages below are written for.
        node = _careful(text, first_line, error)
    return None if node is None else _value(node, shift)


def _careful(text: str, first_line: int, fast: yaml.YAMLError) -> yaml.Node | None:
    shift = first_line - 1
    try:
        return _composed(text, shift, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        told = _truer(error, fast)
        mark = told.problem_mark or told.context_mark
        line = mark.line + 1 + shift if mark else first_line
        raise YamlError(f"YAMLの書き方が正しくありません({_reason(told)})", line) from error
    except yaml.YAMLError as error:
        raise YamlError("YAMLに使えない文字があります", first_line) from error


def _truer(careful: yaml.MarkedYAMLError, fast: yaml.YAMLError) -> yaml.MarkedYAMLError:
    """Return the error whose line is right, in the words that we know best.

    PyYAML alone stumbles over 「[早くならん?, 速く]」: where the two disagree, libyaml read on.
    """
    if not isinstance(fast, yaml.MarkedYAMLError):
        return careful
    stop, end = careful.problem_mark, fast.problem_mark
    return fast if stop and end and stop.line < end.line else careful


def _composed(text: str, shift: int, loader: type[_Loader]) -> yaml.Node | None:
    _refuse_monsters(text, shift, loader)
    return yaml.compose(text, Loader=loader)


def _refuse_monsters(text: str, shift: int, loader: type[_Loader]) -> None:
    """Refuse aliases (a few lines can stand for gigabytes) and deep nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        line = (event.start_mark.line if event.start_mark else 0) + 1 + shift
        if isinstance(event, yaml.AliasEvent):
            raise YamlError("YAMLの別名(*名前)は使えません", line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise YamlError("YAMLの入れ子が深すぎます", line)


def _value(node: yaml.Node, shift: int) -> YamlValue:
    line = node.start_mark.line + 1 + shift
    if isinstance(node, yaml.ScalarNode):
        return YamlText(line, "" if node.tag == "tag:yaml.org,2002:null" else node.value.strip())
    if isinstance(node, yaml.SequenceNode):
        return YamlList(line, tuple(_value(item, shift) for item in node.value))
    entries: dict[str, YamlValue] = {}
    key_lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + 1 + shift
        if not isinstance(key_node, yaml.ScalarNode):
            raise YamlError("項目の名前が文字ではありません", key_line)
        if key_node.value in entries:
            raise YamlError(f"項目「{key_node.value}」が2回あります", key_line)
        entries[key_node.value] = _value(value_node, shift)
        key_lines[key_node.value] = key_line
    return YamlMap(line, entries, key_lines)


_REASONS = (
    ("found character '\\t'", "タブは使えません。空白にしてください"),
    ("mapping values are not allowed", "「:」のあとの空白か、字下げを確かめてください"),
    ("could not find expected ':'", "「:」が足りません"),
    ("expected <block end>", "字下げがそろっていないか、括弧や引用符が閉じていません"),
    ("while scanning a quoted scalar", "引用符が閉じていません"),
    ("unexpected end of stream", "引用符や括弧が閉じていません"),
    ("cannot start any token", '値を引用符「"」で囲んでください'),
    ("expected ',' or", "括弧 [ ] か { } が閉じていません"),
    ("did not find expected", "字下げがそろっていないか、括弧や引用符が閉じていません"),
)
"""The wording of PyYAML and libyaml, told in the words of the people who write these files."""


def _reason(error: yaml.MarkedYAMLError) -> str:
    said = f"{error.context or ''} {error.problem or ''}"
    return next(
        (ours for theirs, ours in _REASONS if theirs in said), "字下げと記号を確かめてください"
    )
