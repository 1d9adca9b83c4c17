"""What the judge is asked, and how its reply becomes a number: code checks what it claims."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.evals.references import squeezed


@dataclass(frozen=True, slots=True)
class Material:
    """One answer, as the judge sees it."""

    question: str
    department: str
    answer: str
    """Markdown without the list of sources."""
    claims: tuple[str, ...] = ()
    """The sentences to check, without markers."""
    passages: tuple[str, ...] = ()
    """Full texts of the cited passages."""


@dataclass(frozen=True, slots=True)
class Vote:
    """One reply of the judge, understood."""

    values: tuple[float, ...]
    """One 0–1 a claim; of a grading rubric just one."""
    reason: str = ""


class UnusableReply(Exception):  # noqa: N818 — a reply, not a breakdown
    """The judge did not answer what it was asked, in the form it was asked for."""


Reading: TypeAlias = Callable[[str, Material], Vote]
"""Reply text and what was judged -> vote. Raises UnusableReply."""


@dataclass(frozen=True, slots=True)
class Rubric:
    """One judged metric."""

    name: str
    title: str
    read: Reading
    schema: Mapping[str, object]
    show: Callable[[Material], Sequence[tuple[str, str]]]
    """The delimited parts of the user message: (label, text)."""
    good_from: float
    """Values from here on count as «good» when compared with people's labels."""

    @property
    def prompt(self) -> str:
        """Return the system prompt."""
        folder = resources.files("assistant.evals.judge") / "prompts"
        return (folder / f"{self.name}.md").read_text(encoding="utf-8")

    @property
    def prompt_hash(self) -> str:
        """Return the identity of the prompt: a calibration holds for one wording only."""
        return hashlib.sha256(self.prompt.encode()).hexdigest()[:16]


def rubrics() -> tuple[Rubric, ...]:
    """Return every judged metric.

    `faithfulness`: supported claims / claims (ragas' definition), but the claims are cut by code
    and a claim counts as supported only with a quote that stands verbatim in a cited passage.
    The other two: grade / 2.
    """
    return (
        Rubric(
            "faithfulness",
            "忠実性(生成AIの採点)",
            _read_claims,
            _Claims.model_json_schema(),
            _show_claims,
            good_from=1.0,
        ),
        Rubric(
            "answer_relevance",
            "質問への適合(生成AIの採点)",
            _read_grade,
            _Grade.model_json_schema(),
            _show_answer,
            good_from=0.5,
        ),
        Rubric(
            "helpfulness_for_department",
            "部署での役立ち(生成AIの採点)",
            _read_grade,
            _Grade.model_json_schema(),
            _show_answer,
            good_from=0.5,
        ),
    )


def user_message(rubric: Rubric, material: Material) -> str:
    """Return the judged texts between delimiters that the texts themselves cannot hold."""
    parts = rubric.show(material)
    fence = hashlib.sha256("\0".join(text for _, text in parts).encode()).hexdigest()[:12]
    return "\n\n".join(f"<{label} {fence}>\n{text}\n</{label} {fence}>" for label, text in parts)


class _Claim(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    number: int
    supported: bool
    quote: str


class _Claims(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    claims: list[_Claim]


class _Grade(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    grade: int = Field(ge=0, le=2)
    reason: str


def _show_claims(material: Material) -> Sequence[tuple[str, str]]:
    numbered = "\n".join(f"{n}. {claim}" for n, claim in enumerate(material.claims, start=1))
    passages = "\n\n".join(material.passages)
    return [("質問", material.question), ("抜粋", passages), ("回答の文", numbered)]


def _show_answer(material: Material) -> Sequence[tuple[str, str]]:
    return [
        ("部署", material.department or "(選ばれていません)"),
        ("質問", material.question),
        ("回答", material.answer),
    ]


def _read_claims(reply: str, material: Material) -> Vote:
    try:
        told = _Claims.model_validate_json(_without_fence(reply)).claims
    except ValidationError as error:
        raise UnusableReply("指定した形のJSONではありません") from error
    by_number = {claim.number: claim for claim in told}
    if set(by_number) != set(range(1, len(material.claims) + 1)) or len(told) != len(by_number):
        raise UnusableReply("文の番号が合いません")
    passages = [squeezed(passage) for passage in material.passages]
    values = []
    for number in range(1, len(material.claims) + 1):
        quote = squeezed(by_number[number].quote)
        found = bool(quote) and any(quote in passage for passage in passages)
        values.append(float(by_number[number].supported and found))
    wrong = [str(n) for n, value in enumerate(values, start=1) if not value]
    return Vote(tuple(values), f"根拠のない文: {'、'.join(wrong)}" if wrong else "")


def _read_grade(reply: str, _material: Material) -> Vote:
    try:
        told = _Grade.model_validate_json(_without_fence(reply))
    except ValidationError as error:
        raise UnusableReply("指定した形のJSONではありません") from error
    return Vote((told.grade / 2,), told.reason.strip()[:200])


def _without_fence(reply: str) -> str:
    """Return the JSON of a reply that stands in a Markdown code fence, as small models do."""
    text = reply.strip()
    if text.startswith("```") and text.endswith("```"):
        text = text.removeprefix("```json").removeprefix("```").removesuffix("```")
    return text
