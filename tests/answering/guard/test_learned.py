"""The files of what the guard has learned."""

from pathlib import Path
from types import ModuleType

import pytest

from assistant.answering.guard import named, told
from assistant.answering.guard.inspect import Guard
from assistant.domain import Company
from assistant.errors import ModelError
from assistant.ports import Tokenizer


@pytest.mark.parametrize("room", [named, told], ids=["names", "numbers"])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut"])
def test_a_damaged_file_is_told_with_a_remedy_and_nothing_goes_on_unseen(
    room: ModuleType,
    damage: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tokenizer: Tokenizer,
) -> None:
    file, sound = tmp_path / room.WEIGHTS.name, room.WEIGHTS.read_bytes()
    if damage != "missing":
        file.write_bytes(b"" if damage == "empty" else sound[: len(sound) // 2])
    monkeypatch.setattr(room, "WEIGHTS", file)
    room._weights.cache_clear()

    with pytest.raises(ModelError, match=rf"{file.name}.*壊れています") as error:
        Guard(Company("x", ()), (), tokenizer=tokenizer).inspect("会員番号は20418です")

    assert "入れ直してください" in error.value.remedy
