"""What greets a person: company, departments, starting questions, desk."""

from collections.abc import Sequence

from assistant.domain import Company, Desk
from assistant.web.markup import button, copy_button, esc
from assistant.web.needs import Published, StartingQuestion
from assistant.web.words import GREETING, PROMISE

_ALL_FOUND = 0.999
"""A share of vectors from which the notice about thinner results is not worth reading."""


def start_html(published: Published, department: str, cards: Sequence[StartingQuestion]) -> str:
    """Return the fragments that the page's script puts into their places by `data-into`."""
    company = published.company
    return "".join(
        [
            f'<div data-into="company">{esc(company.name)}</div>',
            f'<div data-into="departments">{_departments(company, department)}</div>',
            f'<div data-into="notice">{esc(_notice(published))}</div>',
            f'<div data-into="welcome">{_welcome(department, cards)}</div>',
            f'<div data-into="desk">{_desk(company.desk)}</div>',
        ]
    )


def _departments(company: Company, chosen: str) -> str:
    options = [f'<option value=""{"" if chosen else " selected"}>部署を選ぶ</option>']
    options += [
        f'<option value="{esc(department.name)}"'
        f"{' selected' if department.name == chosen else ''}>{esc(department.name)}</option>"
        for department in company.departments
    ]
    return "".join(options)


def _notice(published: Published) -> str:
    if published.vector_share >= _ALL_FOUND:
        return ""
    return (
        f"資料の準備中です({int(published.vector_share * 100)}%)。"
        "今は言葉が同じ資料から先に見つかります。"
    )


def _welcome(department: str, cards: Sequence[StartingQuestion]) -> str:
    ask_department = (
        ""
        if department
        else '<p class="k-gentle">はじめまして。上の「部署を選ぶ」で部署を選ぶと、'
        "近くの人の事例からお見せします。選ばなくても使えます。</p>"
    )
    items = "".join(_card(card) for card in cards)
    return (
        f"<h2>{GREETING}</h2>{ask_department}"
        + (f'<ul class="k-cards">{items}</ul>' if items else "")
        + f'<p class="k-promise-top">{PROMISE}</p>'
    )


def _card(card: StartingQuestion) -> str:
    detail = f'<span class="k-card-detail">{esc(card.label)}</span>' if card.label else ""
    label = f'<span class="k-card-label">{esc(card.caption)}</span>' if card.caption else ""
    return (
        f'<li><button type="button" class="k-card" data-do="ask" data-value="{esc(card.question)}">'
        f'<span class="k-card-title">{esc(card.question)}</span>{detail}{label}</button></li>'
    )


def _desk(desk: Desk) -> str:
    rows = [
        ("担当", desk.owner),
        ("連絡先", desk.channel),
        ("受付", desk.hours),
        ("返事のめやす", desk.reply_within),
        ("名前を出さずに相談", desk.anonymous_form),
    ]
    shown = "".join(f"<dt>{name}</dt><dd>{esc(text)}</dd>" for name, text in rows if text)
    return (
        f'<div class="k-dialog-top"><h2>{esc(desk.name)}</h2>'
        f"{button('閉じる', 'close', css='k-quiet')}</div>"
        "<p>どんな小さなことでも聞いてください。わからないまま使うより、ずっと安心です。</p>"
        f"<dl>{shown}</dl>"
        '<p class="k-label">相談文(コピーして使えます)</p>'
        '<div class="k-copybox"><p data-copy data-desk-text>'
        f"AIの使い方について相談させてください。</p>{copy_button()}</div>"
    )
