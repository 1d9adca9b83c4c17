"""What eval/README.md tells DX staff to write is what the harness reads."""

import re
from pathlib import Path

import pytest

from assistant.evals.case import CaseType, Unanswerable
from assistant.evals.gate.report import GateWord
from assistant.evals.suites.entries import CaseEntry, ExpectEntry
from assistant.evals.suites.loading import load_suite
from assistant.evals.suites.words import VERDICT_WORDS
from tests.conftest import ROOT, SAMPLE
from tests.evals.suites.world import references_of

README = (ROOT / "eval" / "README.md").read_text(encoding="utf-8")


def test_the_example_is_a_case_that_the_loader_accepts(tmp_path: Path) -> None:
    found = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert found
    for name in ("company.yaml", "stories/sales-weekly-report.md"):
        (tmp_path / "corpus" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "corpus" / name).write_bytes((SAMPLE / name).read_bytes())
    (tmp_path / "suites").mkdir()
    (tmp_path / "suites" / "a.yaml").write_text(found[1], encoding="utf-8")
    suite = load_suite(tmp_path / "suites", references=references_of(tmp_path / "corpus"))
    assert suite.cases[0].expect.department == "営業部"


@pytest.mark.parametrize(
    "word",
    [
        *CaseEntry.model_fields,
        *ExpectEntry.model_fields,
        *CaseType,
        *Unanswerable,
        *VERDICT_WORDS,
        *GateWord,
    ],
)
def test_every_word_that_can_be_written_or_read_is_explained(word: str) -> None:
    assert f"`{word}`" in README
