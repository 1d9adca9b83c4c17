"""A baseline as a file: one case a line, so that a diff shows which answers moved."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from math import isfinite
from pathlib import Path

from assistant.errors import SuiteError
from assistant.evals.baseline import Baseline, KeptAnswer
from assistant.evals.files import write_whole
from assistant.evals.metric import Score
from assistant.evals.results import Fingerprint

FORMAT = "katsuyo-eval-baseline/1"

_REMEDY = "git で前のものに戻すか、`katsuyo eval bless` で作り直してください。"


def save_baseline(path: Path, baseline: Baseline) -> None:
    """Write the file, whole or not at all. Raises SuiteError where that is not possible."""
    text = baseline_text(baseline)
    try:
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        raise SuiteError(
            f"{path} に書き込めません({error.strerror})。",
            remedy="場所と権限を確かめてください。前の基準はそのまま残っています。",
        ) from error


def load_baseline(path: Path) -> Baseline | None:
    """Read the file; None where there is none yet. Raises SuiteError when it is damaged."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SuiteError(
            f"{path} を読めません({error.strerror})。", remedy="場所と権限を確かめてください。"
        ) from error
    except UnicodeDecodeError as error:
        raise SuiteError(
            f"{path} が壊れています(UTF-8 ではありません)。", remedy=_REMEDY
        ) from error
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise SuiteError(f"{path} が壊れています({error})。", remedy=_REMEDY) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise SuiteError(f"{path} は基準のファイルではありません。", remedy=_REMEDY)
    try:
        baseline = _parsed(found)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SuiteError(
            f"{path} の中身が足りないか、形が違います({error})。", remedy=_REMEDY
        ) from error
    if found.get("sha256") != _digest(baseline):
        raise SuiteError(f"{path} は bless のあとに書き換えられています。", remedy=_REMEDY)
    return baseline


def baseline_text(baseline: Baseline) -> str:
    """Return the file's text: sorted, compact, the same for the same baseline."""
    return _text(baseline, sha256=_digest(baseline))


def _digest(baseline: Baseline) -> str:
    """Return a checksum: it stops an edit by hand or a bad merge, not somebody who means harm."""
    return hashlib.sha256(_text(baseline, sha256="").encode()).hexdigest()


def _text(baseline: Baseline, *, sha256: str) -> str:
    found = baseline.fingerprint
    head = {
        "format": FORMAT,
        "sha256": sha256,
        "blessed": baseline.blessed.isoformat(),
        "reason": baseline.reason,
        "corpus": found.corpus,
        "product": found.product,
        "target": found.target,
        "error_share": baseline.error_share,
    }
    parts = [f"{_json(key)}: {_json(value)}" for key, value in head.items()]
    parts += [
        _block("latencies", baseline.latencies),
        _block("cases", _cases(baseline)),
        _block("answers", _answers(baseline)),
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _cases(baseline: Baseline) -> dict[str, object]:
    scores = sorted(baseline.scores.items())
    return {
        one: {
            "digest": digest,
            "scores": {
                metric: [_short(score.value), *map(_short, score.counts)]
                for metric, by_case in scores
                if (score := by_case.get(one)) is not None
            },
        }
        for one, digest in baseline.fingerprint.cases.items()
    }


def _answers(baseline: Baseline) -> dict[str, object]:
    return {
        one: {"status": kept.status, "verdict": kept.verdict, "answer": kept.answer}
        for one, kept in baseline.answers.items()
    }


def _block(key: str, values: Mapping[str, object]) -> str:
    lines: Iterable[str] = (
        f"{_json(one)}: {_json(value)}" for one, value in sorted(values.items())
    )
    return f"{_json(key)}: {{\n" + ",\n".join(lines) + "\n}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _short(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value


def _parsed(found: Mapping[str, object]) -> Baseline:
    """Return the baseline. Raises KeyError, TypeError or ValueError at anything unexpected."""
    cases = _mapping(found["cases"])
    return Baseline(
        blessed=date.fromisoformat(_string(found["blessed"])),
        reason=_string(found["reason"]),
        fingerprint=Fingerprint(
            corpus=_string(found["corpus"]),
            cases={one: _string(_mapping(case)["digest"]) for one, case in cases.items()},
            product=_string(found["product"]),
            target=_string(found["target"]),
        ),
        scores=_scores(cases),
        error_share=_number(found["error_share"]),
        latencies={name: _number(one) for name, one in _mapping(found["latencies"]).items()},
        answers={name: _answer(_mapping(one)) for name, one in _mapping(found["answers"]).items()},
    )


def _scores(cases: Mapping[str, object]) -> dict[str, dict[str, Score]]:
    scores: dict[str, dict[str, Score]] = {}
    for one, case in cases.items():
        for metric, numbers in _mapping(_mapping(case)["scores"]).items():
            if not isinstance(numbers, list) or not numbers:
                raise TypeError(f"{one} の {metric}")
            value, *counts = (_number(number) for number in numbers)
            scores.setdefault(metric, {})[one] = Score(value, counts=tuple(counts))
    return scores


def _answer(found: Mapping[str, object]) -> KeptAnswer:
    return KeptAnswer(
        status=_string(found["status"]),
        verdict=_string(found["verdict"]),
        answer=_string(found["answer"]),
    )


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError("表のはずのところに別のものがあります")
    return value


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("文字列のはずのところに別のものがあります")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise TypeError("数のはずのところに別のものがあります")
    return float(value)
