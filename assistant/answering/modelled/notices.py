"""What is said when the chat model's words are not shown, or not all of them: one quiet line."""

from assistant.errors import ModelFault

_COMPOSED = "資料の言葉をそのまま並べてお答えします。"
_NOW = "いまは生成AIが使えないため、" + _COMPOSED
_WHY = {
    ModelFault.SPENT: "今日の生成AIの利用枠を使い切ったため、" + _COMPOSED,
    ModelFault.SLOW: "生成AIの返事に時間がかかっているため、" + _COMPOSED,
    ModelFault.BUSY: "生成AIが混み合っているため、" + _COMPOSED,
}


def fallback_notice(fault: ModelFault) -> str:
    """Say that the answer is composed, because the model failed or was not to be asked."""
    return _WHY.get(fault, _NOW)


def unborne_notice() -> str:
    """Say that the answer is composed, because the documents bear too little of the model's."""
    return "生成AIの文は、資料で確かめられるところだけでは足りなかったので、" + _COMPOSED


def left_out_notice(count: int) -> str:
    """Say that sentences of the model were left out; nothing where none was."""
    return f"資料で確かめられない文を{count}つ外しました。" if count else ""
