"""The company's AI利用ルール on one A4 page, for the screen and for the printer."""

from itertools import groupby

from assistant.domain import Clause, ClauseKind, Company, Passage
from assistant.web.documents_view import message_page, page_html
from assistant.web.markup import button, esc


def rule_page(rules: tuple[Passage, ...], *, company: Company) -> str:
    """Return `/rule`: the clauses of the current rule in order, under their headings."""
    if not rules:
        return message_page(
            "AI利用ルールはまだありません",
            "DX担当の方に、rules フォルダへルールの文書を入れて公開するよう頼んでください。",
        )
    source = rules[0].source
    facts = [
        source.owner,
        f"第{source.version}版" if source.version else "",
        f"{source.updated:%Y年%m月%d日}" if source.updated else "",
    ]
    head = (
        f'<header class="k-doc-head"><p class="k-company">{esc(company.name)}</p>'
        f"<h1>{esc(source.title)}</h1>"
        f'<p class="k-note">{esc(" ・ ".join(filter(None, facts)))}</p>'
        f"{button('印刷する', 'print', css='k-quiet k-no-print')}</header>"
    )
    groups = groupby(rules, key=lambda clause: clause.headings)
    body = "".join(_clauses(headings, list(clauses)) for headings, clauses in groups)
    told = any(isinstance(r.content, Clause) and r.content.clause is ClauseKind.DESK for r in rules)
    foot = "" if told else _desk(company)
    return page_html(
        source.title, f'<main class="k-doc k-a4">{head}{body}{foot}</main>', css="k-rule"
    )


def _clauses(headings: tuple[str, ...], clauses: list[Passage]) -> str:
    title = f"<h2>{esc(headings[-1])}</h2>" if headings else ""
    return f"<section>{title}{''.join(map(_clause, clauses))}</section>"


def _clause(passage: Passage) -> str:
    if not isinstance(passage.content, Clause):
        return f'<p class="k-pre">{esc(passage.text)}</p>'
    return f'<ul class="k-clauses"><li class="k-pre">{esc(passage.text)}</li></ul>'


def _desk(company: Company) -> str:
    desk = company.desk
    words = " ・ ".join(filter(None, [desk.owner, desk.channel, desk.hours]))
    return f'<footer class="k-doc-foot">困ったら: {esc(desk.name)} {esc(words)}</footer>'
