"""A small corpus in memory, and answers to score against it."""

from datetime import date

from assistant.domain import (
    Company,
    Desk,
    Document,
    FaqPair,
    Kind,
    Measure,
    Passage,
    Source,
    Status,
    Story,
)
from assistant.evals.case import Case, CaseType, Expect, Qrel
from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.prediction import (
    PredictedCitation,
    PredictedLine,
    PredictedSection,
    Prediction,
)
from assistant.evals.references import References

WEEKLY = "stories/weekly.md"
RULE = "rules/rule.md"
FAQ = "faqs/faq.csv"
MANUAL = "manuals/manual.pdf"
OLD = "rules/old.md"


def _document(source: Source, *passages: Passage) -> Document:
    return Document(id=source.path, source=source, passages=passages, digest="0")


def _passage(source: Source, text: str, number: int = 0, **others: object) -> Passage:
    return Passage(
        id=f"{source.path}#{number}",
        source=source,
        ordinal=number,
        text=text,
        headings=others.pop("headings", ()),  # type: ignore[arg-type]
        **others,  # type: ignore[arg-type]
    )


def world() -> References:
    """Return a company with a story, a rule, an FAQ, a manual and a withdrawn rule."""
    story = Source(WEEKLY, "週報を早く書く", Kind.STORY, departments=("営業部",))
    rule = Source(RULE, "AI利用ルール", Kind.RULE, updated=date(2026, 4, 1))
    faq = Source(FAQ, "よくある質問", Kind.FAQ)
    manual = Source(MANUAL, "研修テキスト", Kind.MANUAL)
    old = Source(OLD, "旧ルール2025", Kind.RULE, status=Status.RETRACTED, updated=date(2025, 3, 31))
    told = Story("週報", before=Measure("2時間"), after=Measure("30分"), told_on=date(2026, 5, 15))
    documents = (
        _document(
            story,
            _passage(
                story,
                "毎週の週報に手間がかかっていました。Copilotに下書きを頼むと、半分以下になりました。",
                content=told,
            ),
        ),
        _document(
            rule,
            _passage(rule, "お客様の氏名を入れない。", 0, headings=("3. 入力禁止",)),
            _passage(rule, "数字は元の資料と見くらべる。", 1, headings=("4. 最終チェック",)),
        ),
        _document(
            faq,
            _passage(
                faq,
                "無料で使えますか\n利用料は会社が負担します。1人あたり月3,000円です。",
                content=FaqPair(
                    "無料で使えますか", "利用料は会社が負担します。1人あたり月3,000円です。"
                ),
            ),
        ),
        _document(
            manual,
            _passage(manual, "議事録は録音から\n作ります。会議の後20分で配れます。", 0, page=3),
            _passage(manual, "メールは三つの型で頼みます。返信は1営業日以内です。", 1, page=4),
        ),
        _document(old, _passage(old, "何でも入れてよい。")),
    )
    company = Company("見本商事", (), desk=Desk(hours="平日 9:00〜17:00", reply_within="2営業日"))
    return References(company, {one.source.path: one for one in documents})


def cite(n: int, source: str, quote: str, **place: object) -> PredictedCitation:
    """Return a citation."""
    return PredictedCitation(n, source, quote, **place)  # type: ignore[arg-type]


def said(*lines: tuple[str, tuple[int, ...]], slot: str = "direct") -> PredictedSection:
    """Return a section with these lines and marks."""
    return PredictedSection(slot, lines=tuple(PredictedLine(*line) for line in lines))


def answered(text: str, *citations: PredictedCitation, **others: object) -> Prediction:
    """Return an answer in Markdown alone, or with the sections given."""
    return Prediction(
        "case",
        status="answered",
        answer=text,
        citations=citations,
        **others,  # type: ignore[arg-type]
    )


def case(*qrels: Qrel, question: str = "どうすれば?", **expect: object) -> Case:
    """Return a case with these qrels and expectations."""
    wanted = Expect(**expect)  # type: ignore[arg-type]
    return Case("case", question, CaseType.HOW_TO, qrels=qrels, expect=wanted)


def score(metric: Metric, asked_case: Case, prediction: Prediction) -> Score | None:
    """Return what the metric says of one answer in the small world."""
    return metric.score(Asked(asked_case, prediction), world())


def value(metric: Metric, asked_case: Case, prediction: Prediction) -> float | None:
    """Return the value alone."""
    found = score(metric, asked_case, prediction)
    return None if found is None else found.value
