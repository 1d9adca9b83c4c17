"""A folder as attackers, old disks and hurried colleagues leave it: always the same 1,059 files.

Every file is said to be GOOD (must be read), BAD (must be told) or EITHER (broken at random: it is
read or told, never neither and never both).
"""

import io
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.faults.bombs import long_texts, office_bombs, pdf_bombs
from tests.faults.seeds import TEXT, docx, pdf, pptx, with_members, xlsx, zip_of

SEED = 20261122
MUTANTS = 760

Make = Callable[[Path], object]


class Fate(StrEnum):
    GOOD = "good"
    BAD = "bad"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Case:
    """One file: its name, how it is made at a path, and what must become of it."""

    name: str
    make: Make
    fate: Fate


def all_cases(*, mutants: int = MUTANTS) -> list[Case]:
    """Return the cases; the random ones are `mutants`, the first of which are the same ones."""
    seeds = _seeds()
    return [
        *_good(seeds),
        *_encodings(),
        *_names(),
        *_specials(),
        *_wrong_suffixes(seeds),
        *_locked(seeds),
        *_bombs(),
        *_mutants(seeds, mutants),
    ]


def write_all(folder: Path, cases: list[Case]) -> None:
    """Make the corpus folder with these cases under manuals/."""
    manuals = folder / "manuals"
    manuals.mkdir(parents=True)
    (folder / "company.yaml").write_text(
        "company: {name: 会社}\ndepartments: [{name: 総務部}]\n", encoding="utf-8"
    )
    for case in cases:
        case.make(manuals / case.name)


def _bytes(data: bytes) -> Make:
    return lambda path: path.write_bytes(data)


def _seeds() -> dict[str, bytes]:
    return {".pdf": pdf(), ".docx": docx(), ".xlsx": xlsx(), ".pptx": pptx()}


