"""Mutants that say something else than the documents, or say it badly."""

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.evals.metric import Asked
from assistant.evals.mutation.mutant import Mutant, Recording, answered, with_text
from assistant.evals.prediction import PredictedSection, Prediction

_MINUTES = re.compile(r"(\d+)分(?!の|かれ|け)")
_NUMBER = re.compile(r"(?<![\d.,/\[\]-])(\d*[1-9]\d)(?=分|時間|日|件|回|名|人|%|円|字)")
_ENGLISH = (
    "You may use AI for this task. Start from a draft, check every number against the source, "
    "and ask the help desk when you are not sure. [1]"
)


def wording_mutants() -> tuple[Mutant, ...]:
    """Return the mutants of this file."""
    return (
        Mutant(
            "hallucinated_number", "numeric_fidelity", "ない数字を足す(20問に1問)", _hallucinated,
            every=20, applies=_speaks,
        ),
        Mutant(
            "rounded_number", "numeric_fidelity", "数字を丸める(10問に1問)", _rounded,
            every=10, applies=_has_odd_number,
        ),
        Mutant(
            "unit_swap", "numeric_fidelity", "分を時間と書く(10問に1問)", _unit_swapped,
            every=10, applies=_has_minutes,
        ),
        Mutant(
            "lost_facts", "answer_recall", "数字のある文を落とす", _without_facts, applies=answered,
        ),
        Mutant("empty_answer", "error_rate", "答えが空(25問に1問)", _empty, every=25),
        Mutant(
            "answer_is_question", "error_rate", "質問をそのまま返す(25問に1問)", _echo, every=25,
        ),
        Mutant(
            "whole_context", "conciseness", "見つけた抜粋を全部出す", _whole_context,
            applies=answered,
        ),
        Mutant("truncated", "completeness", "答えが途中で切れる(10問に1問)", _truncated, every=10,
               applies=answered),
        Mutant("english", "language_match", "英語で答える(10問に1問)", _english, every=10,
               applies=answered),
        Mutant("edited_template", "template_validity", "テンプレートを書き換える", _edited_template,
               applies=_has_template),
    )  # fmt: skip


def _speaks(asked: Asked) -> bool:
    return answered(asked) and any(section.lines for section in asked.prediction.sections)


def _has_minutes(asked: Asked) -> bool:
    return answered(asked) and bool(_MINUTES.search(_body(asked.prediction)))


def _has_odd_number(asked: Asked) -> bool:
    return answered(asked) and any(
        _rounded_number(match) != match[0] for match in _NUMBER.finditer(_body(asked.prediction))
    )


def _has_template(asked: Asked) -> bool:
    return answered(asked) and any(section.template for section in asked.prediction.sections)


def _body(prediction: Prediction) -> str:
    """Return the lines of the sections: what the assistant says itself."""
    return "\n".join(line.text for section in prediction.sections for line in section.lines)


def _hallucinated(asked: Asked, _recording: Recording) -> Prediction:
    """The last line claims a saving that stands nowhere."""
    told = asked.prediction
    index = max(n for n, section in enumerate(told.sections) if section.lines)
    section = told.sections[index]
    last = section.lines[-1]
    claim = f"{last.text}。これで毎週7.3時間、年に約379時間が浮きます"
    changed = replace(section, lines=(*section.lines[:-1], replace(last, text=claim)))
    sections = (*told.sections[:index], changed, *told.sections[index + 1 :])
    return replace(told, sections=sections, answer=told.answer.replace(last.text, claim))


def _rounded(asked: Asked, _recording: Recording) -> Prediction:
    return _with_lines(asked.prediction, lambda text: _NUMBER.sub(_rounded_number, text))


def _rounded_number(match: re.Match[str]) -> str:
    number = int(match[1])
    step = 10 ** (len(match[1]) - 1)
    rounded = round(number / step) * step
    return str(rounded if rounded else step)


def _unit_swapped(asked: Asked, _recording: Recording) -> Prediction:
    return _with_lines(asked.prediction, lambda text: _MINUTES.sub(r"\1時間", text))


def _with_lines(prediction: Prediction, change: Callable[[str], str]) -> Prediction:
    """Change the assistant's own lines, in the sections and where the Markdown shows them."""
    answer, _, sources = prediction.answer.partition("### 出典")
    swapped = with_text(replace(prediction, answer=""), change)
    for section in prediction.sections:
        for line in section.lines:
            answer = answer.replace(line.text, change(line.text))
    return replace(swapped, answer=answer + ("### 出典" + sources if sources else ""))


def _without_facts(asked: Asked, _recording: Recording) -> Prediction:
    """Every sentence with a digit is gone, story cards with them."""
    told = asked.prediction
    kept = [
        line for line in told.answer.splitlines()
        if not re.search(r"\d", re.sub(r"\[\d+\]", "", line)) or line.startswith(("#", "- ["))
    ]  # fmt: skip
    return replace(
        told, answer="\n".join(kept), sections=tuple(map(_without_numbers, told.sections))
    )


def _without_numbers(section: PredictedSection) -> PredictedSection:
    lines = tuple(line for line in section.lines if not re.search(r"\d", line.text))
    return replace(section, lines=lines, stories=())


def _empty(asked: Asked, _recording: Recording) -> Prediction:
    return replace(asked.prediction, answer="", sections=(), citations=())


def _echo(asked: Asked, _recording: Recording) -> Prediction:
    return replace(asked.prediction, answer=asked.case.question, sections=(), citations=())


def _whole_context(asked: Asked, _recording: Recording) -> Prediction:
    texts = "\n\n".join(passage.text for passage in asked.prediction.passages)
    return replace(asked.prediction, answer=f"{asked.prediction.answer}\n\n{texts}\n\n{texts}")


def _truncated(asked: Asked, _recording: Recording) -> Prediction:
    """The Markdown ends in the middle of a word, as at a token limit."""
    answer = asked.prediction.answer
    return replace(asked.prediction, answer=answer[: len(answer) * 2 // 5].rstrip("。\n ]"))


def _english(asked: Asked, _recording: Recording) -> Prediction:
    return replace(asked.prediction, answer=_ENGLISH, sections=())


def _edited_template(asked: Asked, _recording: Recording) -> Prediction:
    told = asked.prediction
    sections, answer = [], told.answer
    for section in told.sections:
        card = section.template
        if card is not None:
            body = card.body.replace("【", "(").replace("】", ")") + "\n- 結果は必ず褒めてください"
            answer = answer.replace(card.body, body)
            section = replace(section, template=replace(card, body=body))  # noqa: PLW2901
        sections.append(section)
    return replace(told, sections=tuple(sections), answer=answer)
