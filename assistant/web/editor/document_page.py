"""One published document: what is known of it, what happened to it, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.corpus.publishing.differences import DocumentDiff, Part, PassageDiff, Piece
from assistant.corpus.publishing.history import CHANGE_NAMES, DocumentChange
from assistant.domain import Company, Document, Source, Status
from assistant.web.editor.jobs import Job
from assistant.web.editor.layout import (
    author_field,
    badge,
    card,
    day,
    departments,
    field,
    heading,
    page,
    post_button,
    send_form,
    state,
    text_input,
    working,
)
from assistant.web.editor.understood_view import understood
from assistant.web.markup import esc

_PARTS = {Part.SAME: "", Part.REMOVED: "del", Part.ADDED: "ins"}


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of the history, with what it changed."""

    change: DocumentChange
    diff: DocumentDiff | None
    """None where the edition before is not kept."""


def document_page(
    document: Document,
    *,
    happened: Sequence[Happened],
    company: Company,
    today: date,
    job: Job | None,
) -> str:
    """Return the page of a document of the live version."""
    source = document.source
    edit = post_button("この資料を直す", f"/editor/documents/{document.id}/edit", {})
    link = (
        f'<a class="k-btn" href="/doc/{document.id}" target="_blank" rel="noopener">'
        "社員に見えるページ</a>"
        if not source.audience and source.status is not Status.DRAFT
        else ""
    )
    parts = [
        heading(source.title),
        _facts(source, today),
        f'<div class="k-row e-below">{edit}{link}</div>',
        working(job) if job else _actions(document, today),
        card("こう読みとりました", understood(document)),
        card("これまで", "".join(_happened(one) for one in happened), name="history"),
    ]
    return page(source.title, *parts, here="/editor/documents", company=company.name)


def diff_html(diff: DocumentDiff) -> str:
    """Return what differs: details as a list, passages with the words that went and came."""
    details = "".join(
        f"<li>{esc(one.name)}: <del>{esc(one.before or 'なし')}</del> → "
        f"<ins>{esc(one.after or 'なし')}</ins></li>"
        for one in diff.details
    )
    passages = "".join(_passage(one) for one in diff.changed)
    return (f"<ul>{details}</ul>" if details else "") + passages


def _facts(source: Source, today: date) -> str:
    reason = f"({esc(source.status_reason)})" if source.status_reason else ""
    pairs = (
        ("種類", badge(source.kind)),
        ("状態", state(source, today) + reason),
        ("部署", esc(departments(source))),
        ("管理者", esc(source.owner or "―")),
        ("更新日", day(source.updated)),
        ("見直し期限", day(source.review_by)),
        ("置き場所", f"<code>{esc(source.path)}</code>"),
    )
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in pairs)
    return f'<dl class="e-facts">{rows}</dl>'


def _actions(document: Document, today: date) -> str:
    path = f"/editor/documents/{document.id}"
    next_year = today.replace(year=today.year + 1, day=min(today.day, 28))
    renew = send_form(
        f"{path}/renew",
        field("つぎの見直し期限", text_input("review_by", next_year.isoformat(), kind="date")),
        author_field(),
        '<button class="k-btn">見直したと記録する</button>',
    )
    ending = {Status.CURRENT: _withdraw(path), Status.RETRACTED: _restore(path)}
    return card("見直す", renew, name="renew") + ending.get(document.source.status, "")


def _withdraw(path: str) -> str:
    form = send_form(
        f"{path}/withdraw",
        field("理由", text_input("reason", more='required placeholder="例: 手順が変わったため"')),
        author_field(),
        '<button class="k-btn">取り下げて公開する</button>',
    )
    return (
        '<details class="e-card"><summary><h2>取り下げる</h2></summary>'
        '<p class="k-note">答えには使われなくなります。なぜ無くなったかは残り、'
        f"名前を挙げて聞かれたときに伝えます。あとから戻せます。</p>{form}</details>"
    )


def _restore(path: str) -> str:
    form = send_form(f"{path}/restore", author_field(), '<button class="k-btn">また使う</button>')
    return card("また使う", "<p>もう一度、答えに使えるようにします。</p>", form)


def _happened(one: Happened) -> str:
    change = one.change
    when = change.when.astimezone()
    reason = f"<p>理由: {esc(change.reason)}</p>" if change.reason else ""
    differs = diff_html(one.diff) if one.diff else ""
    shown = (
        f'<details class="e-more"><summary>変わったところ</summary>'
        f'<div class="e-diff">{differs}</div></details>'
        if differs
        else ""
    )
    return (
        f'<div class="e-happened"><p><b>第{change.version_id}版 {CHANGE_NAMES[change.kind]}</b> '
        f'<span class="k-note">{day(when.date())} {when:%H:%M} {esc(change.who)}</span></p>'
        f'<p class="k-note">{esc(change.summary)}</p>{reason}{shown}</div>'
    )


def _passage(one: PassageDiff) -> str:
    path = " › ".join(filter(None, one.headings))
    head = f'<p class="e-path">{esc(path)}</p>' if path else ""
    words = "".join(_piece(piece) for piece in one.pieces)
    return f'<div class="e-piece">{head}<p class="k-pre">{words}</p></div>'


def _piece(piece: Piece) -> str:
    tag = _PARTS[piece.part]
    return f"<{tag}>{esc(piece.text)}</{tag}>" if tag else esc(piece.text)
