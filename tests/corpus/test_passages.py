"""Whatever the text, a document is cut without an error, and quotes stay verbatim."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.adapters.readers.markdown import parse_markdown
from assistant.corpus.metadata import Metadata
from assistant.corpus.passages import passages_of
from assistant.domain import Company, Department, FaqPair, Kind, Source, Template

COMPANY = Company("見本", (Department("営業部"),))
MARKS = ("# ", "## ", "- ", "  - ", "1. ", "```\n", "> ", "\n\n", "\n", "\\", "<b>")
WORDS = ("Q1. ", "A1. ", "【枠】", "禁止", "確認する。", "2時間 → 30分", "業務: 週報", "あ")
TABLE = "| a | b |\n|---|---|\n| c | d |\n"
PIECES = st.sampled_from((*MARKS, *WORDS, TABLE))


@pytest.mark.parametrize("kind", list(Kind))
@settings(max_examples=40, deadline=None)
@given(pieces=st.lists(PIECES | st.text(max_size=5), max_size=25))
def test_any_markdown_is_cut_into_passages_with_verbatim_parts(
    kind: Kind, pieces: list[str]
) -> None:
    blocks = parse_markdown("".join(pieces)).blocks
    cut = passages_of(blocks, Metadata(Source("x.md", "題", kind)), COMPANY)
    assert [passage.ordinal for passage in cut.passages] == list(range(len(cut.passages)))
    assert len({passage.id for passage in cut.passages}) == len(cut.passages)
    for passage in cut.passages:
        assert passage.text.strip()
        if isinstance(passage.content, FaqPair):
            assert passage.text == f"{passage.content.question}\n{passage.content.answer}"
        if isinstance(passage.content, Template):
            assert passage.content.body in passage.text
