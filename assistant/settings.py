"""All settings in one frozen value: the only reader of the environment."""

import os
from collections.abc import Mapping
from pathlib import Path

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
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{_PREFIX}{first['loc'][0]}".upper()
        raise SettingsError(
            f"設定 {name} の値「{first['input']}」は使えません。", remedy=f"理由: {first['msg']}。"
        ) from error
