"""A document as a page of its own, rebuilt from its passages, opened at an exact quote."""

from dataclasses import dataclass

from assistant.domain import Company, Document, Passage, Status, Template
from assistant.web.markup import copy_button, esc, with_slots
from assistant.web.passage_view import text_html
from assistant.web.sources_view import KINDS
from assistant.web.words import PRODUCT, STATUS


@dataclass(frozen=True, slots=True)
class Quote:
    """Where to open a document: a passage, and [start, end) in its text."""

    passage_id: str
    start: int = 0
    end: int = 0


_WHOLE = Quote("")


def page_html(title: str, body: str, *, css: str = "") -> str:
    """Return a whole page of our own, without any script but the one that copies."""
    return (
        '<!doctype html><html lang="ja"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{esc(title)} | {PRODUCT}</title>"
        '<link rel="icon" href="/page/icon.svg"><link rel="stylesheet" href="/page/base.css">'
        '<script src="/page/base.js"></script></head>'
        f'<body class="k-doc-page {css}">{body}</body></html>'
    )


def document_page(document: Document, *, company: Company, quote: Quote) -> str:
    """Return `/doc/{id}`."""
    body = document_body(document, company=company, quote=quote)
    return page_html(document.source.title, f'<main class="k-doc">{body}</main>')


def document_body(document: Document, *, company: Company, quote: Quote = _WHOLE) -> str:
    """Return a document as employees see it: heading, facts, what it is worth, all passages."""
    source = document.source
    facts = [
        KINDS[source.kind],
        "・".join(source.departments),
        f"{source.owner}" if source.owner else "",
        f"{source.updated:%Y年%m月%d日}更新" if source.updated else "",
        f"第{source.version}版" if source.version else "",
    ]
    head = (
        f'<header class="k-doc-head"><p class="k-company">{esc(company.name)}</p>'
        f"<h1>{esc(source.title)}</h1>"
        f'<p class="k-note">{esc(" ・ ".join(filter(None, facts)))}</p></header>'
    )
    return f"{head}{_banner(document)}{''.join(_passages(document.passages, quote))}"


def message_page(title: str, sentence: str) -> str:
    """Return a small page that says what happened and what to do."""
    return page_html(
        title,
        f'<main class="k-doc"><h1>{esc(title)}</h1><p>{esc(sentence)}</p>'
        '<p><a class="k-open" href="/">活用ナビに戻る</a></p></main>',
    )


def _banner(document: Document) -> str:
    source = document.source
    if source.status is Status.CURRENT:
        return ""
    reason = f" 理由: {source.status_reason}" if source.status_reason else ""
    return f'<p class="k-banner" role="alert">{esc(STATUS[source.status] + reason)}</p>'


def _passages(passages: tuple[Passage, ...], quote: Quote) -> list[str]:
    parts: list[str] = []
    above: tuple[str, ...] = ()
    page: int | None = None
    for passage in passages:
        parts += _headings(passage.headings, above)
        above = passage.headings
        if passage.page and passage.page != page:
            parts.append(f'<p class="k-page">{passage.page}ページ</p>')
            page = passage.page
        here = passage.id == quote.passage_id
        span = (quote.start, quote.end or len(passage.text)) if here else (0, 0)
        parts.append(f'<section class="k-passage">{_text(passage, span)}</section>')
    return parts


def _headings(headings: tuple[str, ...], above: tuple[str, ...]) -> list[str]:
    same = 0
    while same < min(len(headings), len(above)) and headings[same] == above[same]:
        same += 1
    return [
        f"<h{min(level + 2, 6)}>{esc(headings[level])}</h{min(level + 2, 6)}>"
        for level in range(same, len(headings))
    ]


def _text(passage: Passage, span: tuple[int, int]) -> str:
    if isinstance(passage.content, Template) and span == (0, 0):
        return (
            f'<div class="k-paper"><div class="k-paper-top">{copy_button()}</div>'
            f"<pre><code data-copy>{with_slots(passage.content.body)}</code></pre></div>"
        )
    html = text_html(passage.text, span)
    return html.replace("<mark", '<mark id="quote"', 1)
