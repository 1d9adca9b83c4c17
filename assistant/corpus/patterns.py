r"""Patterns that a company writes itself: a part of regular expressions that is always quick.

Characters, `.`, `\d`, `\w`, `\s`, `[…]`, `(…)`, `|`, `?`, `{n}` and `{n,m}`. A search tries at most
`_MOST_WAYS` ways at each character, so the time is linear in the text whatever stands in it.
"""

import re
from dataclasses import dataclass

_MOST_WAYS = 2_000
"""Ways in which one place of a text may be tried; a question has 2,000 characters at most."""
_LONGEST = 200
_MOST_REPEATS = 200
_CLASS = re.compile(r"\[\^?(?:\\.|(?!--)[^\]\\\[&|~])+\]")
"""Without what later Pythons may read as sets of sets: «[[», «--», «&», «|», «~»."""
_COUNT = re.compile(r"\{(\d{1,3})(?:,(\d{1,3}))?\}")
_ESCAPES = "dDwWsS.+*?()[]{}|\\^$-/"


class PatternError(ValueError):
    """Why a pattern is refused, in Japanese, without a full stop."""


@dataclass(frozen=True, slots=True)
class _Part:
    ways: int
    end: int


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Return `pattern` ready to search. Raises PatternError: what is wrong, what to write."""
    if not pattern or len(pattern) > _LONGEST:
        raise PatternError(f"パターンは1〜{_LONGEST}文字で書いてください")
    part = _alternatives(pattern, 0)
    if part.end < len(pattern):
        raise PatternError("「)」に対応する「(」がありません")
    try:
        found = re.compile(pattern)
    except re.error as error:
        raise PatternError(f"パターンとして読めません({error.msg})") from error
    if found.search("") is not None:
        raise PatternError("何もない所にも当てはまります。文字を1つ以上書いてください")
    return found


def _alternatives(pattern: str, at: int) -> _Part:
    """Read `a|b|c` up to a closing bracket or the end."""
    part = _sequence(pattern, at)
    ways = part.ways
    while part.end < len(pattern) and pattern[part.end] == "|":
        part = _sequence(pattern, part.end + 1)
        ways = _bounded(ways + part.ways)
    return _Part(ways, part.end)


def _sequence(pattern: str, at: int) -> _Part:
    ways = 1
    while at < len(pattern) and pattern[at] not in "|)":
        one = _repeated(pattern, _atom(pattern, at))
        ways = _bounded(ways * one.ways)
        at = one.end
    return _Part(ways, at)


def _atom(pattern: str, at: int) -> _Part:
    character = pattern[at]
    if character == "(":
        return _group(pattern, at)
    if character == "[":
        match = _CLASS.match(pattern, at)
        if match is None:
            raise PatternError("「[…]」が読めません。中では [ & | ~ の前に「\\」を付けてください")
        return _Part(1, match.end())
    if character == "\\":
        if at + 1 >= len(pattern) or pattern[at + 1] not in _ESCAPES:
            raise PatternError(f"「{pattern[at : at + 2]}」は使えません")
        return _Part(1, at + 2)
    if character in "*+":
        raise PatternError(
            f"「{character}」は使えません。「{{1,20}}」のように、回数の上限を書いてください"
        )
    if character in "?{":
        raise PatternError(f"「{character}」の前に、くり返す文字がありません")
    if character in "^$":
        raise PatternError(f"「{character}」は使えません。文のどこにあっても探します")
    return _Part(1, at + 1)


def _group(pattern: str, at: int) -> _Part:
    start = at + 1
    if pattern.startswith("?:", start):
        start += 2
    elif pattern.startswith("?", start):
        raise PatternError("「(?」で始まる書き方は使えません。「(…)」と書いてください")
    inner = _alternatives(pattern, start)
    if inner.end >= len(pattern):
        raise PatternError("「(」に対応する「)」がありません")
    return _Part(inner.ways, inner.end + 1)


def _repeated(pattern: str, atom: _Part) -> _Part:
    """Read `?`, `{n}` or `{n,m}` behind an atom; each further count is one more way."""
    at = atom.end
    if at < len(pattern) and pattern[at] == "?":
        return _Part(_bounded(atom.ways + 1), _end_of_repeat(pattern, at + 1))
    count = _COUNT.match(pattern, at)
    if count is None:
        return atom
    least, most = int(count[1]), int(count[2] or count[1])
    if least > most or most > _MOST_REPEATS:
        raise PatternError(f"くり返しは{_MOST_REPEATS}回までで、小さい数から書いてください")
    ways = most - least + 1 if atom.ways == 1 else _powers(atom.ways, least, most)
    return _Part(_bounded(ways), _end_of_repeat(pattern, count.end()))


def _powers(ways: int, least: int, most: int) -> int:
    total = 0
    for times in range(least, most + 1):
        total = _bounded(total + ways**times)
    return total


def _end_of_repeat(pattern: str, at: int) -> int:
    if at < len(pattern) and pattern[at] in "?*+{":
        raise PatternError("くり返しを2つ続けては書けません")
    return at


def _bounded(ways: int) -> int:
    if ways > _MOST_WAYS:
        raise PatternError("当てはめ方が多すぎて遅くなります。くり返しの回数をせまくしてください")
    return ways
