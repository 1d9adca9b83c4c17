"""What front matter, sidecar and folder defaults say of a document, as typed values."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from assistant.corpus.dates import parse_date
from assistant.corpus.kinds import KIND_WORDS, STATUS_WORDS
from assistant.corpus.measures import parse_measure
from assistant.corpus.names import near_matches, resolve_departments
from assistant.corpus.text import fold
from assistant.corpus.yamlfile import YamlList, YamlMap, YamlText, YamlValue
from assistant.domain import Company, Kind, Measure, Problem, Severity, Source, Status

_T = TypeVar("_T")
_KEYS = (
    *("title", "kind", "department", "departments", "owner", "updated", "review_by", "status"),
    *("status_reason", "version", "audience", "task", "tool", "before", "after", "author", "date"),
    "template",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the front matter of a story (or the task of a template) tells."""

    task: str = ""
    tool: str = ""
    before: Measure | None = None
    after: Measure | None = None
    author: str = ""
    told_on: date | None = None
    template: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """A document's source and facts, and what was wrong with what is written about it."""

    source: Source
    facts: Facts = Facts()
    problems: tuple[Problem, ...] = ()

    @property
    def usable(self) -> bool:
        """Return whether the document may be published."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class MetadataFile:
    """One of the places that say something: path for the problem line, and its mapping."""

    path: str
    values: YamlMap = field(default_factory=lambda: YamlMap(1))


def parse_metadata(
    path: str, places: Iterable[MetadataFile], company: Company, *, folder_kind: Kind | None
) -> Metadata:
    """Return what `places`, later ones winning, say of the document at `path`."""
    fields = _Fields(path)
    for place in places:
        fields.add(place)
    kind = fields.choice("kind", KIND_WORDS) or folder_kind
    if kind is None:
        fields.error(
            "kind",
            "文書の種類がわかりません",
            "rules・manuals・faqs・stories・templates のどれかのフォルダに入れてください",
        )
        kind = Kind.MANUAL
    status = fields.choice("status", STATUS_WORDS) or Status.CURRENT
    source = Source(
        path=path,
        title=fields.text("title"),
        kind=kind,
        departments=fields.departments(("department", "departments"), company),
        owner=fields.text("owner"),
        updated=fields.date("updated"),
        review_by=fields.date("review_by"),
        status=status,
        status_reason=fields.text("status_reason"),
        version=fields.text("version"),
        audience=fields.audience(company),
        extra=fields.unknown(),
    )
    facts = Facts(
        task=fields.text("task"),
        tool=fields.text("tool"),
        before=fields.measure("before"),
        after=fields.measure("after"),
        author=fields.text("author"),
        told_on=fields.date("date"),
        template=fields.text("template"),
    )
    return Metadata(source, facts, tuple(fields.problems))


class _Fields:
    """The merged values of one document, read one by one; collects problems on the way."""

    def __init__(self, path: str) -> None:
        self.problems: list[Problem] = []
        self._path = path
        self._values: dict[str, tuple[str, YamlValue]] = {}

    def add(self, place: MetadataFile) -> None:
        """Let the values of `place` win over those before it."""
        for written, value in place.values.entries.items():
            name = unicodedata.normalize("NFKC", written).strip()
            if name in {"department", "departments"}:
                self._values.pop("department", None)
                self._values.pop("departments", None)
            self._values[name] = (place.path, value)

    def text(self, name: str) -> str:
        """Return the value as one line of text."""
        return "、".join(self._texts(name))

    def date(self, name: str) -> date | None:
        """Return the value as a date; what is no date is warned about."""
        text = self.text(name)
        found = parse_date(text) if text else None
        if text and found is None:
            self._warn(
                name, f"「{name}」の日付「{text}」が読めません", "2026-04-01 の形で書いてください"
            )
        return found

    def measure(self, name: str) -> Measure | None:
        """Return the value as a working time."""
        text = self.text(name)
        return parse_measure(text) if text else None

    def choice(self, name: str, words: Mapping[str, _T]) -> _T | None:
        """Return what the value means; a word that means nothing keeps the document out."""
        text = self.text(name)
        found = words.get(fold(text)) if text else None
        if text and found is None:
            near = near_matches(fold(text), words) or [str(value) for value in words.values()]
            choices = "、".join(dict.fromkeys(near))
            self.error(name, f"「{name}」の値「{text}」がわかりません", f"使える値: {choices}")
        return found

    def departments(self, names: tuple[str, ...], company: Company) -> tuple[str, ...]:
        """Return the departments by full name; unknown ones are warned about and left out."""
        words = [word for name in names for word in self._texts(name)]
        resolved = resolve_departments(words, company)
        for word in resolved.unknown:
            near = near_matches(word, [department.name for department in company.departments])
            hint = (
                f"「{'」「'.join(near)}」ではありませんか"
                if near
                else "部署名か呼び名で書いてください"
            )
            self._warn(
                next(name for name in names if name in self._values),
                f"部署「{word}」は company.yaml にありません",
                hint,
            )
        return resolved.names

    def audience(self, company: Company) -> tuple[str, ...]:
        """Return who may read it; an unknown reader keeps the document out, not open to all."""
        resolved = resolve_departments(self._texts("audience"), company)
        if resolved.unknown:
            self.error(
                "audience",
                f"読める部署「{'、'.join(resolved.unknown)}」は company.yaml にありません",
                "部署名を直すまで、この文書は公開しません",
            )
        return resolved.names

    def unknown(self) -> Mapping[str, str]:
        """Return the keys that are none of ours, kept as text and warned about."""
        extra = {name: self.text(name) for name in sorted(self._values) if name not in _KEYS}
        for name in extra:
            near = near_matches(name, _KEYS)
            hint = f"「{near[0]}」ではありませんか" if near else "そのままでも害はありません"
            self._warn(name, f"知らない項目「{name}」があります", hint)
        return extra

    def error(self, name: str, reason: str, remedy: str) -> None:
        """Keep the document out."""
        self._say(name, reason, remedy, Severity.ERROR)

    def _warn(self, name: str, reason: str, remedy: str) -> None:
        self._say(name, reason, remedy, Severity.WARNING)

    def _say(self, name: str, reason: str, remedy: str, severity: Severity) -> None:
        place, value = self._values.get(name, (self._path, None))
        line = value.line if value else None
        if place != self._path:
            reason = f"{reason}({place})"
            line = None
        self.problems.append(Problem(self._path, reason, remedy, severity, line=line))

    def _texts(self, name: str) -> list[str]:
        found = self._values.get(name)
        return [] if found is None else [text for text in _flat(found[1], name) if text]


def _flat(value: YamlValue, name: str) -> list[str]:
    """Return the texts in `value`; lists of names may also be written «A、B»."""
    if isinstance(value, YamlText):
        if name in {"department", "departments", "audience"}:
            return [
                part.strip()
                for part in value.text.replace(",", "、").replace(",", "、").split("、")
            ]
        return [value.text]
    if isinstance(value, YamlList):
        return [text for item in value.items for text in _flat(item, name)]
    return [f"{key}: {'、'.join(_flat(item, name))}" for key, item in value.entries.items()]
