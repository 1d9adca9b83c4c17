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
