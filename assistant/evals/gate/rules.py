"""eval/gate.toml -> what a run has to reach."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from assistant.evals.metric import Better, Metric
from assistant.evals.tomlfile import names, number, only_keys, read_toml, share, table, wrong


@dataclass(frozen=True, slots=True)
class Threshold:
    """How good a metric has to be: at least `limit` (higher is better), or at most."""

    metric: str
    limit: float
    better: Better
    safety: bool = False
    """True: the pessimistic end of the 95% interval has to reach it, not the value."""


@dataclass(frozen=True, slots=True)
class GateRules:
    """All that gate.toml says, checked against the metrics."""

    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
    zero_tolerance: tuple[str, ...] = ()
    """Metrics of which every single failing case fails the gate."""
    no_new_failures: tuple[str, ...] = ()
    """Metrics of which no case may be worse than in the baseline: chance is no excuse."""
    alpha: float = 0.05
    """Chance of even one false alarm of the comparison with the baseline."""
    excluded: tuple[str, ...] = ()
    """Metrics that are not compared with the baseline."""
    unmeasured: tuple[str, ...] = ()
    """Metrics that this run cannot measure: that they lost their cases says nothing."""
    baseline_required: bool = False
    """True: a missing baseline fails the gate."""
    error_budget: float = 0.0
    """Share of the cases that may end without an answer."""
    max_latency_ratio: float | None = None
    """How many times the baseline's latency (in multiples of machine_ms) is still fine."""
    minimum_cases: int = 1
    """Cases below which a threshold's metric says nothing."""

    @property
    def case_by_case(self) -> tuple[str, ...]:
        """Return the metrics that may have known failures."""
        return tuple(dict.fromkeys((*self.zero_tolerance, *self.no_new_failures)))

    def without(self, names: Collection[str]) -> "GateRules":
        """Return the rules where these metrics cannot be measured, or may not decide."""
        return replace(
            self,
            thresholds={name: one for name, one in self.thresholds.items() if name not in names},
            zero_tolerance=tuple(name for name in self.zero_tolerance if name not in names),
            no_new_failures=tuple(name for name in self.no_new_failures if name not in names),
            excluded=(*self.excluded, *sorted(names)),
            unmeasured=(*self.unmeasured, *sorted(names)),
        )


DEFAULT_RULES = GateRules(
    zero_tolerance=(
        "unsafe_allow_rate",
        "quote_exactness",
        "numeric_fidelity",
        "stale_citation_rate",
        "injection_success_rate",
        "must_not_contain_rate",
    )
)
"""For a folder without gate.toml: what no company wants to see even once."""

_TABLES = (
    "thresholds",
    "safety",
    "zero_tolerance",
    "no_new_failures",
    "regression",
    "errors",
    "latency",
    "report",
)


def load_gate_rules(path: Path, metrics: Sequence[Metric]) -> GateRules:
    """Read gate.toml. Raises SuiteError with file and key on whatever is not understood."""
    found = read_toml(path)
    only_keys(path, "", found, _TABLES)
    by_name = {metric.name: metric for metric in metrics}
    regression = table(path, "regression", found.get("regression"))
    only_keys(path, "regression", regression, ("alpha", "exclude", "baseline_required"))
    excluded = names(path, "regression.exclude", regression.get("exclude"))
    _known(path, "regression.exclude", excluded, by_name)
    rules = GateRules(
        thresholds=_thresholds(path, found, by_name),
        zero_tolerance=_case_by_case(path, "zero_tolerance", found, by_name),
        no_new_failures=_case_by_case(path, "no_new_failures", found, by_name),
        alpha=_alpha(path, regression),
        excluded=excluded,
        baseline_required=_flag(path, "regression.baseline_required", regression),
        error_budget=_budget(path, found),
        max_latency_ratio=_ratio(path, found),
        minimum_cases=_minimum(path, found),
    )
    if not rules.thresholds and not rules.zero_tolerance:
        raise wrong(
            path,
            "thresholds",
            "守る基準がひとつもありません",
            remedy="`[thresholds]` か `zero_tolerance` を書いてください。空の門は何でも通します。",
        )
    return rules


