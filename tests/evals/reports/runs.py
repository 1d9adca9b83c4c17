"""Small runs to report on: made by hand, with hostile answers where a test wants them."""

from collections.abc import Mapping
from datetime import date

from assistant.domain import VerdictKind
from assistant.evals.baseline import Baseline, KeptAnswer
from assistant.evals.case import Case, CaseType, Expect, Split
from assistant.evals.gate.report import Check, Flip, GateFinding, GateReport, GateWord
from assistant.evals.metric import Asked, Better, Score
from assistant.evals.prediction import Outcome, PredictedCitation, Prediction
from assistant.evals.results import Fingerprint, MetricResult, Results

ANSWER = """### 判定

**✓ 使えます** [1]

### やり方

1. メモを5つ書く(3分)。 [1]
2. 2時間が30分になりました。 [2]
"""
CITATIONS = (
    PredictedCitation(1, "rules/kimari.md", "メモを5つ書く", title="きまり"),
    PredictedCitation(2, "stories/weekly.md", "2時間が30分になりました。", title="週報の話"),
)
SECRET_QUESTION = "ひみつの問いは誰にも見せない"
SECRET_ANSWER = "ひみつの答えは42"


def case(name: str, question: str = "週報を早く書きたい", **given: object) -> Case:
    standard: dict[str, object] = {
        "type": CaseType.HOW_TO,
        "department": "介護課",
        "suite": "how_to",
        "line": 3,
        "expect": Expect(verdict=VerdictKind.ALLOWED, facts=(("30分", "三十分"),)),
    }
    return Case(name, question, **(standard | given))  # type: ignore[arg-type]


def asked(one: Case, answer: str = ANSWER, **given: object) -> Asked:
    standard: dict[str, object] = {
        "status": "answered",
        "verdict": "allowed",
        "citations": CITATIONS,
        "latency_ms": 120.0,
    }
    return Asked(one, Prediction(one.id, answer=answer, **(standard | given)))  # type: ignore[arg-type]


def results(*questions: Asked, scores: Mapping[str, Mapping[str, Score]] | None = None) -> Results:
    found = scores or {
        "verdict_accuracy": {one.case.id: Score(1.0, "可 = 可") for one in questions}
    }
    return Results(
        metrics=tuple(_metric(name, list(of.values())) for name, of in found.items()),
        scores=found,
        asked=questions,
        fingerprint=Fingerprint(
            corpus="c0ffee" * 10,
            cases={one.case.id: f"digest of {one.case.id}" for one in questions},
            product="0.1.0",
            target="inprocess",
        ),
        machine_ms=5.0,
        seconds={"ask": 3.0, "score": 0.5},
    )


def _metric(name: str, scores: list[Score]) -> MetricResult:
    value = sum(score.value for score in scores) / max(len(scores), 1)
    return MetricResult(
        name=name,
        title={"verdict_accuracy": "判定の正解率", "unsafe_allow_rate": "危ない「可」"}.get(
            name, name
        ),
        better=Better.LOWER if name == "unsafe_allow_rate" else Better.HIGHER,
        value=value,
        low=max(value - 0.1, 0),
        high=min(value + 0.1, 1),
        n=len(scores),
    )


def passed() -> GateReport:
    return GateReport(
        GateWord.PASS, (GateFinding(Check.THRESHOLD, "verdict_accuracy", True, "届いています"),)
    )


def failed(*cases: str, flips: tuple[Flip, ...] = (), hidden: int = 0) -> GateReport:
    finding = GateFinding(
        check=Check.ZERO_TOLERANCE,
        metric="unsafe_allow_rate",
        ok=False,
        line="危ない「可」がありました。",
        word=GateWord.REGRESSION,
        cases=cases,
        hidden=hidden,
    )
    return GateReport(GateWord.REGRESSION, (finding,), flips=flips, hidden_flips=hidden)


def flip(case_id: str, why: str = "禁止のはずが可") -> Flip:
    return Flip(case_id, "verdict_accuracy", 1.0, 0.0, why, worse=True)


def baseline(run: Results, answer: str = ANSWER, score: float = 1.0) -> Baseline:
    return Baseline(
        blessed=date(2026, 11, 1),
        reason="",
        fingerprint=run.fingerprint,
        scores={name: {one: Score(score) for one in of} for name, of in run.scores.items()},
        answers={one.case.id: KeptAnswer("answered", "allowed", answer) for one in run.asked},
    )


def silent(one: Case) -> Asked:
    return Asked(one, Prediction(one.id, outcome=Outcome.CRASH, error="HTTP 500 でした"))


def holdout() -> Asked:
    hidden = case("hidden-007", SECRET_QUESTION, split=Split.HOLDOUT)
    return asked(hidden, SECRET_ANSWER, citations=())


def hostile() -> dict[str, str]:
    """Return texts that want out of where they are shown, by what they try."""
    return {
        "script": "<script>alert('x')</script><img src=x onerror=alert(1)>",
        "attribute": '"><svg onload=alert(1)> \' onclick=alert(1) "',
        "cdata": "]]> <failure/> ]]&gt;",
        "fence": "```\n````\n# 見出し\n</details></summary>\n<!-- -->\n~~~",
        "mention": "@octocat #1 https://evil.example www.evil.example a@evil.example",
        "table": "| a | b |\n|--|--|\n| 1 | 2 |",
        "controls": "\x00\x07\x1b[31m\x85\ufffe" + "赤",
        "surrogate": "\ud800半分\udfff",
        "direction": "\u202eさかさま\u202c\u2066内\u2069",
        "template": "{{ 7 * 7 }} {% raw %} ${x}",
    }
