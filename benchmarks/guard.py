"""What the guard finds in sentences that others wrote, and what it takes for forbidden.

    python -m benchmarks.guard [--data ../shared/data] [--missed]

Sets: tests/answering/guard_sets/set*.tsv, and guard/sentences_a.txt of the data folder. A span is
found when at least half of it is masked and it cannot be read in the masked sentence any more; a
finding is right when it touches a span. With the company's word lists and without them.
"""

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.guard.inspect import Guard
from assistant.corpus.company import load_company
from assistant.domain import Clause, ClauseKind, Company, Inspection, Kind, Passage, Source

SETS = Path("tests/answering/guard_sets")
_HARMLESS = "harmless"
_MARK = re.compile(r"\[\[(?P<name>[A-Z]+):(?P<span>.*?)\]\](?!\])")
_NAMES_A = {"MYNUMBER": "my_number", "EMPNO": "staff_or_customer_number", "CODE": "source_code",
            "FIN": "unpublished_figure", "BANK": "bank_account"}  # fmt: skip
_ROUNDS = 3
"""The fastest of them counts: the machine has other work."""
_RULES = (
    "お客様・取引先の会社名、担当者の氏名、電話番号、メールアドレス、住所",
    "社員の個人情報(氏名と結びついた評価、健康、マイナンバー、社員番号、顧客番号)",
    "公表前の数字や計画(決算、売上、価格改定、新製品、提携)",
    "ソースコードなど社外秘のもの",
    "パスワード、APIキー、接続情報、口座番号、カード番号",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a set; no spans = harmless."""

    text: str
    spans: tuple[tuple[str, str], ...]
    """(class, words)."""


def read_set(path: Path) -> list[Sentence]:
    """Return the sentences of a TSV (class, span, sentence); a sentence's rows stand together."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return [
        Sentence(
            _typed(text), tuple((row[0], _typed(row[1])) for row in group if row[0] != _HARMLESS)
        )
        for text, group in groupby(rows, key=lambda row: row[2])
    ]


def read_marked(path: Path) -> list[Sentence]:
    """Return the sentences of a file with `[[TYPE:words]]`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        Sentence(
            _MARK.sub(r"\g<span>", line),
            tuple(
                (_NAMES_A.get(mark["name"], mark["name"].lower()), mark["span"])
                for mark in _MARK.finditer(line)
            ),
        )
        for line in lines
        if line.strip() and not line.startswith("#")
    ]


def guard_of(company: Company) -> Guard:
    """Return the guard of a company whose rule forbids every class."""
    source = Source("rules/rule.md", "AI利用ルール", Kind.RULE)
    clause = Clause(ClauseKind.FORBIDDEN_INPUT, "入力禁止")
    rules = [
        Passage(str(n), source, n, ("入力禁止",), text, clause) for n, text in enumerate(_RULES)
    ]
    return Guard(company, rules, tokenizer=SudachiTokenizer())


def is_found(words: str, sentence: Sentence, inspection: Inspection) -> bool:
    """Tell whether at least half of `words` is masked, and no whole of it is left."""
    if words in inspection.safe_text:
        return False
    start = sentence.text.index(words)
    end = start + len(words)
    masked = sum(
        max(0, min(end, found.end) - max(start, found.start)) for found in inspection.findings
    )
    return 2 * masked >= len(words)


@dataclass(frozen=True, slots=True)
class Measured:
    """Counts of one set under one guard."""

    spans: Counter[str]
    found: Counter[str]
    told: Counter[str]
    right: Counter[str]
    harmless: int
    flagged: int
    ms: float
    """Milliseconds a sentence."""
    wrong: tuple[str, ...]
    """One line for each thing missed or taken for forbidden."""


def measure(company: Company, sentences: Sequence[Sentence]) -> Measured:
    """Inspect every sentence and count."""
    guard = guard_of(company)
    spans, found, told, right = (Counter[str]() for _ in range(4))
    wrong = []
    flagged = 0
    inspections = [guard.inspect(sentence.text) for sentence in sentences]
    for sentence, inspection in zip(sentences, inspections, strict=True):
        for name, words in sentence.spans:
            spans[name] += 1
            hit = is_found(words, sentence, inspection)
            found[name] += hit
            wrong += [] if hit else [f"missed {name}: {words!r} in {sentence.text!r}"]
        for finding in inspection.findings:
            told[finding.category] += 1
            good = any(_touches(finding.text, words) for _, words in sentence.spans)
            right[finding.category] += good
            wrong += (
                [] if good else [f"alarm {finding.category}: {finding.text!r} in {sentence.text!r}"]
            )
        flagged += not sentence.spans and bool(inspection.findings)
    harmless = sum(not sentence.spans for sentence in sentences)
    return Measured(
        spans, found, told, right, harmless, flagged, _speed(company, sentences), tuple(wrong)
    )


def _touches(finding: str, words: str) -> bool:
    return finding in words or words in finding or bool(set(_pairs(finding)) & set(_pairs(words)))


def _pairs(text: str) -> Iterator[str]:
    return (text[n : n + 2] for n in range(len(text) - 1))


def without_lists(company: Company) -> Company:
    """Return a company that told no partners and no roster."""
    return replace(company, partners=(), roster=None)


def _speed(company: Company, sentences: Sequence[Sentence]) -> float:
    """Return milliseconds of CPU a sentence; each round reads them for the first time."""
    best = float("inf")
    for _ in range(_ROUNDS):
        guard = guard_of(company)
        guard.inspect("辞書を読みこませる文")
        started = time.process_time()
        for sentence in sentences:
            guard.inspect(sentence.text)
        best = min(best, time.process_time() - started)
    return best * 1_000 / len(sentences)


def _typed(cell: str) -> str:
    r"""Return a cell as it was typed: `\n` stands for the end of a line."""
    return cell.replace("\\n", "\n")


def _print(title: str, measured: Measured) -> None:
    print(
        f"\n{title}: harmless flagged {measured.flagged}/{measured.harmless}"
        f" = {measured.flagged / max(measured.harmless, 1):.3f}, {measured.ms:.2f} ms a sentence"
    )
    for name in sorted(set(measured.spans) | set(measured.told)):
        recall = _share(measured.found[name], measured.spans[name])
        precision = _share(measured.right[name], measured.told[name])
        print(f"  {name:26} recall {recall}  precision {precision}")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f} ({part}/{whole})" if whole else "–"


def main(arguments: list[str] | None = None) -> None:
    """Print one table a set, with the company's word lists and without."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.guard", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--missed", action="store_true", help="print what went wrong, too")
    options = parser.parse_args(arguments)
    for title, sentences, company in _sets(options.data):
        measured = measure(company, sentences)
        _print(title, measured)
        if options.missed:
            print("\n".join(f"    {line}" for line in measured.wrong))


def _sets(data: Path) -> Iterator[tuple[str, list[Sentence], Company]]:
    listed = load_company(SETS / "company.yaml")
    for path in sorted(SETS.glob("set*.tsv")):
        sentences = read_set(path)
        yield f"{path.stem} without the company's lists", sentences, without_lists(listed)
        yield f"{path.stem} with them", sentences, listed
    marked = data / "guard" / "sentences_a.txt"
    if marked.is_file():
        yield "sentences_a", read_marked(marked), load_company(Path("corpus/company.yaml"))
    else:
        print(f"{marked} is missing: its 80 sentences were left out.")


if __name__ == "__main__":
    main()
