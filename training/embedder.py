"""Fits the embedder's tuning on the sentences: contrastive, on the CPU, in about an hour.

python -m training.embedder assistant/adapters/e5/tuning.npz
python -m training.embedder without_a.npz --leave-out a

Stopped, the same command goes on from the last of every 40 steps.
"""

import argparse
import random
import sys
import time
from pathlib import Path

import torch

from assistant.adapters.e5.tuning import write_tuning
from training.encoder import TunedEncoder
from training.lessons import Lessons
from training.losses import losses
from training.reading import GENERAL, is_unseen, read_organisations, read_pairs

_RANK, _TUNED_FROM = 8, 6
"""Upper half of twelve layers: all twelve cost twice the time and the file."""
_WIDTH = 128
"""Of a token's vector, as ColBERT's (Khattab & Zaharia 2020)."""
_RATE, _LEAST_RATE, _WARM_STEPS = 6e-4, 0.03, 15
_HEAD_LESSONS = 6
"""Whose texts the tokens' head begins with."""
_SHARE = 0.8
"""Of what the layers learned goes into the file (WiSE-FT, Wortsman et al. 2022). The less, the more
of other Japanese stays: nDCG@10 of meaning alone on JaQuAD / lawqa / debian_faq_ja is .825 / .729 /
.663 with .8 and .795 / .712 / .644 with all. Of the verdicts of seven companies .82 are right with
either."""
_SAVE_EVERY, _TELL_EVERY = 40, 20


def main(arguments: list[str] | None = None) -> int:
    """Train, and write the tuning."""
    options = _options(arguments)
    organisations = [
        one
        for one in read_organisations()
        if one.voice not in options.leave_out and not is_unseen(one)
    ]
    pairs = [pair for pair in read_pairs() if pair.voice not in options.leave_out]
    lessons = Lessons(organisations, read_organisations(GENERAL), pairs)
    encoder = TunedEncoder(tuned_from=_TUNED_FROM, rank=_RANK, width=_WIDTH, seed=options.seed)
    steps = lessons.steps(options.epochs)
    print(f"{len(organisations)} organisations, {len(pairs)} pairs, {steps} steps", flush=True)
    _train(encoder, lessons, options, steps=steps)
    written = write_tuning(encoder.changes(share=_SHARE), encoder.head, options.out)
    print(f"{options.out}: digest {written.digest} (DIGEST in assistant/adapters/e5/tuning.py)")
    return 0


def _train(
    encoder: TunedEncoder, lessons: Lessons, options: argparse.Namespace, *, steps: int
) -> None:
    optimizer = torch.optim.AdamW(encoder.parameters, lr=_RATE, weight_decay=0.01)
    resume = options.out.with_suffix(".resume")
    start, began = _resumed(encoder, optimizer, resume), time.monotonic()
    if not start:
        encoder.start_head(_first_texts(lessons, options.seed))
    for step in range(start, steps):
        for group in optimizer.param_groups:
            group["lr"] = _RATE * min((step + 1) / _WARM_STEPS, max(_LEAST_RATE, 1 - step / steps))
        wrong = losses(encoder, lessons.draw(random.Random(f"{options.seed} {step}")))
        optimizer.zero_grad()
        wrong.whole.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters, 1.0)
        optimizer.step()
        if step % _TELL_EVERY == 0 or step == steps - 1:
            print(f"{step}/{steps} {time.monotonic() - began:.0f} s: {wrong}", flush=True)
        if step % _SAVE_EVERY == _SAVE_EVERY - 1:
            _save(encoder, optimizer, resume, step=step + 1)
    resume.unlink(missing_ok=True)


def _first_texts(lessons: Lessons, seed: int) -> list[str]:
    drawn = [lessons.draw(random.Random(f"{seed} head {n}")) for n in range(_HEAD_LESSONS)]
    return [text for lesson in drawn for text in (*lesson.passages, *lesson.one)]


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
    parser.add_argument("--leave-out", nargs="*", default=[], metavar="VOICE", help="a to k")
    parser.add_argument("--epochs", type=float, default=1.8)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
