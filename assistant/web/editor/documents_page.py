"""The list of all documents, with filters, and the calendar of reviews."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from assistant.corpus.kinds import KIND_NAMES, STATUS_NAMES
from assistant.corpus.reviews import Due as Pressing
from assistant.corpus.reviews import due_on
from assistant.corpus.text import fold
from assistant.domain import Company, Kind, Source, Status
from assistant.ports import DocumentEntry
from assistant.web.editor.home_view import Due
from assistant.web.editor.layout import (
    badge,
    card,
    day,
    department_choices,
    departments,
    empty,
    field,
    heading,
    page,
    select,
    state,
    text_input,
)
from assistant.web.markup import esc

_SOON = timedelta(days=60)
_SHOWN = 200
"""Rows of one page; filters find the others."""
_HEADS = "".join(
    f"<th>{word}</th>" for word in ("資料", "種類", "部署", "管理者", "見直し期限", "状態")
)
_PRESSING = {Pressing.OVERDUE: "late", Pressing.SOON: "soon", Pressing.LATER: ""}
_DUE = {"late": "期限ぎれ", "soon": "60日以内", "none": "期限なし"}


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the documents is asked for; empty = all."""

    words: str = ""
    kind: str = ""
    department: str = ""
    owner: str = ""
    status: str = ""
    due: str = ""
    """late, soon or none."""

    def fits(self, source: Source, today: date) -> bool:
        """Return whether a document is among those asked for."""
        text = fold(f"{source.title} {source.path}")
        return (
            all(word in text for word in fold(self.words).split())
            and self.kind in {"", source.kind.value}
            and (not self.department or self.department in (source.departments or ("全社",)))
            and self.owner in {"", source.owner}
            and self.status in {"", source.status.value}
            and self.due in {"", due_of(source, today)}
        )


def filter_of(query: Mapping[str, str]) -> Filter:
    """Return the filter that an address asks for; what it does not know is left out."""
    names = ("words", "kind", "department", "owner", "status", "due")
    return Filter(**{name: query.get(name, "")[:100] for name in names})


def due_of(source: Source, today: date) -> str:
    """Return late, soon, none, or "" for a review that is far away."""
    if source.review_by is None:
        return "none"
    return _PRESSING[due_on(source.review_by, today, within=_SOON)]


def due_among(entries: Sequence[DocumentEntry], today: date) -> Due:
    """Count the current documents whose review is overdue or near."""
    current = [one.source for one in entries if one.source.status is Status.CURRENT]
    counted = Counter(due_of(source, today) for source in current)
    return Due(late=counted["late"], soon=counted["soon"])


def documents_page(
    entries: Sequence[DocumentEntry], asked: Filter, *, company: Company, today: date
) -> str:
    """Return the documents that fit, and the filters above them."""
    fitting = [entry for entry in entries if asked.fits(entry.source, today)]
    rows = "".join(_row(entry, today) for entry in fitting[:_SHOWN])
    table = (
        f'<div class="e-table" tabindex="0"><table><thead><tr>{_HEADS}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        if fitting
        else empty(
            "当てはまる資料はありません。",
            '<a class="k-btn" href="/editor/documents">しぼりこみをやめる</a>',
        )
    )
    more = (
        f'<p class="k-note">はじめの{_SHOWN}件です。しぼりこむと、ほかも見られます。</p>'
        if len(fitting) > _SHOWN
        else ""
    )
    return page(
        "資料",
        heading("資料", f"{len(entries)}件のうち、{len(fitting)}件を表示しています。"),
        _filters(entries, asked, company),
        table,
        more,
        here="/editor/documents",
        company=company.name,
    )


