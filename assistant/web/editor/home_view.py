"""資料の管理, first page: files come in here, and 下書き wait here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.corpus.intake.examined import Examined
from assistant.corpus.intake.submission import Submission
from assistant.web.editor.jobs import Job
from assistant.web.editor.layout import badge, card, departments, empty, heading, page, working
from assistant.web.markup import button, esc

_FORMATS = "Word、Excel、PowerPoint、PDF、Markdown、テキスト、HTML、CSV。1つ50 MBまで"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A 下書き in the list: what is known of it by now."""

    submission: Submission
    examined: Examined | None
    job: Job | None


@dataclass(frozen=True, slots=True)
class Due:
    """How many documents are to be looked through."""

    late: int
    soon: int


def home_page(
    waiting: Sequence[Waiting], *, suffixes: Iterable[str], due: Due, company: str
) -> str:
    """Return the page on which files with these suffixes are dropped."""
    return page(
        "足す",
        heading(
            "資料を足す",
            "入れたファイルは、まず下書きになります。公開するまで、社員には見えません。",
        ),
        _reminder(due),
        _drop(suffixes),
        _forms(),
        card("下書き", _waiting(waiting), name="drafts"),
        here="/editor",
        company=company,
    )


def _reminder(due: Due) -> str:
    if not due.late and not due.soon:
        return ""
    late = f"見直し期限をすぎた資料が{due.late}件" if due.late else ""
    soon = f"60日以内に期限が来る資料が{due.soon}件" if due.soon else ""
    told = "、".join(filter(None, (late, soon)))
    return f'<p class="e-remind"><a class="k-open" href="/editor/reviews">{told}あります</a></p>'


def _drop(suffixes: Iterable[str]) -> str:
    accepted = ",".join(sorted(suffixes))
    return (
        f'<form class="e-drop" data-drop><label><input type="file" multiple accept="{accepted}">'
        "<b>ここにファイルを置いてください</b>"
        '<span class="k-btn k-primary" aria-hidden="true">ファイルを選ぶ</span>'
        f"<small>{_FORMATS}</small></label>"
        '<ul class="e-coming" role="status" aria-label="送っているファイル"></ul></form>'
    )


def _forms() -> str:
    return (
        '<div class="e-two"><a class="e-way" href="/editor/story"><b>活用事例を書く</b>'
        "<span>だれが、何を、どれだけ楽にしたか。時間は「2時間」「半日」のままで</span></a>"
        '<a class="e-way" href="/editor/faq"><b>FAQを1つ書く</b>'
        "<span>窓口に来た質問を、その言葉のままで</span></a></div>"
    )


def _waiting(waiting: Sequence[Waiting]) -> str:
    if not waiting:
        return empty("下書きはありません。上にファイルを置くか、事例やFAQを書いてみてください。")
    return f'<ul class="e-list">{"".join(_row(one) for one in waiting)}</ul>'


def _row(one: Waiting) -> str:
    submission = one.submission
    document = one.examined.document if one.examined else None
    title = document.source.title if document else submission.name
    facts = f"{badge(document.source.kind)} {esc(departments(document.source))}" if document else ""
    link = f"/editor/drafts/{submission.id}"
    return (
        f'<li><div class="e-grow"><a class="e-name" href="{link}">{esc(title)}</a>'
        f'<p class="k-note">{facts} {esc(submission.name)}</p>{_state(one)}</div>'
        f'<a class="k-btn" href="{link}">確かめる</a>'
        + button("消す", "remove", css="k-quiet", value=f"/editor/drafts/{submission.id}/remove")
        + "</li>"
    )


def _state(one: Waiting) -> str:
    if one.job is not None:
        return working(one.job)
    if one.examined is None:
        return ""
    if one.examined.document is None:
        return '<p class="e-state e-off">✕ このままでは公開できません</p>'
    count = remarks(one.examined)
    if count:
        return f'<p class="e-state e-late">△ 見てほしいことが{count}件あります</p>'
    return '<p class="e-state e-on">✓ 気になることはありません</p>'


def remarks(examined: Examined) -> int:
    """Return how many things a person should look at."""
    others = {(one.likeness, one.other.source.path) for one in examined.alike}
    return len(examined.problems) + len(others) + bool(examined.private)
