"""All settings in one frozen value: the only reader of the environment."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

_PREFIX = "KATSUYO_"


class Settings(BaseSettings):
    """Where things are and how the page is served. Every name is `KATSUYO_` + the field."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="forbid")

    corpus_dir: Path = Path("corpus")
    """The company's documents and company.yaml."""
    data_dir: Path = Path(".katsuyo")
    """Everything the product writes."""
    host: str = "127.0.0.1"
    """Address to listen on. Only loopback: others need a sign-in, which is not there yet."""
    port: int = Field(default=7860, ge=0, le=65535)
    """Port of the page; 0 takes a free one."""
    llm_base_url: str = ""
    """OpenAI-compatible endpoint of the chat model: https://…/v1. Empty = answers are composed."""
    llm_model: str = ""
    """Name of the chat model there; of the deployment at Azure."""
    llm_api_key: SecretStr = SecretStr("")
    """Key of the endpoint; empty where it needs none."""
    llm_api_version: str = ""
    """Of Azure OpenAI: 2024-10-21. Given, the base URL is https://NAME.openai.azure.com."""
    llm_ca_bundle: Path | None = None
    """Certificates (PEM) to trust instead of the public ones; of embedder and judge, too."""
    llm_proxy: SecretStr = SecretStr("")
    """http://proxy:8080, a password may be in it; of embedder and judge, too. No other is used."""
    llm_concurrency: int = Field(default=8, ge=1, le=1000)
    """How many questions are with the model at a time; further ones are composed."""
    llm_context_window: int = Field(default=16_384, ge=1024)
    """Tokens that question, passages and reply have together; what is longer is not sent."""
    llm_max_tokens: int = Field(default=1024, ge=64)
    """Tokens of a reply."""
    llm_first_token_seconds: float = Field(default=2.5, gt=0, le=60)
    """How long the first sentence to be shown may take before the answer is composed."""
    llm_tokens_per_day: int = Field(default=5_000_000, ge=0)
    """Of all together, some 1,400 answers; 0 = no limit. Beyond, answers are composed."""
    llm_tokens_per_user_per_day: int = Field(default=200_000, ge=0)
    """Of one person, some 57 answers; 0 = no limit."""
    llm_yen_per_day: float = Field(default=0, ge=0)
    """Of all together; 0 = no limit. Needs the two prices."""
    llm_yen_per_million_input_tokens: float = Field(default=0, ge=0)
    """Price of what is sent."""
    llm_yen_per_million_output_tokens: float = Field(default=0, ge=0)
    """Price of what is written."""
    embedding_base_url: str = ""
    """OpenAI-compatible endpoint of an embedder. Empty = the one that comes with the product."""
    embedding_model: str = ""
    """Name of the embedder there; of the deployment at Azure."""
    embedding_dim: int = Field(default=0, ge=0, le=16_384)
    """Length of its vectors: with the model's name the identity of the vector space."""
    embedding_api_key: SecretStr = SecretStr("")
    """Key of its endpoint; empty where it needs none."""
    embedding_api_version: str = ""
    """Of Azure OpenAI."""
    keep_questions: bool = True
    """Whether questions are kept for 90 days, masked and without a person, for previews."""
    editor_key: SecretStr = SecretStr("")
    """Key to 資料の管理, 20 characters or more; empty = one is made and kept in the data folder."""
    judge_base_url: str = ""
    """OpenAI-compatible endpoint of the judge of `katsuyo eval --judge`: https://…/v1."""
    judge_model: str = ""
    """Model that judges; better another one than the one that answers."""
    judge_api_key: SecretStr = SecretStr("")
    """Key of the judge's endpoint; empty where it needs none."""


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings from the environment. Raises SettingsError, in Japanese."""
    environment = os.environ if environment is None else environment
    known = {f"{_PREFIX}{name}".upper() for name in Settings.model_fields}
    given = {name: value for name, value in environment.items() if name.upper().startswith(_PREFIX)}
    unknown = sorted(name for name in given if name.upper() not in known)
    if unknown:
        raise SettingsError(
            f"知らない設定名です: {'、'.join(unknown)}。",
            remedy=f"使える名前: {'、'.join(sorted(known))}。",
        )
    values = {name.upper().removeprefix(_PREFIX).lower(): value for name, value in given.items()}
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{_PREFIX}{first['loc'][0]}".upper()
        raise SettingsError(
            f"設定 {name} の値「{first['input']}」は使えません。", remedy=f"理由: {first['msg']}。"
        ) from error
    _check_whole(settings)
    return settings


_WHOLE: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("生成AI", ("llm_base_url", "llm_model"), ("llm_api_key", "llm_api_version")),
    (
        "意味検索のAI",
        ("embedding_base_url", "embedding_model", "embedding_dim"),
        ("embedding_api_key", "embedding_api_version"),
    ),
)
"""What is only of use together: the thing, what it needs, and what it may have besides."""


def _check_whole(settings: Settings) -> None:
    """Raise SettingsError for half a configuration, telling what is missing."""
    for thing, needed, further in _WHOLE:
        given = [name for name in (*needed, *further) if _is_given(settings, name)]
        missing = [name for name in needed if not _is_given(settings, name)]
        if given and missing:
            raise SettingsError(
                f"{thing}の設定が足りません: {_names(given)} はありますが、"
                f"{_names(missing)} がありません。",
                remedy="足りない設定を加えるか、使わないなら、ある方も消してください。",
            )
    for name in ("llm_base_url", "embedding_base_url"):
        _check_url(name, getattr(settings, name))
    prices = ("llm_yen_per_million_input_tokens", "llm_yen_per_million_output_tokens")
    if settings.llm_yen_per_day and not any(_is_given(settings, name) for name in prices):
        raise SettingsError(
            f"{_names(['llm_yen_per_day'])} で金額の上限を決めるには、単価が必要です。",
            remedy=f"{_names(prices)} に、100万トークンあたりの円を指定してください。",
        )


def _check_url(name: str, url: str) -> None:
    parts = urlsplit(url)
    if url and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.username):
        raise SettingsError(  # the value is not told: it may hold a password
            f"設定 {_names([name])} の値は、URLとして使えません。",
            remedy="https://ホスト名/v1 のように書いてください。キーやパスワードは含めません。",
        )


def _is_given(settings: Settings, name: str) -> bool:
    value = getattr(settings, name)
    return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)


def _names(fields: Sequence[str]) -> str:
    return "、".join(f"{_PREFIX}{name}".upper() for name in fields)
