"""Which documents of the corpus say something: words and numbers by path."""

from functools import cache
from pathlib import Path

from assistant.corpus.walking import COMPANY_FILE
from assistant.domain import Document
from assistant.evals.case import Case, CaseType, Split
from assistant.evals.japanese import contains
from assistant.evals.numbers.numbers import Number, numbers_in
from assistant.evals.references import References
from assistant.evals.variants import readable_text

_TYPES = frozenset({CaseType.FACT, CaseType.STORY, CaseType.FAQ})

Amount = tuple[float, str]
"""Value and unit class of a number."""


def amount_of(number: Number) -> Amount:
    """Return what is equal for «30分», «三十分» and «0.5時間»."""
    return number.value, number.unit_class


def can_be_perturbed(case: Case) -> bool:
    """Return whether a case asks for facts by itself; what is held out is never printed."""
    return (
        case.type in _TYPES
        and bool(case.expect.facts)
        and case.expect.abstain is not True
        and not case.history
        and case.split is not Split.HOLDOUT
    )


class Texts:
    """The words of every document, and of company.yaml, which answers tell from, too."""

    def __init__(self, references: References, corpus_dir: Path) -> None:
        """Read company.yaml now, other files when their words are to be changed."""
        self._references = references
        self._corpus_dir = corpus_dir
        self._texts = {path: _words(one) for path, one in sorted(references.documents.items())}
        self._texts[COMPANY_FILE] = (corpus_dir / COMPANY_FILE).read_text(encoding="utf-8-sig")
        self._amounts = cache(self._amounts_of)

    def document(self, path: str) -> Document | None:
        """Return the document with that path; None for company.yaml."""
        return self._references.document(path)

    def holders(self, facts: tuple[tuple[str, ...], ...]) -> list[str]:
        """Return the paths whose text tells every one of `facts`."""
        return [path for path, text in self._texts.items() if tells(text, facts)]

    def amounts(self, path: str) -> frozenset[Amount]:
        """Return the numbers of a document; none for a path that is not there."""
        return self._amounts(path)

    def all_amounts(self) -> frozenset[Amount]:
        """Return the numbers of the whole corpus."""
        return frozenset().union(*map(self._amounts, self._texts))

    def changeable(self, path: str) -> str:
        """Return the file's own text where it can be changed, else an empty one."""
        return readable_text(self._corpus_dir, path)

    def _amounts_of(self, path: str) -> frozenset[Amount]:
        return frozenset(amount_of(number) for number in numbers_in(self._texts.get(path, "")))


def tells(text: str, facts: tuple[tuple[str, ...], ...]) -> bool:
    """Return whether `text` holds each fact in one of its wordings."""
    return all(any(contains(text, wording) for wording in fact) for fact in facts)


def _words(document: Document) -> str:
    return "\n".join([document.source.title, *(passage.text for passage in document.passages)])
