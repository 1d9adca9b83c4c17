"""Check digits decide, not the look of a number."""

from assistant.answering.guard.formats import is_my_number, passes_luhn


def test_my_number_needs_its_check_digit():
    assert is_my_number("123456789018")
    assert not is_my_number("123456789012")


def test_card_needs_its_check_digit():
    assert passes_luhn("4111111111111111")
    assert not passes_luhn("4111111111111112")
