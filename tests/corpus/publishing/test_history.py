"""What DX staff can look up afterwards: who changed which document when, and which words."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.corpus.publishing.differences import DocumentDiff, Part, diff_lines, document_diff
from assistant.corpus.publishing.history import (
    ChangeKind,
    document_history,
    document_of,
    version_diff,
)
from assistant.domain import Company, Document, Kind, Passage, Source, Status
from tests.fakes import MemoryStore

PATH = "manuals/room.md"
SOURCE = Source(PATH, "会議室の使いかた", Kind.MANUAL, owner="総務部", review_by=date(2026, 12, 1))


def room(*texts: str, source: Source = SOURCE) -> Document:
    passages = tuple(
        Passage(f"{place}-{text}", source, place, ("予約",), text)
        for place, text in enumerate(texts)
    )
    return Document("room", source, passages, digest="-".join((source.title, *texts)))


OTHER = replace(room("別の資料"), id="other", source=replace(SOURCE, path="manuals/z.md"))


def publish(store: MemoryStore, *documents: Document, who: str = "佐藤", live: bool = True) -> int:
    version = store.publish(Company("会社", ()), documents, author=who, summary=f"{who}の変更")
    return store.go_live(version.id).id if live else version.id


def test_a_history_tells_what_each_version_did_newest_first() -> None:
    store = MemoryStore()
    retracted = replace(SOURCE, status=Status.RETRACTED, status_reason="部屋がなくなったため")
    publish(store, room("前日まで"), OTHER)
    publish(store, room("前日まで"))
    publish(store, room("3日前まで"), who="鈴木")
    publish(store, room("3日前まで", source=retracted))
    publish(store, OTHER)
    publish(store, room("復活"), OTHER)
    told = [
        (one.version_id, one.who, one.kind, one.reason) for one in document_history(store, PATH)
    ]
    assert told == [
        (6, "佐藤", ChangeKind.ADDED, ""),
        (5, "佐藤", ChangeKind.REMOVED, ""),
        (4, "佐藤", ChangeKind.WITHDRAWN, "部屋がなくなったため"),
        (3, "鈴木", ChangeKind.CHANGED, ""),
        (1, "佐藤", ChangeKind.ADDED, ""),
    ]
    assert document_history(store, PATH)[0].summary == "佐藤の変更"


def test_a_draft_is_no_history() -> None:
    store = MemoryStore()
    publish(store, room("前日まで"))
    publish(store, room("3日前まで"), live=False)
    assert [one.version_id for one in document_history(store, PATH)] == [1]


def test_a_history_that_was_cut_off_does_not_claim_that_the_document_was_added_then() -> None:
    store = MemoryStore()
    for number in range(12):
        publish(store, room("前日まで"), replace(OTHER, digest=str(number)))
    assert [one.kind for one in document_history(store, PATH)] == [ChangeKind.OLDEST]


def test_two_versions_are_told_apart_by_documents() -> None:
    store = MemoryStore()
    gone = replace(OTHER, id="gone", source=replace(SOURCE, path="manuals/gone.md"))
    withdrawn = replace(OTHER, source=replace(OTHER.source, status=Status.SUPERSEDED))
    publish(store, room("前日まで"), OTHER, gone)
    new = replace(OTHER, id="new", source=replace(SOURCE, path="manuals/new.md"))
    publish(store, room("前日まで"), withdrawn, new)
    after, before = store.versions()
    diff = version_diff(store, before, after)
    assert [(one.path, one.kind) for one in diff.documents] == [
        ("manuals/gone.md", ChangeKind.REMOVED),
        ("manuals/new.md", ChangeKind.ADDED),
        ("manuals/z.md", ChangeKind.WITHDRAWN),
    ]
    assert (diff.unchanged, diff.company, diff.count(ChangeKind.ADDED)) == (1, False, 1)
    assert document_of(store, PATH, version_id=1) == room("前日まで")
    assert document_of(store, "manuals/gone.md", version_id=2) is None


def test_a_changed_word_is_shown_alone_within_its_sentence() -> None:
    diff = document_diff(room("予約は3日前までに出します。"), room("予約は5日前までに出します。"))
    (passage,) = diff.changed
    assert [(piece.part, piece.text) for piece in passage.pieces] == [
        (Part.SAME, "予約は"),
        (Part.REMOVED, "3"),
        (Part.ADDED, "5"),
        (Part.SAME, "日前までに出します。"),
    ]
    assert list(diff_lines(diff)) == [
        "■ 予約",
        "  - 予約は3日前までに出します。",
        "  + 予約は5日前までに出します。",
    ]


def test_details_that_changed_are_told_in_the_words_of_dx_staff() -> None:
    moved = replace(SOURCE, review_by=date(2027, 12, 1), owner="", status=Status.SUPERSEDED)
    lines = list(diff_lines(document_diff(room("同じ"), room("同じ", source=moved))))
    assert lines == [
        "管理者: 総務部 → (なし)",
        "見直し期限: 2026-12-01 → 2027-12-01",
        "状態: 公開中 → 旧版",
    ]


def test_a_new_and_a_removed_passage_are_whole_and_the_others_stay() -> None:
    before = room("会議室は前日までに予約します。", "鍵は総務部で受け取ります。")
    after = room("会議室は前日までに予約します。", "使い終わったら窓を閉めて電気を消してください。")
    diff = document_diff(before, after)
    assert [passage.part for passage in diff.passages] == [Part.SAME, Part.ADDED, Part.REMOVED]
    assert diff.details == ()


def text_of(diff: DocumentDiff, part: Part) -> str:
    kept = {part, Part.SAME}
    return "".join(p.text for one in diff.passages for p in one.pieces if p.part in kept)


_TEXTS = st.lists(st.text("予約は前日までに3。\nAb ", min_size=1, max_size=20), max_size=5)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=_TEXTS, after=_TEXTS)
def test_no_word_of_either_edition_is_lost_or_made_up(before: list[str], after: list[str]) -> None:
    diff = document_diff(room(*before), room(*after))
    assert text_of(diff, Part.REMOVED) == "".join(before)
    assert text_of(diff, Part.ADDED) == "".join(after)


def test_an_edition_that_is_not_there_is_all_new_or_all_gone() -> None:
    assert {one.part for one in document_diff(None, room("い", "ろ")).passages} == {Part.ADDED}
    assert {one.part for one in document_diff(room("い", "ろ"), None).passages} == {Part.REMOVED}
