"""Citations -> the 出典 list: exact quote, place, and a way into the document."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

from assistant.domain import AnswerSection, Citation, Kind, Passage
from assistant.web.markup import esc, marked, part
from assistant.web.passage_view import has_table, text_html

KINDS = {
    Kind.RULE: "AI利用ルール",
    Kind.MANUAL: "マニュアル",
    Kind.FAQ: "よくある質問",
    Kind.STORY: "活用事例",
    Kind.TEMPLATE: "テンプレート",
}
_AROUND = 90
"""Characters shown on either side of a quote: two lines of the panel."""


def reckonings(sections: Iterable[AnswerSection]) -> dict[int, str]:
    """Return how the saved time of each story was reckoned, by the number of its source."""
    return {
        card.mark: card.reduction.derivation
        for section in sections
        for card in section.stories
        if card.reduction
    }


def sources_part(
    citations: tuple[Citation, ...],
    *,
    documents: Mapping[str, str],
    reckoned: Mapping[int, str],
) -> str:
    """Return the sources of one answer, or nothing when it cites none."""
    if not citations:
        return ""
    items = "".join(
        _source(citation, documents, reckoned.get(citation.n, "")) for citation in citations
    )
    return part(
        "sources",
        '<h3 class="k-h">出典</h3>',
        f'<ol class="k-sources-list">{items}</ol>',
        label="出典",
    )


def document_link(citation: Citation, documents: Mapping[str, str]) -> str:
    """Return the path that opens the document at the quote; empty if it was withdrawn meanwhile."""
    document = documents.get(citation.passage.source.path)
    if document is None:
        return ""
    place = urlencode({"p": citation.passage.id, "s": citation.start, "e": citation.end})
    return f"/doc/{quote(document, safe='')}?{place}#quote"


def place_of(passage: Passage) -> str:
    """Return heading path and page in words: 「3. 入力禁止 ・ 2ページ」."""
    page = f"{passage.page}ページ" if passage.page else ""
    return " ・ ".join(filter(None, [" › ".join(passage.headings), page]))


def _source(citation: Citation, documents: Mapping[str, str], derivation: str) -> str:
    passage = citation.passage
    link = document_link(citation, documents)
    opened = (
        f'<a class="k-open" href="{esc(link)}" target="_blank" rel="noopener">文書を開く</a>'
        if link
        else '<span class="k-note">この文書は入れ替わりました。</span>'
    )
    place = place_of(passage)
    overdue = ' <span class="k-note">見直し期限切れ</span>' if citation.overdue else ""
    return (
        f'<li class="k-source" data-n="{citation.n}" tabindex="-1">'
        f'<p class="k-source-top"><b>[{citation.n}]</b> '
        f'<span class="k-kind">{KINDS[passage.source.kind]}</span></p>'
        f'<p class="k-source-title">{esc(passage.source.title)}{overdue}</p>'
        + (f'<p class="k-place">{esc(place)}</p>' if place else "")
        + f"<blockquote>{_around(citation)}</blockquote>"
        + (f'<p class="k-place">計算: {esc(derivation)}</p>' if derivation else "")
        + f"{opened}</li>"
    )


def _around(citation: Citation) -> str:
    text, start, end = citation.passage.text, citation.start, citation.end
    if has_table(text):
        left = text.rfind("\n", 0, max(0, start - 2 * _AROUND)) + 1
        right = text.find("\n", end + 2 * _AROUND)
        right = len(text) if right < 0 else right
        return text_html(text[left:right], (start - left, end - left))
    left, right = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before, after = "…" if left else "", "…" if right < len(text) else ""
    return before + marked(text[left:right], [(start - left, end - left)]) + after
