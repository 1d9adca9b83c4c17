"""Each broken assistant is broken in one way, the same way every time, and keeps the order."""

from dataclasses import fields, replace

import pytest

from assistant.evals.metric import Asked
from assistant.evals.metrics import all_metrics
from assistant.evals.mutation.mutant import Mutant, Recording, mutated, renumbered, with_text
from assistant.evals.mutation.run import all_mutants
from assistant.evals.prediction import Outcome, PredictedLine, PredictedSection, Prediction
from tests.evals.mutation.recorded import OLD, TEMPLATE, recording

RUN = recording()
EVERY = pytest.mark.parametrize("mutant", all_mutants(), ids=lambda mutant: mutant.name)


def changed(mutant: Mutant, run: Recording = RUN) -> list[tuple[Asked, Asked]]:
    """Return the cases that the mutant answers differently: before, after."""
    pairs = zip(run.asked, mutated(mutant, run), strict=True)
    return [(old, new) for old, new in pairs if new != old]


def one(name: str) -> Mutant:
    return next(mutant for mutant in all_mutants() if mutant.name == name)


def first(name: str) -> tuple[Prediction, Prediction]:
    """Return the first answer that the mutant breaks: before, after."""
    old, new = changed(one(name))[0]
    return old.prediction, new.prediction


def differing(old: Prediction, new: Prediction) -> set[str]:
    names = [field.name for field in fields(Prediction)]
    return {name for name in names if getattr(old, name) != getattr(new, name)}


@EVERY
def test_a_mutant_changes_answers_and_neither_ids_nor_order(mutant: Mutant) -> None:
    broken = mutated(mutant, RUN)
    assert changed(mutant), f"{mutant.name} breaks nothing"
    assert [asked.case for asked in broken] == [asked.case for asked in RUN.asked]
    for old, new in zip(RUN.asked, broken, strict=True):
        assert new.prediction.id == old.prediction.id
        assert [told.id for told in new.paraphrases] == [told.id for told in old.paraphrases]


@EVERY
def test_a_mutant_breaks_the_same_way_every_time(mutant: Mutant) -> None:
    assert mutated(mutant, RUN) == mutated(mutant, recording())


@EVERY
def test_a_mutant_leaves_the_recording_alone(mutant: Mutant) -> None:
    mutated(mutant, RUN)
    assert recording().asked == RUN.asked


@EVERY
def test_a_mutant_breaks_every_nth_of_the_cases_that_it_fits(mutant: Mutant) -> None:
    fitting = [asked for asked in RUN.asked if mutant.applies(asked)]
    allowed = {asked.case.id for asked in fitting[:: mutant.every]}
    assert {old.case.id for old, _ in changed(mutant)} <= allowed


def test_there_are_at_least_25_with_a_name_of_their_own_and_a_real_metric() -> None:
    names = [mutant.name for mutant in all_mutants()]
    assert len(names) == len(set(names)) >= 25
    metrics = {metric.name for metric in all_metrics()}
    assert {mutant.metric for mutant in all_mutants()} <= metrics


@EVERY
def test_a_mutant_does_nothing_to_a_run_that_it_does_not_fit(mutant: Mutant) -> None:
    empty = Recording((), RUN.references)
    assert mutated(mutant, empty) == ()


@pytest.mark.parametrize(
    ("name", "touched"),
    [
        ("flipped_verdict", {"verdict"}),
        ("conditional_to_allowed", {"verdict"}),
        ("prohibited_to_allowed", {"verdict"}),
        ("verdict_dropped", {"verdict"}),
        ("changes_its_mind", {"verdict"}),
        ("guard_off", {"findings", "safe_text"}),
        ("guard_leaks", {"safe_text"}),
        ("guard_without_person", {"findings", "safe_text"}),
        ("guard_blocks_everything", {"findings", "safe_text"}),
        ("shuffled_citations", {"answer", "sections"}),
        ("no_citation", {"answer", "sections", "citations"}),
        ("paraphrased_quote", {"citations"}),
        ("wrong_place", {"citations"}),
        ("stale_document", {"citations"}),
        ("obeys_injection", {"answer"}),
        ("hallucinated_number", {"answer", "sections"}),
        ("rounded_number", {"answer", "sections"}),
        ("unit_swap", {"answer", "sections"}),
        ("whole_context", {"answer"}),
        ("truncated", {"answer"}),
        ("english", {"answer", "sections"}),
        ("edited_template", {"answer", "sections"}),
        ("slow", {"latency_ms", "timings_ms"}),
    ],
)
def test_a_mutant_touches_nothing_but_what_it_is_named_for(name: str, touched: set[str]) -> None:
    assert differing(*first(name)) == touched


def test_shuffled_marks_point_to_another_source_of_the_same_answer() -> None:
    old, new = first("shuffled_citations")
    assert [line.marks for line in old.sections[0].lines] == [(1,), (2,)]
    assert [line.marks for line in new.sections[0].lines] == [(2,), (1,)]
    assert "ためしました。 [2]" in new.answer


