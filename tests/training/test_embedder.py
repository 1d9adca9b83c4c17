"""The embedder in training: it reads as the product's does, and learns."""

import random
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason='needs pip install "katsuyo[train]"')

from assistant.adapters.e5.embedder import E5Embedder  # noqa: E402 — torch first: it may be missing
from assistant.adapters.e5.tuning import write_tuning  # noqa: E402
from assistant.ports import Read  # noqa: E402
from assistant.search.late import TokenBlock  # noqa: E402
from training.encoder import Told, TunedEncoder  # noqa: E402
from training.lessons import Lesson  # noqa: E402
from training.losses import late, losses  # noqa: E402

LESSON = Lesson(
    one=("query: 原価表AIに貼っていい?", "query: 口コミの返事 AI"),
    other=("query: 一品いくらで作れてるかの表、入れていい?", "query: 星一つへのお返事を書かせたい"),
    passages=("passage: 仕入れ値と原価率は入れない。", "passage: 口コミへの返信文。店長が読む。"),
    answers=(0, 1),
    spoken=("query: 給料明細", "query: ハンコの紙"),
    official=("passage: 賃金に関する書類", "passage: 稟議書"),
    unanswered=("query: 来年のAI研修は何月ですか",),
)


@pytest.fixture
def encoder() -> TunedEncoder:
    made = TunedEncoder(tuned_from=10, rank=2, width=16, seed=1)
    made.start_head([*LESSON.passages, *LESSON.one])
    return made


def test_what_is_written_reads_in_the_product_as_it_read_in_training(
    encoder: TunedEncoder, tmp_path: Path
) -> None:
    chance = np.random.default_rng(1)
    with torch.no_grad():
        for second in encoder.second.values():
            second.copy_(torch.from_numpy(chance.normal(0, 0.1, second.shape)))
    told = encoder.read(LESSON.passages)

    tuning = write_tuning(encoder.changes(share=1.0), encoder.head, tmp_path / "own.npz")
    texts = [text.removeprefix("passage: ") for text in LESSON.passages]
    reads = E5Embedder(tmp_path / "builds", tuning=tuning).read_passages(texts)

    for read, vector, tokens, own in zip(reads, told.vectors, told.tokens, told.own, strict=True):
        assert np.allclose(read.vector, vector.detach(), atol=5e-3)
        assert np.allclose(read.tokens, tokens[own].detach(), atol=2e-2)
    before = encoder.vectors(LESSON.passages, tuned=False)
    assert float((before * told.vectors).sum(1).detach().max()) < 0.999


def test_a_few_steps_make_every_mistake_smaller(encoder: TunedEncoder) -> None:
    steps = torch.optim.AdamW(encoder.parameters, lr=3e-3)
    first = losses(encoder, LESSON)
    for _ in range(6):
        wrong = losses(encoder, LESSON)
        steps.zero_grad()
        wrong.whole.backward()
        assert all(parameter.grad is not None for parameter in encoder.parameters)
        steps.step()

    last = losses(encoder, LESSON)
    assert torch.isfinite(last.whole)
    for name in ("late", "words", "barred", "whole"):
        assert getattr(last, name) < getattr(first, name), name
    assert first.kept < 1e-5 < last.kept


def test_a_theme_teaches_nothing_of_what_nothing_answers(encoder: TunedEncoder) -> None:
    fields = {name: getattr(LESSON, name) for name in Lesson.__slots__}
    theme = losses(encoder, Lesson(**{**fields, "unanswered": ()}))

    assert theme.barred == 0 < losses(encoder, LESSON).barred


def test_tokens_are_compared_as_the_product_compares_them() -> None:
    chance = random.Random(1)  # noqa: S311
    questions, passages = (_told([chance.randint(1, 5) for _ in range(4)]) for _ in range(2))

    found = late(questions, passages)

    block = TokenBlock.of([row[own].numpy() for row, own in _rows(passages)])
    for line, (row, own) in zip(found, _rows(questions), strict=True):
        read = Read(np.zeros(1, dtype=np.float32), row[own].numpy())
        assert np.allclose(line, block.late(read), atol=1e-6)


def _told(sizes: list[int]) -> Told:
    tokens = torch.nn.functional.normalize(torch.randn(len(sizes), max(sizes), 8), dim=-1)
    own = torch.arange(max(sizes))[None, :] < torch.tensor(sizes)[:, None]
    return Told(torch.zeros(len(sizes), 1), tokens * own[..., None], own)


def _rows(told: Told) -> list[tuple[torch.Tensor, torch.Tensor]]:
    return list(zip(told.tokens, told.own, strict=True))
