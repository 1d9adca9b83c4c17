"""The page's neighbours without any model: an engine, a log, starters and an assistant."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from assistant.domain import Answer, Company, Document, Passage, Question, Source, Stage, Version
from assistant.errors import IndexMissing, ModelError, StoreError
from assistant.ports import DocumentEntry
from assistant.usage.false_alarms import FalseAlarm
from assistant.usage.feedback import Feedback
from tests.web.fake_answers import fact, full_answer, nothing_found
from tests.web.fake_company import (
    CHECK,
    COMPANY,
    CONDITIONAL,
    DOCUMENTS,
    FORBIDDEN,
    OLD_RULE,
)

LIVE = Version(
    7, datetime(2026, 7, 1, tzinfo=UTC), "DX推進室", "7月の更新", documents=6, passages=8, live=True
)


@dataclass(frozen=True)
class FakePublished:
    vector_share: float = 1.0
    company: Company = COMPANY
    rules: tuple[Passage, ...] = (FORBIDDEN, CONDITIONAL, CHECK)
    withdrawn: tuple[Source, ...] = (OLD_RULE,)
    version: Version = LIVE

    @property
    def documents(self) -> tuple[DocumentEntry, ...]:
        return tuple(
            DocumentEntry(d.id, d.source, d.digest, tuple(p.id for p in d.passages))
            for d in DOCUMENTS
        )

    def document(self, document_id: str) -> Document | None:
        return next((d for d in DOCUMENTS if d.id == document_id), None)


@dataclass
class FakeEngine:
    published: FakePublished | None = field(default_factory=FakePublished)

    def snapshot(self) -> FakePublished:
        if self.published is None:
            raise IndexMissing("まだ公開されていません。")
        return self.published


@dataclass
class FakeLog:
    kept: list[Feedback] = field(default_factory=list)
    broken: bool = False

    def record(self, feedback: Feedback) -> None:
        if self.broken:
            raise StoreError("書けません。")
        self.kept.append(feedback)


@dataclass
class FakeAlarms:
    kept: list[FalseAlarm] = field(default_factory=list)
    broken: bool = False

    def report(self, alarm: FalseAlarm) -> None:
        if self.broken:
            raise StoreError("書けません。")
        self.kept.append(alarm)


@dataclass(frozen=True)
class FakeStarter:
    question: str
    label: str
    caption: str


def fake_starters(department: str) -> Sequence[FakeStarter]:
    caption = f"{department}の例" if department else "社内の例"
    return (
        FakeStarter("週報を早く書きたい", "2時間 → 30分", caption),
        FakeStarter("見積の比較表を作りたい", "半日 → 40分", "購買部の例"),
        FakeStarter("会社で使えるツールはどれですか?", "よくある質問", "社内みんなの質問"),
    )


@dataclass
class FakeAssistant:
    """Full answers; «見つからない», «落ちて», «どれ» and «それ» in a question choose other ways."""

    pause: float = 0.0
    asked: list[Question] = field(default_factory=list)

    def stream(self, question: Question) -> Iterator[Stage | Answer]:
        self.asked.append(question)
        yield Stage.INSPECTING
        time.sleep(self.pause)
        if "落ちて" in question.text:
            raise RuntimeError("db password=hunter2 at /srv/secret")
        if "モデル停止" in question.text:
            raise ModelError("答えを書く部品が動いていません。", remedy="しばらくしてからどうぞ。")
        yield Stage.RULES
        time.sleep(self.pause)
        if "見つからない" in question.text:
            yield nothing_found(question)
            return
        whole = fact(question) if "どれ" in question.text else full_answer(question)
        if question.history and question.text.startswith("それ"):
            read = f"{question.history[0].content}について、{question.text[2:].lstrip('、')}"
            whole = replace(whole, rewritten=read)
        yield Answer(
            whole.status, whole.verdict, (), whole.citations[:1], whole.safe_text, whole.query,
            findings=whole.findings,
        )  # fmt: skip
        time.sleep(self.pause)
        yield Stage.STORIES
        time.sleep(self.pause)
        yield whole
