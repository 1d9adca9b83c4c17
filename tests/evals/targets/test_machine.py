from assistant.evals.targets.machine import Machine, reference_work


def test_nothing_measured_is_zero() -> None:
    assert Machine().median_ms == 0.0


def test_it_measures_before_the_first_question_and_then_now_and_then() -> None:
    machine = Machine()
    machine.between_questions()
    first = machine.median_ms
    assert first > 0
    for _ in range(7):
        machine.between_questions()
    assert machine.median_ms == first, "seven questions later nothing new was measured"
    machine.between_questions()
    assert machine.median_ms != first


def test_the_work_is_short_enough_to_stand_between_questions() -> None:
    assert 0.5 < min(reference_work() for _ in range(5)) < 100
