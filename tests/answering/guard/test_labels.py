"""Accounts and numbers of people by what stands beside them, in any order and separator."""

import pytest

from assistant.answering.guard.accounts import is_iban
from assistant.answering.guard.inspect import Guard
from assistant.domain import Category
from tests.answering.guard.expecting import assert_kept_back

_ACCOUNTS = [
    ("返金先 | 当座 | 4410982 | でお願いします", "4410982"),
    ("積立 0093471 の解約の流れ", "0093471"),
    ("口座番号は「8830127」です", "8830127"),
    ("汐見漁協 浜支所 3320915 に振り込む", "3320915"),
    ("雪城バンク 204-8812093 へ送金", "204-8812093"),
    ("6620183(当座)柳町支店と書いてある", "6620183"),
    ("ﾐｽﾞﾎ銀行 ｷﾀ支店 ﾌﾂｳ 2201984 を登録", "2201984"),
    ("記号 11940 番号 30218841 の貯金", "30218841"),
    ("12080-7719031 に移してほしい", "12080-7719031"),
    ("00980-4-110372 で払込取扱票を作る", "00980-4-110372"),
    ("0417,ﾔﾅｷﾞ,208,1,6612093 の行が弾かれる", "6612093"),
    ("IBAN GB29 NWBK 6016 1331 9268 19 の請求", "NWBK 6016 1331 9268"),
    ("Please pay to A/C No. 550-2218093", "550-2218093"),
]
_NUMBERS = [
    ("社番:B20417 所属:総務 の行だけ抜く", "B20417"),
    ("職員コード 00731 の勤怠を直す文面", "00731"),
    ("顧客No.88123の苦情に返事", "88123"),
    ("会員番号|KT-20931|を退会にする", "KT-20931"),
    ("契約番号「H77-20188」の更新案内", "H77-20188"),
    ("受付番号は第31-0082号でした", "31-0082"),
    ("診察券 77-20913 の再発行", "77-20913"),
    ("カルテNo 90218 の要約", "90218"),
    ("学生証 S22-1180 を拾った", "S22-1180"),
    ("employee id: 20418 needs access", "20418"),
    ("usr_9Kd72LmQ が二重に出る", "usr_9Kd72LmQ"),
    ("M-2207の夜勤を減らす相談", "M-2207"),
]
_CARDS = [
    ("預かった法人カード(4980219935181901)を止める", "4980219935181901"),
    ("注文用紙に5210-3391-7720-1184と有効期限が書いてある", "5210-3391-7720-1184"),
    ("クレカは3566 0020 2036 0505です", "3566 0020 2036 0505"),
]


@pytest.mark.parametrize(
    ("text", "words", "category"),
    [
        *((text, words, Category.BANK_ACCOUNT) for text, words in _ACCOUNTS),
        *((text, words, Category.STAFF_OR_CUSTOMER_NUMBER) for text, words in _NUMBERS),
        *((text, words, Category.CARD) for text, words in _CARDS),
    ],
)
def test_a_number_beside_its_label_does_not_go_on(
    guard: Guard, text: str, words: str, category: Category
) -> None:
    assert_kept_back(guard, text, words, category)


@pytest.mark.parametrize(
    "text",
    [
        "普通預金と当座預金の違い",
        "口座番号は何桁が普通?",
        "支店の売上2026年の表の作り方",
        "見本は「〇〇銀行 普通 1234567」と書く",
        "ゆうちょの記号と番号の見方",
        "注文番号2026-1122-0045の書き方",
        "社員番号は6桁でそろえたい",
        "会員番号1000件をCSVで並べかえたい",
        "契約番号の列を2列に分ける関数",
        "診察券の再発行の案内文",
        "受付番号の呼び出しを3回くりかえす放送",
        "品番 A77-2018 の説明文",
        "user_id という列名は一般的?",
        "カード 4242 4242 4242 4242 はテスト用ですか",
        "例は080-0000-0000と書く",
        "test@example.com を入力例にする",
        "ロット番号 4980219935181901 の札",
    ],
)
def test_a_label_or_an_example_alone_stays_as_typed(guard: Guard, text: str) -> None:
    assert guard.inspect(text).findings == ()


def test_an_iban_needs_its_check_digits() -> None:
    assert is_iban("GB29NWBK60161331926819")
    assert not is_iban("GB28NWBK60161331926819")
