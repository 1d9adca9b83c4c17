"""Fields of a document's YAML written by the page, every other line left as a person wrote it."""

from collections.abc import Mapping

import yaml

from assistant.corpus.yamlfile import YamlError, YamlText, parse_yaml


def with_fields(text: str, fields: Mapping[str, str]) -> str:
    """Return the YAML `text` with these top-level fields set. Raises YamlError.

    The fields that were there are replaced in their place, new ones come at the end; comments and
    unknown keys stay. A department's two spellings stand for one field.
    """
    lines = text.splitlines()
    parsed = parse_yaml(text)
    starts = sorted(parsed.key_lines.items(), key=lambda pair: pair[1])
    for number in reversed(range(len(starts))):
        key, first = starts[number]
        last = starts[number + 1][1] - 1 if number + 1 < len(starts) else len(lines)
        if _one_name(key) not in fields:
            continue
        while last > first and _is_between(lines[last - 1]):
            last -= 1
        lines[first - 1 : last] = _lines(key, fields) if key in fields else []
    there = parsed.key_lines.keys()
    for key in fields:
        if key not in there:
            lines += _lines(key, fields)
    written = "\n".join(lines).strip("\n") + "\n" if lines else ""
    _prove(written, fields)
    return written


def _prove(text: str, fields: Mapping[str, str]) -> None:
    """Raise YamlError unless the fields are read back as written: a file may be in any style."""
    try:
        entries = parse_yaml(text).entries
    except YamlError:
        entries = {}
    for key, value in fields.items():
        entry = entries.get(key)
        if not isinstance(entry, YamlText) or entry.text != value.strip():
            raise YamlError(f"「{key}」を書き足せない形の設定です。手で直してください", 1)


def _one_name(key: str) -> str:
    return "department" if key == "departments" else key


def _is_between(line: str) -> bool:
    """Return whether a line belongs to what follows it: blank, or a comment of its own."""
    return not line.strip() or line.startswith("#")


def _lines(key: str, fields: Mapping[str, str]) -> list[str]:
    dumped = yaml.safe_dump({key: fields[key]}, allow_unicode=True, width=1_000_000)
    return str(dumped).rstrip("\n").split("\n")
