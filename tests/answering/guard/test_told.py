"""Numbers by what the whole sentence says of them, whatever the trade."""

import pytest

from assistant.answering.guard.inspect import Guard
from assistant.domain import Category
from tests.answering.guard.expecting import assert_kept_back

_FIGURE = Category.UNPUBLISHED_FIGURE
_NUMBER = Category.STAFF_OR_CUSTOMER_NUMBER


@pytest.mark.parametrize(
    ("text", "words", "category"),
    [
        ("リネンの洗濯代、1枚46円を43円にしてもらった。お礼のメール", "43円", _FIGURE),
        ("新館の建設費は17億で組んでいる。説明資料の目次", "17億", _FIGURE),
        ("今期の解約率は3.4%まで悪化。役員会の前なので言い回しを", "3.4%", _FIGURE),
        ("来春に営業所を3か所閉める案、まだ組合に言ってない。想定問答を", "3か所", _FIGURE),
        ("ボイラー技士の登録者番号 BT-40721 の方の更新案内", "BT-40721", _NUMBER),
        ("利用者番号20418と20481を取り違えた。報告文", "20481", _NUMBER),
        ("味噌ラーメンを来月から890円にするつもり、客にはまだ内緒。貼り紙の案", "890円", _FIGURE),
        ("入浴料720円への改定案、議会の前で社外秘。説明の順番", "720円", _FIGURE),
        ("裏門のテンキーは 8205 です。新人に渡すメモ", "8205", Category.SECRET),
    ],
)
def test_a_number_that_nobody_outside_may_read_does_not_go_on(
    guard: Guard, text: str, words: str, category: Category
) -> None:
    assert_kept_back(guard, text, words, category)


@pytest.mark.parametrize(
    "text",
    [
        "観光庁の統計では宿泊者は1,240万人。グラフの題を",
        "入館料は大人800円、ポスターの文を",
        "改善案を5つ、各100字で",
        "会議は3階の302号室、10時から11時半まで",
        "業界平均の離職率15%は高い?",
        "部品の型番 KX-4410 の説明文",
        "登録番号T8180001045562の確認方法",
        "グラフの縦軸を百万円にする",
        "4120と4135、どっちが総務の内線?",
        "部長決裁は50万円まででしたっけ",
        "翻訳ツールの料金、部署ごとの上限は月3万円で9割使うと注意が来る?",
        "CX-700シリーズの販売終了の案内",
        "1640便のあとに集合、の連絡",
        "1日80件の入力に3時間かかる。楽にしたい",
        "味噌ラーメン820円を890円にします、と店に貼る紙",
        "お客様の番号は 0000 0000 0000 と書いた見本",
        "入浴料は大人720円、子ども300円。英語の札",
        "第1駐車場が40台、第2が25台。案内図に添える文",
        "秋期講習は12コマで64,000円、チラシの見出し",
        "小麦の輸入は年間470万トンと農水省が出しています。表にして",
    ],
)
def test_what_anybody_may_know_stays_as_typed(guard: Guard, text: str) -> None:
    assert guard.inspect(text).findings == ()