def test_no_mark_and_no_source_is_left_without_citations() -> None:
    _, new = first("no_citation")
    assert "[1]" not in new.answer and "出典" not in new.answer
    assert not any(line.marks for section in new.sections for line in section.lines)


def test_cite_everything_lists_each_source_once_under_a_number_of_its_own() -> None:
    quoted = replace(
        RUN.asked[1],
        prediction=replace(
            RUN.asked[1].prediction,
            citations=(replace(RUN.asked[1].prediction.citations[0], n=1, quote="別の引用"),),
        ),
    )
    run = replace(RUN, asked=(RUN.asked[0], quoted))
    _, new = changed(one("cite_everything"), run)[0]
    numbers = [citation.n for citation in new.prediction.citations]
    assert numbers == sorted(set(numbers)) and len(numbers) == 3
    assert new.prediction.sections[0].lines[0].marks == tuple(numbers)


def test_a_reworded_quote_keeps_its_source_and_a_stale_one_does_not() -> None:
    old, new = first("paraphrased_quote")
    assert new.citations[0].source == old.citations[0].source
    assert new.citations[0].quote != old.citations[0].quote
    assert first("stale_document")[1].citations[0].source == OLD


def test_a_corpus_without_old_documents_has_no_stale_mutant() -> None:
    current = {path: one for path, one in RUN.references.documents.items() if path != OLD}
    run = replace(RUN, references=replace(RUN.references, documents=current))
    assert changed(one("stale_document"), run) == []


def test_numbers_are_changed_in_the_sections_and_where_the_markdown_shows_them() -> None:
    _, unit = first("unit_swap")
    assert "30時間" in unit.sections[0].lines[0].text and "30時間" in unit.answer
    _, rounded = first("rounded_number")
    assert "10回" in rounded.answer and "13回" not in rounded.answer
    assert "半分以下" in rounded.answer.partition("### 出典")[2]
    _, made_up = first("hallucinated_number")
    assert "379時間" in made_up.answer
    assert "379時間" in made_up.sections[-1].lines[-1].text


def test_facts_are_lost_with_every_digit_and_card() -> None:
    _, new = first("lost_facts")
    assert "30分" not in new.answer and "出典" in new.answer
    assert not any(section.stories for section in new.sections)


def test_an_edited_template_is_edited_wherever_it_is_shown() -> None:
    old, new = first("edited_template")
    assert TEMPLATE in old.answer and TEMPLATE not in new.answer
    assert new.sections[0].template is not None
    assert new.sections[0].template.body in new.answer


def test_never_and_always_abstaining_are_opposites() -> None:
    ((old, new),) = changed(one("never_abstains"))
    assert old.prediction.abstained and not new.prediction.abstained
    assert new.prediction.latency_ms == old.prediction.latency_ms
    assert all(asked.prediction.abstained for asked in mutated(one("always_abstains"), RUN))


def test_nothing_to_guess_with_leaves_the_answer() -> None:
    run = replace(RUN, asked=(RUN.asked[-1],))
    assert changed(one("never_abstains"), run) == []


def test_a_class_of_the_guard_is_off_and_the_others_are_not() -> None:
    _, new = first("guard_without_person")
    assert [finding.category for finding in new.findings] == ["company", "secret"]
    assert "秘密person" in new.safe_text


def test_another_departments_story_comes_first_and_its_sources_with_it() -> None:
    _, new = first("wrong_department")
    assert new.sections[0].stories[0].department == "人事部"


def test_a_neighbours_story_is_told_as_ones_own() -> None:
    old, new = first("neighbour_as_own")
    assert "となりの部署" in old.answer and "となりの部署" not in new.answer
    assert new.sections[0].stories[0].nearness == "own"
    assert new.sections[0].note == ""


def test_breakdowns_answer_nothing_and_slowness_reaches_the_paraphrases() -> None:
    assert first("crash")[1].outcome is Outcome.CRASH
    assert first("timeout")[1].outcome is Outcome.TIMEOUT
    assert first("empty_answer")[1].answer == ""
    old, new = changed(one("slow"))[0]
    assert new.paraphrases[0].latency_ms == 5 * old.paraphrases[0].latency_ms
    assert new.prediction.timings_ms == {"total": 450.0}


def test_marks_are_renumbered_all_at_once() -> None:
    assert renumbered("一 [1] 二 [2] [12]", {1: 2, 2: 1}) == "一 [2] 二 [1] [12]"


def test_a_text_change_reaches_answer_notes_and_lines_and_no_quote() -> None:
    told = Prediction(
        "a",
        answer="x [1]",
        sections=(PredictedSection("s", note="x", lines=(PredictedLine("x", (1,)),)),),
        citations=RUN.asked[0].prediction.citations,
    )
    new = with_text(told, str.upper)
    assert (new.answer, new.sections[0].note, new.sections[0].lines[0].text) == ("X [1]", "X", "X")
    assert new.sections[0].lines[0].marks == (1,)
    assert new.citations == told.citations
