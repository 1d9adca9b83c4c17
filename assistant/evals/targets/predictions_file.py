"""A file of answers as target: JSON Lines of the contract, from any system, matched by id."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assistant.errors import SuiteError
from assistant.evals.contract import parse_prediction
from assistant.evals.prediction import Prediction
from assistant.evals.targets.target import Asking

_LISTED = 5
_REMEDY = "katsuyo eval export で書き出した質問すべてに、同じ id で1行ずつ答えを書いてください。"


class PredictionsFile:
    """Answers that were given elsewhere, or in an earlier run."""

    machine_ms = 0.0
    """Nothing was asked, so nothing was measured."""

    def __init__(self, path: Path) -> None:
        """Read nothing yet."""
        self._path = path

    @property
    def name(self) -> str:
        """The name of the file, without its folder."""
        return self._path.name

    def prepare(self) -> None:
        """Read the file. Raises SuiteError."""
        read_predictions(self._path)

    def answers(self, questions: Sequence[Asking]) -> Iterator[Prediction]:
        """Yield the file's answers in the order asked.

        Raises SuiteError for a broken line, an id that was not asked or stands twice, and for
        questions without an answer: a gap is never scored as if it had not been asked.
        """
        found = read_predictions(self._path, known={asking.id for asking in questions})
        missing = [asking.id for asking in questions if asking.id not in found]
        if missing:
            raise SuiteError(
                f"{self._path}: {len(missing)}問の答えがありません({_listed(missing)})。",
                remedy=_REMEDY,
            )
        return (found[asking.id] for asking in questions)


def read_predictions(path: Path, *, known: set[str] | None = None) -> dict[str, Prediction]:
    """Return the predictions of a JSON Lines file by id, in its order. Raises SuiteError.

    With `known`, any other id is refused. An answer that breaks the contract is a crash.
    """
    found: dict[str, Prediction] = {}
    lines: dict[str, int] = {}
    foreign: list[tuple[int, str]] = []
    for number, text in _lines(path):
        where = f"{path}:{number}行目"
        payload = _object(text, where)
        identity = payload.get("id")
        if not isinstance(identity, str) or not identity:
            raise SuiteError(f"{where}: id がありません。", remedy=_REMEDY)
        if identity in lines:
            raise SuiteError(
                f"{where}: id「{identity}」は{lines[identity]}行目にもあります。",
                remedy="どちらか1行を消してください。",
            )
        lines[identity] = number
        if known is not None and identity not in known:
            foreign.append((number, identity))
        found[identity] = parse_prediction(payload, id=identity)
    if foreign:
        raise SuiteError(
            f"{path}:{foreign[0][0]}行目: 束にない id が{len(foreign)}件あります"
            f"({_listed([identity for _, identity in foreign])})。",
            remedy=_REMEDY,
        )
    return found


def _lines(path: Path) -> list[tuple[int, str]]:
    """Return (1-based number, text) of the lines that are not blank."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteError(
            f"{path} を読めません。", remedy="UTF-8のJSON Linesファイルを指定してください。"
        ) from error
    # Not splitlines(): U+2028 may stand inside a JSON string.
    numbered = enumerate(text.split("\n"), start=1)
    return [(number, line) for number, line in numbered if line.strip()]


def _object(text: str, where: str) -> dict[str, object]:
    try:
        payload = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SuiteError(
            f"{where}: JSONとして読めません。",
            remedy="1行に1つのJSONオブジェクトを書いてください。",
        ) from error
    if not isinstance(payload, dict):
        raise SuiteError(
            f"{where}: JSONのオブジェクトではありません。",
            remedy="1行に1つのJSONオブジェクトを書いてください。",
        )
    return payload


def _listed(ids: Iterable[str]) -> str:
    """Return up to five ids and how many more there are."""
    names = [f"{name[:80]}" for name in ids]
    more = f" ほか{len(names) - _LISTED}件" if len(names) > _LISTED else ""
    return "、".join(names[:_LISTED]) + more
