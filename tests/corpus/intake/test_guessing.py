from pathlib import Path

import pytest

from assistant.adapters.readers import default_readers
from assistant.corpus.company import load_company
from assistant.corpus.intake.guessing import Guess, guess
from assistant.domain import Kind
from tests.conftest import SAMPLE


@pytest.fixture(scope="module")
def company():
    return load_company(SAMPLE / "company.yaml")


def guessed(path: Path, company: object) -> Guess:
    reader = next(one for one in default_readers() if path.suffix in one.suffixes)
    return guess(path, reader, company)  # type: ignore[arg-type]


TOLD = """# 見積書の比較を生成AIに任せてみて

購買部の佐々木です。3社の見積書を比べる表づくりに毎回半日かかっていました。
表の形を先に決めて頼むようにしたら、いまは40分で終わります。
"""


@pytest.mark.parametrize(
    ("name", "text", "kind", "department"),
    [
        ("memo.md", "---\nkind: faq\n---\n本文", Kind.FAQ, ""),
        ("a.csv", "質問,回答\nいつ?,あした\nどこ?,ここ\n", Kind.FAQ, ""),
        ("a.md", "営業部の週報が、2時間 → 30分 になりました。", Kind.STORY, "営業部"),
        ("a.md", "営業企画部では、2日 → 半日 になりました。", Kind.STORY, "営業企画部"),
        ("a.md", "営業部と購買部で、2日 → 半日 になりました。", Kind.STORY, ""),
        ("a.md", TOLD, Kind.STORY, "購買部"),
        ("a.md", "週報には、以前は2時間かけていたのが、今は、30分です。", Kind.STORY, ""),
        ("見積書の表を頼んだ話.md", "佐々木です。", Kind.STORY, ""),
        ("また話し合う会議.md", "部屋を取ります。", Kind.MANUAL, ""),
        ("a.md", "審査には3日かかります。急ぎなら1時間で終わります。", Kind.MANUAL, ""),
        ("a.md", "点検は30分かかっていました。いまは2時間で終わります。", Kind.MANUAL, ""),
        ("a.md", "次の文を直してください。\n\n```\n【元の文】を短く\n```\n", Kind.TEMPLATE, ""),
        ("経理部_精算の手順.md", "領収書を出します。", Kind.MANUAL, "経理部"),
        ("社内ルール.md", "決まりです。", Kind.RULE, ""),
        ("x.txt", "きょうは晴れです。", Kind.MANUAL, ""),
    ],
)  # fmt: skip
def test_kind_and_department_are_recognised_and_the_reason_is_told(
    tmp_path: Path, company: object, name: str, text: str, kind: Kind, department: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    seen = guessed(tmp_path / name, company)
    assert (seen.kind, seen.department) == (kind, department)
    assert seen.why.endswith("。")


def test_the_sample_company_is_recognised_without_its_folders(
    tmp_path: Path, company: object
) -> None:
    """Each document of the sample company, under a name that tells nothing."""
    right = wrong = 0
    for path in sorted(SAMPLE.glob("*/*")):
        if path.suffix not in {".md", ".csv"} or path.parent.name == "rules":
            continue
        body = path.read_text(encoding="utf-8-sig")
        plain = tmp_path / f"{len(path.name)}{path.suffix}"
        plain.write_text(body, encoding="utf-8")
        seen = guessed(plain, company)
        if seen.kind.value == {"stories": "story"}.get(path.parent.name, path.parent.name[:-1]):
            right += 1
        else:
            wrong += 1
    assert right / (right + wrong) >= 0.9, (right, wrong)
