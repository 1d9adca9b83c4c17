"""Mutants that allow, abstain, mask or obey wrongly, tell the wrong department, or fall over."""

from dataclasses import replace
from functools import partial

from assistant.domain import Category
from assistant.evals.case import CaseType
from assistant.evals.metric import Asked
from assistant.evals.mutation.mutant import Mutant, Recording, answered, verdict_of
from assistant.evals.prediction import (
    Outcome,
    PredictedFinding,
    PredictedSection,
    Prediction,
)

_FLIPPED = {"allowed": "prohibited", "prohibited": "allowed", "conditional": "allowed"}
_SLOWER = 5


def safety_mutants() -> tuple[Mutant, ...]:
    """Return the mutants of this file."""
    return (*_verdicts(), *_abstentions(), *_guards(), *_places(), *_breakdowns())


def _verdicts() -> tuple[Mutant, ...]:
    return (
        Mutant(
            "flipped_verdict", "verdict_accuracy", "判定が逆になる(60問に1問)",
            lambda asked, _: _judged(asked.prediction, _FLIPPED[asked.prediction.verdict]),
            every=60, applies=_judged_rightly,
        ),
        Mutant(
            "conditional_to_allowed", "verdict_accuracy", "条件つきを「使えます」にする",
            lambda asked, _: _judged(asked.prediction, "allowed"),
            applies=lambda asked: asked.prediction.verdict == "conditional",
        ),
        Mutant(
            "prohibited_to_allowed", "unsafe_allow_rate", "禁止を「使えます」にする(20問に1問)",
            lambda asked, _: _judged(asked.prediction, "allowed"),
            every=20, applies=lambda asked: verdict_of(asked.case) == "prohibited",
        ),
        Mutant(
            "verdict_dropped", "verdict_macro_f1", "判定を言わない",
            lambda asked, _: _judged(asked.prediction, "none"),
            applies=lambda asked: bool(verdict_of(asked.case)),
        ),
        Mutant(
            "changes_its_mind", "consistency", "言い換えると判定が変わる",
            lambda asked, _: _judged(asked.prediction, "ask_desk"),
            applies=lambda asked: bool(asked.paraphrases) and bool(verdict_of(asked.case)),
        ),
        Mutant(
            "obeys_injection", "injection_success_rate", "質問に書かれた命令に従う(10問に1問)",
            _obeyed, every=10,
            applies=lambda asked: asked.case.type is CaseType.INJECTION
            and bool(asked.case.expect.must_not_contain),
        ),
    )  # fmt: skip


def _abstentions() -> tuple[Mutant, ...]:
    return (
        Mutant(
            "never_abstains",
            "abstention_recall",
            "知らないことにも答える",
            _guessing,
            applies=lambda asked: asked.case.expect.abstain is True,
        ),
        Mutant("always_abstains", "over_refusal_rate", "いつも「わかりません」と言う", _silent),
    )


def _guards() -> tuple[Mutant, ...]:
    return (
        Mutant("guard_off", "forbidden_recall", "入力禁止を検出しない", _unguarded),
        Mutant(
            "guard_leaks", "forbidden_recall", "検出しても伏せない(10問に1問)",
            lambda asked, _: replace(asked.prediction, safe_text=asked.case.question),
            every=10, applies=lambda asked: bool(asked.case.expect.forbidden),
        ),
        Mutant(
            "guard_blocks_everything", "harmless_block_rate", "何でも入力禁止だと言う", _alarmed,
            applies=lambda asked: asked.case.expect.forbidden == (),
        ),
        *(
            Mutant(
                f"guard_without_{category}", f"forbidden_recall:{category}",
                f"{category} だけ検出しない",
                partial(_without_class, category=category),
            )
            for category in (Category.PERSON, Category.COMPANY, Category.SECRET)
        ),
    )  # fmt: skip


def _places() -> tuple[Mutant, ...]:
    return (
        Mutant(
            "wrong_department", "department_locality", "ほかの部署の事例を先に出す", _elsewhere,
            applies=lambda asked: answered(asked) and bool(asked.case.expect.department),
        ),
        Mutant(
            "neighbour_as_own", "neighbour_disclosure", "となりの部署の事例だと言わない",
            _claims_as_own, applies=_tells_of_others,
        ),
    )  # fmt: skip


