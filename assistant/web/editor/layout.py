"""The frame around every page of 資料の管理, and the pieces that they share."""

import json
from collections.abc import Iterable, Mapping
from datetime import date

from assistant.corpus.kinds import KIND_NAMES, STATUS_NAMES
from assistant.domain import Company, Kind, Source, Status
from assistant.web.editor.jobs import Job
from assistant.web.markup import esc
from assistant.web.words import PRODUCT

NAME = "資料の管理"
_PAGES = (
    ("/editor", "足す"),
    ("/editor/documents", "資料"),
    ("/editor/reviews", "見直し"),
    ("/editor/versions", "版"),
)


def page(title: str, *parts: str, here: str = "", company: str = "") -> str:
    """Return a whole page; `here`: path of the page in the menu that it belongs to."""
    links = "".join(
        f'<a href="{path}"{" aria-current=page" if path == here else ""}>{word}</a>'
        for path, word in _PAGES
    )
    return _html(
        title,
        '<a class="e-skip" href="#main">本文へ</a><header class="e-head"><div class="e-bar">'
        f'<p class="e-brand"><b>{NAME}</b><span>{esc(company)}</span></p>'
        f'<nav class="e-nav" aria-label="{NAME}">{links}</nav>'
        '<div class="e-tools">'
        f'<a class="k-btn k-quiet" href="/" target="_blank" rel="noopener">{PRODUCT}を開く</a>'
        '<button type="button" class="k-btn k-quiet e-round" data-do="theme" aria-pressed="false" '
        'aria-label="暗い画面にする"><span aria-hidden="true">☾</span></button>'
        '<button type="button" class="k-btn k-quiet" data-post="/editor/sign-out">終わる</button>'
        "</div></div></header>"
        f'<main id="main" class="e-main">{"".join(parts)}</main>',
    )


def sign_in_page() -> str:
    """Return what a browser without our cookie gets: a place for the key."""
    return _html(
        NAME,
        '<main id="main" class="e-door"><form class="e-card" data-send="/editor/sign-in" data-key>'
        f"<h1>{NAME}</h1>"
        "<p>活用ナビの資料を足したり直したりする、DX担当のページです。</p>"
        '<label class="e-field"><span>鍵</span>'
        '<input name="key" type="password" autocomplete="current-password" required></label>'
        '<p class="k-note">鍵は、活用ナビを動かした画面(katsuyo serve)に'
        "「資料の管理: http://…」の形で出ています。わからないときは、動かした人に聞いてください。</p>"
        '<p class="e-wrong" role="alert" hidden></p>'
        '<button class="k-btn k-primary">入る</button></form></main>',
    )


def message(title: str, sentence: str, *, here: str = "", back: str = "/editor") -> str:
    """Return a page that says what happened and what to do."""
    return page(
        title,
        heading(title),
        f'<p class="e-lead">{esc(sentence)}</p><p><a class="k-btn" href="{back}">戻る</a></p>',
        here=here,
    )


def heading(title: str, lead: str = "") -> str:
    """Return the page's heading and one sentence below it."""
    told = f'<p class="e-lead">{esc(lead)}</p>' if lead else ""
    return f'<div class="e-title"><h1>{esc(title)}</h1>{told}</div>'


def card(title: str, *content: str, css: str = "", name: str = "") -> str:
    """Return a section with its heading."""
    named = f' id="{name}"' if name else ""
    return f'<section class="e-card {css}"{named}><h2>{esc(title)}</h2>{"".join(content)}</section>'


def empty(sentence: str, *links: str) -> str:
    """Return what stands where there is nothing yet: why, and what to do."""
    return f'<div class="e-empty"><p>{esc(sentence)}</p>{"".join(links)}</div>'


def post_button(
    label: str, path: str, given: Mapping[str, str | int], *, css: str = "", sure: str = ""
) -> str:
    """Return a button that sends `given`; `sure`: what is asked first."""
    asked = f' data-sure="{esc(sure)}"' if sure else ""
    return (
        f'<button type="button" class="k-btn {css}" data-post="{path}" '
        f'data-json="{esc(json.dumps(given))}"{asked}>{esc(label)}</button>'
    )


