"""One process holds one embedder of a folder."""

import gc
from pathlib import Path
from weakref import ref

import pytest

from assistant.adapters.e5.opening import open_e5

pytestmark = pytest.mark.slow


def test_who_opens_it_again_shares_it(embedder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(embedder)
    assert open_e5(tmp_path / "link") is open_e5(embedder)


def test_another_folder_has_its_own_and_nothing_is_held_for_nobody(
    embedder: Path, tmp_path: Path
) -> None:
    own = open_e5(tmp_path)
    assert own is not open_e5(embedder)
    gone = ref(own)
    del own
    gc.collect()
    assert gone() is None
