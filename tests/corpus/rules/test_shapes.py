"""Rules in voices that no sample company has: traffic lights, levels, marks in the line, prose."""

import pytest

from assistant.corpus.rules.modals import kind_of_heading
from assistant.domain import ClauseKind
from tests.corpus.rules.test_reading import C, D, E, F, K, clauses


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("赤(止まれ)", F),
        ("黄(左右を見て)", C),
        ("青(進め)", E),
        ("緑:自由", E),
        ("赤字の資料", None),
        ("AIに決めさせないこと", F),
        ("ひと手間かければ大丈夫", C),
        ("区分B:自由", E),
        ("レベル1 そのまま使ってよい", E),
        ("第5条(許容される利用)", E),
        ("可", E),
        ("世に出る前に", K),
        ("お渡し前の三つの目", K),
        ("信号が見えないとき", D),
        ("第16条 照会", D),
    ],
)
def test_headings_of_other_voices_are_placed(heading: str, kind: ClauseKind | None) -> None:
    assert kind_of_heading(heading) is kind


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ("公開された統計について調べること。", E),
        ("店のブログや季節のあいさつ。堅く考えないで。", E),
        ("街のこと。だれでも見られる情報なら好きに聞いてください。", E),
        ("求人票の案内文。給与の額は公開しているものに限ります。", E),
        ("プログラムの書き方。ただし実データを添えないこと。", E),
        ("議事録の要約。名前を伏せてから使う。", C),
        ("社員の写真は入れてはいけません。", F),
    ],
)
def test_an_item_under_what_is_free_stays_free_unless_it_orders(
    item: str, kind: ClauseKind
) -> None:
    assert clauses(f"## 安心して使えるもの\n- {item}\n- 朝礼の話題。\n")[0] == (kind, item)


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ("用語の質問は自由とする。", E),
        ("お知らせの案は、許可なく作成することができる。", E),
        ("実名か匿名かをAIに決めさせない。", F),
        ("防犯カメラの画像、車内の録画。顔を隠しても貼らない。", F),
        ("顧客の本番データおよびその複製:×。件数を減らしたものも同様とする。", F),
        ("会議の録音:△。出席者の同意を得たものに限る。", C),
        ("公開仕様の使い方の質問:○。", E),
    ],
)
def test_without_a_telling_heading_an_item_speaks_for_itself_and_stays_whole(
    item: str, kind: ClauseKind
) -> None:
    assert clauses(f"## 3. データ\n- {item}\n") == [(kind, item)]


def test_a_ban_on_use_under_a_heading_on_accidents_is_a_ban() -> None:
    text = "災害の原因の判定に生成AIを用いてはならない。"
    assert clauses(f"## 第7条(事故及び災害)\n- {text}\n") == [(F, text)]


@pytest.mark.parametrize(
    "item",
    [
        "投稿文は、同意書があるときだけ、名前を消して作れます。個人名は入れません。",
        "広報の下書きは、課長の承認を得るまで社外に提示してはならない。",
    ],
)
def test_what_a_condition_keeps_out_is_part_of_it(item: str) -> None:
    assert clauses(f"## 条件つき\n- {item}\n") == [(C, item)]


_FREE_ITEMS = "- 求人票のたたき台は自由に作れます。\n- クイズを作るのも自由です。\n"
_UNTOLD = "三つめの棚"


def test_an_item_that_tells_nothing_is_what_all_others_of_its_list_are() -> None:
    assert clauses(f"## 札その三\n- {_UNTOLD}\n") == []
    assert (E, _UNTOLD) in clauses(f"## 札その三\n{_FREE_ITEMS}- {_UNTOLD}\n")


def test_one_item_alone_and_items_of_two_kinds_tell_nothing_of_another() -> None:
    one, _ = _FREE_ITEMS.splitlines()
    assert len(clauses(f"## 札その三\n{one}\n- {_UNTOLD}\n")) == 1
    ban = "- 名簿は入れてはいけません。\n"
    assert len(clauses(f"## 札その三\n{_FREE_ITEMS}{ban}- {_UNTOLD}\n")) == 3


def test_a_sentence_beside_a_list_only_explains_unless_it_orders() -> None:
    listed = "- 名簿の貼り付け\n- 診断書の読み込み\n"
    explained = clauses(f"## 禁止\n{listed}\nだれかを怒るための決まりではありません。\n")
    assert [text for _, text in explained] == ["名簿の貼り付け", "診断書の読み込み"]
    orders = "図面は、どの道具にも入れてはいけません。"
    assert (F, orders) in clauses(f"## 禁止\n{listed}\n{orders}\n")
