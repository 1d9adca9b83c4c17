"""Front matter: what stands between two lines of `---` at the head of a text."""

import re
from dataclasses import dataclass

from assistant.corpus.yamlfile import YamlMap, parse_yaml

_FENCE = re.compile(r"-{3,}[ \t]*$")
_END = re.compile(r"(?:-{3,}|\.{3})[ \t]*$")
_KEY = re.compile(r"[^\s:#][^:]*:(\s|$)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The two halves of a text file."""

    yaml: str
    """Without its fences; empty when there is none."""
    body: str
    body_line: int
    """1-based line of the file on which `body` starts."""


def split_front_matter(text: str) -> FrontMatter:
    """Return front matter and body. A `---` that opens no `key: value` is a ruler of the body."""
    lines = text.split("\n")
    if not _FENCE.match(lines[0]):
        return FrontMatter("", text, 1)
    first = next((line for line in lines[1:] if line.strip() and not line.startswith("#")), "")
    end = next((n for n, line in enumerate(lines[1:], start=1) if _END.match(line)), None)
    if end == 1 or (end and not first.strip("-")):
        return FrontMatter("", "\n".join(lines[end + 1 :]), end + 2)
    if not _KEY.match(first):
        return FrontMatter("", text, 1)
    if end is None:
        return FrontMatter("\n".join(lines[1:]), "", len(lines) + 1)
    return FrontMatter("\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2)


def parse_front_matter(text: str) -> YamlMap:
    """Return the front matter of a file's text. Raises YamlError with the line of the file."""
    return parse_yaml(split_front_matter(text).yaml, first_line=2)
