"""Settings and eval/judge.toml -> a judge that can be asked."""

from assistant.adapters.openai.chat import ChatLimits, OpenAIChat
from assistant.adapters.openai.endpoint import Endpoint
from assistant.errors import SettingsError
from assistant.evals.folder import EvalFolder
from assistant.evals.judge.cache import ReplyCache
from assistant.evals.judge.judging import Judge
from assistant.evals.judge.rules import load_judge_rules
from assistant.settings import Settings

_RETRIES = 3
"""Nobody waits for a judge, and a case without an opinion has to be judged again."""


def open_judge(folder: EvalFolder, settings: Settings) -> Judge:
    """Return the judge that the settings name. Raises SettingsError when they name none."""
    if not settings.judge_base_url or not settings.judge_model:
        raise SettingsError(
            "採点する生成AIが決まっていません。",
            remedy="KATSUYO_JUDGE_BASE_URL(OpenAI互換のURL)と "
            "KATSUYO_JUDGE_MODEL(モデル名)を設定してください。",
        )
    endpoint = Endpoint(
        base_url=settings.judge_base_url,
        model=settings.judge_model,
        api_key=settings.judge_api_key.get_secret_value(),
        ca_bundle=settings.llm_ca_bundle,
        proxy=settings.llm_proxy.get_secret_value(),
    )
    model = OpenAIChat(endpoint, ChatLimits(retries=_RETRIES))
    cache = ReplyCache(settings.data_dir / "eval" / "judge.sqlite3")
    return Judge(model, load_judge_rules(folder.judge), cache)
