"""The small city office as the scorer reads it, and suite files to load against it."""

from copy import deepcopy
from pathlib import Path

import yaml

from assistant.adapters.readers import default_readers
from assistant.corpus.reading import read_corpus
from assistant.errors import SuiteError
from assistant.evals.case import Suite
from assistant.evals.references import References
from assistant.evals.suites.loading import load_suite
from tests.support.small_company import write_small_company

GOOD: dict[str, object] = {
    "id": "flyer-001",
    "question": "チラシ作るのしんどい",
    "type": "how_to",
    "expect": {"verdict": "可"},
}


def references_of(corpus: Path) -> References:
    reading = read_corpus(corpus, readers=default_readers())
    return References(reading.company, {one.source.path: one for one in reading.documents})


def small_references(folder: Path) -> References:
    return references_of(write_small_company(folder))


def case_with(**changes: object) -> dict[str, object]:
    return deepcopy({**GOOD, **changes})


def load(folder: Path, references: References, *cases: object) -> Suite:
    """Return the suite of one YAML file that holds `cases`."""
    folder.mkdir(exist_ok=True)
    text = yaml.safe_dump(list(cases), allow_unicode=True, sort_keys=False)
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    return load_suite(folder, references=references)


def told(folder: Path, references: References, *cases: object) -> str:
    """Return what loading `cases` complains of; empty if they are accepted."""
    try:
        load(folder, references, *cases)
    except SuiteError as error:
        return error.message
    return ""
