"""Templates: one template is one passage; what employees copy is a verbatim part of it."""

import re
from collections.abc import Sequence

from assistant.corpus.columns import Role, cell, roles_of, with_known_header
from assistant.corpus.drafts import Cut, Draft
from assistant.corpus.metadata import Facts
from assistant.corpus.names import resolve_departments
from assistant.corpus.sections import join_blocks, without_title
from assistant.corpus.text import narrow
from assistant.domain import Block, BlockKind, Company, Source, Template

_SLOT = re.compile(
    r"【([^【】\n]{1,80})】|〔([^〔〕\n]{1,80})〕|\[\[([^\[\]\n]{1,80})\]\]|\{+([^{}\n]{1,80})\}+|"
    r"\[([^\[\]\n]{2,80})\](?![(\[:])|[〈《]([^〈〉《》\n]{1,80})[〉》]|"
    r"<([^<>/\n]*[^\x00-\x7f][^<>\n]*)>"
)
"""Match it against `narrow(text)`; <b> and [link](…) are no slots, <会社名> is one."""

_BODY_WORDS = (
    r"プロンプト(?:例|本文|文|テンプレート)?|指示文|本文|テンプレート|ひな形|雛形|"
    r"コピー(?:用|して)\S{0,12}|入力文"
)
_BODY = re.compile(
    rf"^[\s#■◆●▼【\[*]*(?:{_BODY_WORDS})[\s】\]*]*:?[\s*]*\n+", re.MULTILINE | re.IGNORECASE
)
_ABOUT_WORDS = (
    r"使い方|使う場面|使いどころ|利用場面|注意\S{0,3}|ポイント|補足|備考|コツ|出力例|回答例|解説|説明|"
    r"関連|更新|作成者?|工夫|改善"
)
_ABOUT = re.compile(
    rf"^[\s#■◆●▼【\[*]*(?:{_ABOUT_WORDS})[^\n。]{{0,8}}?[\s】\]*]*(?::[^\n]*)?$", re.MULTILINE
)
"""Labels of what stands around a prompt, in general Japanese."""


def cut_template(blocks: Sequence[Block], source: Source, facts: Facts, company: Company) -> Cut:
    """Return the whole document as one template, or each row of a table of templates."""
    blocks = with_known_header(blocks)
    rows = [
        block for block in blocks if block.kind is BlockKind.TABLE and _is_template_table(block)
    ]
    if rows and all(block.kind in {BlockKind.TABLE, BlockKind.HEADING} for block in blocks):
        return Cut(tuple(draft for table in rows for draft in _cut_table(table, company)))
    content = without_title(blocks, source.title)
    text = join_blocks(content).strip()
    body = next((block.text for block in content if block.kind is BlockKind.CODE), _marked(text))
    inner = _inside_fence(body)
    template = Template(inner, slots_of(inner), facts.task or source.title)
    page = content[0].page if content else None
    return Cut((Draft(text, (), template, page=page),) if text else ())


def slots_of(text: str) -> tuple[str, ...]:
    """Return what stands in 【…】, 〔…〕, [[…]], {…}, […] or 〈…〉: in order, each once."""
    matches = _SLOT.finditer(narrow(text))
    spans = (match.span(match.lastindex or 0) for match in matches)
    found = (text[start:end] for start, end in spans)
    return tuple(dict.fromkeys(slot.strip() for slot in found if slot.strip()))


def _marked(text: str) -> str:
    """Return what stands under «プロンプト:» up to the notes after it; else the whole text."""
    shape = narrow(text)
    start = _BODY.search(shape)
    if start is None:
        return text
    end = _ABOUT.search(shape, start.end())
    return text[start.end() : end.start() if end else len(text)].strip() or text


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