def working(job: Job) -> str:
    """Return the progress of long work; the script follows it, the work goes on without."""
    return (
        f'<div class="e-work" data-job="{job.id}" data-go="{esc(job.go)}" role="status">'
        f'<p><b>{esc(job.doing)}</b> <span class="e-left"></span></p>'
        '<progress max="1"></progress><p class="k-note e-item"></p>'
        '<p class="k-note">このページを離れても、止まりません。</p></div>'
    )


def badge(kind: Kind) -> str:
    """Return the name of a kind as a small label."""
    return f'<span class="e-badge e-is-{kind.value}">{KIND_NAMES[kind]}</span>'


def state(source: Source, today: date) -> str:
    """Return the state of a document: sign and word, never colour alone."""
    if source.status is not Status.CURRENT:
        return f'<span class="e-state e-off">― {STATUS_NAMES[source.status]}</span>'
    if source.review_by and source.review_by < today:
        return '<span class="e-state e-late">△ 見直し期限ぎれ</span>'
    return '<span class="e-state e-on">✓ 公開中</span>'


def departments(source: Source) -> str:
    """Return whose document it is."""
    return "・".join(source.departments) or "全社"


def day(when: date | None) -> str:
    """Return a date as it is read in Japan."""
    return f"{when.year}年{when.month}月{when.day}日" if when else "―"


def field(label: str, control: str, *, note: str = "", css: str = "") -> str:
    """Return a labelled control."""
    told = f'<small class="k-note">{esc(note)}</small>' if note else ""
    return f'<label class="e-field {css}"><span>{esc(label)}</span>{control}{told}</label>'


def text_input(name: str, value: str = "", *, kind: str = "text", more: str = "") -> str:
    """Return a one-line input; `more`: further attributes."""
    return f'<input name="{name}" type="{kind}" value="{esc(value)}" {more}>'


def send_form(path: str, *controls: str, css: str = "e-row", more: str = "") -> str:
    """Return a form that the script sends to `path`, with a place for what is wrong."""
    return (
        f'<form data-send="{path}" class="{css}" {more}>{"".join(controls)}'
        '<p class="e-wrong e-wide" role="alert" hidden></p></form>'
    )


def author_field(note: str = "") -> str:
    """Return the field for who does it, remembered in this browser."""
    more = 'data-remember="author" autocomplete="name" placeholder="例: DX推進室 三浦"'
    return field("お名前", text_input("author", more=more), note=note)


def select(name: str, choices: Iterable[tuple[str, str]], chosen: str, *, more: str = "") -> str:
    """Return a select of (value, label); a chosen value that is no choice becomes one."""
    pairs = list(choices)
    if chosen not in {value for value, _ in pairs}:
        pairs.append((chosen, chosen))
    options = "".join(_option(value, label, is_chosen=value == chosen) for value, label in pairs)
    return f'<select name="{name}" {more}>{options}</select>'


def _option(value: str, label: str, *, is_chosen: bool) -> str:
    return f'<option value="{esc(value)}"{" selected" if is_chosen else ""}>{esc(label)}</option>'


def department_choices(
    company: Company, *, nobody: str = "全社(部署を決めない)"
) -> list[tuple[str, str]]:
    """Return what can be chosen as a department."""
    return [("", nobody), *((one.name, one.name) for one in company.departments)]


def _html(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="ja"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{esc(title)} | {NAME} | {PRODUCT}</title>"
        '<link rel="icon" href="/page/icon.svg"><link rel="stylesheet" href="/page/base.css">'
        '<link rel="stylesheet" href="/page/editor.css"><script src="/page/base.js"></script>'
        '<script src="/page/editor.js" defer></script></head>'
        f'<body class="e-page">{body}</body></html>'
    )
