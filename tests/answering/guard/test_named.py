"""People and companies that no rule foresaw, and what only looks like them."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.guard import named
from assistant.answering.guard.inspect import Guard
from assistant.answering.guard.traits import BUCKETS, traits
from assistant.corpus.company import load_company
from assistant.domain import Category
from benchmarks.guard import SETS, guard_of, is_found, read_set, without_lists

_LEARNED_FROM = ("set1", "set2", "set2b", "set3", "set5", "set8")
_NAMES = ("person", "company", "health_or_evaluation")


@pytest.fixture(scope="module")
def guard() -> Guard:
    return guard_of(without_lists(load_company(SETS / "company.yaml")))


@pytest.mark.parametrize("name", _LEARNED_FROM)
def test_names_of_sentences_learned_from_are_found(guard: Guard, name: str) -> None:
    spans = [
        is_found(words, sentence, guard.inspect(sentence.text))
        for sentence in read_set(SETS / f"{name}.tsv")
        for kind, words in sentence.spans
        if kind in _NAMES
    ]
    assert sum(spans) >= 0.95 * len(spans)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ヤマブキ林業に出す見積の注意書きを入れて", "ヤマブキ林業"),
        ("サカエメタルとトキワ鍛造に相見積りを頼む文面", "トキワ鍛造"),
        ("昨日ほくとビルメンテの人が鍵を返し忘れた", "ほくとビルメンテ"),
        ("競合のオルディナ精器がまた安い値段を出してきた", "オルディナ精器"),
    ],
)
def test_a_firm_without_a_legal_form_is_found(guard: Guard, text: str, name: str) -> None:
    inspection = guard.inspect(text)
    assert name not in inspection.safe_text
    assert Category.COMPANY in {finding.category for finding in inspection.findings}


@pytest.mark.parametrize("text", ["コンサルの健太さんに電話する", "キリンの健太さんに見積の返事"])
def test_somebody_of_a_trade_that_sounds_like_an_animal_is_masked(guard: Guard, text: str) -> None:
    assert "健太" not in guard.inspect(text).safe_text


@pytest.mark.parametrize(
    "text",
    [
        "山田太郎という記入例を申込書に入れたい",
        "ペンギンの健太くんの写真展、入口の文",
        "トイレの花子さんの怪談をひとつ",
        "「えとう」と「えんどう」の聞き間違いを防ぐ復唱",
        "0120-000-000のような番号を見本に使う",
        "夏目漱石風の社内報コラムを書いて",
        "千葉の工場見学の案内文を作りたい",
        "国内物流の見積を比べたい",
        "株式会社と有限会社の違いは?",
        "松本駅アルプス口から会場までの案内文",
        "Explain big-endian vs little-endian with an everyday analogy",
        "A社とB社の提案を比べる表を作って",
        "席の番号は誰がふるの",
        "例外ということで進めてよいか確認する文",
        "調理員さんと運転手さんに配る手洗いのポスター",
        "花子と太郎の会話で敬語を説明して",
        "ショールームが混む日のお知らせ",
    ],
)
def test_places_specimens_and_kinds_of_firms_stay_as_typed(guard: Guard, text: str) -> None:
    assert guard.inspect(text).safe_text == text


def test_the_weights_have_a_row_for_each_trait_and_a_column_for_each_label() -> None:
    with numpy.load(named.WEIGHTS) as file:
        assert file["table"].shape == (BUCKETS, len(named.LABELS) - 1)
        assert file["moves"].shape == (len(named.LABELS), len(named.LABELS))
        assert file["table"].dtype == numpy.int8
    assert named.WEIGHTS.stat().st_size < 400_000


@given(
    scores=st.lists(st.lists(st.integers(-160, 60), min_size=4, max_size=4), min_size=1, max_size=9)
)
def test_words_that_are_no_name_for_certain_change_no_label(scores: list[list[int]]) -> None:
    _, moves, most = named._weights()
    table = numpy.array(scores)
    doubtful = (table + most >= named._NONE).any(axis=1).tolist()
    every = named._labels(table, moves, doubtful=[True] * len(scores))
    assert named._labels(table, moves, doubtful=doubtful) == every


def test_each_word_has_as_many_traits_as_every_other(tokenizer) -> None:
    shapes = set()
    for text in ("a", "ヤマブキ林業に出す見積", "𠮷野家さん\n\ufffcへ"):
        words = tokenizer.morphemes(text)
        rows = traits(text, words, tokenizer.is_surname)
        assert rows.max() < BUCKETS
        assert len(rows) == len(words)
        shapes.add(rows.shape[1])
    assert len(shapes) == 1
