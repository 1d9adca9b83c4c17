"""Files beside company.yaml: partners as CSV, the roster as salted hashes of names."""

import csv
import hashlib
import io
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assistant.corpus.decoding import read_text
from assistant.corpus.text import fold
from assistant.domain import Roster
from assistant.errors import DocumentError, SettingsError

PARTNERS_FILE = "partners.csv"
ROSTER_FILE = "roster.hashes"
_PARTNER_COLUMNS = ("会社名", "取引先名", "取引先", "社名", "顧客名", "名前", "name", "company")
_ALIAS_COLUMNS = ("略称", "通称", "別名", "alias", "aliases")
_NAME_COLUMNS = ("氏名", "名前", "社員名", "name")
_PARTED = (("姓", "名"), ("苗字", "名前"), ("last_name", "first_name"))
_KANA_COLUMNS = ("フリガナ", "ふりがな", "カナ", "氏名カナ", "kana")
_MOST_ROWS = 200_000
_HEAD = "katsuyo-roster 1"
_DIGEST = re.compile(r"([fs]) ([0-9a-f]{16})")
_SALT = re.compile(r"salt ([0-9a-f]{32})")
_BLANK = re.compile(r"\s+")


def read_partners(path: Path) -> tuple[str, ...]:
    """Return the names and short names of a CSV of partners. Raises SettingsError: file, line."""
    names: dict[str, None] = {}
    header, rows = _table(path)
    column = _column(header, _PARTNER_COLUMNS)
    if column is None:
        raise _wrong(path, 1, f"会社名の列がありません(使える列名: {'、'.join(_PARTNER_COLUMNS)})")
    aliases = _column(header, _ALIAS_COLUMNS)
    for line, row in rows:
        for name in (_cell(row, column), *re.split(r"[、,;/]", _cell(row, aliases))):
            if len(name.strip()) == 1:
                raise _wrong(path, line, f"「{name.strip()}」は1文字で、ふつうの文にも出てきます")
            if name.strip():
                names[name.strip()] = None
    return tuple(names)


def read_roster(path: Path) -> Roster:
    """Return the hashes that `write_roster` wrote. Raises SettingsError: file, line."""
    lines = _text(path).splitlines()
    salt = _SALT.fullmatch(lines[1].strip()) if len(lines) > 1 else None
    if not lines or lines[0].strip() != _HEAD or salt is None:
        raise _wrong(path, 1, "名簿のハッシュではありません", _MAKE_AGAIN)
    found: dict[str, set[str]] = {"f": set(), "s": set()}
    for number, line in enumerate(lines[2:], start=3):
        match = _DIGEST.fullmatch(line.strip())
        if match is None:
            raise _wrong(path, number, "ハッシュとして読めない行です", _MAKE_AGAIN)
        found[match[1]].add(match[2])
    return Roster(salt[1], tuple(sorted(found["f"])), tuple(sorted(found["s"])))


def make_roster(path: Path, salt: str = "") -> Roster:
    """Return the hashes of the names in a CSV; the names are kept nowhere. Raises SettingsError."""
    salt = salt or secrets.token_hex(16)
    header, rows = _table(path)
    full, surnames = set(), set()
    for name in _names(path, header, rows):
        parts = name.split()
        full.add(name_digest("".join(parts), salt))
        if len(parts) > 1:
            surnames.add(name_digest(parts[0], salt))
    return Roster(salt, tuple(sorted(full)), tuple(sorted(surnames)))


def roster_text(roster: Roster) -> str:
    """Return what `read_roster` reads."""
    lines = [_HEAD, f"salt {roster.salt}"]
    lines += [f"f {digest}" for digest in roster.names]
    lines += [f"s {digest}" for digest in roster.surnames]
    return "\n".join(lines) + "\n"


def name_digest(name: str, salt: str) -> str:
    """Return 64 bits of SHA-256 over the salt and the name, without blanks, width and case."""
    plain = _BLANK.sub("", fold(name))
    return hashlib.sha256(f"{salt}{plain}".encode("utf-8", "replace")).hexdigest()[:16]


_MAKE_AGAIN = "`katsuyo guard roster 名簿.csv` で作り直してください。"


def _names(
    path: Path, header: Sequence[str], rows: Iterable[tuple[int, list[str]]]
) -> Iterator[str]:
    """Yield each name, surname and given name parted by a blank where the CSV parts them."""
    parted = next((pair for pair in _PARTED if set(pair) <= set(header)), None)
    column = _column(header, _NAME_COLUMNS)
    if parted is None and column is None:
        raise _wrong(
            path, 1, f"氏名の列がありません(使える列名: {'、'.join(_NAME_COLUMNS)}、姓と名)"
        )
    kana = _column(header, _KANA_COLUMNS)
    for line, row in rows:
        if parted is not None:
            name = " ".join(_cell(row, header.index(one)) for one in parted)
        else:
            name = _cell(row, column)
        if len("".join(name.split())) == 1:
            raise _wrong(path, line, "氏名が1文字しかありません")
        yield from (one.replace("\u3000", " ") for one in (name, _cell(row, kana)) if one.strip())


def _table(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    reader = csv.reader(io.StringIO(_text(path), newline=""))
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise _wrong(path, reader.line_num, "CSVとして読めません") from error
    if len(rows) > _MOST_ROWS:
        raise _wrong(path, _MOST_ROWS, f"{_MOST_ROWS}行をこえています")
    if not rows:
        raise _wrong(path, 1, "中身がありません")
    header = [fold(cell).strip() for cell in rows[0][1]]
    return header, iter(rows[1:])


def _column(header: Sequence[str], names: Sequence[str]) -> int | None:
    return next((header.index(fold(name)) for name in names if fold(name) in header), None)


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column].strip() if column is not None and column < len(row) else ""


def _text(path: Path) -> str:
    if not path.is_file():
        raise SettingsError(
            f"{path} がありません。", remedy="ファイルを置くか、company.yaml の行を消してください。"
        )
    try:
        return read_text(path)
    except DocumentError as error:
        raise SettingsError(f"{path}: {error.message}", remedy=error.remedy) from error


def _wrong(path: Path, line: int, reason: str, remedy: str = "") -> SettingsError:
    return SettingsError(
        f"{path} の {line} 行目: {reason}。", remedy=remedy or "その行を直してください。"
    )
