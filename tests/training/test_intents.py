"""The weights that tell what a sentence asks for: whole, small, and fitted from the sentences."""

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from assistant.answering.question.intent_model import likely_intents, weigh
from assistant.domain import Intent
from tests.conftest import ROOT
from training.intents import FILE, INTENTS, fit, sentences, write
from training.reading import earlier_organisations

if TYPE_CHECKING:
    from pathlib import Path

FLOOR = 0.85
"""Share of a left-out voice's sentences that are read right; docs/en/evaluation.md tells which."""


def test_what_ships_reads_nearly_every_sentence_it_was_fitted_on() -> None:
    known = sentences(earlier_organisations())[::7]

    right = [max(found := likely_intents(one.text), key=found.get) is one.intent for one in known]

    assert sum(right) / len(known) > 0.9


def test_what_ships_is_small_and_tells_every_intent_but_small_talk() -> None:
    found = likely_intents("議事録をAIに渡してもよろしいでしょうか")

    assert FILE.stat().st_size < 400_000
    assert set(found) == set(INTENTS.values()) == set(Intent) - {Intent.SMALL_TALK}
    assert sum(found.values()) == pytest.approx(1)


def test_a_text_without_a_known_run_of_characters_is_weighed_all_the_same() -> None:
    assert sum(likely_intents("").values()) == pytest.approx(1)
    assert sum(likely_intents("\U0001f984" * 2_000).values()) == pytest.approx(1)


def test_nothing_is_loaded_before_a_question_is_weighed() -> None:
    code = "import sys, assistant.answering.question.intent; print('numpy' in sys.modules)"

    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "False"


def test_weights_are_made_again_from_the_sentences(tmp_path: "Path") -> None:
    pytest.importorskip("sklearn", reason="needs the extra train")
    known = sentences(earlier_organisations())
    left_out = [one for one in known if one.voice == "f"]

    weights = fit([one for one in known if one.voice != "f"])
    write(weights, tmp_path / FILE.name)

    told = [weigh(one.text, weights) for one in left_out]
    best = [max(one, key=one.__getitem__) for one in told]
    right = [intent is one.intent for intent, one in zip(best, left_out, strict=True)]
    assert sum(right) / len(left_out) > FLOOR
    assert (tmp_path / FILE.name).stat().st_size < 400_000
