"""labels.jsonl: what people said of answers, to hold a judge against."""

from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import SuiteError
from assistant.evals.judge.rubrics import rubrics


class Verdict(StrEnum):
    """What a person said of one answer."""

    GOOD = "good"
    BAD = "bad"


class Label(BaseModel):
    """One answer, one metric, one person's word."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    metric: Literal["faithfulness", "answer_relevance", "helpfulness_for_department"]
    label: Verdict
    question: str
    answer: str
    department: str = ""
    claims: tuple[str, ...] = ()
    """faithfulness only; without them the sentences of `answer` are taken."""
    passages: tuple[str, ...] = ()


def load_labels(path: Path) -> tuple[Label, ...]:
    """Return the labels of a JSON Lines file. Raises SuiteError with file and line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteError(
            f"{path} を読めません。", remedy="UTF-8のJSON Linesファイルを指定してください。"
        ) from error
    labels = tuple(
        _label(line, where=f"{path}:{number}行目")
        for number, line in enumerate(lines, start=1)
        if line.strip()
    )
    if not labels:
        raise SuiteError(
            f"{path} に1行もありません。", remedy="1行に1つ、人の採点を書いてください。"
        )
    seen: set[tuple[str, str]] = set()
    for label in labels:
        if (label.id, label.metric) in seen:
            raise SuiteError(
                f"{path}: {label.id} の {label.metric} が2つあります。",
                remedy="どちらか1つにしてください。",
            )
        seen.add((label.id, label.metric))
    return labels


def _label(line: str, *, where: str) -> Label:
    try:
        return Label.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "JSONの形"
        names = "、".join(rubric.name for rubric in rubrics())
        raise SuiteError(
            f"{where}: 人の採点として読めません({name})。",
            remedy='{"id": "1", "metric": "faithfulness", "label": "good", "question": "…", '
            f'"answer": "…", "passages": ["…"]}} の形にしてください(metric: {names})。',
        ) from error
