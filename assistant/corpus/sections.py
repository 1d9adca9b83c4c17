"""Blocks to sections: the text under each heading path."""

from collections.abc import Iterable, Sequence

from assistant.domain import Block, BlockKind, Section


def sections_of(blocks: Sequence[Block], *, title: str = "") -> tuple[Section, ...]:
    """Return the sections in reading order; headings without text of their own give none.

    A single heading of the first level that opens the document is its title, not part of the path.
    """
    blocks = without_title(blocks, title)
    path: list[tuple[int, str]] = []
    sections: list[Section] = []
    open_blocks: list[Block] = []

    def close() -> None:
        if open_blocks:
            headings = tuple(text for _, text in path)
            sections.append(Section(headings, tuple(open_blocks), page=open_blocks[0].page))
            open_blocks.clear()

    for block in blocks:
        if block.kind is not BlockKind.HEADING:
            open_blocks.append(block)
            continue
        close()
        path = [entry for entry in path if entry[0] < block.level]
        path.append((block.level, block.text))
    close()
    return tuple(sections)


def title_of(blocks: Sequence[Block]) -> str:
    """Return the first-level heading that opens the document, if it is the only one."""
    first = blocks[0] if blocks else None
    if first is None or first.kind is not BlockKind.HEADING or first.level != 1:
        return ""
    others = (block for block in blocks[1:] if block.kind is BlockKind.HEADING)
    return "" if any(block.level == 1 for block in others) else first.text


def without_title(blocks: Sequence[Block], title: str = "") -> Sequence[Block]:
    """Return the blocks without the heading that is the document's title."""
    first = blocks[0] if blocks else None
    same = first is not None and first.kind is BlockKind.HEADING and first.text == title
    return blocks[1:] if same or title_of(blocks) else blocks


def join_blocks(blocks: Iterable[Block]) -> str:
    """Return the text of blocks as it stood: blank lines as in the source where lines are known."""
    text, previous = "", None
    for block in blocks:
        piece = (
            f"{'#' * block.level} {block.text}" if block.kind is BlockKind.HEADING else block.text
        )
        if previous is not None:
            text += "\n" if _touches(previous, block) else "\n\n"
        text += piece
        previous = block
    return text


def _touches(first: Block, second: Block) -> bool:
    """Return whether no blank line stands between two blocks."""
    if first.kind is second.kind is BlockKind.LIST_ITEM:
        return True
    if first.line is None or second.line is None:
        return False
    return second.line == first.line + first.text.count("\n") + 1
