"""What leaves this machine under these settings, and what stays: true for them, in Japanese."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.settings import Settings

_STAYS = "送りません"


@dataclass(frozen=True, slots=True)
class Flow:
    """One kind of data and where it goes (Japanese)."""

    what: str
    where: str
    """A URL, or that it is not sent."""
    content: str
    """What exactly, and when."""


def flows(settings: Settings) -> list[Flow]:
    """Return every way out of this machine, those that are closed as well."""
    return [*_question(), *_chat(settings), *_embedding(settings), *_judge(settings), *_rest()]


def _question() -> Iterator[Flow]:
    yield Flow(
        "入力した質問の文",
        _STAYS,
        "入力禁止のものがないかをこの機械の中で調べ、伏せ字にします。"
        "ここから先で使うのは、伏せ字にした文だけです。",
    )


def _chat(settings: Settings) -> Iterator[Flow]:
    if not settings.llm_base_url:
        yield Flow("生成AI", _STAYS, "使いません。答えは、この機械の中で資料からまとめます。")
        return
    yield Flow(
        "生成AI",
        f"{settings.llm_base_url} ({settings.llm_model}){_through(settings)}",
        "質問のたびに、伏せ字にした質問(続きの質問では、それまでの伏せ字にした質問も)、"
        "選ばれている部署の名前、答えのもとにする資料の抜粋とその題名を送ります。"
        "抜粋は、質問した人が読める資料のものだけです。だれの質問かは送りません。",
    )


def _embedding(settings: Settings) -> Iterator[Flow]:
    if not settings.embedding_base_url:
        yield Flow("意味検索", _STAYS, "この機械の中で計算します。")
        return
    yield Flow(
        "意味検索",
        f"{settings.embedding_base_url} ({settings.embedding_model}){_through(settings)}",
        "公開のときに、新しくなった資料の抜粋をすべて(見せる相手を限った資料も)、"
        "質問のたびに、伏せ字にした質問を送ります。",
    )


def _judge(settings: Settings) -> Iterator[Flow]:
    if not settings.judge_base_url:
        yield Flow("評価の採点", _STAYS, "生成AIによる採点は使いません。")
        return
    yield Flow(
        "評価の採点",
        f"{settings.judge_base_url} ({settings.judge_model}){_through(settings)}",
        "katsuyo eval --judge か eval calibrate を実行したときだけ、伏せ字にした質問、部署の名前、"
        "答え、引用した抜粋を送ります。",
    )


def _rest() -> Iterator[Flow]:
    yield Flow(
        "そのほか",
        _STAYS,
        "利用状況の送信、更新の確認、モデルの自動ダウンロードはしません。"
        "環境変数のプロキシや、転送(リダイレクト)にも従いません。",
    )


def _through(settings: Settings) -> str:
    return "、指定のプロキシを通ります" if settings.llm_proxy.get_secret_value() else ""
