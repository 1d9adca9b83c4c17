from assistant.corpus.intake.likeness import Likeness, alike
from assistant.domain import Document, FaqPair, Kind, Measure, Passage, Source, Story

LONG = (
    "会議の録音は、議事録を出席者が確かめたあと、3営業日以内に消します。消した日を台帳に書きます。"
)


def passage(text: str, *, path: str = "manuals/a.md", departments: tuple[str, ...] = ()) -> Passage:
    source = Source(path, "手引き", Kind.MANUAL, departments=departments)
    return Passage(f"{path}{text}", source, 0, (), text)


def pair(question: str, answer: str, *, path: str) -> Passage:
    source = Source(path, "よくある質問", Kind.FAQ)
    return Passage(
        f"{path}{question}", source, 0, (), f"{question}\n{answer}", FaqPair(question, answer)
    )


def story(before: str, *, path: str, author: str) -> Passage:
    source = Source(path, path, Kind.STORY, departments=("営業部",))
    content = Story("週報", before=Measure(before), after=Measure("30分"), author=author)
    return Passage(path, source, 0, (), f"{before}かかっていました。", content)


def found(one: Passage, *others: Passage) -> list[tuple[Likeness, str, str]]:
    document = Document("d", one.source, (one,), "x")
    return [(match.likeness, match.ours, match.theirs) for match in alike(document, others)]


def test_the_same_text_with_a_changed_word_is_nearly_the_same() -> None:
    text = LONG.replace("3営業日以内に", "すぐに")
    other = passage(text.replace("台帳", "一覧"), path="manuals/b.md")
    assert [kind for kind, _, _ in found(passage(text), other)] == [Likeness.SAME]


def test_a_sentence_with_another_number_may_contradict() -> None:
    other = passage(LONG.replace("3営業日", "５営業日"), path="manuals/b.md")
    ((kind, ours, theirs),) = found(passage(LONG), other)
    assert kind is Likeness.CONTRADICTS
    assert "3営業日" in ours
    assert "５営業日" in theirs


def test_dates_and_other_departments_do_not_contradict() -> None:
    dated = passage("この手引きは2026年4月6日に情報システム部が改定しました。", path="manuals/b.md")
    other = passage("この手引きは2025年10月1日に情報システム部が改定しました。")
    assert Likeness.CONTRADICTS not in [kind for kind, _, _ in found(other, dated)]
    sales = passage(LONG, departments=("営業部",))
    makers = passage(LONG.replace("3", "5"), path="manuals/b.md", departments=("製造部",))
    assert Likeness.CONTRADICTS not in [kind for kind, _, _ in found(sales, makers)]


def test_the_same_question_with_another_answer_may_contradict() -> None:
    one = pair("会社で使っていいAIはどれですか?", "アオバChatだけです。", path="faqs/a.csv")
    other = pair("会社で使っていいAIはどれですか", "2つあります。", path="faqs/b.csv")
    unlike = pair("録音はいつ消しますか", "2つあります。", path="faqs/b.csv")
    assert [kind for kind, _, _ in found(one, unlike, other)] == [Likeness.CONTRADICTS]


def test_the_story_of_one_person_with_other_times_may_contradict() -> None:
    one = story("2時間", path="stories/a.md", author="河野 真央")
    assert found(one, story("3時間", path="stories/b.md", author="別の人")) == []
    ((kind, ours, theirs),) = found(one, story("3時間", path="stories/b.md", author="河野真央"))
    assert (kind, ours, theirs) == (Likeness.CONTRADICTS, "2時間 → 30分", "3時間 → 30分")


def test_short_phrases_are_no_doubles() -> None:
    assert (
        found(passage("ご確認ください。"), passage("ご確認ください。", path="manuals/b.md")) == []
    )
