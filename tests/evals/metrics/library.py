"""A city library that no metric has seen: its corpus as the scorer reads it, cases, answers."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.domain import (
    Company,
    Content,
    Department,
    Document,
    Kind,
    Passage,
    Prose,
    Source,
    Status,
    Story,
    Template,
)
from assistant.evals.case import Case, CaseType, Expect
from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.metrics import all_metrics
from assistant.evals.prediction import (
    Outcome,
    PredictedCitation,
    PredictedFinding,
    PredictedSection,
    PredictedStory,
    PredictedTemplate,
    Prediction,
)
from assistant.evals.references import References

LETTER = "あなたは司書です。【書名】の督促を、やわらかく書いてください。"
PROSE = Prose()
TOLD = "督促状づくりが50分から5分になりました。"


def _document(
    path: str,
    text: str,
    content: Content = PROSE,
    *,
    kind: Kind,
    departments: tuple[str, ...] = (),
    status: Status = Status.CURRENT,
) -> Document:
    source = Source(path, path, kind, departments, status=status)
    passage = Passage(path, source, 0, (), text, content)
    return Document(path, source, (passage,), digest=path)


def library() -> References:
    company = Company(
        "海辺図書館",
        (
            Department("貸出係"),
            Department("児童係"),
            Department("分館"),
            Department("郷土・行政資料室"),
        ),
    )
    letter = Template(LETTER, ("書名",))
    documents = (
        _document("rule.md", "利用者の氏名を入力しない", kind=Kind.RULE),
        _document("rule-old.md", "館長に届け出る", kind=Kind.RULE, status=Status.SUPERSEDED),
        _document("guide.md", "要点を先に書く", kind=Kind.MANUAL),
        _document("letter.md", f"督促状\n{LETTER}\n", letter, kind=Kind.TEMPLATE),
        _document("poem.md", "詩を一つ", Template("詩を一つ"), kind=Kind.TEMPLATE),
        _document("old-letter.md", "旧い文", Template("旧い文"), kind=Kind.TEMPLATE,
                  status=Status.RETRACTED),
        _document("loans.md", TOLD, Story("督促"), kind=Kind.STORY, departments=("貸出係",)),
        _document("kids.md", "絵本の紹介が早い", Story("紹介"), kind=Kind.STORY,
                  departments=("児童係",)),
        _document("maps.md", "古い地図の目録が早い", Story("目録"), kind=Kind.STORY,
                  departments=("郷土・行政資料室",)),
    )  # fmt: skip
    return References(company, {one.source.path: one for one in documents})


def metric(name: str) -> Metric:
    return next(one for one in all_metrics() if one.name == name)


def case(question: str = "督促状を早く書きたい", **changes: object) -> Case:
    plain = Case("case-1", question, CaseType.HOW_TO, expect=Expect())
    return replace(plain, **changes)  # type: ignore[arg-type]


def answer(text: str = "要点を先に書きます。", **changes: object) -> Prediction:
    plain = Prediction("case-1", status="answered", answer=text)
    return replace(plain, **changes)  # type: ignore[arg-type]


CRASH = Prediction("case-1", outcome=Outcome.CRASH, error="サーバーが落ちました。")
SILENCE = answer("資料には見つかりませんでした。", status="no_evidence")


def score(name: str, one: Case, prediction: Prediction, *more: Prediction) -> Score:
    found = metric(name).score(Asked(one, prediction, more), library())
    assert found is not None
    return found


def scores(name: str, one: Case, prediction: Prediction) -> bool:
    return metric(name).score(Asked(one, prediction), library()) is not None


def total(name: str, pairs: Sequence[tuple[Case, Prediction]]) -> float:
    found = [metric(name).score(Asked(one, prediction), library()) for one, prediction in pairs]
    counts = [one.counts or (one.value, 1.0) for one in found if one is not None]
    return float(metric(name).aggregate(np.array(counts).sum(axis=0)))


def cited(*paths: str) -> tuple[PredictedCitation, ...]:
    texts = {path: one.passages[0].text for path, one in library().documents.items()}
    return tuple(
        PredictedCitation(n, path, texts.get(path, "")) for n, path in enumerate(paths, start=1)
    )


def story(department: str, *, nearness: str = "other", mark: int = 1) -> PredictedSection:
    card = PredictedStory("督促", department, nearness, sentence=TOLD, mark=mark)
    return PredictedSection("stories", "近くの事例", stories=(card,))


def template(body: str, *, mark: int = 0) -> PredictedSection:
    return PredictedSection(
        "template", "ひな形", template=PredictedTemplate("督促状", body, mark=mark)
    )


def finding(category: str, text: str, question: str) -> PredictedFinding:
    start = question.index(text)
    return PredictedFinding(category, text, start, start + len(text))
