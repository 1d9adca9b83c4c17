"""What the latency benchmark asks."""

from collections.abc import Iterator

_TASKS = (
    "週報",
    "議事録",
    "見積の比較",
    "不具合報告",
    "翻訳",
    "求人票",
    "点検表",
    "お客様への返信",
)
_QUESTIONS = (
    "{}を早く書きたい",
    "{}に生成AIを使ってもいいですか",
    "{}のテンプレートはありますか",
    "{}でお客様の名前を入れてはいけませんか",
    "{}を作るときに気をつけることを教えてください",
)


def questions(tag: str) -> Iterator[str]:
    """Yield 40 questions that no other `tag` yields: the embedder remembers what it was asked."""
    for place, (form, task) in enumerate((form, task) for form in _QUESTIONS for task in _TASKS):
        yield f"{form.format(task)}（{tag}-{place}）"
