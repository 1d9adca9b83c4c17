"""Whether a Japanese question gets a Japanese answer."""

import re

from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.metrics.shown import plain, prose
from assistant.evals.metrics.words import clipped, no_answer
from assistant.evals.references import References

_KANA_SHARE = 0.05
_JAPANESE_SHARE = 0.4
"""Least shares of kana, and of kana and kanji, among the letters of Japanese prose. Measured on 965
answers to benchmarks/colloquial.tsv and eval/suites: 0.18 and 0.56 or more. English has none,
Chinese no kana."""

_KANA = re.compile(r"[ぁ-ゖァ-ヺー]+")
_KANJI = re.compile(r"[々一-鿿]+")
_LETTERS = re.compile(r"[^\W\d_]+")


def _score(asked: Asked, references: References) -> Score | None:  # noqa: ARG001
    """Return 1 where the prose around templates and sources is Japanese as the question is."""
    if not _KANA.search(asked.case.question):
        return None
    prediction = asked.prediction
    if not prediction.ok:
        return Score(0.0, no_answer(prediction))
    text = plain(prose(prediction.answer))
    letters = _count(_LETTERS, text)
    if not letters:
        return Score(0.0, "文がない")
    kana, kanji = _count(_KANA, text), _count(_KANJI, text)
    if kana >= _KANA_SHARE * letters and kana + kanji >= _JAPANESE_SHARE * letters:
        return Score(1.0)
    return Score(0.0, f"日本語の答えになっていない: 「{clipped(text)}」")


def _count(runs: re.Pattern[str], text: str) -> int:
    """Return how many characters of `text` are in such runs."""
    return sum(map(len, runs.findall(text)))


METRIC = Metric("language_match", "日本語の質問に日本語で答えた割合", _score)
"""Answers in the question's language / questions with kana (language fidelity of multilingual RAG
evaluations), by the share of kana: no model, no word list."""
