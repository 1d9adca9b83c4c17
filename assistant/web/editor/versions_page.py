"""The published versions: what each was about, and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.corpus.intake.placing import Change
from assistant.corpus.publishing.history import CHANGE_NAMES, ChangedDocument
from assistant.domain import Version
from assistant.web.editor.layout import card, day, empty, heading, page, post_button
from assistant.web.markup import esc
from assistant.web.words import PRODUCT


@dataclass(frozen=True, slots=True)
class Told:
    """A version and what it changed of the one before, where that is still known."""

    version: Version
    changed: tuple[ChangedDocument, ...]


def versions_page(told: Sequence[Told], *, undo: Change | None, company: str) -> str:
    """Return all versions, newest first; `undo`: what the page can take back whole."""
    live = next((one.version for one in told if one.version.live), None)
    rows = "".join(_row(one, live) for one in told)
    return page(
        "版",
        heading("版", "公開するたびに1つ増えます。戻しても、どの版も消えません。"),
        _just_now(live, undo) if live and undo else "",
        f'<ol class="e-list e-versions">{rows}</ol>'
        if rows
        else empty("まだ公開した版はありません。"),
        '<p class="k-note">前の版に戻しても、資料フォルダのファイルはそのままです。フォルダの中身を'
        "直さずに公開し直すと、また新しい内容になります。</p>",
        here="/editor/versions",
        company=company,
    )


def _just_now(live: Version, undo: Change) -> str:
    return card(
        f"第{live.id}版を公開しています",
        f"<p>{esc(live.summary)}</p>",
        '<div class="k-row">'
        '<a class="k-btn k-primary" href="/" target="_blank" rel="noopener">'
        f"{PRODUCT}で聞いてみる</a>"
        + post_button("取り消して、前の版に戻す", "/editor/undo", {"version": live.id})
        + "</div>",
        f'<p class="k-note">取り消すと、第{undo.previous}版と、そのときのファイルに戻ります。'
        "下書きも手もとに戻ります。</p>",
        css="e-now",
    )


def _row(one: Told, live: Version | None) -> str:
    version = one.version
    when = version.created.astimezone()
    changed = "".join(
        f"<li>{CHANGE_NAMES[document.kind]}: {esc(document.title)}</li>"
        for document in one.changed[:30]
    )
    shown = (
        f'<details class="e-more"><summary>変わった資料 {len(one.changed)}件</summary>'
        f"<ul>{changed}</ul></details>"
        if changed
        else ""
    )
    if live is not None and version.id == live.id:
        button = '<span class="e-state e-on">✓ 公開中</span>'
    else:
        sure = f"第{version.id}版に戻しますか?"
        given = {"version": version.id}
        button = post_button("この版に戻す", "/editor/rollback", given, sure=sure)
    return (
        f'<li><div class="e-grow"><b>第{version.id}版</b> '
        f'<span class="k-note">{day(when.date())} {when:%H:%M} {esc(version.author)}</span>'
        f"<p>{esc(version.summary)}</p>{shown}</div>{button}</li>"
    )
