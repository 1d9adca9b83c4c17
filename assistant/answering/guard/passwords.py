"""Values that look like a password and stand near what somebody calls one, in whatever order."""

import re
from collections.abc import Iterator, Sequence, Set

from assistant.answering.guard.spans import Span
from assistant.domain import Category
from assistant.ports import Morpheme

_CALLED = re.compile(
    r"パスワード|ぱすわーど|パスコード|パスフレーズ|パスキー|(?<![一-龠ァ-ヶー])パス(?![ァ-ヶーポ])"
    r"|pass(?:word|code|phrase)?(?![a-z])|(?<![A-Za-z])(?:p/?w|pwd)(?![A-Za-z])|合い?言葉|暗号鍵"
    r"|(?:リカバリー?|復旧|回復|シリアル|ライセンス|プロダクト|認証|解除|ワンタイム)の?(?:コード|キー)"
    r"|(?:app|api|license|product|secret|access|auth)[ _-]?(?:key|id)(?![a-z])"
    r"|(?:API|SSH)?キー[はが:を]|トークン|token|secret(?![a-z])|シークレット|事前共有|無線|wi-?fi"
    r"|(?<![a-z])(?:mysql|sshpass) ",
    re.IGNORECASE,
)
"""What people call a value that opens something, and programs that take one."""
_VALUE = re.compile(r"(?<![A-Za-z0-9@/\\.:])[A-Za-z0-9][A-Za-z0-9!#$%&*+?^_~@.-]{5,63}")
_KANA_VALUE = re.compile(
    r"(?:(?<=[「『])|(?<=[はがをハガ、:] )|(?<=[はがを、:→]))"
    r"(?P<value>[ぁ-んァ-ヶー一-龠]{2,12}(?:[_-]\d|\d\d)\d{0,6})"
    r"(?=[」』]|です|だ|に変|に替|で入| ?デス)"
)
"""«さくらもち1129»: a word with a number, in quotes or said to be it."""
_BEFORE, _AFTER = 44, 16
"""Characters between the word and the value behind it, and before it."""

_SIGN = re.compile(r"[!#$%&*^?+~]|(?<=\w)[_@](?=\w)")
_RUNS = re.compile(r"[A-Za-z]+|\d+")
_CODE = re.compile(
    r"[A-Z]{1,6}[-_]?\d{1,6}[A-Za-z]{0,2}(?:-[A-Z0-9]{1,3})?|v?\d+(?:\.\d+)+[a-z]?|[A-Z_]+"
)
"""A product's or form's code, a version, a variable of the environment."""
_ELSEWHERE = re.compile(
    r".*@[\w-]+\.[a-z]{2,}.*|.*\.[A-Za-z]{2,5}|(?:www|http).*|\d+(?:[/.-]\d+)*|[\d.,]+[A-Za-z]{1,4}"
    r"|.*(?:[xX*]{3,}|example|sample|your_|dummy|hoge).*",
    re.IGNORECASE,
)
"""A mail address, a file, a page, an amount with its unit, a placeholder."""
_EXAMPLE = re.compile(
    r"\s?」?(?:みたい|のよう|などの|とか(?:は|の)|という(?:例|名前|関数|コマンド|設定))"
)
_KEY = re.compile(
    r"(?=[A-Z-]*\d)[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6}){2,7}|(?:0x)?(?=[0-9]*[a-f])[0-9a-f]{20,64}"
)
"""A licence's key, or random bytes."""


def find_passwords(text: str, words: Sequence[Morpheme]) -> Iterator[Span]:
    """Yield what folded `text` calls a password, or something like it, without saying «is»."""
    called = [(match.start(), match.end()) for match in _CALLED.finditer(text)]
    if not called:
        return
    known = {word.surface.lower() for word in words if word.known}
    for match in _VALUE.finditer(text):
        value = match.group().rstrip(".-?")
        end = match.start() + len(value)
        chosen = _is_near(called, match.start(), end) and _is_chosen(value, known)
        if chosen and not _EXAMPLE.match(text, end):
            yield Span(match.start(), end, Category.SECRET)
    for match in _KANA_VALUE.finditer(text):
        if _is_near(called, match.start("value"), match.end("value")):
            yield Span(match.start("value"), match.end("value"), Category.SECRET)


def _is_near(called: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(0 <= start - last <= _BEFORE or 0 <= first - end <= _AFTER for first, last in called)


def _is_chosen(value: str, known: Set[str]) -> bool:
    """Tell letters with digits or signs that are no code, file, address or word with a number."""
    if _KEY.fullmatch(value):
        return True
    if _CODE.fullmatch(value) or _ELSEWHERE.fullmatch(value):
        return False
    runs = _RUNS.findall(value)
    letters = [run for run in runs if run.isalpha()]
    if letters and _SIGN.search(value):
        return len(runs) > 1
    odd = any(len(run) > 1 and run.lower() not in known and not run.isupper() for run in letters)
    return odd and len(letters) < len(runs)
