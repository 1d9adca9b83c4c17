"""Templates: one template is one passage; what employees copy is a verbatim part of it."""

import re
from collections.abc import Sequence

from assistant.corpus.columns import Role, cell, roles_of
from assistant.corpus.drafts import Cut, Draft
from assistant.corpus.metadata import Facts
from assistant.corpus.names import resolve_departments
from assistant.corpus.sections import join_blocks, without_title
from assistant.domain import Block, BlockKind, Company, Source, Template

_SLOT = re.compile(
    r"【([^【】\n]{1,80})】|〔([^〔〕\n]{1,80})〕|\[\[([^\[\]\n]{1,80})\]\]|\{+([^{}\n]{1,80})\}+"
)


def cut_template(blocks: Sequence[Block], source: Source, facts: Facts, company: Company) -> Cut:
    """Return the whole document as one template, or each row of a table of templates."""
    rows = [
        block for block in blocks if block.kind is BlockKind.TABLE and _is_template_table(block)
    ]
    if rows and all(block.kind in {BlockKind.TABLE, BlockKind.HEADING} for block in blocks):
        return Cut(tuple(draft for table in rows for draft in _cut_table(table, company)))
    content = without_title(blocks, source.title)
    text = join_blocks(content).strip()
    body = next((block.text for block in content if block.kind is BlockKind.CODE), text)
    inner = _inside_fence(body)
    template = Template(inner, slots_of(inner), facts.task or source.title)
    page = content[0].page if content else None
    return Cut((Draft(text, (), template, page=page),) if text else ())


def slots_of(text: str) -> tuple[str, ...]:
    """Return what stands in 【…】, 〔…〕, [[…]] or {…}: in order, each once."""
    found = (next(group for group in match.groups() if group) for match in _SLOT.finditer(text))
    return tuple(dict.fromkeys(slot.strip() for slot in found if slot.strip()))


def _is_template_table(block: Block) -> bool:
    roles = set(roles_of(block.rows[0]))
    return bool(roles & {Role.BODY, Role.TEMPLATE}) and bool(roles & {Role.TITLE, Role.TASK})


def _cut_table(table: Block, company: Company) -> list[Draft]:
    header = table.rows[0]
    roles = roles_of(header)
    drafts = []
    for row in table.rows[1:]:
        body = cell(row, roles, Role.BODY) or cell(row, roles, Role.TEMPLATE)
        if not body:
            continue
        title = cell(row, roles, Role.TITLE) or cell(row, roles, Role.TASK)
        names = resolve_departments(
            re.split(r"[、,，/]", cell(row, roles, Role.DEPARTMENT)), company
        )
        template = Template(body, slots_of(body), cell(row, roles, Role.TASK) or title)
        drafts.append(Draft(body, (title,) if title else (), template, table.page, names.names))
    return drafts


def _inside_fence(text: str) -> str:
    """Return a fenced block without its fence lines; other text as it is."""
    lines = text.split("\n")
    if len(lines) > 1 and re.match(r"\s*(```|~~~)", lines[0]):
        end = -1 if re.match(r"\s*(```|~~~)", lines[-1]) else None
        return "\n".join(lines[1:end])
    return text
