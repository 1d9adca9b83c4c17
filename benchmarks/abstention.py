"""Fit the constants of `answering.abstain`: does the evidence answer the question?

    python benchmarks/abstention.py DATA_DIR

Answerable: a question whose passage is in the corpus. Near miss: the same question with its
passage taken out of the hits. Unknown: a question on a document that is not there. Sets: JaQuAD,
lawqa and debian_faq_ja; each is also scored by constants fitted on the other two.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answering.abstain import features
from assistant.app import App
from assistant.domain import Hit, Query
from assistant.settings import Settings

_DOCUMENTS = 110
_LONGEST = 1_200
_SETS = ("jaquad", "lawqa", "debian_faq_ja")
_COSINE_ZERO = 0.86
_COMPANY = "company:\n  name: 計測用\ndepartments:\n  - name: 計測部\n"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """Features of one question's hits, and whether the answer is among them."""

    name: str
    kind: str
    row: tuple[float, ...]


def main(data: Path) -> None:
    """Print the fitted constants and the AUC of each set under the others' constants."""
    with tempfile.TemporaryDirectory() as folder:
        samples = list(_samples(data, Path(folder)))
    for name in _SETS:
        weights = _fit([sample for sample in samples if sample.name != name])
        own = [sample for sample in samples if sample.name == name]
        near, far = (_auc(own, weights, kind) for kind in ("near", "unknown"))
        print(f"{name:15} AUC near miss {near:.3f}  unknown {far:.3f}")
    weights = _fit(samples)
    names = ("bias", "coverage", "cosine", "agreement")
    print("  ".join(f"{name} {value:.2f}" for name, value in zip(names, weights, strict=True)))
    for kind in ("answerable", "near", "unknown"):
        rows = np.array([sample.row for sample in samples if sample.kind == kind])
        share = float((_probability(rows, weights) >= 0.5).mean())
        print(f"{kind:11} n={len(rows):4} answered {share:.3f} mean {rows.mean(axis=0).round(3)}")


def _samples(data: Path, folder: Path) -> Iterator[Sample]:
    golds = {name: _write(data / name, folder / "corpus" / "manuals", name) for name in _SETS}
    (folder / "corpus" / "company.yaml").write_text(_COMPANY, encoding="utf-8")
    app = App(Settings(corpus_dir=folder / "corpus", data_dir=folder / "data"))
    app.publisher.publish(folder / "corpus", author="bench")
    for name in _SETS:
        known = 0
        for text, paths in _questions(data / name, golds[name]):
            if paths and known >= _DOCUMENTS:
                continue
            known += bool(paths)
            hits = app.engine.search(Query(text=text), limit=30)
            yield from _of_question(name, hits, paths)


def _of_question(name: str, hits: list[Hit], paths: set[str]) -> Iterator[Sample]:
    if not paths:
        yield Sample(name, "unknown", _row(hits))
        return
    if any(hit.passage.source.path in paths for hit in hits[:5]):
        yield Sample(name, "answerable", _row(hits))
    yield Sample(name, "near", _row([h for h in hits if h.passage.source.path not in paths]))


def _row(hits: list[Hit]) -> tuple[float, ...]:
    if not hits:
        return (1.0, 0.0, 0.0, 0.0)
    seen = features(hits)
    return (1.0, seen.coverage, seen.cosine - _COSINE_ZERO, seen.agreement)


def _write(source: Path, folder: Path, name: str) -> dict[str, str]:
    """Write the first documents as Markdown; return the path of each."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    lines = (source / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines[:_DOCUMENTS]:
        row = json.loads(line)
        path = folder / f"{name}-{row['_id']}.md"
        title = json.dumps(row["title"], ensure_ascii=False)
        text = row["text"][:_LONGEST]
        path.write_text(f"---\ntitle: {title}\n---\n\n{text}\n", encoding="utf-8")
        paths[row["_id"]] = f"manuals/{path.name}"
    return paths


def _questions(source: Path, paths: dict[str, str]) -> Iterator[tuple[str, set[str]]]:
    """Yield questions with the paths of their passages; every 4th one without any, at most 110."""
    golds: dict[str, set[str]] = {}
    for line in (source / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        question, passage, *_ = line.split("\t")
        golds.setdefault(question, set()).add(passage)
    unknown = 0
    for n, line in enumerate((source / "queries.jsonl").read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        wanted = golds.get(row["_id"], set())
        found = {paths[each] for each in wanted if each in paths}
        if len(found) == len(wanted) and found and n % 3 == 0:
            yield row["text"], found
        elif not found and n % 4 == 0 and unknown < _DOCUMENTS:
            unknown += 1
            yield row["text"], set()


def _fit(samples: list[Sample], rounds: int = 50) -> Floats:
    """Logistic regression by Newton's method, classes balanced, ridge 0.01."""
    rows = np.array([sample.row for sample in samples])
    wanted = np.array([sample.kind == "answerable" for sample in samples], dtype=float)
    balance = np.where(wanted == 1, 0.5 / wanted.mean(), 0.5 / (1 - wanted.mean()))
    weights: Floats = np.zeros(rows.shape[1])
    for _ in range(rounds):
        chance = _probability(rows, weights)
        gradient = rows.T @ (balance * (wanted - chance)) - 0.01 * weights
        curve = (rows * (balance * chance * (1 - chance))[:, None]).T @ rows
        weights = weights + np.linalg.solve(curve + 0.01 * np.eye(len(weights)), gradient)
    return weights


def _probability(rows: Floats, weights: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-rows @ weights))
    return chance


def _auc(samples: list[Sample], weights: Floats, kind: str) -> float:
    def of(wanted: str) -> Floats:
        rows = [sample.row for sample in samples if sample.kind == wanted]
        return _probability(np.array(rows).reshape(-1, len(weights)), weights)

    good, bad = of("answerable"), of(kind)
    if not len(good) or not len(bad):
        return float("nan")
    return float((good[:, None] > bad[None, :]).mean() + 0.5 * (good[:, None] == bad).mean())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
