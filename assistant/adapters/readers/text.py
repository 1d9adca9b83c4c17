"""Plain text files: the author's line breaks stay."""

from collections.abc import Collection
from pathlib import Path

from assistant.adapters.readers.lines import Line, blocks_of
from assistant.corpus.decoding import read_text
from assistant.corpus.frontmatter import split_front_matter
from assistant.ports import Extract


class TextReader:
    """`.txt` and `.text` in any Japanese encoding."""

    @property
    def suffixes(self) -> Collection[str]:
        """Lower-case suffixes with the dot."""
        return (".txt", ".text")

    def read(self, path: Path) -> Extract:
        """Return the blocks of the file. Raises DocumentError."""
        parts = split_front_matter(read_text(path))
        lines = [
            Line(text.rstrip(), number=number)
            for number, text in enumerate(parts.body.split("\n"), start=parts.body_line)
        ]
        return Extract(blocks_of(lines, wrapped=False))
