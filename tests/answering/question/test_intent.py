"""Kinds of questions, in the words that employees use."""

import pytest

from assistant.answering.question.asking import asks
from assistant.answering.question.inputs import asks_no_task
from assistant.answering.question.intent import intent_of
from assistant.answering.question.whether import asks_whether
from assistant.domain import Intent, Query


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("週報を早く書きたい", Intent.HOW_TO),
        ("毎月あの表つくるの地味にしんどい、AIでどうにかならへん?", Intent.HOW_TO),
        ("議事録", Intent.HOW_TO),
        ("顧客名を入れてもいい?", Intent.PERMISSION),
        ("入れちゃダメだよね?", Intent.PERMISSION),
        ("画像は去年だめだったはず。今年はいいの?", Intent.PERMISSION),
        ("去年の説明会で議事録は止められてると聞いたけど、いまもあかんの?", Intent.PERMISSION),
        ("後輩が自分の電話で要約を作ってるんだけど、あれいいの?", Intent.PERMISSION),
        ("録音を使ってもかまへん?", Intent.PERMISSION),
        ("ＣｈａｔＧＰＴは使えますか?", Intent.PERMISSION),
        ("Copilotは誰が使えますか", Intent.FACT),
        ("利用料はいくら?", Intent.FACT),
        ("他の部署ではどう使ってますか", Intent.STORY),
        ("うちの部署で試した人いる?", Intent.STORY),
        ("お詫びメールのひな形ください", Intent.TEMPLATE),
        ("誰に相談すればいいですか", Intent.DESK),
        ("間違えて入れてしまった", Intent.DESK),
        ("お疲れさまです!", Intent.SMALL_TALK),
        ("まいど!今日もよろしゅう", Intent.SMALL_TALK),
        ("おはようございます、今日からお世話になります", Intent.SMALL_TALK),
        ("おはようございます。議事録どうする?", Intent.HOW_TO),
    ],
)
def test_question_is_recognised(text, intent):
    assert intent_of(text) is intent


@pytest.mark.parametrize(
    "text",
    [
        "会議メモの定型文どこ?",
        "求人のプロンプト、社内で決まってるやつある?",
        "VBA頼むときの頼み文句、そのまま使えるの出して",
        "お知らせ文を作る穴埋め、欲しい",
        "点検表つくるときのお願い文、ください",
        "単位がずれない頼み方の決まった文ある?",
        "礼状の、コピペして使えるやつちょうだい",
        "記者に配る文、どこから書こう。型だけでもほしい",
        "シフト表の書式ないですか",
        "ひながたある?",
    ],
)
def test_wish_for_a_text_to_copy_is_a_template_request_by_any_name(text):
    assert intent_of(text) is Intent.TEMPLATE


@pytest.mark.parametrize(
    "text",
    [
        "申し送りにAI使ってる人おる?",
        "週報でAI使って楽になった話ない?",
        "口コミ返信、よその部署はAIでどうやってる?",
        "献立の翻訳で先輩の例ある?",
        "進行表、だれかAIでやった?",
        "シフト作成でうまくいった話ある?",
        "礼状にかかる時間、AIで何分になった?",
        "うちの点検表、AI使ってどのくらい時間減ったん?",
        "手順書、AIを使う前とあとで、かかる時間はどう変わりましたか",
    ],
)
def test_wish_for_what_others_did_and_saved_is_a_story_request(text):
    assert intent_of(text) is Intent.STORY


@pytest.mark.parametrize(
    "text",
    [
        "ひな形に社名を入れていい?",
        "テンプレにお客さんの名前を入れても大丈夫?",
        "ログをそのままコピペして原因きいてもいい?",
        "お客さんから聞いた話を入れてもいい?",
    ],
)
def test_permission_is_asked_whatever_it_is_about(text):
    assert intent_of(text) is Intent.PERMISSION


@pytest.mark.parametrize(
    "text", ["依頼文を早く書きたい", "金型の点検を楽にしたい", "お知らせの文面を考えるのがつらい"]
)
def test_writing_such_a_text_oneself_is_no_template_request(text):
    assert intent_of(text) is Intent.HOW_TO


def test_address_with_example_in_it_asks_for_no_story():
    assert intent_of("返信先が a@mail.example.com に変わった。案内文を書きたい") is Intent.HOW_TO


@pytest.mark.parametrize(
    "text",
    [
        "議事録の保管年数",
        "問い合わせ件数の上限は",
        "棚卸しの開始日を教えてください",
        "講習の会場と日程を知りたい",
        "稟議の承認者と所要日数",
        "倉庫の利用料について教えて",
    ],
)
def test_head_noun_of_an_amount_a_time_a_place_or_a_name_asks_for_a_fact(text):
    assert intent_of(text) is Intent.FACT


@pytest.mark.parametrize(
    "text",
    [
        "集計に使う関数を教えて",
        "棚卸しの手順",
        "上限を決める方法を教えてください",
        "英訳はどう進めればよいでしょうか",
        "なんて頼めばいい?順番とかある?",
    ],
)
def test_a_way_is_asked_for_by_its_head_noun_or_by_what_one_should_do(text):
    assert intent_of(text) is Intent.HOW_TO


