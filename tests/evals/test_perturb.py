import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.evals.case import Case, CaseType, Expect, Qrel, Split
from assistant.evals.deletions import deletion_of
from assistant.evals.metric import Asked
from assistant.evals.perturb import Ground, perturbation_scores
from assistant.evals.prediction import Outcome, Prediction
from assistant.evals.reading import load_references
from assistant.evals.references import References
from assistant.evals.swaps import swap_of
from assistant.evals.targets.target import Asking, Target
from assistant.evals.texts import Texts
from assistant.evals.variants import with_numbers
from tests.evals.perturb_world import FAQ, FAQ_CASE, STORY, STORY_CASE, Reading, write_corpus


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("company"))


@pytest.fixture(scope="module")
def references(corpus: Path) -> References:
    return load_references(corpus)


@pytest.fixture(scope="module")
def texts(corpus: Path, references: References) -> Texts:
    return Texts(references, corpus)


def asked(corpus: Path, *cases: Case) -> list[Asked]:
    """Return the cases with the answers of the unchanged corpus."""
    answers = Reading(corpus).answers([Asking(case.id, case.question) for case in cases])
    return [Asked(case, answer) for case, answer in zip(cases, answers, strict=True)]


def snapshot(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*.*")
    }


def scores(
    corpus: Path, references: References, target_of: Callable[[Path, Path], Target]
) -> dict[str, dict[str, float]]:
    found = perturbation_scores(
        asked(corpus, STORY_CASE, FAQ_CASE), references, Ground(corpus, target_of)
    )
    return {
        name: {case_id: score.value for case_id, score in by_case.items()}
        for name, by_case in found.items()
    }


def test_a_target_that_reads_its_documents_follows_them(
    corpus: Path, references: References
) -> None:
    seen: list[Path] = []
    before = snapshot(corpus)

    def target_of(copy: Path, data: Path) -> Target:
        assert not data.exists()
        seen.append(copy)
        changed = {path for path, text in snapshot(copy).items() if before.get(path) != text}
        gone = before.keys() - snapshot(copy).keys()
        if len(seen) == 1:
            assert (changed, gone) == ({FAQ}, {STORY, f"{STORY}.meta.yaml"})
            rows = (copy / FAQ).read_text(encoding="utf-8").splitlines()
            assert len(rows) == 2 and rows[1].startswith("申込み")
        else:
            assert (changed, gone) == ({FAQ, STORY}, set())
            story = (copy / STORY).read_text(encoding="utf-8")
            assert "after: 47分" in story and "47分で終わりました" in story and "40分" not in story
        return Reading(copy)

    assert scores(corpus, references, target_of) == {
        "deletion_abstention": {"story-1": 1.0, "faq-1": 1.0},
        "swap_following": {"story-1": 1.0, "faq-1": 1.0},
    }
    assert snapshot(corpus) == before
    assert not any(copy.exists() for copy in seen)


def test_a_target_that_answers_from_memory_fails_both(corpus: Path, references: References) -> None:
    assert scores(corpus, references, lambda *_: Reading(corpus)) == {
        "deletion_abstention": {"story-1": 0.0, "faq-1": 0.0},
        "swap_following": {"story-1": 0.0, "faq-1": 0.0},
    }


def test_a_target_that_crashes_fails_both(corpus: Path, references: References) -> None:
    class Falling(Reading):
        def _answer(self, asking: Asking) -> Prediction:
            return Prediction(asking.id, Outcome.CRASH, error="落ちました。")

    found = scores(corpus, references, lambda copy, _: Falling(copy))
    assert {value for by_case in found.values() for value in by_case.values()} == {0.0}


def test_abstaining_follows_no_new_number(corpus: Path, references: References) -> None:
    class Silent(Reading):
        def _answer(self, asking: Asking) -> Prediction:
            return Prediction(asking.id, status="no_evidence", answer="わかりません。")

    found = scores(corpus, references, lambda copy, _: Silent(copy))
    assert found["deletion_abstention"] == {"story-1": 1.0, "faq-1": 1.0}
    assert found["swap_following"] == {"story-1": 0.0, "faq-1": 0.0}


def test_the_sample_is_the_same_whatever_the_order_of_cases(
    corpus: Path, references: References
) -> None:
    cases = asked(corpus, STORY_CASE, FAQ_CASE)
    ground = Ground(corpus, lambda copy, _: Reading(copy))
    one = perturbation_scores(cases, references, ground, sample=1)
    other = perturbation_scores(cases[::-1], references, ground, sample=1)
    assert one == other
    assert [len(by_case) for by_case in one.values()] == [1, 1]


@pytest.mark.parametrize(
    "case",
    [
        replace(STORY_CASE, expect=Expect(facts=(("3時間",), ("鳥",)))),
        replace(STORY_CASE, question="40分で書けたのは何?"),
        replace(STORY_CASE, type=CaseType.RULE),
        replace(STORY_CASE, split=Split.HOLDOUT),
        replace(STORY_CASE, expect=Expect(facts=(("40分",),), abstain=True)),
        replace(STORY_CASE, expect=Expect()),
    ],
)
def test_what_means_nothing_without_its_document_is_not_tried(
    corpus: Path, texts: Texts, case: Case
) -> None:
    (one,) = asked(corpus, case)
    assert deletion_of(one, texts) is None
    assert swap_of(one, texts) is None


def test_a_fact_that_two_documents_tell_is_not_deleted(corpus: Path, texts: Texts) -> None:
    case = replace(STORY_CASE, expect=Expect(facts=(("チラシ",),)))
    assert deletion_of(Asked(case, Prediction("story-1", answer="チラシ")), texts) is None


def test_a_fact_that_company_yaml_tells_too_is_not_deleted(corpus: Path, texts: Texts) -> None:
    case = replace(STORY_CASE, expect=Expect(facts=(("内線 310",),)))
    assert deletion_of(Asked(case, Prediction("story-1", answer="内線310")), texts) is None


def test_what_was_not_told_before_is_not_tried(texts: Texts) -> None:
    silent = Asked(STORY_CASE, Prediction("story-1", status="no_evidence", answer="わかりません"))
    assert deletion_of(silent, texts) is None
    assert swap_of(silent, texts) is None


def test_a_number_of_two_named_documents_is_not_swapped(corpus: Path, texts: Texts) -> None:
    case = replace(FAQ_CASE, qrels=(Qrel(FAQ), Qrel("rules/guide.md")))
    (one,) = asked(corpus, case)
    assert swap_of(one, texts) is not None
    both = replace(case, qrels=(Qrel(FAQ), Qrel(FAQ.replace("faq.csv", "gone.csv"))))
    assert swap_of(replace(one, case=both), texts) is not None
    assert swap_of(replace(one, case=replace(case, qrels=())), texts) is None


def test_every_spelling_of_a_number_is_told_anew(corpus: Path, texts: Texts) -> None:
    (one,) = asked(corpus, STORY_CASE)
    swap = swap_of(one, texts)
    assert swap is not None and swap.new == "47分"
    text = "40分、四十分、４０分、140分、40件、1時間40分"
    assert with_numbers(text, {swap.old: swap.new}) == "47分、47分、47分、140分、40件、1時間40分"
