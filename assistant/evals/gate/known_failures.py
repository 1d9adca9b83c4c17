"""eval/known_failures.toml: failures that somebody answers for, until a date."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from assistant.errors import SuiteError
from assistant.evals.tomlfile import only_keys, read_toml, wrong

LONGEST = timedelta(days=180)
"""An exception for longer than half a year is a change of the rule, not an exception."""


@dataclass(frozen=True, slots=True)
class KnownFailure:
    """One case that may fail one metric for now."""

    metric: str
    case: str
    reason: str
    owner: str
    until: date
    """The last day on which it counts."""

    def problem(self, today: date) -> str:
        """Return why it does not count today; empty = it counts."""
        if self.until < today:
            return f"期限({self.until.isoformat()})が過ぎています"
        if self.until > today + LONGEST:
            return f"期限({self.until.isoformat()})が {LONGEST.days} 日より先です"
        return ""


@dataclass(frozen=True, slots=True)
class KnownFailures:
    """The allow-list of the zero-tolerance metrics."""

    entries: tuple[KnownFailure, ...] = ()

    def allowed(self, metric: str, *, today: date) -> frozenset[str]:
        """Return the ids of the cases that may fail that metric today."""
        return frozenset(
            one.case for one in self.entries if one.metric == metric and not one.problem(today)
        )


_KEYS = ("metric", "case", "reason", "owner", "until")


def load_known_failures(
    path: Path, *, metrics: Collection[str], cases: Collection[str]
) -> KnownFailures:
    """Read the allow-list. Raises SuiteError with file and entry on whatever is wrong.

    Args:
        path: The file; a missing one allows nothing.
        metrics: Names of the zero-tolerance metrics.
        cases: Ids of the whole suite.
    """
    if not path.exists():
        return KnownFailures()
    found = read_toml(path)
    only_keys(path, "", found, ("known",))
    listed = found.get("known", [])
    if not isinstance(listed, list):
        raise wrong(
            path, "known", "一件ずつの並びではありません", remedy="`[[known]]` と書いてください。"
        )
    entries = tuple(_entry(path, index, one) for index, one in enumerate(listed, start=1))
    _check(path, entries, metrics=metrics, cases=cases)
    return KnownFailures(entries)


def _entry(path: Path, index: int, found: object) -> KnownFailure:
    key = f"{index} 番目の [[known]]"
    if not isinstance(found, Mapping):
        raise wrong(path, key, "項目の集まりではありません", remedy=_HOW)
    only_keys(path, key, found, _KEYS)
    until = found.get("until")
    if not isinstance(until, date) or isinstance(until, datetime):
        raise wrong(
            path,
            f"{key}.until",
            "日付ではありません",
            remedy="until = 2027-01-31 のように書いてください。",
        )
    return KnownFailure(
        metric=_text(path, key, found, "metric"),
        case=_text(path, key, found, "case"),
        reason=_text(path, key, found, "reason"),
        owner=_text(path, key, found, "owner"),
        until=until,
    )


_HOW = "metric・case・reason・owner・until の五つを書いてください。"


def _text(path: Path, key: str, found: Mapping[str, object], name: str) -> str:
    value = found.get(name)
    if not isinstance(value, str) or not value.strip():
        raise wrong(path, f"{key}.{name}", "書かれていません", remedy=_HOW)
    return value.strip()


def _check(
    path: Path,
    entries: Sequence[KnownFailure],
    *,
    metrics: Collection[str],
    cases: Collection[str],
) -> None:
    seen: set[tuple[str, str]] = set()
    for index, one in enumerate(entries, start=1):
        key = f"{index} 番目の [[known]]"
        if one.metric not in metrics:
            raise _stranger(path, f"{key}.metric", one.metric, "一件も許さない指標")
        if one.case not in cases:
            raise _stranger(path, f"{key}.case", one.case, "問い")
        if (one.metric, one.case) in seen:
            raise wrong(
                path,
                key,
                f"{one.metric} の {one.case} が二度あります",
                remedy="片方を消してください。",
            )
        seen.add((one.metric, one.case))


def _stranger(path: Path, key: str, name: str, what: str) -> SuiteError:
    return wrong(
        path,
        key,
        f"「{name}」という{what}はありません",
        remedy="つづりを直すか、その項目を消してください。",
    )