def _good(seeds: dict[str, bytes]) -> Iterator[Case]:
    for suffix, data in seeds.items():
        for number in range(5):
            yield Case(f"good{number}{suffix}", _bytes(data), Fate.GOOD)
    macros = {"vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"macro" * 100}
    yield Case("macro.docm", _bytes(with_members(seeds[".docx"], macros, "word/")), Fate.GOOD)
    yield Case("macro.xlsm", _bytes(with_members(seeds[".xlsx"], macros, "xl/")), Fate.GOOD)
    for number in range(5):
        text = f"# 手順{number}\n\n{TEXT}\n".encode()
        yield Case(f"good{number}.md", _bytes(text), Fate.GOOD)
        yield Case(f"good{number}.html", _bytes(f"<h1>手順</h1><p>{TEXT}</p>".encode()), Fate.GOOD)


def _encodings() -> Iterator[Case]:
    body = f"# 手順\n\n{TEXT * 3}\n\n①株式会社の髙橋が~を確かめます。\n"
    table = f"項目,内容\n外観,{TEXT}\n寸法,{TEXT}\n"
    codecs = ("utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16", "utf-32", "iso2022_jp")
    for codec in codecs:
        for suffix, text in ((".md", body), (".txt", body), (".csv", table)):
            data = text.encode(codec, "ignore")
            yield Case(f"{codec}{suffix}", _bytes(data), Fate.GOOD)
            yield Case(
                f"{codec}-crlf{suffix}",
                _bytes(text.replace("\n", "\r\n").encode(codec, "ignore")),
                Fate.GOOD,
            )
            mixed = data + text.encode("cp932" if codec != "cp932" else "utf-8", "ignore")
            yield Case(f"{codec}-mixed{suffix}", _bytes(mixed), Fate.EITHER)
            yield Case(f"{codec}-cut{suffix}", _bytes(data[:-3]), Fate.EITHER)
    for codec in ("utf-16-le", "utf-16-be", "utf-32-le"):
        yield Case(f"no-mark-{codec}.txt", _bytes(body.encode(codec)), Fate.BAD)
    yield Case("noise.md", _bytes(random.Random(SEED).randbytes(5000)), Fate.BAD)  # noqa: S311


def _names() -> Iterator[Case]:
    data = _bytes(f"# 手順\n\n{TEXT}\n".encode())
    longest = "あ" * 84
    for name in (
        "か\u3099き\u3099ょう\u3099.md",
        f"{longest}.md",
        "🎉おめでとう👨\u200d👩\u200d👧🏴.md",
        "空 白　入り .md",
        "100%と&と#と?と'.md",
        "\u202egnp.md",
        "tab\tnew\nline.md",
        "-rf.md",
        "$(reboot).md",
        "con.md",
        "NUL.txt",
    ):
        yield Case(name, data, Fate.GOOD)
    broken = os.fsdecode(b"\x83\x65\x83\x58\x83\x67.md")  # «テスト» in Shift_JIS
    yield Case(broken, data, Fate.BAD)


def _specials() -> Iterator[Case]:
    def sparse(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(2 << 30)

    def outside(path: Path) -> None:
        path.symlink_to("/etc/hostname")

    def loop(path: Path) -> None:
        path.symlink_to(path.name)

    for suffix in (".md", ".pdf", ".docx", ".csv", ".xlsx", ".html"):
        yield Case(f"empty{suffix}", _bytes(b""), Fate.BAD)
        yield Case(f"sparse{suffix}", sparse, Fate.BAD)
        yield Case(f"fifo{suffix}", os.mkfifo, Fate.BAD)
        yield Case(f"dangling{suffix}", lambda path: path.symlink_to("nowhere"), Fate.BAD)
        yield Case(f"outside{suffix}", outside, Fate.BAD)
        yield Case(f"loop{suffix}", loop, Fate.BAD)
        yield Case(f"blank{suffix}", _bytes(b" \n\n\t "), Fate.BAD)
        yield Case(f"zeros{suffix}", _bytes(bytes(5000)), Fate.BAD)


def _wrong_suffixes(seeds: dict[str, bytes]) -> Iterator[Case]:
    contents = {
        **seeds,
        ".png": b"\x89PNG\r\n\x1a\n" + bytes(300),
        ".jpg": b"\xff\xd8\xff\xe0" + bytes(300),
        ".zip": zip_of({"a.txt": b"a"}),
        ".exe": b"MZ" + bytes(500),
        ".sqlite": b"SQLite format 3\0" + bytes(500),
    }
    for real, data in contents.items():
        for told in (".pdf", ".docx", ".xlsx", ".pptx", ".md", ".csv"):
            if real != told:
                yield Case(f"really{real[1:]}{told}", _bytes(data), Fate.BAD)
    for suffix in (".doc", ".xls", ".exe", ".zip", ".mp4", ""):
        yield Case(f"unknown{suffix}", _bytes(b"abc"), Fate.BAD)
    for suffix in (".pdf", ".docx", ".xlsx", ".pptx"):
        yield Case(f"really-text{suffix}", _bytes(TEXT.encode()), Fate.BAD)
        yield Case(f"really-html{suffix}", _bytes(b"<html><body>a</body></html>"), Fate.BAD)


def _locked(seeds: dict[str, bytes]) -> Iterator[Case]:
    import pypdf

    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 40
    for suffix in (".docx", ".xlsx", ".pptx", ".xlsm"):
        yield Case(f"locked{suffix}", _bytes(ole), Fate.BAD)
    for name, user, fate in (("locked", "himitsu", Fate.BAD), ("owner", "", Fate.GOOD)):
        for algorithm in ("RC4-128", "AES-128", "AES-256"):
            writer = pypdf.PdfWriter(clone_from=io.BytesIO(seeds[".pdf"]))
            writer.encrypt(user, "owner", algorithm=algorithm)
            buffer = io.BytesIO()
            writer.write(buffer)
            yield Case(f"{name}-{algorithm}.pdf", _bytes(buffer.getvalue()), fate)


def _bombs() -> Iterator[Case]:
    for name, text in long_texts().items():
        yield Case(f"long-{name}", _bytes(text.encode()), Fate.EITHER)
    for name, data in (*office_bombs(), *pdf_bombs()):
        yield Case(name, _bytes(data), Fate.EITHER if name.startswith("odd") else Fate.BAD)


def _mutants(seeds: dict[str, bytes], count: int) -> Iterator[Case]:
    """Yield files broken at random: half of them PDFs, the others Office files inside and out."""
    chance = random.Random(SEED)  # noqa: S311 — the same files each time, not secrets
    for number in range(count):
        suffix = (".pdf", ".docx", ".pdf", ".xlsx", ".pdf", ".pptx")[number % 6]
        data = seeds[suffix]
        if suffix != ".pdf" and number % 2:
            data = data if number % 5 == 0 else _inside(data, chance)
        if suffix == ".pdf" or number % 5 == 0:
            data = _mutated(data, chance)
        yield Case(f"mutant{number:04}{suffix}", _bytes(data), Fate.EITHER)


def _inside(data: bytes, chance: random.Random) -> bytes:
    """Return the zip with one of its XML parts broken."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        name = chance.choice(names)
        part = archive.read(name)
    return with_members(data, {name: _mutated(part, chance)}, "")


def _mutated(data: bytes, chance: random.Random) -> bytes:
    """Return `data` with a few bytes flipped, cut, doubled, swapped or overwritten."""
    broken = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 20))):
        place = chance.randrange(max(1, len(broken)))
        size = chance.choice((1, 8, 100))
        what = chance.randrange(6)
        if what == 0 and broken:
            broken[place % len(broken)] ^= 1 << chance.randrange(8)
        elif what == 1:
            del broken[place : place + size]
        elif what == 2:
            broken[place:place] = broken[place : place + size] * 3
        elif what == 3:
            broken[place : place + size] = chance.randbytes(size)
        elif what == 4:
            number = str(chance.choice((0, -1, 2**31, 10**18))).encode()
            broken[place : place + len(number)] = number
        elif chance.random() < 0.3:
            del broken[place:]
    return bytes(broken)
