"""A small corpus, and a target that answers from whatever corpus it is given."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.evals.case import Case, CaseType, Expect, Qrel
from assistant.evals.prediction import (
    PredictedCitation,
    PredictedLine,
    PredictedSection,
    Prediction,
)
from assistant.evals.targets.target import Asking
from tests.support.small_company import write_small_company

FAQ = "faqs/faq.csv"
STORY = "stories/flyer.md"

STORY_CASE = Case(
    "story-1",
    "チラシは何分で書けた?",
    CaseType.STORY,
    qrels=(Qrel(STORY),),
    expect=Expect(facts=(("40分", "四十分"),)),
)
FAQ_CASE = Case(
    "faq-1",
    "庁内AIは何時まで使える?",
    CaseType.FAQ,
    qrels=(Qrel(FAQ),),
    expect=Expect(facts=(("22時",),)),
)


def write_corpus(folder: Path) -> Path:
    """Write the small company; its FAQ has a second row and a sidecar."""
    corpus = write_small_company(folder / "corpus")
    with (corpus / FAQ).open("a", encoding="utf-8") as file:
        file.write("申込みは必要ですか?,いりません。全員が使えます。,,2026-05-10\n")
    (corpus / f"{STORY}.meta.yaml").write_text("version: '2'\n", encoding="utf-8")
    return corpus


_KEYS = {"story-1": "終わり", "faq-1": "庁内ポータル"}


class Reading:
    """Answers with the line of the corpus that holds one of the question's key words."""

    name = "reading"
    machine_ms = 0.0

    def __init__(self, corpus: Path) -> None:
        self.corpus = corpus

    def prepare(self) -> None:
        """Nothing comes before."""

    def answers(self, questions: Sequence[Asking]) -> Iterator[Prediction]:
        for asking in questions:
            yield self._answer(asking)

    def _answer(self, asking: Asking) -> Prediction:
        for path in sorted(self.corpus.rglob("*.*")):
            for line in path.read_text(encoding="utf-8").splitlines():
                if _KEYS[asking.id] in line:
                    return said(asking.id, path.relative_to(self.corpus).as_posix(), line)
        return Prediction(asking.id, status="no_evidence", answer="わかりません。")


def said(identity: str, source: str, line: str) -> Prediction:
    """Return an answer that quotes one line of one document."""
    return Prediction(
        identity,
        status="answered",
        answer=line,
        sections=(PredictedSection("direct", lines=(PredictedLine(line, (1,)),)),),
        citations=(PredictedCitation(1, source, line),),
    )
