"""Each thing that can be done in 資料の管理: what was sent in, what the page does next out."""

from collections.abc import Mapping
from datetime import date

from assistant.corpus.dates import parse_date
from assistant.corpus.intake.area import Coming
from assistant.corpus.intake.forms import FAQ_FIELDS, STORY_FIELDS, read_times
from assistant.corpus.intake.naming import safe_name
from assistant.domain import Kind
from assistant.errors import DocumentError
from assistant.web.editor.jobs import Job
from assistant.web.editor.workbench import Workbench

Told = Mapping[str, object]
"""What the page's script understands: `go` (open), `job` (follow, then open), `say` (show)."""

_LONGEST_NAME = 40


def begin_upload(bench: Workbench, name: str) -> Coming:
    """Open a place for a file. Raises DocumentError for a name that is no document."""
    safe_name(name, readable=bench.intake.suffixes)
    return bench.intake.area.receive()


def end_upload(bench: Workbench, coming: Coming, name: str) -> Told:
    """Make a 下書き of a file that came in whole, and begin to read it."""
    submission = bench.intake.take(coming, name)
    bench.look(submission)
    return {"go": f"/editor/drafts/{submission.id}", "name": submission.name}


def times(_: Workbench, given: Mapping[str, str]) -> Told:
    """Tell how two times are understood while they are typed."""
    before, after = (given.get(name, "")[:100] for name in ("before", "after"))
    read = read_times(before, after)
    if read.before is None or read.after is None:
        return {"say": "", "hint": read.hint}
    less = f"、{read.saved}" if read.saved else ""
    minutes = f"{read.before:,.0f}分 → {read.after:,.0f}分"
    return {"say": f"{before.strip()} → {after.strip()}{less}({minutes})", "hint": read.hint}


def write(bench: Workbench, given: Mapping[str, str]) -> Told:
    """Make a 下書き of a form, in the place of the one that it was before."""
    kind = Kind.FAQ if given.get("kind") == Kind.FAQ else Kind.STORY
    names = FAQ_FIELDS if kind is Kind.FAQ else STORY_FIELDS
    form = {name: given[name] for name in names if given.get(name, "").strip()}
    before = bench.intake.area.get(given["draft"]) if given.get("draft") else None
    submission = bench.intake.write_form({**form, "kind": kind.value})
    if before is not None:
        bench.intake.area.remove(before)
    return {"go": f"/editor/drafts/{submission.id}"}


def update(bench: Workbench, given: Mapping[str, str]) -> Told:
    """Write what was changed about a 下書き."""
    _refuse_bad_date(given)
    submission = bench.intake.update(bench.intake.area.get(given["id"]), given)
    return {"go": f"/editor/drafts/{submission.id}"}


def settle(bench: Workbench, given: Mapping[str, str]) -> Told:
    """Take the place of the document of the same name, or a name beside it."""
    submission = bench.intake.area.get(given["id"])
    if given.get("replace"):
        bench.intake.replace(submission, given["replace"])
    elif bench.intake.collision(submission):
        bench.intake.settle(submission)
    return {"go": f"/editor/drafts/{submission.id}"}


def remove(bench: Workbench, given: Mapping[str, str]) -> Told:
    """Throw a 下書き away."""
    bench.intake.area.remove(bench.intake.area.get(given["id"]))
    return {"go": "/editor"}


def compare(bench: Workbench, given: Mapping[str, str]) -> Told:
    """Begin to look for the answers that a 下書き would change."""
    submission = bench.intake.area.get(given["id"])
    bench.readable(submission)
    return _following(bench.compare(submission))


def publish(bench: Workbench, given: Mapping[str, str]) -> Told:
    """Begin to publish a 下書き."""
    submission = bench.intake.area.get(given["id"])
    bench.readable(submission)
    return _following(bench.publish(submission, _author(given)))


def withdraw(bench: Workbench, given: Mapping[str, str]) -> Told:
    """Begin to take a document out of all answers."""
    document = bench.document(given["id"])
    if not given.get("reason", "").strip():
        raise DocumentError(
            "取り下げる理由が、まだ書かれていません。",
            remedy="「手順が変わったため」のように、ひとことで大丈夫です。",
        )
    return _following(bench.withdraw(document, _author(given), reason=given["reason"][:300]))


def restore(bench: Workbench, given: Mapping[str, str]) -> Told:
    """Begin to let a withdrawn document answer again."""
    return _following(bench.restore(bench.document(given["id"]), _author(given)))


def edit(bench: Workbench, given: Mapping[str, str]) -> Told:
    """Make a 下書き of a published document, to be published in its place."""
    document = bench.document(given["id"])
    submission = bench.intake.reopen(document.source.path)
    bench.look(submission)
    return {"go": f"/editor/drafts/{submission.id}"}


def renew(bench: Workbench, given: Mapping[str, str]) -> Told:
    """Begin to note a review."""
    document = bench.document(given["id"])
    review_by = _date(given.get("review_by", ""))
    if review_by <= bench.today():
        raise DocumentError(
            "つぎの見直し期限が、もうすぎています。", remedy="これからの日付を選んでください。"
        )
    return _following(bench.renew(document, _author(given), review_by=review_by))


def undo(bench: Workbench, given: Mapping[str, str]) -> Told:
    """Take the last publishing back, files and all."""
    bench.releases.undo(_number(given.get("version", "")))
    return {"go": "/editor/versions"}


def rollback(bench: Workbench, given: Mapping[str, str]) -> Told:
    """Let a kept version answer again."""
    bench.releases.rollback(_number(given.get("version", "")))
    return {"go": "/editor/versions"}


def progress_of(bench: Workbench, job_id: str) -> Told:
    """Tell how far a job is; one that nobody knows any more has ended."""
    job = bench.jobs.get(job_id)
    if job is None:
        return {"finished": True, "error": "", "go": "/editor"}
    return {
        "finished": job.finished,
        "error": job.error,
        "go": job.go,
        "done": job.done,
        "total": job.total,
        "item": job.item,
        "seconds_left": job.seconds_left(),
    }


def _following(job: Job) -> Told:
    return {"job": job.id, "go": job.go, "doing": job.doing}


def _author(given: Mapping[str, str]) -> str:
    return " ".join(given.get("author", "").split())[:_LONGEST_NAME] or "DX担当"


def _refuse_bad_date(given: Mapping[str, str]) -> None:
    if given.get("review_by"):
        _date(given["review_by"])


def _date(text: str) -> date:
    found = parse_date(text)
    if found is None:
        raise DocumentError(
            "見直し期限の日付が読めません。", remedy="2027-04-01 の形で書いてください。"
        )
    return found


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise DocumentError("どの版か、わかりません。", remedy="ページを開き直してください。")
    return int(text)
