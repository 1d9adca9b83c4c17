"""The retrieval sets of `../shared/data`, and the figures that a ranking gets on them."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import fmean

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

NAMES = ("jaquad", "lawqa", "debian_faq_ja")

_QUESTIONS = 1_000
"""At most; a set with more is sampled with seed 0, as in the retrieval findings."""


@dataclass(frozen=True, slots=True)
class Text:
    """One document of a set."""

    id: str
    title: str
    body: str

    @property
    def whole(self) -> str:
        """Return what every system searches: title and body."""
        return f"{self.title}\n{self.body}"


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Documents, questions by id, and the graded right documents of each question."""

    name: str
    texts: tuple[Text, ...]
    questions: Mapping[str, str]
    gold: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the questions of a set, 0–1."""

    ndcg10: float
    s1: float
    s5: float


def load_set(folder: Path, *, questions: int = _QUESTIONS) -> RetrievalSet:
    """Return the set in `folder`. Raises FileNotFoundError."""
    gold: dict[str, dict[str, float]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        question, text, grade = line.split("\t")
        gold.setdefault(question, {})[text] = float(grade)
    asked = [row for row in _rows(folder / "queries.jsonl") if row["_id"] in gold]
    if len(asked) > questions:
        asked = random.Random(0).sample(asked, questions)
    return RetrievalSet(
        name=folder.name,
        texts=tuple(
            Text(row["_id"], row["title"], row["text"]) for row in _rows(folder / "corpus.jsonl")
        ),
        questions={row["_id"]: row["text"] for row in asked},
        gold=gold,
    )


def figures(rankings: Mapping[str, Sequence[str]], chosen: RetrievalSet) -> Figures:
    """Return how well `rankings` (text ids by question, best first) hit the gold."""
    golds = {question: chosen.gold[question] for question in rankings}
    return Figures(
        ndcg10=fmean(_ndcg(rankings[each], golds[each], depth=10) for each in rankings),
        s1=fmean(not golds[each].keys().isdisjoint(rankings[each][:1]) for each in rankings),
        s5=fmean(not golds[each].keys().isdisjoint(rankings[each][:5]) for each in rankings),
    )


def _ndcg(ranking: Sequence[str], gold: Mapping[str, float], *, depth: int) -> float:
    """DCG = Σ grade / log2(place + 1), over that of the best possible order."""
    gained = [gold.get(text, 0.0) for text in ranking[:depth]]
    ideal = sorted(gold.values(), reverse=True)[:depth]
    return _dcg(gained) / _dcg(ideal)


def _dcg(grades: Sequence[float]) -> float:
    return sum(grade / log2(place + 2) for place, grade in enumerate(grades))


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
