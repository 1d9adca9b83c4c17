"""Fits the embedder's tuning on the sentences: contrastive, on the CPU, in about half an hour.

python -m training.embedder assistant/adapters/e5_tuning.npz
python -m training.embedder without_a.npz --leave-out a

Stopped, the same command goes on from the last of every 40 steps.
"""

import argparse
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn import functional

from assistant.adapters.e5_tuning import write_tuning
from training.encoder import TunedEncoder
from training.lessons import Lesson, Lessons
from training.reading import GENERAL, HELD_OUT, read_organisations, read_pairs

_RANK, _TUNED_FROM = 8, 6
"""Upper half of twelve layers: all twelve cost twice the time and the file."""
_RATE, _LEAST_RATE, _WARM_STEPS = 1e-3, 0.03, 15
_TEMPERATURE = 0.03
_PARAPHRASES, _WORDS, _KEPT = 0.5, 0.5, 1.0
"""Weights beside finding the passage: wordings of one thing lie together, so do the two sides of a
pair, and passages stay where they were to one another."""
_SHARE = 0.5
"""Of what was learned goes into the file: midway between the model as it was and as trained it has
most of the gain and keeps what it knew of other Japanese (Wortsman et al. 2022, WiSE-FT)."""
_SAVE_EVERY, _TELL_EVERY = 40, 20
_SAME = -1e4
"""What is no wrong neighbour is taken out of the choice by this."""


@dataclass(frozen=True, slots=True)
class Losses:
    """What one step is wrong by."""

    found: torch.Tensor
    paraphrases: torch.Tensor
    words: torch.Tensor
    kept: torch.Tensor

    @property
    def whole(self) -> torch.Tensor:
        """The sum that is made smaller."""
        return (
            self.found + _PARAPHRASES * self.paraphrases + _WORDS * self.words + _KEPT * self.kept
        )

    def __str__(self) -> str:
        parts = {name: float(getattr(self, name).detach()) for name in self.__slots__}
        return ", ".join(f"{name} {loss:.3f}" for name, loss in parts.items())


def main(arguments: list[str] | None = None) -> int:
    """Train, and write the tuning."""
    options = _options(arguments)
    left_out = options.leave_out
    shown = [one for one in read_organisations() if one.name not in HELD_OUT]
    organisations = [one for one in shown if one.voice not in left_out]
    pairs = [pair for pair in read_pairs() if pair.voice not in left_out]
    lessons = Lessons([*organisations, *read_organisations(GENERAL)], pairs)
    encoder = TunedEncoder(tuned_from=_TUNED_FROM, rank=_RANK, seed=options.seed)
    steps = lessons.steps(options.epochs)
    print(f"{len(organisations)} organisations, {len(pairs)} pairs, {steps} steps", flush=True)
    _train(encoder, lessons, options, steps=steps)
    written = write_tuning(encoder.changes(share=_SHARE), options.out)
    print(f"{options.out}: digest {written.digest} (DIGEST in assistant/adapters/e5_tuning.py)")
    return 0


def _train(
    encoder: TunedEncoder, lessons: Lessons, options: argparse.Namespace, *, steps: int
) -> None:
    optimizer = torch.optim.AdamW(encoder.parameters, lr=_RATE, weight_decay=0.01)
    resume = options.out.with_suffix(".resume")
    start, began = _resumed(encoder, optimizer, resume), time.monotonic()
    for step in range(start, steps):
        for group in optimizer.param_groups:
            group["lr"] = _RATE * min((step + 1) / _WARM_STEPS, max(_LEAST_RATE, 1 - step / steps))
        losses = _losses(encoder, lessons.draw(random.Random(f"{options.seed} {step}")))
        optimizer.zero_grad()
        losses.whole.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters, 1.0)
        optimizer.step()
        if step % _TELL_EVERY == 0 or step == steps - 1:
            print(f"{step}/{steps} {time.monotonic() - began:.0f} s: {losses}", flush=True)
        if step % _SAVE_EVERY == _SAVE_EVERY - 1:
            _save(encoder, optimizer, resume, step=step + 1)
    resume.unlink(missing_ok=True)


def _losses(encoder: TunedEncoder, lesson: Lesson) -> Losses:
    texts = (lesson.one, lesson.other, lesson.passages, lesson.spoken, lesson.official)
    sizes = [len(part) for part in texts]
    vectors = encoder.vectors([text for part in texts for text in part])
    one, other, passages, spoken, official = torch.split(vectors, sizes)
    answers = torch.tensor(lesson.answers)
    likeness = [each @ passages.T / _TEMPERATURE for each in (one, other)]
    with torch.no_grad():
        before = encoder.vectors(lesson.passages, tuned=False)
    return Losses(
        found=sum(functional.cross_entropy(each, answers) for each in likeness) / 2,
        paraphrases=_apart(one, other, list(lesson.answers)),
        words=_apart(spoken, official, list(lesson.official)),
        kept=1 - (before * passages).sum(1).mean(),
    )


def _apart(left: torch.Tensor, right: torch.Tensor, groups: list[object]) -> torch.Tensor:
    """Return how badly each row finds its partner, both ways; those of its group do not count."""
    likeness = left @ right.T / _TEMPERATURE
    same = torch.tensor([[a == b for b in groups] for a in groups])
    same.fill_diagonal_(False)  # noqa: FBT003 — torch's own signature
    likeness = likeness.masked_fill(same, _SAME)
    partner = torch.arange(len(groups))
    both = (functional.cross_entropy(each, partner) for each in (likeness, likeness.T))
    return sum(both) / 2


def _save(
    encoder: TunedEncoder, optimizer: torch.optim.Optimizer, path: Path, *, step: int
) -> None:
    state = {
        "step": step,
        "parameters": [parameter.detach() for parameter in encoder.parameters],
        "optimizer": optimizer.state_dict(),
    }
    beside = path.with_suffix(".tmp")
    torch.save(state, beside)
    beside.replace(path)


def _resumed(encoder: TunedEncoder, optimizer: torch.optim.Optimizer, path: Path) -> int:
    """Go back to where a stopped run was; returns the next step, 0 where there is none."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    with torch.no_grad():
        for parameter, kept in zip(encoder.parameters, state["parameters"], strict=True):
            parameter.copy_(kept)
    optimizer.load_state_dict(state["optimizer"])
    print(f"goes on at step {state['step']}", flush=True)
    return int(state["step"])


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.embedder", description=__doc__)
    parser.add_argument("out", type=Path, help="the tuning file to write")
    parser.add_argument("--leave-out", nargs="*", default=[], metavar="VOICE", help="a to f")
    parser.add_argument("--epochs", type=float, default=1.8)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
