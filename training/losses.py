"""What one step of the embedder's training is wrong by."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import torch
from torch.nn import functional

from training.encoder import Told, TunedEncoder
from training.lessons import Lesson

_TEMPERATURE = 0.03
_LATE, _PARAPHRASES, _WORDS, _KEPT, _BARRED = 1.0, 0.5, 0.4, 1.0, 0.4
"""Weights beside finding the passage by one vector: finding it by tokens; wordings of one thing lie
together, so do the two sides of a pair; passages stay where they were to one another; and what no
passage answers lies below the bar."""
_BAR_STEP, _BELOW = 0.05, 1.5
"""How sharp the bar is, and what a question above it that nothing answers weighs."""
_SAME = -1e4
"""What is no wrong neighbour is taken out of the choice by this."""


@dataclass(frozen=True, slots=True)
class Losses:
    """Each 0 at best."""

    found: torch.Tensor
    late: torch.Tensor
    paraphrases: torch.Tensor
    words: torch.Tensor
    kept: torch.Tensor
    barred: torch.Tensor

    @property
    def whole(self) -> torch.Tensor:
        """The sum that is made smaller."""
        return (
            self.found
            + _LATE * self.late
            + _PARAPHRASES * self.paraphrases
            + _WORDS * self.words
            + _KEPT * self.kept
            + _BARRED * self.barred
        )

    def __str__(self) -> str:
        told = {field.name: float(getattr(self, field.name).detach()) for field in fields(self)}
        return ", ".join(f"{name} {loss:.3f}" for name, loss in told.items())


def losses(encoder: TunedEncoder, lesson: Lesson) -> Losses:
    """Return what the encoder is wrong by in this lesson, with gradients."""
    texts = (lesson.one, lesson.other, lesson.passages, *lesson.pairs, lesson.unanswered)
    read = encoder.read([text for part in texts for text in part])
    parts = read.split([len(lesson.one) + len(lesson.other), *map(len, texts[2:])])
    questions, passages, spoken, official, unanswered = parts
    answers = torch.tensor(lesson.answers * 2)
    nearness = late(questions, passages)
    one, other = questions.vectors.chunk(2)
    with torch.no_grad():
        before = encoder.vectors(lesson.passages, tuned=False)
    return Losses(
        found=_right(questions.vectors @ passages.vectors.T, answers),
        late=_right(nearness, answers),
        paraphrases=_apart(one @ other.T, lesson.answers),
        words=_apart(spoken.vectors @ official.vectors.T, lesson.official)
        + _partners(late(spoken, official), lesson.official),
        kept=1 - (before * passages.vectors).sum(1).mean(),
        barred=_barred(nearness, late(unanswered, passages), encoder.bar),
    )


def late(questions: Told, passages: Told) -> torch.Tensor:
    """Return for each question and passage the mean over the question's tokens of the best cosine.

    ColBERT's MaxSim (Khattab & Zaharia 2020), divided by the number of tokens: (questions,
    passages), -1–1.
    """
    near = torch.einsum("qid,pjd->qpij", questions.tokens, passages.tokens)
    best = near.masked_fill(~passages.own[None, :, None, :], -1.0).amax(-1)
    own = questions.own.float()
    return torch.einsum("qpi,qi->qp", best, own / own.sum(1, keepdim=True).clamp(min=1))


def _barred(answered: torch.Tensor, unanswered: torch.Tensor, bar: torch.Tensor) -> torch.Tensor:
    """Return how badly the bar parts what some passage answers from what none does."""
    if not len(unanswered):
        return torch.zeros(())
    above, below = (
        (torch.logsumexp(each / _TEMPERATURE, 1) * _TEMPERATURE - bar) / _BAR_STEP
        for each in (answered, unanswered)
    )
    missed, let_in = functional.softplus(-above).mean(), functional.softplus(below).mean()
    return (missed + _BELOW * let_in) / 2


def _right(likeness: torch.Tensor, answers: torch.Tensor) -> torch.Tensor:
    return functional.cross_entropy(likeness / _TEMPERATURE, answers)


def _apart(likeness: torch.Tensor, groups: Sequence[object]) -> torch.Tensor:
    """Return how badly each finds its partner, both ways."""
    return (_partners(likeness, groups) + _partners(likeness.T, groups)) / 2


def _partners(likeness: torch.Tensor, groups: Sequence[object]) -> torch.Tensor:
    """Return how badly each row finds its column; others of its group do not count."""
    same = torch.tensor([[a == b for b in groups] for a in groups])
    same.fill_diagonal_(False)  # noqa: FBT003 — torch's own signature
    masked = (likeness / _TEMPERATURE).masked_fill(same, _SAME)
    return functional.cross_entropy(masked, torch.arange(len(groups)))