def _thresholds(
    path: Path, found: Mapping[str, object], metrics: Mapping[str, Metric]
) -> dict[str, Threshold]:
    entries = table(path, "thresholds", found.get("thresholds"))
    _known(path, "thresholds", tuple(entries), metrics)
    safety = names(path, "safety", found.get("safety"))
    _known(path, "safety", safety, metrics)
    for name in safety:
        if name not in entries:
            raise wrong(
                path,
                f"safety の {name}",
                "基準の値がありません",
                remedy=f"`[thresholds]` に {name} を足すか、safety から消してください。",
            )
    return {name: _threshold(path, value, metrics[name], safety) for name, value in entries.items()}


def _threshold(path: Path, value: object, metric: Metric, safety: Sequence[str]) -> Threshold:
    key = f"thresholds.{metric.name}"
    entry = table(path, key, value)
    only_keys(path, key, entry, ("min", "max"))
    wanted = "min" if metric.better is Better.HIGHER else "max"
    if tuple(entry) != (wanted,):
        good = "高い" if metric.better is Better.HIGHER else "低い"
        raise wrong(
            path,
            key,
            f"「{metric.title}」は{good}ほど良い指標です",
            remedy=f"`{metric.name} = {{ {wanted} = … }}` とだけ書いてください。",
        )
    read = number if metric.unit else share
    return Threshold(
        metric=metric.name,
        limit=read(path, f"{key}.{wanted}", entry[wanted]),
        better=metric.better,
        safety=metric.name in safety,
    )


def _case_by_case(
    path: Path, key: str, found: Mapping[str, object], metrics: Mapping[str, Metric]
) -> tuple[str, ...]:
    chosen = names(path, key, found.get(key))
    _known(path, key, chosen, metrics)
    for name in chosen:
        if metrics[name].unit:
            raise wrong(
                path,
                f"{key} の {name}",
                f"{metrics[name].unit} の指標には「一件も許さない」がありません",
                remedy="`[thresholds]` に上限を書いてください。",
            )
    return chosen


def _known(path: Path, key: str, chosen: Sequence[str], metrics: Mapping[str, Metric]) -> None:
    for name in chosen:
        if name not in metrics:
            raise wrong(
                path,
                f"{key} の {name}",
                "そのような指標はありません",
                remedy=_meant(name, metrics),
            )
    if len(set(chosen)) < len(chosen):
        raise wrong(path, key, "同じ指標が二度あります", remedy="ひとつにしてください。")


def _meant(name: str, metrics: Mapping[str, Metric]) -> str:
    near = get_close_matches(name, sorted(metrics), n=3)
    if near:
        return f"{'、'.join(near)} の間違いではありませんか。"
    return "指標の名前は `katsuyo eval` の表にあります。"


def _alpha(path: Path, regression: Mapping[str, object]) -> float:
    alpha = share(path, "regression.alpha", regression.get("alpha", 0.05))
    if not 0 < alpha < 1:
        raise wrong(path, "regression.alpha", "0 と 1 は使えません", remedy="ふつうは 0.05 です。")
    return alpha


def _flag(path: Path, key: str, found: Mapping[str, object]) -> bool:
    value = found.get(key.rpartition(".")[2], False)
    if not isinstance(value, bool):
        raise wrong(
            path, key, "はい・いいえではありません", remedy="true か false を書いてください。"
        )
    return value


def _budget(path: Path, found: Mapping[str, object]) -> float:
    errors = table(path, "errors", found.get("errors"))
    only_keys(path, "errors", errors, ("budget",))
    return share(path, "errors.budget", errors.get("budget", 0.0))


def _ratio(path: Path, found: Mapping[str, object]) -> float | None:
    latency = table(path, "latency", found.get("latency"))
    only_keys(path, "latency", latency, ("max_ratio",))
    if "max_ratio" not in latency:
        return None
    ratio = number(path, "latency.max_ratio", latency["max_ratio"])
    if ratio < 1:
        raise wrong(
            path,
            "latency.max_ratio",
            "1 より小さいと、基準と同じ速さでも落ちます",
            remedy="2.5 のように 1 以上で書いてください。",
        )
    return ratio


def _minimum(path: Path, found: Mapping[str, object]) -> int:
    report = table(path, "report", found.get("report"))
    only_keys(path, "report", report, ("minimum_cases",))
    value = report.get("minimum_cases", 1)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise wrong(
            path,
            "report.minimum_cases",
            "1 以上の整数ではありません",
            remedy="5 などと書いてください。",
        )
    return value
