"""What keeps a corpus trustworthy: owners, reviews, no doubles, one rule that holds."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from assistant.corpus.kinds import KIND_NAMES
from assistant.corpus.text import fold
from assistant.domain import Document, Kind, Problem, Severity, Status


def upkeep_problems(
    documents: Sequence[Document], today: date | None, *, texts: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield warnings on documents that are readable but will not stay right by themselves.

    `texts` has the digest of each document's text by its path.
    """
    current = [document for document in documents if document.source.status is Status.CURRENT]
    for document in current:
        yield from care_problems(document, today)
    for document in documents:
        if document.source.status is Status.RETRACTED and not document.source.status_reason:
            yield _warning(
                document.source.path, "取り下げた理由がありません", "status_reason に書いてください"
            )
    yield from _doubles(current, texts)
    yield from _rules(documents)


def _warning(path: str, reason: str, remedy: str) -> Problem:
    return Problem(path, reason, remedy, Severity.WARNING)


def care_problems(document: Document, today: date | None) -> Iterator[Problem]:
    """Yield what is missing of those who look after one current document, and what is overdue."""
    source = document.source
    # A story tells what was; a template is tried by whoever copies it.
    kept = source.kind not in {Kind.STORY, Kind.TEMPLATE}
    missing = [
        *(("管理者(owner)",) if kept and not source.owner else ()),
        *(("見直し期限(review_by)",) if kept and not source.review_by else ()),
    ]
    if missing:
        yield _warning(
            source.path,
            f"{'と'.join(missing)}が書かれていません",
            "先頭の設定か .meta.yaml に書いてください",
        )
    if today is not None and source.review_by is not None and source.review_by < today:
        day = source.review_by.isoformat()
        yield _warning(
            source.path,
            f"見直し期限({day})を過ぎています",
            "内容を確かめ、review_by を新しくしてください",
        )


def _doubles(documents: Sequence[Document], texts: Mapping[str, str]) -> Iterator[Problem]:
    by_title: dict[tuple[str, str, tuple[str, ...]], str] = {}
    by_text: dict[str, str] = {}
    for document in documents:
        source = document.source
        first = by_text.setdefault(texts[source.path], source.path)
        if first != source.path:
            yield _warning(source.path, f"「{first}」と中身が同じです", "片方を取り除いてください")
            continue
        key = (source.kind, fold(source.title), source.departments)
        first = by_title.setdefault(key, source.path)
        if first != source.path:
            yield _warning(
                source.path,
                f"「{first}」と同じ題名の{KIND_NAMES[source.kind]}です",
                "題名を変えるか、古い方を superseded にしてください",
            )


def _rules(documents: Sequence[Document]) -> Iterator[Problem]:
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for document in documents:
        if document.source.kind is Kind.RULE and document.source.status is Status.CURRENT:
            found[document.source.departments].append(document.source.path)
    if not found:
        yield _warning(
            "rules",
            "現行のAI利用ルールがありません(判定ができません)",
            "rules フォルダに置いてください",
        )
    for paths in found.values():
        if len(paths) > 1:
            yield _warning(
                paths[-1],
                f"現行のルールが{len(paths)}つあります({'、'.join(paths)})",
                "古い方に status: superseded を書いてください",
            )
