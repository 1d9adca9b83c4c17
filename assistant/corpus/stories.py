"""活用事例: one story is one passage, its numbers parsed and its words untouched."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.corpus.columns import Role, cell, role_of, roles_of, with_known_header
from assistant.corpus.dates import parse_date
from assistant.corpus.drafts import Cut, Draft
from assistant.corpus.measures import find_change, parse_measure
from assistant.corpus.metadata import Facts
from assistant.corpus.names import resolve_departments
from assistant.corpus.sections import join_blocks, without_title
from assistant.corpus.text import narrow
from assistant.domain import Block, BlockKind, Company, Measure, Problem, Severity, Source, Story

_LABEL = re.compile(r"\s*(?:[-*+・]\s+|[■◆●・]\s*)?\**([^:*|\n]{1,16}?)\**\s*:\**\s*(.+?)\s*$")
_BRACKETED = re.compile(
    r"\s*(?:[-*+・]\s+)?[【\[<〈]([^】\]>〉\n]{1,16})[】\]>〉]\s*:?\s*(.+?)\s*$"
)
_SPACED = re.compile(r"\s*(?:[-*+・]\s+|[■◆●・]\s*)?([^\s:]{2,8})\s+([^。]{1,40}?)\s*$")
"""Match them against `narrow(line)`."""
_MAX_AROUND = 200
"""Characters around a table of stories: its title and a note, not a story of its own."""
_FRAME = frozenset({BlockKind.TABLE, BlockKind.HEADING})


def cut_story(blocks: Sequence[Block], source: Source, facts: Facts, company: Company) -> Cut:
    """Return one passage a story: the whole document, or each row of a table of stories."""
    blocks = with_known_header(blocks)
    tables = [block for block in blocks if _is_story_table(block)]
    around = sum(len(block.text) for block in blocks if block.kind not in _FRAME)
    if tables and around <= _MAX_AROUND:
        return _cut_tables(tables, source, company)
    body = without_title(blocks, source.title)
    text = join_blocks(body).strip()
    labels = _labels(body)
    facts = _completed(facts, labels, text)
    departments = () if source.departments else resolve_departments(
        re.split(r"[、,，/]", labels.get(Role.DEPARTMENT, "")), company
    ).names  # fmt: skip
    content = _story(facts, fallback_task=source.title)
    page = body[0].page if body else None
    draft = Draft(_with_change(text, facts), (), content, page=page, departments=departments)
    problems = _problems(source, content, known=bool(departments or source.departments))
    return Cut((draft,) if text else (), problems if text else ())


def _is_story_table(block: Block) -> bool:
    if block.kind is not BlockKind.TABLE:
        return False
    roles = set(roles_of(block.rows[0]))
    return Role.AFTER in roles and bool(roles & {Role.TASK, Role.TITLE, Role.DEPARTMENT})


def _cut_tables(tables: Iterable[Block], source: Source, company: Company) -> Cut:
    drafts = []
    unknown: dict[str, None] = {}
    for table in tables:
        header = table.rows[0]
        for row in table.rows[1:]:
            labels = {role: cell(row, roles_of(header), role) for role in roles_of(header)}
            lines = [
                f"{label}: {value}" for label, value in zip(header, row, strict=False) if value
            ]
            text = "\n".join(lines)
            facts = _completed(Facts(), labels, text)
            title = labels.get(Role.TITLE) or labels.get(Role.TASK, "")
            names = resolve_departments(
                re.split(r"[、,，/]", labels.get(Role.DEPARTMENT, "")), company
            )
            unknown.update(dict.fromkeys(names.unknown))
            content = _story(facts, fallback_task=title or source.title)
            headings = (title,) if title else ()
            drafts.append(Draft(text, headings, content, table.page, names.names, facts.told_on))
    reason = f"部署「{'」「'.join(unknown)}」は company.yaml にありません"
    problem = Problem(source.path, reason, "部署名か呼び名で書いてください", Severity.WARNING)
    return Cut(tuple(drafts), (problem,) if unknown else ())


def _labels(blocks: Iterable[Block]) -> dict[Role, str]:
    """Return what «業務: 週報» lines and two-column tables say."""
    labels: dict[Role, str] = {}
    for block in blocks:
        pairs = [(row[0], row[1]) for row in block.rows if len(row) == 2]
        if block.kind is not BlockKind.TABLE:
            pairs = [pair for line in block.text.split("\n") for pair in _pairs(line)]
        elif len(block.rows) > 1 and {Role.BEFORE, Role.AFTER} <= set(roles_of(block.rows[0])):
            roles = roles_of(block.rows[0])
            row = next((row for row in block.rows[1:] if _tells_time(row)), block.rows[1])
            pairs = [(role, cell(row, roles, role)) for role in (Role.BEFORE, Role.AFTER)]
        for label, value in pairs:
            role = role_of(label)
            if role is not None and value:
                labels.setdefault(role, value.strip("*"))
    return labels


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    """Yield (label, value) of «部署: 営業», «【部署】営業» or «部署 営業»."""
    shape = narrow(line)
    match = _BRACKETED.match(shape) or _LABEL.match(shape) or _SPACED.match(shape)
    if match:
        yield match[1], line[match.start(2) : match.end(2)]


def _tells_time(row: Sequence[str]) -> bool:
    return sum(parse_measure(value).duration is not None for value in row) >= 2


def _completed(facts: Facts, labels: dict[Role, str], text: str) -> Facts:
    """Return `facts`, what they lack taken from labels, and the numbers last from the text."""
    facts = replace(
        facts,
        task=facts.task or labels.get(Role.TASK, ""),
        tool=facts.tool or labels.get(Role.TOOL, ""),
        author=facts.author or labels.get(Role.AUTHOR, ""),
        told_on=facts.told_on or parse_date(labels.get(Role.DATE, "")),
        template=facts.template or labels.get(Role.TEMPLATE, ""),
        before=facts.before or _measure(labels.get(Role.BEFORE, "")),
        after=facts.after or _measure(labels.get(Role.AFTER, "")),
    )
    if facts.before is None and facts.after is None:
        change = find_change(text)
        if change:
            return replace(facts, before=change[0], after=change[1])
    return facts


def _measure(text: str) -> Measure | None:
    return parse_measure(text) if text else None


def _story(facts: Facts, *, fallback_task: str) -> Story:
    return Story(
        task=facts.task or fallback_task,
        tool=facts.tool,
        before=facts.before,
        after=facts.after,
        author=facts.author,
        told_on=facts.told_on,
        template=facts.template,
    )


def _with_change(text: str, facts: Facts) -> str:
    """Return the body, with the numbers of the front matter in front if it does not tell them."""
    if facts.before is None or facts.after is None:
        return text
    before, after = facts.before.original, facts.after.original
    return text if before in text and after in text else f"{before} → {after}\n\n{text}"


def _problems(source: Source, story: Story, *, known: bool) -> tuple[Problem, ...]:
    missing = [
        *(() if known else ("部署",)),
        *(() if story.before and story.after else ("使う前と後の時間(before と after)",)),
    ]
    unread = [
        measure.original
        for measure in (story.before, story.after)
        if measure is not None and measure.duration is None
    ]
    found = []
    if missing:
        reason = f"事例の{'、'.join(missing)}が書かれていません"
        found.append(Problem(source.path, reason, "先頭の設定に書いてください", Severity.WARNING))
    if unread:
        reason = f"時間として読めない値です(「{'」「'.join(unread)}」。そのまま表示します)"
        found.append(
            Problem(
                source.path,
                reason,
                "「2時間」「月8h」「1件20分」の形なら比べられます",
                Severity.WARNING,
            )
        )
    return tuple(found)
