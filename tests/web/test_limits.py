from assistant.web.limits import Allowance, RateLimit


def test_room_comes_back_as_the_window_moves_on() -> None:
    now = [0.0]
    limit = RateLimit(Allowance(2), lambda: now[0])
    assert limit.wait_seconds("a") == 0
    now[0] = 30
    assert limit.wait_seconds("a") == 0
    assert limit.wait_seconds("a") == 30
    assert limit.wait_seconds("b") == 0
    now[0] = 60
    assert limit.wait_seconds("a") == 0
    assert limit.wait_seconds("a") == 30


def test_refused_questions_do_not_lengthen_the_wait() -> None:
    now = [0.0]
    limit = RateLimit(Allowance(1), lambda: now[0])
    limit.wait_seconds("a")
    for _ in range(100):
        assert limit.wait_seconds("a") == 60
    now[0] = 60
    assert limit.wait_seconds("a") == 0


def test_memory_stays_small_however_many_ask() -> None:
    limit = RateLimit(Allowance(1), lambda: 0.0)
    for number in range(10_050):
        limit.wait_seconds(str(number))
    assert limit.wait_seconds("10049") == 60
    assert limit.wait_seconds("0") == 0
