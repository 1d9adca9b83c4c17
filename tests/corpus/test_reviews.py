"""What has to be read again: whose it is, by when, and in the calendar that people live in."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.corpus.reviews import Due, Review, calendar_of, reviews_of
from assistant.domain import Document, Kind, Source, Status

TODAY = date(2026, 11, 22)


def document(path: str, days: int | None, *, owner: str = "総務部", **more: Status) -> Document:
    day = None if days is None else TODAY + timedelta(days=days)
    source = Source(path, "題名", Kind.MANUAL, owner=owner, review_by=day, **more)  # type: ignore[arg-type]
    return Document(path, source, (), digest=path)


def test_reviews_come_by_owner_and_day_with_how_pressing_they_are() -> None:
    documents = [
        document("c.md", 31),
        document("b.md", 30),
        document("a.md", -1),
        document("d.md", 0, owner="DX推進室"),
        document("none.md", None),
        document("old.md", -5, status=Status.RETRACTED),
    ]
    told = [(one.owner, one.path, one.due) for one in reviews_of(documents, today=TODAY)]
    assert told == [
        ("DX推進室", "d.md", Due.SOON),
        ("総務部", "a.md", Due.OVERDUE),
        ("総務部", "b.md", Due.SOON),
        ("総務部", "c.md", Due.LATER),
    ]


def test_a_calendar_has_a_whole_day_for_each_review() -> None:
    reviews = reviews_of([document("a.md", 3), document("b.md", 40)], today=TODAY)
    lines = calendar_of(reviews, today=TODAY).split("\r\n")
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    assert "DTSTART;VALUE=DATE:20261125" in lines
    assert lines.count("SUMMARY:資料の見直し: 題名") == 2
    assert len({line for line in lines if line.startswith("UID:")}) == 2


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=st.text(max_size=60), owner=st.text(max_size=60))
def test_no_title_breaks_a_calendar(title: str, owner: str) -> None:
    review = Review("a.md", title, owner, TODAY, Due.SOON)
    text = calendar_of([review], today=TODAY)
    lines = text.encode("utf-8", "replace").split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert [line.partition(":")[0].partition(";")[0] for line in unfolded[3:-3]] == [
        "BEGIN", "UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION",
    ]  # fmt: skip
