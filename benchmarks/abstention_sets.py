"""Questions that abstention is fitted on: the suites, colloquial ones, and public sets."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answering.abstention.abstain import Setting
from assistant.answering.abstention.sure import setting_of
from assistant.answering.engine import Snapshot
from assistant.answering.fit import fitting_first
from assistant.answering.run import decides
from assistant.answering.tasks import Tasks
from assistant.app import App
from assistant.domain import Answer, Hit, Kind, Query, Question
from assistant.evals.case import Case, Split
from assistant.evals.metrics.expected_abstention import wants_abstention
from assistant.evals.reading import load_references
from assistant.evals.suites.loading import load_suite
from assistant.settings import Settings
from benchmarks.sets import DATA

PUBLIC = ("jaquad", "lawqa", "debian_faq_ja")
_DOCUMENTS = 110
_LONGEST = 1_200
_DEPTH = 5
_COMPANY = "company:\n  name: 計測用\ndepartments:\n  - name: 計測部\n"


@dataclass(frozen=True, slots=True)
class Asking:
    """One question, what was found, and the documents that answer it."""

    name: str
    query: Query
    hits: Sequence[Hit]
    answerable: bool
    snapshot: Snapshot
    golds: frozenset[str] = frozenset()
    ruled: bool = False

    def setting(self, hits: Sequence[Hit]) -> Setting:
        """Return what else is known when `hits` are found."""
        fit = fitting_first(hits, self.query)[1]
        return setting_of(self.query, self.snapshot, template_fit=fit, ruled=self.ruled)

    def cases(self) -> Iterator[tuple[str, Sequence[Hit]]]:
        """Yield (answerable | unanswerable | near, hits) as far as the hits allow."""
        if not self.hits:
            return
        if not self.answerable:
            yield "unanswerable", self.hits
            return
        paths = {hit.passage.source.path for hit in self.hits[:_DEPTH]}
        if not self.golds or paths & self.golds:
            yield "answerable", self.hits
        others = [hit for hit in self.hits if hit.passage.source.path not in self.golds]
        if self.golds and others:
            yield "near", others


def suites(app: App, name: str, folder: Path) -> Iterator[Asking]:
    """Yield every wording of the cases of `folder` that want an answer or an abstention.

    `folder` holds corpus/ and eval/suites/. Holdout stays unseen, and so does permission: a
    verdict of its own decides there.
    """
    references = load_references(folder / "corpus")
    for case in load_suite(folder / "eval" / "suites", references=references).cases:
        wanted = wants_abstention(case)
        if wanted is None or case.split is Split.HOLDOUT:
            continue
        golds = _golds(case) if not wanted else frozenset()
        for wording in (case.question, *case.paraphrases):
            answer = app.assistant.ask(Question(wording, case.department, case.history))
            yield _asking(app, name, answer, answerable=not wanted, golds=golds)


def companies(folders: Sequence[Path], data: Path) -> Iterator[Asking]:
    """Yield the suites of other companies, each published into a folder of `data`."""
    for folder in folders:
        settings = Settings(corpus_dir=folder / "corpus", data_dir=data / folder.name)
        app = App(settings)
        app.publisher.publish(folder / "corpus", author="bench")
        yield from suites(app, folder.name, folder)


def _golds(case: Case) -> frozenset[str]:
    return frozenset(qrel.doc for qrel in case.qrels)


def colloquial(app: App) -> Iterator[Asking]:
    """Yield benchmarks/colloquial.tsv."""
    table = Path(__file__).with_name("colloquial.tsv")
    for line in table.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, department, question = line.split("\t")
        answer = app.assistant.ask(Question(question, department))
        yield _asking(app, "colloquial", answer, answerable=kind == "answerable")


def _asking(
    app: App, name: str, answer: Answer, *, answerable: bool, golds: frozenset[str] = frozenset()
) -> Asking:
    """Search again for what was asked: an answer keeps passages, not their scores."""
    query, snapshot = answer.query, app.engine.snapshot()
    told = (*snapshot.passages_of(Kind.STORY), *snapshot.passages_of(Kind.TEMPLATE))
    hits = Tasks(told).added(app.engine.search(query, limit=30), query.text)
    ruled = decides(answer.verdict, query)
    return Asking(name, query, hits, answerable, snapshot, golds, ruled)


def public(folder: Path) -> Iterator[Asking]:
    """Yield questions of the public sets; their documents are published into `folder`."""
    missing = [name for name in PUBLIC if not (DATA / name / "corpus.jsonl").exists()]
    if missing:
        print(f"{', '.join(missing)} are not in {DATA}: left out.")
        return
    golds = {name: _write(DATA / name, folder / "corpus" / "manuals", name) for name in PUBLIC}
    (folder / "corpus" / "company.yaml").write_text(_COMPANY, encoding="utf-8")
    app = App(Settings(corpus_dir=folder / "corpus", data_dir=folder / "data"))
    app.publisher.publish(folder / "corpus", author="bench")
    for name in PUBLIC:
        known = 0
        for text, paths in _questions(DATA / name, golds[name]):
            if paths and known >= _DOCUMENTS:
                continue
            known += bool(paths)
            query = Query(text=text)
            hits = app.engine.search(query, limit=30)
            found = frozenset(paths)
            yield Asking(name, query, hits, bool(paths), app.engine.snapshot(), found)


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
