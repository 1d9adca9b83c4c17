"""One 下書き: a file that DX staff handed in, and what they wrote about it on the page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from assistant.domain import Document, Story
from assistant.errors import StoreError

FIELDS = ("title", "department", "owner", "review_by", "before", "after")
"""What of the front matter can be written on the page, by its name there."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A document on its way into the corpus; employees do not see it yet."""

    id: str
    """12 hex digits."""
    path: str
    """Where it will stand in the corpus: `stories/weekly.md`."""
    handed_in: datetime
    """UTC, aware."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What was changed on the page over what the file says, by names of the front matter."""
    why: str = ""
    """Why this kind and department were guessed (one Japanese sentence)."""
    replacing: bool = False
    """DX staff said that it takes the place of the document that stands there now."""
    form: Mapping[str, str] = field(default_factory=dict)
    """What was written in a form, if it came from one: it can be opened again."""

    @property
    def name(self) -> str:
        """Return the file's name without folder."""
        return self.path.rpartition("/")[2]


def to_json(submission: Submission) -> str:
    """Return what is kept on disk."""
    kept = {
        "id": submission.id,
        "path": submission.path,
        "handed_in": submission.handed_in.isoformat(),
        "fields": dict(submission.fields),
        "why": submission.why,
        "replacing": submission.replacing,
        "form": dict(submission.form),
    }
    return json.dumps(kept, ensure_ascii=False, indent=1)


def from_json(text: str) -> Submission:
    """Return what was kept. Raises StoreError for a file that somebody broke."""
    try:
        match json.loads(text):
            case {
                "id": str(identity),
                "path": str(path),
                "handed_in": str(handed_in),
                "fields": dict(fields),
                "why": str(why),
                "replacing": bool(replacing),
                "form": dict(form),
            }:
                return Submission(
                    id=identity,
                    path=path,
                    handed_in=datetime.fromisoformat(handed_in),
                    fields={str(name): str(value) for name, value in fields.items()},
                    why=why,
                    replacing=replacing,
                    form={str(name): str(value) for name, value in form.items()},
                )
    except ValueError:
        pass
    raise StoreError(
        "下書きの控えが読めません。", remedy="この下書きを消して、入れ直してください。"
    )


def shown_fields(document: Document | None) -> dict[str, str]:
    """Return what the page shows of a document in the fields that can be changed."""
    if document is None:
        return dict.fromkeys((*FIELDS, "kind"), "")
    source = document.source
    stories = [one.content for one in document.passages if isinstance(one.content, Story)]
    times = (stories[0].before, stories[0].after) if len(stories) == 1 else (None, None)
    before, after = ("" if time is None else time.original for time in times)
    return {
        "kind": source.kind.value,
        "title": source.title,
        "department": "、".join(source.departments),
        "owner": source.owner,
        "review_by": source.review_by.isoformat() if source.review_by else "",
        "before": before,
        "after": after,
    }
