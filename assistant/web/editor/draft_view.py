"""One 下書き: what it is, what was noticed, what it became; then how employees would see it."""

from assistant.corpus.intake.examined import Examined
from assistant.corpus.intake.submission import Submission, shown_fields
from assistant.corpus.kinds import KIND_NAMES
from assistant.domain import Company, Document, Kind
from assistant.web.documents_view import document_body
from assistant.web.editor.forms_view import times_fields
from assistant.web.editor.jobs import Job
from assistant.web.editor.layout import (
    author_field,
    card,
    department_choices,
    field,
    heading,
    page,
    post_button,
    select,
    send_form,
    text_input,
    working,
)
from assistant.web.editor.remarks_view import remarks_html
from assistant.web.editor.understood_view import understood
from assistant.web.markup import button, esc

_STEPS = ("下書き", "プレビュー", "公開")


def draft_page(
    submission: Submission,
    examined: Examined | None,
    *,
    job: Job | None,
    collision: str,
    company: Company,
) -> str:
    """Return the first step: look at what it became, and mend it."""
    path = f"/editor/drafts/{submission.id}"
    document = examined.document if examined else None
    title = document.source.title if document else submission.name
    parts = [_steps(0, submission), heading(title, _lead(submission))]
    if job is not None:
        parts.append(working(job))
    if collision:
        parts.append(_collision(path, collision))
    if examined is not None:
        parts.append(card("気づいたこと", remarks_html(submission, examined), name="remarks"))
    if document is not None and not job:
        parts.append(card("この資料について", _about(submission, document, company)))
        parts.append(card("こう読みとりました", understood(document)))
    ready = document is not None and not collision and not job
    parts.append(_foot(submission, may_go_on=ready))
    return page(title, *parts, here="/editor", company=company.name)


def preview_page(
    submission: Submission,
    document: Document,
    *,
    company: Company,
    impact: str,
    publishing: Job | None,
) -> str:
    """Return the second step: the document as employees see it, what it changes, and the button."""
    shown = document_body(document, company=company)
    publish = working(publishing) if publishing else _publish_form(submission)
    return page(
        document.source.title,
        _steps(1, submission),
        heading("プレビュー", "社員が出典から開いたときの見えかたです。"),
        f'<section class="e-sheet" tabindex="0" aria-label="社員に見えるページ">{shown}</section>',
        impact,
        card(
            "公開",
            "<p>公開すると、すぐに答えに使われます。あとから取り消せます。</p>",
            publish,
            name="publish",
        ),
        here="/editor",
        company=company.name,
    )


def _lead(submission: Submission) -> str:
    if submission.replacing:
        return "公開すると、いまの資料と入れかわります。前の内容には、あとから戻せます。"
    return f"{submission.why}ちがっていたら、下で直せます。" if submission.why else ""


def _foot(submission: Submission, *, may_go_on: bool) -> str:
    path = f"/editor/drafts/{submission.id}"
    go = f'<a class="k-btn k-primary" href="{path}/preview" data-save>プレビューへ進む</a>'
    again = ""
    if submission.form:
        form = f"/editor/{submission.form['kind']}?draft={submission.id}"
        again = f'<a class="k-btn" href="{form}">書き直す</a>'
    remove = button("この下書きを消す", "remove", css="k-quiet", value=f"{path}/remove")
    return f'<div class="e-foot">{go if may_go_on else ""}{again}{remove}</div>'


def _publish_form(submission: Submission) -> str:
    path = f"/editor/drafts/{submission.id}"
    return send_form(
        f"{path}/publish",
        author_field("だれが公開したかの記録に残ります。社員には見えません。"),
        '<button class="k-btn k-primary">公開する</button>',
        f'<a class="k-btn k-quiet" href="{path}">下書きに戻る</a>',
    )


def _steps(now: int, submission: Submission) -> str:
    links = (f"/editor/drafts/{submission.id}", f"/editor/drafts/{submission.id}/preview", "")
    items = "".join(
        f"<li{' aria-current=step' if at == now else ''}>"
        + (f'<a href="{links[at]}">{word}</a>' if at < now else f"<span>{word}</span>")
        + "</li>"
        for at, word in enumerate(_STEPS)
    )
    return f'<ol class="e-steps">{items}</ol>'


def _collision(path: str, there: str) -> str:
    replace = {"replace": there}
    return card(
        "同じ名前の資料があります",
        f"<p>資料フォルダには、もう <code>{esc(there)}</code> があります。どうしますか?</p>"
        '<div class="k-row">'
        + post_button("新しい内容に差しかえる", f"{path}/settle", replace, css="k-primary")
        + post_button("別の名前で足す", f"{path}/settle", {})
        + "</div>",
        '<p class="k-note">差しかえても、前の内容は「版」から戻せます。</p>',
        css="e-ask",
    )


def _about(submission: Submission, document: Document, company: Company) -> str:
    shown = shown_fields(document)
    kinds = [(kind.value, KIND_NAMES[kind]) for kind in Kind]
    fixed = "disabled" if submission.replacing else ""
    owner = text_input("owner", shown["owner"], more='placeholder="例: 経理部 小林 千夏"')
    is_story = document.source.kind is Kind.STORY and len(document.passages) == 1
    form = send_form(
        f"/editor/drafts/{submission.id}/update",
        field("題名", text_input("title", shown["title"], more="required"), css="e-wide"),
        field("種類", select("kind", kinds, shown["kind"], more=fixed)),
        field("部署", select("department", department_choices(company), shown["department"])),
        field("管理者", owner),
        field("見直し期限", text_input("review_by", shown["review_by"], kind="date")),
        times_fields(shown) if is_story else "",
        '<div class="e-wide"><button class="k-btn">書きかえる</button></div>',
        css="e-form",
        more="data-times" if is_story else "",
    )
    place = f"<code>{esc(document.source.path)}</code>"
    return f'{form}<p class="k-note">置き場所: {place}</p>'
