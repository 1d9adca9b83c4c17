"""Each page of 資料の管理: what the address says in, HTML out."""

from collections.abc import Mapping

from assistant.domain import Kind
from assistant.web.editor.document_page import document_page
from assistant.web.editor.documents_page import documents_page, due_among, filter_of, reviews_page
from assistant.web.editor.draft_view import draft_page, preview_page
from assistant.web.editor.forms_view import faq_form, story_form
from assistant.web.editor.home_view import home_page
from assistant.web.editor.impact_view import impact_card
from assistant.web.editor.versions_page import versions_page
from assistant.web.editor.workbench import Workbench


def home(bench: Workbench, _: Mapping[str, str]) -> str:
    """Return the page on which files come in."""
    return home_page(
        bench.waiting(),
        suffixes=bench.intake.suffixes,
        due=due_among(bench.entries(), bench.today()),
        company=bench.company().name,
    )


def draft(bench: Workbench, given: Mapping[str, str]) -> str:
    """Return one 下書き."""
    submission = bench.intake.area.get(given["id"])
    known = bench.look(submission)
    return draft_page(
        submission,
        known.examined,
        job=known.job,
        collision=bench.intake.collision(submission),
        company=bench.company(),
    )


def preview(bench: Workbench, given: Mapping[str, str]) -> str:
    """Return a 下書き as employees would see it."""
    submission = bench.intake.area.get(given["id"])
    return preview_page(
        submission,
        bench.readable(submission),
        company=bench.company(),
        impact=impact_card(submission, bench.impact(submission), job=bench.comparing(submission)),
        publishing=bench.publishing(submission),
    )


def documents(bench: Workbench, given: Mapping[str, str]) -> str:
    """Return the list of documents that fit the address."""
    return documents_page(
        bench.entries(), filter_of(given), company=bench.company(), today=bench.today()
    )


def document(bench: Workbench, given: Mapping[str, str]) -> str:
    """Return one document with its history."""
    found = bench.document(given["id"])
    return document_page(
        found,
        happened=bench.happened(found),
        company=bench.company(),
        today=bench.today(),
        job=bench.jobs.running(f"document-{found.id}"),
    )


def reviews(bench: Workbench, _: Mapping[str, str]) -> str:
    """Return what is to be looked through, and when."""
    return reviews_page(bench.entries(), company=bench.company(), today=bench.today())


def versions(bench: Workbench, _: Mapping[str, str]) -> str:
    """Return the versions and the way back."""
    undo = bench.releases.can_undo()
    return versions_page(bench.versions(), undo=undo, company=bench.company().name)


def story(bench: Workbench, given: Mapping[str, str]) -> str:
    """Return the form of a story, filled in where it is written again."""
    written, draft_id = _written(bench, given, Kind.STORY)
    return story_form(bench.company(), written, draft=draft_id)


def faq(bench: Workbench, given: Mapping[str, str]) -> str:
    """Return the form of an FAQ, filled in where it is written again."""
    written, draft_id = _written(bench, given, Kind.FAQ)
    return faq_form(bench.company(), written, draft=draft_id)


def _written(
    bench: Workbench, given: Mapping[str, str], kind: Kind
) -> tuple[Mapping[str, str], str]:
    if not given.get("draft"):
        return {}, ""
    submission = bench.intake.area.get(given["draft"])
    if submission.form.get("kind") != kind:
        return {}, ""
    return submission.form, submission.id
