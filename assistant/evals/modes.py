"""The same suites composed and in a chat model's words, side by side, with what the model cost."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.answering.modelled.prompt import prompt_version
from assistant.app import App
from assistant.corpus.reading import Progress
from assistant.domain import Mode
from assistant.errors import SettingsError
from assistant.evals.evaluation import Bench, judged_by_gate, with_scores
from assistant.evals.gate.report import GateReport
from assistant.evals.judge.judged import judged_metrics, judged_run
from assistant.evals.judge.judging import Judge
from assistant.evals.prediction import Prediction
from assistant.evals.results import Results
from assistant.evals.run import evaluate
from assistant.evals.targets.in_process import eval_app, in_process
from assistant.settings import Settings
from assistant.usage.spending import Use


@dataclass(frozen=True, slots=True)
class ModelRun:
    """What a chat model came to on the suites."""

    results: Results
    report: GateReport
    """The gate's verdict on its answers, without the baseline: that is of composed ones."""
    model: str
    prompts: str
    """Hash of the prompts."""
    used: Use

    @property
    def answers(self) -> tuple[Prediction, ...]:
        """Every answer, those to paraphrases too."""
        return tuple(
            one for asked in self.results.asked for one in (asked.prediction, *asked.paraphrases)
        )

    @property
    def written(self) -> int:
        """How many answers show the model's words."""
        return sum(one.mode == Mode.MODEL for one in self.answers)

    @property
    def dropped(self) -> Counter[str]:
        """Sentences that were left out, by reason."""
        total: Counter[str] = Counter()
        for one in self.answers:
            total.update(one.dropped)
        return total


def run_with_model(
    bench: Bench,
    settings: Settings,
    *,
    timeout: timedelta,
    judge: Judge | None = None,
    today: date,
    progress: Progress | None = None,
) -> ModelRun:
    """Ask everything with the chat model of `settings`. Raises KatsuyoError."""
    app = eval_app(settings, with_model=True)
    model, prompts = app.chat_model, prompt_version()
    if model is None:
        raise no_model()
    target = in_process(
        app, live=App(settings), timeout=timeout, name=f"model {model.name}, prompts {prompts}"
    )
    results = evaluate(bench.suite, target, bench.references, progress=progress)
    if judge is not None:
        judged = judged_run(judge, results.asked, bench.references, agreements={})
        results = with_scores(results, judged.report.scores, judged_metrics())
    report = judged_by_gate(bench, results, None, today=today)
    return ModelRun(results, report, model.name, prompts, model.figures().used)


def no_model() -> SettingsError:
    """Return the error for settings without a chat model."""
    return SettingsError(
        "答えを書く生成AIが決まっていません。",
        remedy="KATSUYO_LLM_BASE_URL(OpenAI互換のURL)と KATSUYO_LLM_MODEL(モデル名)を"
        "設定してください。",
    )
