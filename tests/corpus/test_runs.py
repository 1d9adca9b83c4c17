"""What was learned of runs of characters, and the file that holds it."""

from pathlib import Path

import pytest

from assistant.corpus.rules import clause_model
from assistant.corpus.runs import read_learned
from assistant.errors import ModelError

SHIPPED = Path(clause_model.__file__).with_name(clause_model.WEIGHTS)


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "text", "other"])
def test_a_damaged_file_is_named_with_a_remedy(tmp_path: Path, damage: str) -> None:
    path, sound = tmp_path / SHIPPED.name, SHIPPED.read_bytes()
    contents = {"empty": b"", "cut": sound[: len(sound) // 2], "text": b"PK?", "other": sound}
    if damage != "missing":
        path.write_bytes(contents[damage])

    with pytest.raises(ModelError, match=r"clauses\.npz.*壊れています") as error:
        read_learned(path, labels="intents" if damage == "other" else "kinds")

    assert "入れ直してください" in error.value.remedy
