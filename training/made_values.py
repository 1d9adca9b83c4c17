# ruff: noqa: E501
"""Invented values: sums of money, shares, counts, numbers of people and goods, codes of doors."""

import random


def like(amount: str, chance: random.Random) -> str:
    """Return another amount in the same unit."""
    unit = amount.lstrip("0123456789,.▲-")
    return f"{count(chance)}{unit}"


def money(chance: random.Random) -> str:
    """Return a sum of money, as people write it."""
    number = count(chance)
    if chance.random() < 0.06:
        return chance.choice(
            ("九百二十万", "一億二千万円", "八十五万円", "三千円", "一万四百円", "二百三十円")
        )
    return chance.choice(
        (
            f"{number}円", f"{number}万円", f"{number}万", f"{number}億円", f"{number}億",
            f"{number}千万", f"{number}百万円", f"{chance.randint(1, 9)}億{chance.randint(1, 9)}千万",
            f"{chance.randint(1, 30)}億{chance.randint(1, 9)},{chance.randint(100, 999)}万円",
            f"{chance.randint(1, 9)},{chance.randint(100, 999)}円", f"{number}円", f"{number}万円",
            f"{chance.randint(10, 999)},{chance.randint(100, 999)}円", f"{chance.randint(1, 40)}.{chance.randint(1, 9)}億",
            f"{number}ドル", f"USD {number}", f"{number}円/kg", f"{number}円台", f"{number}",
        )
    )  # fmt: skip


def share(chance: random.Random) -> str:
    """Return a share, with % or in tenths."""
    number = (
        f"{chance.randint(1, 120)}"
        if chance.random() < 0.5
        else f"{chance.randint(0, 99)}.{chance.randint(1, 9)}"
    )
    return (
        chance.choice(("", "", "", "", "▲", "マイナス"))
        + number
        + chance.choice(("%", "%", "%", "%", "%", "ポイント", "割"))
    )


def count(chance: random.Random) -> str:
    """Return a number from two digits to 9万9千."""
    return chance.choice(
        (
            str(chance.randint(2, 99)), str(chance.randint(100, 999)), str(chance.randint(2, 9)),
            f"{chance.randint(1, 99)},{chance.randint(100, 999)}", f"{chance.randint(1, 99)}.{chance.randint(1, 9)}",
            f"{chance.randint(1, 9)}万{chance.randint(1, 9)}千", f"{chance.randint(10, 999)}0",
        )
    )  # fmt: skip


def number(chance: random.Random) -> str:
    """Return a number of somebody or something, in one of many shapes."""
    digits = "".join(
        chance.choice("0123456789") for _ in range(chance.choice((3, 4, 5, 5, 6, 6, 7, 8, 10)))
    )
    other = "".join(chance.choice("0123456789") for _ in range(chance.choice((2, 3, 4, 4, 5))))
    letter = "".join(
        chance.choice("ABCDEFGHJKLMNPRSTUWXYZ") for _ in range(chance.choice((1, 1, 2)))
    )
    return chance.choice(
        (digits, digits, digits, f"{letter}{digits}", f"{letter}-{digits}", f"{digits}-{other}", f"{digits}-{other}-{other[:2]}",
         f"{other} {digits}", f"{letter}{other}-{digits}", f"{digits}{letter}", f"{other}-{letter}-{other[:2]}", f"{letter} {digits}")
    )  # fmt: skip


def pin(chance: random.Random) -> str:
    """Return a code of a door."""
    digits = "".join(
        chance.choice("0123456789") for _ in range(chance.choice((4, 4, 4, 4, 6, 6, 8)))
    )
    half = len(digits) // 2
    return chance.choice(
        (digits, digits, digits, digits, f"#{digits}", f"#{digits}*", f"{digits[:half]} {digits[half:]}",
         f"{digits[:half]}-{digits[half:]}", " ".join(digits), f"{digits}-{digits[::-1]}")
    )  # fmt: skip


def short(chance: random.Random) -> str:
    """Return three or four digits."""
    return str(chance.randint(100, 9999))