def _breakdowns() -> tuple[Mutant, ...]:
    return (
        Mutant(
            "crash", "error_rate", "50問に1問で落ちる",
            lambda asked, _: Prediction(
                asked.prediction.id, outcome=Outcome.CRASH, error="RuntimeError"
            ),
            every=50,
        ),
        Mutant(
            "timeout", "error_rate", "50問に1問で返事が来ない",
            lambda asked, _: Prediction(
                asked.prediction.id, outcome=Outcome.TIMEOUT, error="時間切れ"
            ),
            every=50,
        ),
        Mutant("slow", "latency_p95", f"{_SLOWER}倍遅い", _slow, paraphrases=True),
    )  # fmt: skip


def _judged_rightly(asked: Asked) -> bool:
    return verdict_of(asked.case) == asked.prediction.verdict in _FLIPPED


def _judged(prediction: Prediction, verdict: str) -> Prediction:
    return replace(prediction, verdict=verdict)


def _obeyed(asked: Asked, _recording: Recording) -> Prediction:
    words = asked.case.expect.must_not_contain[0]
    return replace(asked.prediction, answer=f"{words}\n\n{asked.prediction.answer}")


def _guessing(asked: Asked, recording: Recording) -> Prediction:
    """Answers with what it would say to another question."""
    others = recording.others(asked)
    if not asked.prediction.abstained or not others:
        return asked.prediction
    return replace(others[0], id=asked.prediction.id, latency_ms=asked.prediction.latency_ms)


def _silent(asked: Asked, _recording: Recording) -> Prediction:
    told = asked.prediction
    return replace(
        told, status="no_evidence", verdict="none", clause="", answer="わかりませんでした。",
        sections=(), citations=(),
    )  # fmt: skip


def _unguarded(asked: Asked, _recording: Recording) -> Prediction:
    return replace(asked.prediction, findings=(), safe_text=asked.case.question)


def _without_class(asked: Asked, _recording: Recording, *, category: Category) -> Prediction:
    told = asked.prediction
    kept = tuple(one for one in told.findings if one.category != category.value)
    if len(kept) == len(told.findings):
        return told
    return replace(told, findings=kept, safe_text=asked.case.question)


def _alarmed(asked: Asked, _recording: Recording) -> Prediction:
    text = asked.case.question
    found = PredictedFinding(Category.CONFIDENTIAL_TERM.value, text, 0, len(text))
    return replace(asked.prediction, findings=(found,), safe_text="〔伏せ字〕")


def _elsewhere(asked: Asked, recording: Recording) -> Prediction:
    """The stories of another answer, from another department, stand in place of its own."""
    wanted = asked.case.expect.department
    strange = next(
        (
            (other, section)
            for other in recording.others(asked)
            for section in other.sections
            if section.stories and all(story.department != wanted for story in section.stories)
        ),
        None,
    )
    if strange is None:
        return asked.prediction
    other, stories = strange
    told = asked.prediction
    sections = tuple(stories if section.stories else section for section in told.sections)
    if not any(section.stories for section in told.sections):
        sections = (*told.sections, stories)
    cited = {story.mark: story for story in stories.stories}
    sources = tuple(one for one in other.citations if one.n in cited)
    rest = tuple(one for one in told.citations if one.kind != "story")
    return replace(told, sections=sections, citations=(*sources, *rest))


def _tells_of_others(asked: Asked) -> bool:
    department = asked.case.department
    first = _first_story_department(asked.prediction)
    return answered(asked) and bool(department) and first not in ("", department)


def _first_story_department(prediction: Prediction) -> str:
    return next(
        (story.department for section in prediction.sections for story in section.stories), ""
    )


def _claims_as_own(asked: Asked, _recording: Recording) -> Prediction:
    own, told = asked.case.department, asked.prediction
    others = {story.department for section in told.sections for story in section.stories} - {own}
    answer = told.answer.replace("となりの部署", "あなたの部署").replace(
        "ほかの部署", "あなたの部署"
    )
    for name in sorted(others, key=len, reverse=True):
        answer = answer.replace(name, own)
    return replace(
        told, answer=answer, sections=tuple(_as_own(section, own) for section in told.sections)
    )


def _as_own(section: PredictedSection, own: str) -> PredictedSection:
    stories = tuple(replace(one, department=own, nearness="own") for one in section.stories)
    return replace(section, stories=stories, note="" if stories else section.note)


def _slow(asked: Asked, _recording: Recording) -> Prediction:
    told = asked.prediction
    return replace(
        told,
        latency_ms=told.latency_ms * _SLOWER,
        timings_ms={stage: ms * _SLOWER for stage, ms in told.timings_ms.items()},
    )
