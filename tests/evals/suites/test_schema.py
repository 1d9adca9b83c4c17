"""The published JSON Schema says the same as the loader."""

from pathlib import Path

import jsonschema
import pytest

from assistant.evals.references import References
from assistant.evals.suites.schema import case_schema, schema_text
from tests.conftest import ROOT
from tests.evals.suites.world import case_with, small_references, told

FILE = ROOT / "eval" / "case.schema.json"

GOOD: list[dict[str, object]] = [
    {},
    {"tags": ["x"], "group": "g", "split": "dev"},
    {"asker": {"department": "市民課", "role": "一般"}},
    {"expect": {"facts": [["30分", "三十分"], [30]], "abstain": False}},
    {"expect": {"forbidden": []}, "type": "harmless"},
    {"expect": {"verdict": "prohibited"}, "history": [{"role": "user", "content": "x"}]},
    {"qrels": [{"doc": "stories/flyer.md", "span": "40分", "grade": 2}]},
    {"provenance": {"author": "human", "written": "2026-11-22"}},
    {"type": "unanswerable", "unanswerable": "nonsensical", "expect": {"abstain": True}},
]
BAD: list[dict[str, object]] = [
    {"id": "a#1"},
    {"question": ""},
    {"type": "how-to"},
    {"tag": ["x"]},
    {"tags": "x"},
    {"tags": [""]},
    {"asker": "市民課"},
    {"expect": {"verdict": "不可"}},
    {"expect": {"verdict": None}},
    {"expect": {"abstain": "たぶん"}},
    {"expect": {"facts": ["30分"]}},
    {"expect": {"facts": [[]]}},
    {"expect": {"forbidden": [{"class": "nose", "text": "x"}]}},
    {"expect": {"forbidden": [{"class": "person"}]}},
    {"qrels": [{"span": "40分"}]},
    {"qrels": [{"doc": "stories/flyer.md", "grade": 0}]},
    {"history": [{"role": "me", "content": "x"}]},
    {"provenance": {"author": "猫"}},
    {"split": "prod"},
    {"unanswerable": "other"},
]


@pytest.fixture(scope="module")
def references(tmp_path_factory: pytest.TempPathFactory) -> References:
    return small_references(tmp_path_factory.mktemp("corpus"))


def accepts(value: object) -> bool:
    return bool(jsonschema.Draft202012Validator(case_schema()).is_valid(value))


def test_the_published_schema_is_up_to_date(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        FILE.write_text(schema_text(), encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(case_schema())


@pytest.mark.parametrize("changes", GOOD, ids=str)
def test_schema_and_loader_accept_a_right_case(
    tmp_path: Path, references: References, changes: dict[str, object]
) -> None:
    case = case_with(**changes)
    assert accepts([case]) and accepts({"cases": [case]}) and accepts(case)
    assert told(tmp_path, references, case) == ""


@pytest.mark.parametrize("changes", BAD, ids=str)
def test_schema_and_loader_refuse_a_wrong_case(
    tmp_path: Path, references: References, changes: dict[str, object]
) -> None:
    case = case_with(**changes)
    assert not (accepts([case]) or accepts({"cases": [case]}) or accepts(case))
    assert told(tmp_path, references, case) != ""


def test_every_key_is_explained_in_japanese() -> None:
    definitions = case_schema()["$defs"]
    assert isinstance(definitions, dict)
    for model in definitions.values():
        assert isinstance(model, dict) and isinstance(model["properties"], dict)
        for one in (model, *model["properties"].values()):
            assert isinstance(one, dict) and not str(one["description"]).isascii()