@pytest.mark.parametrize("text", ["名簿を誤って送信した場合の対応", "うっかり図面を貼った"])
def test_mishap_is_for_the_desk_in_plain_words_too(text):
    assert intent_of(text) is Intent.DESK


@pytest.mark.parametrize("text", ["自動で送るのは可能でしょうか", "日報に使うんは、ええんですか"])
def test_possible_and_fine_ask_for_permission(text):
    assert intent_of(text) is Intent.PERMISSION


@pytest.mark.parametrize(
    "text",
    [
        "家のスマホから入れる?",
        "利用前に承認とか必要?",
        "会計年度の人は研修の対象ですか",
        "AIで作ったと毎回書くべき?",
        "提案書に断り書きがいる?",
        "急に英語で返事されるんだけど!?",
    ],
)
def test_yes_or_no_is_all_that_some_want(text):
    assert asks_whether(text)


@pytest.mark.parametrize(
    "text",
    [
        "毎月の集計、どうにかならない?",
        "いい言い方ない?",
        "一覧を作ってもらえる?",
        "契約を読む前に困りそうなとこの地図がほしい。原本は貼れるよね?",
        "Excelの関数がわかりません。AIに聞けますか",
        "報告書はどう書けばいい?",
        "週報をまとめるの手伝って",
        "How can I talk with a guest?",
    ],
)
def test_a_wish_is_no_question_for_yes_or_no_however_it_ends(text):
    assert not asks_whether(text)


@pytest.mark.parametrize(
    "text",
    [
        "謝りのメールでAI使った人、しくじった話とかある?",
        "要らない品を勧められたって言ってた営業さん誰だっけ",
        "翻訳を使った人、何かミスがあった?",
    ],
)
def test_who_asks_what_went_wrong_or_who_told_it_wants_a_story(text):
    assert intent_of(text) is Intent.STORY


@pytest.mark.parametrize(
    "text",
    [
        "点検表の清書、AI 可?",
        "この道具は見積りの計算に使えますか",
        "写真を読み込ませることは認められますか",
        "社内報の挿絵づくりは自由ですか",
        "見積もり貼るの、いける?",
        "シフト表を見せたらあかん?",
        "議事録をまとめたい。お客さまの名前もそのままでいいかな。あと図も作りたい",
    ],
)
def test_permission_is_asked_in_words_that_no_list_holds(text):
    assert intent_of(text) is Intent.PERMISSION


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("How do I summarize a meeting?", Intent.HOW_TO),
        ("Can I paste a customer's name?", Intent.PERMISSION),
        ("日報", Intent.HOW_TO),
        ("当番表", Intent.HOW_TO),
        ("名簿を送っちゃったけど大丈夫?", Intent.DESK),
    ],
)
def test_english_a_task_alone_and_a_mishap_are_known_by_their_form(text, intent):
    assert intent_of(text) is intent


@pytest.mark.parametrize(
    "text",
    [
        "自動で読み上げる機能、導入はいつでしょうか",
        "検針はいつ全戸に入りますか",
        "月々の利用料なんぼ?",
        "表彰でもらった券、いつまで使えるの",
        "ポルトガル語の訳を見てくれる人は誰ですか",
        "倉庫の鍵の場所を知っとる人だれ?",
    ],
)
def test_when_how_much_and_who_serves_asks_for_a_fact(text):
    assert intent_of(text) is Intent.FACT


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("締切までに仕上げてほしいくらい", Intent.HOW_TO),
        ("毎朝のひとことが思いつかない", Intent.HOW_TO),
        ("点検表を表にまとめてる人って誰?", Intent.STORY),
        ("それ、いつなら入れていいの?", Intent.PERMISSION),
    ],
)
def test_words_that_hold_when_and_who_by_chance_ask_for_no_fact(text, intent):
    assert intent_of(text) is intent


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("画面が固まった、どうしたらいい?", True),
        ("AIの画面が真っ白なんだけど", True),
        ("パスワードを忘れました", True),
        ("お客さんの前だと固まってしまう", False),
        ("何て書けばいいか頭が真っ白", False),
        ("書きたいのに手が動かない", False),
        ("落とし物の台帳を探すだけで日が暮れる", False),
    ],
)
def test_a_blank_head_wishes_for_help_a_blank_screen_does_not(text, trouble):
    assert asks_no_task(Query(text, intent=Intent.HOW_TO), text, inputs=False) is trouble


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("人ごとの成績、AIに見せたらまずい?", True),
        ("先輩が泣いてた話、打ち込んだらあかん?", True),
        ("取引先の名前を消せばいける?", True),
        ("a draft of the minutes, allowed?", True),
        ("まとめた紙、いつまで捨てたらあかんの", False),
        ("写真は、どこが写ってたらいけんの", False),
    ],
)
def test_what_would_be_wrong_asks_for_permission_unless_it_asks_when_or_where(text, asked):
    assert asks(text) is asked
