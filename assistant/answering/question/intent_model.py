"""What a sentence asks for, weighed by the characters it is written in."""

from functools import cache, lru_cache
from importlib.resources import files

from assistant.answering.question.inputs import without_masked
from assistant.corpus.runs import Learned, grams, odds, read_learned
from assistant.domain import Intent

WEIGHTS = "intents.npz"
"""Fitted by `training/intents.py`; docs/en/evaluation.md tells how well."""


@lru_cache(maxsize=4_096)
def likely_intents(text: str) -> dict[Intent, float]:
    """Return the probability (0–1) of each intent that is learned; all but small talk.

    What the guard put into a sentence is none of the person's words.
    """
    return weigh(without_masked(text), _model())


def weigh(text: str, model: Learned) -> dict[Intent, float]:
    """Return the probabilities by other weights than those of the product."""
    return {Intent(name): chance for name, chance in odds(grams(text), model).items()}


@cache
def _model() -> Learned:
    return read_learned(files("assistant.answering.question") / WEIGHTS, labels="intents")
