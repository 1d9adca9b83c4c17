"""Rows of a rule's table: a use, its mark and what to keep."""

import re

_MARK = re.compile(r"[○◯〇◎△▲×✕✗✓]|OK|NG|可|不可|条件(?:付き|つき)?(?:可)?|禁止|推奨")


def row_cells(text: str) -> list[str]:
    """Return the cells of a Markdown table row without its marks; empty for other text."""
    bare = text.strip()
    if not bare.startswith("|") or "\n" in bare:
        return []
    cells = [cell.strip() for cell in bare.strip("|").split("|")]
    return [cell for cell in cells if cell and not _MARK.fullmatch(cell)]


def marked_row(text: str) -> list[str]:
    """Return the cells of a row that tells a use with its mark; reasons are not its subject."""
    cells = row_cells(text)
    bare = text.strip().strip("|").split("|")
    return cells if any(_MARK.fullmatch(cell.strip()) for cell in bare) else []


def each_of(listed: str) -> list[str]:
    """«金利と手数料の数字» → 金利の数字, 手数料の数字."""
    items, _, head = listed.rpartition("の")
    parts = re.split(r"と|や|・|、|および|及び", items or listed)
    return [f"{part}の{head}" for part in parts] if items else parts
