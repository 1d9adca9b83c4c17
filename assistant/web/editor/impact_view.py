"""影響プレビュー on the page: which answers a 下書き would change, the gravest first."""

from collections.abc import Sequence

from assistant.answering.impact import (
    IMPACT_NAMES,
    AnswerChange,
    Impact,
    MetricMove,
    Origin,
    Told,
)
from assistant.corpus.intake.submission import Submission
from assistant.printing import readable
from assistant.web.editor.jobs import Job
from assistant.web.editor.layout import card, post_button, working
from assistant.web.editor.understood_view import unfolding
from assistant.web.markup import esc
from assistant.web.words import VERDICTS

_OPEN = 8
"""Changes that are shown at once; the others unfold."""
_CUT = 600
_BETTER = {
    True: '<span class="e-on">✓ よくなります</span>',
    False: '<span class="e-late">△ わるくなります</span>',
}
_ORIGINS = {
    Origin.SUITE: "問い",
    Origin.ASKED: "社員の質問",
    Origin.DOCUMENTS: "資料から作った問い",
}


def impact_card(submission: Submission, impact: Impact | None, *, job: Job | None) -> str:
    """Return what is known of the answers that change, or the button that finds out."""
    path = f"/editor/drafts/{submission.id}/compare"
    if job is not None:
        content = working(job)
    elif impact is None:
        content = (
            "<p>公開する前に、たくさんの質問に前の資料と新しい資料で答えて、"
            "どの答えが変わるかをくらべられます。ふつうは30秒ほどです。</p>"
            + post_button("答えの変わりかたを調べる", path, {})
        )
    else:
        content = _found(submission, impact) + post_button(
            "もう一度調べる", path, {}, css="k-quiet"
        )
    return card("答えはどう変わりますか", content, name="impact")


def _found(submission: Submission, impact: Impact) -> str:
    if impact.failure:
        return f'<p class="e-unread">△ くらべられませんでした。{esc(impact.failure)}</p>'
    changes = [_change(one) for one in impact.changes]
    more = unfolding(f"残り {len(changes) - _OPEN} 件", changes[_OPEN:])
    return (
        _summary(impact)
        + f'<div class="e-changes">{"".join(changes[:_OPEN])}{more}</div>'
        + _moves(impact.metrics)
        + _others(submission, impact)
    )


def _summary(impact: Impact) -> str:
    verdicts = len(impact.of_verdicts)
    total = len(impact.changes) + impact.hidden
    asked = f"(社員の質問 {impact.asked}問をふくむ)" if impact.asked else ""
    if not total:
        return (
            f'<p class="e-state e-on">✓ {impact.compared}問{asked}をくらべました。'
            "変わる答えはありません。</p>"
        )
    sign = (
        f'<b class="e-late">△ 判定が変わるものが{verdicts}件あります。</b>'
        if verdicts
        else '<b class="e-on">✓ 判定が変わるものはありません。</b>'
    )
    hidden = f"うち{impact.hidden}件は、非公開の問いなので出しません。" if impact.hidden else ""
    failed = f"{impact.failed}問は答えが返らず、くらべていません。" if impact.failed else ""
    return (
        f"<p>{impact.compared}問{asked}をくらべ、{total}件の答えが変わります。{sign}</p>"
        f'<p class="k-note">{hidden}{failed}</p>'
    )


def _change(change: AnswerChange) -> str:
    department = f"・{esc(change.department)}" if change.department else ""
    wrong = (
        '<p class="e-late">※ 問いの正解とちがいます。問いを直すか、資料を見直してください。</p>'
        if change.unexpected
        else ""
    )
    before, after = _told("いま", change.before), _told("公開したら", change.after)
    return (
        '<details class="e-change"><summary>'
        f'<span class="e-badge">{IMPACT_NAMES[change.kind]}</span> <b>{esc(change.question)}</b>'
        f'<span class="k-note"> {_ORIGINS[change.origin]}{department}</span></summary>'
        f'{wrong}<div class="e-beside">{before}{after}</div></details>'
    )


def _told(when: str, told: Told) -> str:
    sign, word = VERDICTS.get(told.verdict, ("", ""))
    verdict = f"<p><b>{sign} {word}</b></p>" if word else ""
    text = readable(told.text)
    text = text if len(text) <= _CUT else f"{text[:_CUT]}…"
    return (
        f"<figure><figcaption>{when}</figcaption>{verdict}"
        f'<blockquote class="k-pre">{esc(text)}</blockquote></figure>'
    )


def _moves(metrics: Sequence[MetricMove]) -> str:
    if not metrics:
        return ""
    rows = "".join(
        f"<li>{esc(one.title)}: {one.before:.3f} → {one.after:.3f} {_BETTER[one.better]}</li>"
        for one in metrics
    )
    return unfolding(f"数字で見る(動く指標 {len(metrics)})", [f"<ul>{rows}</ul>"])


def _others(submission: Submission, impact: Impact) -> str:
    """Return what else lies changed in the folder: it would be published along."""
    report = impact.report
    others = [
        path
        for path in (*report.added, *report.changed, *report.removed)
        if path != submission.path
    ]
    if not others:
        return ""
    names = "".join(f"<li><code>{esc(path)}</code></li>" for path in others[:20])
    return (
        f'<p class="e-late">△ 資料フォルダには、ほかにも変わったファイルが{len(others)}件あり、'
        f"いっしょに公開されます。</p><ul>{names}</ul>"
    )
