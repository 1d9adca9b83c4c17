"""FAQ documents: one question and its answer is one passage."""

import re
from collections.abc import Iterator, Sequence

from assistant.corpus.columns import Role, cell, roles_of, with_known_header
from assistant.corpus.dates import parse_date
from assistant.corpus.drafts import Cut, Draft
from assistant.corpus.manuals import cut_section
from assistant.corpus.names import resolve_departments
from assistant.corpus.sections import join_blocks, sections_of, without_title
from assistant.corpus.text import narrow
from assistant.domain import Block, BlockKind, Company, FaqPair, Problem, Section, Severity, Source

_Q = re.compile(
    r"\s*(?:[-*#・]\s+|・)?\**[【\[(]?(?:[Qq]|問|質問)\s*\d*\s*(?:[】\])]|[.:、]|\s)\s*\**\s*"
)
_A = re.compile(
    r"\s*(?:[-*・]\s+|・)?\**[【\[(]?(?:[Aa]|答え?|回答)\s*\d*\s*(?:[】\])]|[.:、]|\s)\s*\**\s*"
)
"""Match them against `narrow(text)`."""
_ENDS = ("?", "\uff1f", "。")


def cut_faq(blocks: Sequence[Block], source: Source, company: Company) -> Cut:
    """Return the pairs of tables, of headings with text, and of «Q: … A: …» lines."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    blocks = with_known_header(blocks)
    sections = sections_of(blocks, title=source.title)
    for section in sections:
        rest = []
        for block in section.blocks:
            if block.kind is BlockKind.TABLE and {Role.QUESTION, Role.ANSWER} <= set(
                roles_of(block.rows[0])
            ):
                cut = _cut_table(block, section, source, company)
                drafts += cut.drafts
                problems += cut.problems
            else:
                rest.append(block)
        drafts += _cut_text(Section(section.headings, tuple(rest), section.page)) if rest else ()
    if drafts and not any(isinstance(draft.content, FaqPair) for draft in drafts):
        if source.title.endswith(("?", "\uff1f", "か", "か。")):
            answer = join_blocks(without_title(blocks, source.title)).strip()
            pair = FaqPair(source.title, answer)
            return Cut((Draft(f"{source.title}\n{answer}", (), pair, page=drafts[0].page),))
        problems.append(
            Problem(
                source.path,
                "質問と回答の組が見つかりません(ふつうの文書として読みました)",
                "表なら1行目を question,answer(質問,回答)に、文章なら質問を見出しにしてください",
                Severity.WARNING,
            )
        )
    return Cut(tuple(drafts), tuple(problems))


def _cut_table(block: Block, section: Section, source: Source, company: Company) -> Cut:
    roles = roles_of(block.rows[0])
    drafts, problems = [], []
    unknown: dict[str, None] = {}
    for number, row in enumerate(block.rows[1:], start=2):
        question, answer = cell(row, roles, Role.QUESTION), cell(row, roles, Role.ANSWER)
        if not question or not answer:
            missing = "質問" if not question else "回答"
            place = f"表の{number}行目" + (
                f"(「{(question or answer)[:20]}」)" if question or answer else ""
            )
            problems.append(_half(source, f"{place}に{missing}がありません", block.page))
            continue
        departments = resolve_departments(
            re.split(r"[、,，/]", cell(row, roles, Role.DEPARTMENT)), company
        )
        unknown.update(dict.fromkeys(departments.unknown))
        category = cell(row, roles, Role.CATEGORY)
        drafts.append(
            Draft(
                f"{question}\n{answer}",
                section.headings + ((category,) if category else ()),
                FaqPair(question, answer),
                page=block.page,
                departments=departments.names,
                updated=parse_date(cell(row, roles, Role.UPDATED)),
            )
        )
    if unknown:
        problems.append(
            Problem(
                source.path, f"部署「{'」「'.join(unknown)}」は company.yaml にありません",
                "部署名か呼び名で書いてください(それまで全社向けとして扱います)", Severity.WARNING,
            )
        )  # fmt: skip
    return Cut(tuple(drafts), tuple(problems))


def _half(source: Source, reason: str, page: int | None) -> Problem:
    remedy = "書き足すか、行を消してください"
    return Problem(source.path, reason, remedy, Severity.WARNING, page=page)


def _cut_text(section: Section) -> Iterator[Draft]:
    marked = [block for block in section.blocks if _Q.match(narrow(block.text))]
    if marked:
        yield from _cut_marked(section)
        return
    if not section.headings:
        yield from cut_section(section)
        return
    *above, heading = section.headings
    question = _without(_Q, heading) or heading
    answer = _without_marker(join_blocks(section.blocks).strip())
    yield Draft(f"{question}\n{answer}", tuple(above), FaqPair(question, answer), page=section.page)


def _cut_marked(section: Section) -> Iterator[Draft]:
    """Cut «Q: …» and «A: …», in one block or in several."""
    lines = [line for block in section.blocks for line in (*block.text.split("\n"), "")]
    question, answering = "", False
    answer: list[str] = []
    for line in [*lines, "Q. "]:
        if _Q.match(narrow(line)):
            text = "\n".join(answer).strip()
            if question and text:
                yield Draft(
                    f"{question}\n{text}",
                    section.headings,
                    FaqPair(question, text),
                    page=section.page,
                )
            elif text:
                yield Draft(text, section.headings, page=section.page)
            question, answer, answering = _without(_Q, line).strip("*"), [], False
        elif question and not answering and not _A.match(narrow(line)):
            if line.strip():
                question = f"{question}{line.strip()}" if not question.endswith(_ENDS) else question
                answering = answering or question.endswith(_ENDS)
                if answering:
                    answer.append(line)
        else:
            answer.append(_without_marker(line))
            answering = True


def _without_marker(text: str) -> str:
    return _without(_A, text) if _A.match(narrow(text)) else text


def _without(marker: re.Pattern[str], text: str) -> str:
    match = marker.match(narrow(text))
    return text[match.end() :].strip() if match else text.strip()