def reviews_page(entries: Sequence[DocumentEntry], *, company: Company, today: date) -> str:
    """Return when which document is to be looked through, month by month."""
    current = [entry for entry in entries if entry.source.status is Status.CURRENT]
    dated = sorted(
        ((entry.source.review_by, entry) for entry in current if entry.source.review_by),
        key=lambda pair: (pair[0], pair[1].source.path),
    )
    late = [entry for _, entry in dated if due_of(entry.source, today) == "late"]
    soon = [entry for _, entry in dated if due_of(entry.source, today) == "soon"]
    later = [when for when, entry in dated if not due_of(entry.source, today)]
    lead = "期限をすぎた資料も、答えには使われます(期限ぎれの印がつきます)。"
    return page(
        "見直し",
        heading("見直し", lead),
        card(f"期限をすぎた資料 {len(late)}件", _due_list(late, today)),
        card(f"60日以内 {len(soon)}件", _due_list(soon, today)),
        card("そのあと", _months(later), _undated(len(current) - len(dated))),
        here="/editor/reviews",
        company=company.name,
    )


def _months(later: Iterable[date]) -> str:
    months = "".join(
        f"<li><span>{year}年{month}月</span><b>{len(list(group))}件</b></li>"
        for (year, month), group in groupby(later, key=lambda when: (when.year, when.month))
    )
    return f'<ul class="e-months">{months}</ul>' if months else ""


def _undated(count: int) -> str:
    if not count:
        return ""
    link = "/editor/documents?status=current&amp;due=none"
    return f'<p><a class="k-open" href="{link}">期限を決めていない資料 {count}件</a></p>'


def _due_list(entries: Iterable[DocumentEntry], today: date) -> str:
    items = "".join(_due(entry, today) for entry in entries)
    if not items:
        return '<p class="k-note">いまのところ、ありません。</p>'
    return f'<ul class="e-list">{items}</ul>'


def _due(entry: DocumentEntry, today: date) -> str:
    source = entry.source
    left = (source.review_by - today).days if source.review_by else 0
    told = f"{-left}日すぎています" if left < 0 else f"あと{left}日"
    return (
        f'<li><div class="e-grow"><a class="e-name" href="/editor/documents/{entry.id}">'
        f"{esc(source.title)}</a>"
        f'<p class="k-note">{badge(source.kind)} {esc(departments(source))} '
        f"{esc(source.owner or '管理者なし')}</p></div>"
        f"<p>{day(source.review_by)}<br><small>{told}</small></p>"
        f'<a class="k-btn" href="/editor/documents/{entry.id}#renew">見直す</a></li>'
    )


def _filters(entries: Sequence[DocumentEntry], asked: Filter, company: Company) -> str:
    owners = sorted({entry.source.owner for entry in entries if entry.source.owner})
    whole = [("", "すべて")]
    kinds = whole + [(kind.value, KIND_NAMES[kind]) for kind in Kind]
    states = whole + [(status.value, name) for status, name in STATUS_NAMES.items()]
    places = [*department_choices(company, nobody="すべて"), ("全社", "全社")]
    return (
        '<form class="e-filters" method="get" action="/editor/documents">'
        + field("ことば", text_input("words", asked.words, kind="search"), css="e-words-in")
        + field("種類", select("kind", kinds, asked.kind))
        + field("部署", select("department", places, asked.department))
        + field("管理者", select("owner", [*whole, *((one, one) for one in owners)], asked.owner))
        + field("見直し", select("due", [*whole, *_DUE.items()], asked.due))
        + field("状態", select("status", states, asked.status))
        + '<button class="k-btn">しぼりこむ</button></form>'
    )


def _row(entry: DocumentEntry, today: date) -> str:
    source = entry.source
    return (
        f'<tr><td data-is="資料"><a class="e-name" href="/editor/documents/{entry.id}">'
        f"{esc(source.title)}</a></td>"
        f'<td data-is="種類">{badge(source.kind)}</td>'
        f'<td data-is="部署">{esc(departments(source))}</td>'
        f'<td data-is="管理者">{esc(source.owner or "―")}</td>'
        f'<td data-is="見直し期限">{day(source.review_by)}</td>'
        f'<td data-is="状態">{state(source, today)}</td></tr>'
    )
