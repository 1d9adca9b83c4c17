import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import SuiteError
from assistant.evals.case import Case, CaseType
from assistant.evals.metric import Asked
from assistant.evals.prediction import (
    Outcome,
    PredictedCitation,
    PredictedFinding,
    PredictedLine,
    PredictedPassage,
    PredictedSection,
    PredictedStory,
    PredictedTemplate,
    Prediction,
)
from assistant.evals.recording import predictions_of, write_recording
from assistant.evals.targets.predictions_file import read_predictions

FULL = Prediction(
    id="a",
    status="answered",
    verdict="conditional",
    clause="②",
    answer="一行目\u2028二行目\n三行目",
    sections=(
        PredictedSection(
            "stories",
            lines=(PredictedLine("はい", (1,)),),
            stories=(PredictedStory("週報", "営業部", before="2時間", mark=1),),
            template=PredictedTemplate("T", "【名】", ("名",), 2),
        ),
    ),
    citations=(PredictedCitation(1, "a.pdf", "引用", page=3),),
    retrieved=("a.pdf",),
    passages=(PredictedPassage("a.pdf", "本文"),),
    findings=(PredictedFinding("person", "田中様", 0, 3),),
    safe_text="〔A様〕",
    mode="composed",
    timings_ms={"total": 1.5},
    latency_ms=12.25,
)
TIMEOUT = Prediction("a#1", Outcome.TIMEOUT, error="30秒たっても…", latency_ms=30000.0)


def test_a_recording_reads_back_as_it_was(tmp_path: Path) -> None:
    crashed = Prediction("b", Outcome.CRASH, error="ValueError が起きました。")
    write_recording(tmp_path / "new" / "run.jsonl", [FULL, TIMEOUT, crashed])
    read = read_predictions(tmp_path / "new" / "run.jsonl")
    assert list(read.values()) == [FULL, TIMEOUT, crashed]


@settings(max_examples=30)
@given(text=st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_recorded(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("run") / "run.jsonl"
    write_recording(path, [Prediction("a", status="answered", answer=text)])
    assert json.loads(path.read_text(encoding="utf-8"))["answer"] == text


def test_a_stopped_recording_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    write_recording(path, [FULL])

    def stopping():
        yield TIMEOUT
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_recording(path, stopping())
    assert list(read_predictions(path)) == ["a"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["run.jsonl"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SuiteError, match=r"run\.jsonl に書けません"):
        write_recording(tmp_path / "file" / "run.jsonl", [FULL])


def test_paraphrases_are_recorded_behind_their_case() -> None:
    case = Case("a", "問い", CaseType.FACT, paraphrases=("言いかえ",))
    last = Prediction("b")
    asked = [Asked(case, FULL, (TIMEOUT,)), Asked(Case("b", "問い", CaseType.FACT), last)]
    assert predictions_of(asked) == [FULL, TIMEOUT, last]
