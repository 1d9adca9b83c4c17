"""Values that nobody has: all zeros, published test cards, the address of an example."""

import re

_TEST_CARDS = frozenset(
    {
        "4111111111111111",
        "4242424242424242",
        "4012888888881881",
        "5555555555554444",
        "5105105105105100",
        "378282246310005",
        "371449635398431",
        "6011111111111117",
        "3530111333300000",
    }
)
"""As card companies and Stripe publish them for trying a payment."""
_EXAMPLE = re.compile(r"例|見本|サンプル|ダミー|テスト|架空|〇〇|○○|△△|××")
_EMPTY = re.compile(r"\d{2,3}0{8}|0(?:120|800)0{6,7}")
_TRIAL_MAIL = re.compile(
    r"(?:example|test|sample|dummy|user|name|hoge|foo|xxx+)@(?:[\w-]+\.)?example\.[a-z.]+",
    re.IGNORECASE,
)
"""Domains of RFC 2606 with a name of nobody."""


def is_specimen(number: str) -> bool:
    """Tell a number that nobody has: one digit over and over, zeros behind the area's code."""
    plain = digits_of(number)
    return len(set(plain)) == 1 or bool(_EMPTY.fullmatch(plain))


def is_example_mail(address: str) -> bool:
    """Tell an address that stands for any address."""
    return bool(_TRIAL_MAIL.fullmatch(address))


def is_test_card(digits: str, text: str) -> bool:
    """Tell a published test card in a text that speaks of examples."""
    return digits in _TEST_CARDS and bool(_EXAMPLE.search(text))


def is_example_account(number: str, text: str) -> bool:
    """Tell «〇〇銀行 1234567»: counted up, in a text that speaks of examples."""
    return digits_of(number)[-7:] in {"1234567", "0000000"} and bool(_EXAMPLE.search(text))


def digits_of(text: str) -> str:
    """Return the digits alone."""
    return "".join(character for character in text if character.isdigit())
