"""Settings come from the environment once, and a wrong one is told in a sentence."""

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import load_settings


def test_defaults_need_no_environment() -> None:
    settings = load_settings({})
    assert settings.corpus_dir == Path("corpus")
    assert settings.data_dir == Path(".katsuyo")
    assert (settings.host, settings.port) == ("127.0.0.1", 7860)


def test_a_setting_is_read_from_its_name() -> None:
    settings = load_settings({"KATSUYO_PORT": "8080", "KATSUYO_CORPUS_DIR": "docs", "HOME": "x"})
    assert settings.port == 8080
    assert settings.corpus_dir == Path("docs")


def test_an_unknown_name_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="KATSUYO_PROT") as raised:
        load_settings({"KATSUYO_PROT": "8080"})
    assert "KATSUYO_PORT" in str(raised.value)
    assert raised.value.exit_code == 2


def test_a_value_that_does_not_fit_names_the_setting() -> None:
    with pytest.raises(SettingsError, match="KATSUYO_PORT"):
        load_settings({"KATSUYO_PORT": "八千"})


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"LLM_BASE_URL": "http://localhost:8000/v1"}, "KATSUYO_LLM_MODEL"),
        ({"LLM_API_KEY": "sk-secret"}, "KATSUYO_LLM_BASE_URL、KATSUYO_LLM_MODEL"),
        (
            {"EMBEDDING_BASE_URL": "http://localhost:8000/v1", "EMBEDDING_MODEL": "m"},
            "KATSUYO_EMBEDDING_DIM",
        ),
        ({"LLM_YEN_PER_DAY": "300"}, "KATSUYO_LLM_YEN_PER_MILLION_INPUT_TOKENS"),
    ],
)
def test_half_a_configuration_tells_what_is_missing(given: dict[str, str], missing: str) -> None:
    with pytest.raises(SettingsError, match=missing) as raised:
        load_settings({f"KATSUYO_{name}": value for name, value in given.items()})
    assert "sk-secret" not in str(raised.value)


@pytest.mark.parametrize(
    "url", ["localhost:8000", "ftp://host/v1", "https://", "https://user:sk-secret@host/v1"]
)
def test_a_base_url_that_is_none_or_holds_a_password_is_refused_untold(url: str) -> None:
    with pytest.raises(SettingsError, match="KATSUYO_LLM_BASE_URL") as raised:
        load_settings({"KATSUYO_LLM_BASE_URL": url, "KATSUYO_LLM_MODEL": "m"})
    assert "sk-secret" not in str(raised.value)


def test_keys_and_the_proxy_with_its_password_are_not_shown() -> None:
    names = ("LLM_API_KEY", "LLM_PROXY", "EMBEDDING_API_KEY", "JUDGE_API_KEY")
    given = {f"KATSUYO_{name}": "sk-secret" for name in names}
    given |= {"KATSUYO_LLM_BASE_URL": "http://h/v1", "KATSUYO_LLM_MODEL": "m"}
    given |= {"KATSUYO_EMBEDDING_BASE_URL": "http://h/v1", "KATSUYO_EMBEDDING_MODEL": "m"}
    settings = load_settings({**given, "KATSUYO_EMBEDDING_DIM": "8"})
    assert "sk-secret" not in repr(settings) + str(settings) + settings.model_dump_json()
