"""Any company's own documents make cases, the same ones every time, and the loader accepts them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answering.render import to_json
from assistant.app import App
from assistant.domain import Document, Kind, Question, Status, VerdictKind
from assistant.evals.case import Author, Case
from assistant.evals.generated.cases import generated_cases
from assistant.evals.references import References, squeezed
from assistant.evals.suites.loading import suite_of
from assistant.settings import Settings
from tests.conftest import SAMPLE
from tests.evals.suites.world import references_of, small_references
from tests.support.small_company import write_small_company

GUIDELINES = Path(__file__).parents[2] / "corpus" / "rules" / "guidelines"

FLYERS = """\
---
title: 納税のお知らせ
department: 税務課
task: お知らせ文
before: 月8h
after: 半日
---
月8hかかっていたお知らせ文が、半日で書けるようになりました。
"""


@pytest.fixture(scope="module")
def references(tmp_path_factory: pytest.TempPathFactory) -> References:
    folder = write_small_company(tmp_path_factory.mktemp("corpus"))
    (folder / "stories" / "notice.md").write_text(FLYERS, encoding="utf-8")
    return references_of(folder)


@pytest.fixture(scope="module")
def cases(references: References) -> tuple[Case, ...]:
    return generated_cases(references)


def of(cases: tuple[Case, ...], kind: str) -> list[Case]:
    return [case for case in cases if case.id.startswith(f"gen-{kind}-")]


def without(references: References, path: str) -> References:
    kept = {name: one for name, one in references.documents.items() if name != path}
    return References(references.company, kept)


def with_source(references: References, path: str, document: Document) -> References:
    return References(references.company, {**references.documents, path: document})


def test_each_kind_of_clause_asks_for_its_verdict(cases: tuple[Case, ...]) -> None:
    verdicts = {case.question: case.expect.verdict for case in of(cases, "rule")}
    assert verdicts["市民の氏名、住所、電話番号を入力してもいい?"] is VerdictKind.PROHIBITED
    assert verdicts["議会答弁の素案づくりにAIを使っていいですか"] is VerdictKind.CONDITIONAL
    assert verdicts["お知らせ文やチラシの下書きってAIにやらせてOK?"] is VerdictKind.ALLOWED
    assert len(verdicts) == 8


def test_every_gold_stands_in_its_document(cases: tuple[Case, ...], references: References) -> None:
    assert suite_of(cases).cases == cases
    for case in cases:
        for doc, words in [
            *((one.doc, one.span) for one in case.qrels),
            *((one.doc, one.quote) for one in case.expect.must_cite),
        ]:
            document = references.document(doc)
            assert document is not None
            assert squeezed(words) in squeezed("".join(one.text for one in document.passages))


def test_a_storys_numbers_are_asked_by_its_department_and_by_a_neighbour(
    cases: tuple[Case, ...],
) -> None:
    flyer = [case for case in of(cases, "fact") if case.qrels[0].doc == "stories/flyer.md"]
    assert sorted(case.department for case in flyer) == ["市民課", "税務課"]
    for case in flyer:
        assert case.expect.facts == (("3時間", "180分"), ("40分",))
        assert case.qrels[0].span.endswith("40分で終わりました。")
    (notice, *_) = [case for case in of(cases, "fact") if case.qrels[0].doc == "stories/notice.md"]
    assert notice.expect.facts == (("月8h", "8時間", "480分"), ("半日",))


def test_a_department_without_a_story_is_shown_its_first_neighbours_one(
    cases: tuple[Case, ...],
) -> None:
    cells = {
        (case.department, case.qrels[0].doc.split("/")[1]): case.expect.department
        for case in of(cases, "local")
    }
    assert cells == {
        ("市民課", "flyer.md"): "市民課",
        ("税務課", "flyer.md"): "市民課",
        ("市民課", "notice.md"): "税務課",
        ("税務課", "notice.md"): "税務課",
        ("土木課", "notice.md"): "税務課",
    }


def test_documents_in_another_order_make_the_same_cases(
    cases: tuple[Case, ...], references: References
) -> None:
    turned = dict(reversed(references.documents.items()))
    assert generated_cases(References(references.company, turned)) == cases


def test_another_document_changes_no_id_of_the_others(
    cases: tuple[Case, ...], references: References
) -> None:
    fewer = generated_cases(without(references, "stories/notice.md"))
    assert 0 < len(fewer) < len(cases)
    assert {case.id for case in fewer} < {case.id for case in cases}


@pytest.mark.parametrize("path", ["rules/guide.md", "stories/flyer.md"])
def test_a_document_that_no_longer_holds_makes_no_case(references: References, path: str) -> None:
    document = references.documents[path]
    gone = replace(document, source=replace(document.source, status=Status.SUPERSEDED))
    made = generated_cases(with_source(references, path, gone))
    assert made and all(case.qrels[0].doc != path for case in made)


def test_who_may_not_read_a_story_is_not_asked_about_it(references: References) -> None:
    document = references.documents["stories/flyer.md"]
    source = replace(document.source, audience=("市民課",))
    passages = tuple(replace(one, source=source) for one in document.passages)
    closed = replace(document, source=source, passages=passages)
    made = generated_cases(with_source(references, "stories/flyer.md", closed))
    askers = {case.department for case in made if case.qrels[0].doc == "stories/flyer.md"}
    assert askers == {"市民課"}


def test_cases_say_that_nobody_wrote_them_and_share_a_cluster_by_document(
    cases: tuple[Case, ...],
) -> None:
    assert {case.provenance.author for case in cases} == {Author.SYNTHETIC}
    assert {case.suite for case in cases} == {"generated"}
    stories = [case for case in cases if case.qrels[0].doc == "stories/flyer.md"]
    assert len({case.group for case in stories}) == 1
    rules = of(cases, "rule")
    assert len({case.group for case in rules}) == len({case.qrels[0].span for case in rules})


def test_guidelines_in_other_styles_make_questions_without_half_sentences(tmp_path: Path) -> None:
    write_small_company(tmp_path)
    for file in GUIDELINES.iterdir():
        if file.suffix != ".expected":
            (tmp_path / "rules" / file.name).write_bytes(file.read_bytes())
    rules = of(generated_cases(references_of(tmp_path)), "rule")
    verdicts = {case.question: case.expect.verdict for case in rules}
    assert len(verdicts) > 80
    assert verdicts["社内メールの下書きってAIにやらせてOK?"] is VerdictKind.ALLOWED
    assert verdicts["アンケートの自由記述の分類ってAI使ってOK?"] is VerdictKind.CONDITIONAL
    assert verdicts["許認可、処分等の判断を生成ＡＩに委ねてもいい?"] is VerdictKind.PROHIBITED
    odd = ("こって", "こ、", "ください", "場合に", "前項", "こんにちは", "いいえ", "ないこと")
    assert [question for question in verdicts if any(word in question for word in odd)] == []


@pytest.mark.parametrize("who", ["従業員等", "利用者", "職員ら"])
def test_who_a_clause_speaks_to_is_not_what_is_asked_about(tmp_path: Path, who: str) -> None:
    write_small_company(tmp_path)
    rule = f"# 生成AIの決まり\n\n## 条件つきで使えるもの\n\n- {who}は、上長の許可を得て使うこと。\n"
    (tmp_path / "rules" / "principles.md").write_text(rule, encoding="utf-8")
    asked = [case.question for case in of(generated_cases(references_of(tmp_path)), "rule")]
    assert asked
    assert [question for question in asked if who.rstrip("等ら") in question] == []


@pytest.mark.slow
def test_the_assistant_gives_every_verdict_that_the_sample_companys_rule_asks_for(
    published: Path,
) -> None:
    app = App(Settings(corpus_dir=SAMPLE, data_dir=published), today=lambda: date(2026, 11, 22))
    documents = references_of(SAMPLE).documents
    rules = {path: one for path, one in documents.items() if one.source.kind is Kind.RULE}
    made = of(generated_cases(References(app.engine.snapshot().company, rules)), "rule")
    assert len(made) > 60
    answers = [
        to_json(app.assistant.ask(Question(case.question, department=case.department)))
        for case in made
    ]
    wrong = [
        (case.question, answer["verdict"])
        for case, answer in zip(made, answers, strict=True)
        if case.expect.verdict != answer["verdict"]
    ]
    assert wrong == []


def test_a_company_without_rules_and_stories_makes_no_case(tmp_path: Path) -> None:
    empty = References(small_references(tmp_path).company, {})
    assert generated_cases(empty) == ()
