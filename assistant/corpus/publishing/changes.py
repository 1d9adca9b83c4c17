"""What the next version would add, change and take away, and what must not be lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.domain import Document, Passage, Problem, Severity, Source
from assistant.errors import MassDeletion, PublishRefused

MASS_DELETION_SHARE = 0.30
"""More than this share of the published documents gone at once is asked about first."""

MASS_DELETION_COUNT = 5
"""Up to this many vanished documents are never asked about."""

_KEPT = "それまでは、公開中の版の内容をそのまま使います"


@dataclass(frozen=True, slots=True)
class Changes:
    """Paths by what happened to them."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int

    def __str__(self) -> str:
        """Return «追加3件・変更1件・削除0件»."""
        added, changed, removed = len(self.added), len(self.changed), len(self.removed)
        return f"追加{added}件・変更{changed}件・削除{removed}件"


def compare(before: Sequence[Document], after: Sequence[Document]) -> Changes:
    """Return what of `after` is new or different to a reader, and what of `before` is gone.

    A digest alone is no difference: it also moves when files are to be read in a new way.
    """
    old = {document.source.path: document for document in before}
    new = {document.source.path: document for document in after}
    both = sorted(old.keys() & new.keys())
    changed = tuple(
        path
        for path in both
        if old[path] is not new[path] and _content(old[path]) != _content(new[path])
    )
    return Changes(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=changed,
        removed=tuple(sorted(old.keys() - new.keys())),
        unchanged=len(both) - len(changed),
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """The documents of the next version, sorted by path, and the problems to tell."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


def keep_last_good(
    before: Sequence[Document],
    after: Sequence[Document],
    problems: Sequence[Problem],
    *,
    still_there: Callable[[str], bool],
) -> Kept:
    """Add to `after` the published form of every file that is `still_there` but was not read.

    Bad input never loses good data; the problem of such a file says so.
    """
    read = {document.source.path for document in after}
    rescued = [
        document
        for document in before
        if document.source.path not in read and still_there(document.source.path)
    ]
    paths = {document.source.path for document in rescued}
    told = {problem.path for problem in problems if problem.severity is Severity.ERROR}
    untold = [
        Problem(path, "今回は読めませんでした", f"ファイルを確かめてください。{_KEPT}")
        for path in sorted(paths - told)
    ]
    return Kept(
        documents=tuple(sorted((*after, *rescued), key=lambda document: document.source.path)),
        problems=(*(_with_kept(problem, paths) for problem in problems), *untold),
    )


def refuse_mass_deletion(
    before: Sequence[Document], after: Sequence[Document], problems: Sequence[Problem]
) -> None:
    """Raise MassDeletion when so much is gone that a share was probably unmounted.

    An empty next version is PublishRefused; `problems` say why nothing could be read.
    """
    if not after:
        reasons = "、".join(str(problem) for problem in problems[:3])
        raise PublishRefused(
            f"公開できる資料が1つもありません。{reasons}",
            remedy="資料フォルダの場所(KATSUYO_CORPUS_DIR)と中身を確かめてください。",
        )
    paths = {document.source.path for document in after}
    gone = sorted({document.source.path for document in before} - paths)
    if len(gone) <= MASS_DELETION_COUNT or len(gone) <= MASS_DELETION_SHARE * len(before):
        return
    raise MassDeletion(
        f"公開中の資料{len(before)}件のうち{len(gone)}件が、フォルダに見あたりません"
        f"({'、'.join(gone[:3])} など)。公開中の版はそのままです。",
        remedy="共有フォルダの接続を確かめてください。"
        "本当に消したのなら、katsuyo publish --yes で公開できます。",
    )


def _content(document: Document) -> tuple[Source, tuple[Passage, ...]]:
    return document.source, document.passages


def _with_kept(problem: Problem, kept: set[str]) -> Problem:
    if problem.path not in kept or problem.severity is not Severity.ERROR:
        return problem
    return replace(problem, remedy=f"{problem.remedy.rstrip('。')}。{_KEPT}")
