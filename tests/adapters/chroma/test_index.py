"""What only the index on disk has: damage, restarts, owners and vendors' errors."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.chroma.index import ChromaIndex
from assistant.errors import IndexInUse, StoreError
from assistant.ports import Vectors

pytestmark = pytest.mark.slow

COUNT = 1_200
IDS = [f"passage-{number}" for number in range(COUNT)]


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    rows = np.random.default_rng(1).normal(size=(COUNT, 32)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def built(vectors: Vectors, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "chroma"
    with closing(ChromaIndex(folder, embedder="e")) as index:
        index.sync(IDS, vectors)
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """Return a copy of the built index; copying keeps sizes and times."""
    return Path(shutil.copytree(built, tmp_path / "chroma"))


def generation(folder: Path) -> Path:
    return next(folder.glob("generation-*"))


def assert_answers_rightly(folder: Path, vectors: Vectors) -> None:
    with closing(ChromaIndex(folder, embedder="e")) as index:
        index.sync(IDS, vectors)
        for place in range(0, COUNT, 97):
            found = index.nearest(vectors[place], limit=10)
            assert found[0][0] == IDS[place]
            assert len(found) == 10


def test_an_untouched_index_is_opened_as_it_is(folder: Path, vectors: Vectors) -> None:
    before = generation(folder).name
    assert_answers_rightly(folder, vectors)
    assert generation(folder).name == before


def test_an_index_changed_since_it_was_saved_is_probed_and_kept(
    folder: Path, vectors: Vectors
) -> None:
    before = generation(folder).name
    with closing(sqlite3.connect(generation(folder) / "chroma.sqlite3")) as connection:
        connection.execute("PRAGMA user_version = 7")
    assert_answers_rightly(folder, vectors)
    assert generation(folder).name == before


@pytest.mark.parametrize("damage", ["gone", "cut", "bits flipped", "no db"])
def test_a_damaged_index_is_rebuilt_not_believed(
    folder: Path, vectors: Vectors, damage: str
) -> None:
    before = generation(folder).name
    segment = next(generation(folder).glob("*/data_level0.bin"))
    times = segment.stat().st_atime_ns, segment.stat().st_mtime_ns
    if damage == "gone":
        shutil.rmtree(segment.parent)
    elif damage == "cut":
        segment.write_bytes(segment.read_bytes()[: segment.stat().st_size * 3 // 10])
    elif damage == "bits flipped":
        data = bytearray(segment.read_bytes())
        data[::97] = bytes(byte ^ 0x10 for byte in data[::97])
        segment.write_bytes(data)
        os.utime(segment, ns=times)  # a disk that loses bits tells nobody
    else:
        (generation(folder) / "chroma.sqlite3").write_bytes(b"not a database" * 1000)
    assert_answers_rightly(folder, vectors)
    assert generation(folder).name != before


def test_an_index_of_another_embedder_is_never_mixed_in(folder: Path, vectors: Vectors) -> None:
    with closing(ChromaIndex(folder, embedder="another")) as index:
        index.sync(IDS[:5], vectors[:5, :8])
        assert len(index.nearest(vectors[0, :8], limit=50)) == 5
    assert len(list(folder.glob("generation-*"))) == 1


def test_many_deletions_build_a_new_index(folder: Path, vectors: Vectors) -> None:
    before = generation(folder).name
    with closing(ChromaIndex(folder, embedder="e")) as index:
        index.sync(IDS[: COUNT * 8 // 10], vectors[: COUNT * 8 // 10])
        assert generation(folder).name == before
        index.sync(IDS[: COUNT // 2], vectors[: COUNT // 2])
        assert generation(folder).name != before
        assert len(index.nearest(vectors[0], limit=COUNT)) == COUNT // 2


def test_a_second_process_is_told_who_owns_the_index(folder: Path) -> None:
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from assistant.adapters.chroma.index import ChromaIndex\n"
        "index = ChromaIndex(Path(sys.argv[1]), embedder='e')\n"
        "print('owned', flush=True)\n"
        "time.sleep(60)\n"
    )
    command = [sys.executable, "-c", script, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline().strip() == b"owned"
        with pytest.raises(IndexInUse, match=f"プロセス {owner.pid}"):
            ChromaIndex(folder, embedder="e")
        owner.kill()
    ChromaIndex(folder, embedder="e").close()


def test_no_vendor_exception_leaks(folder: Path, vectors: Vectors) -> None:
    with closing(ChromaIndex(folder, embedder="e")) as index:
        index.sync(IDS, vectors)
        with pytest.raises(StoreError):
            index.nearest(vectors[0, :7], limit=3)
        assert index.nearest(vectors[0], limit=1)[0][0] == IDS[0]


def test_a_folder_that_cannot_be_made_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreError):
        ChromaIndex(tmp_path / "file" / "chroma", embedder="e")


def test_only_the_owner_can_look_into_the_folder(folder: Path) -> None:
    ChromaIndex(folder, embedder="e").close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
