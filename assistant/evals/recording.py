"""run.jsonl: every answer of a run, one a line, readable again as a predictions file."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from assistant.errors import SuiteError
from assistant.evals.files import write_whole
from assistant.evals.metric import Asked
from assistant.evals.prediction import Prediction


def predictions_of(asked: Iterable[Asked]) -> list[Prediction]:
    """Return all predictions in the order of asking, each case's paraphrases behind it."""
    return [prediction for one in asked for prediction in (one.prediction, *one.paraphrases)]


def write_recording(path: Path, predictions: Iterable[Prediction]) -> None:
    """Write `predictions` as JSON Lines: the whole file or nothing. Raises SuiteError."""
    text = "".join(f"{_line(prediction)}\n" for prediction in predictions)
    try:
        # a lone surrogate becomes what JSON writes for it
        write_whole(path, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise SuiteError(
            f"{path} に書けません({error.strerror})。", remedy="場所と空き容量を確かめてください。"
        ) from error


def _line(prediction: Prediction) -> str:
    """Return the contract's keys and those of the harness: outcome, error, latency_ms."""
    return json.dumps(asdict(prediction), ensure_ascii=False)
