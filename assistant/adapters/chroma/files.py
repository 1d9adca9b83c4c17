"""The folder of the Chroma index: generations, what is known of them, and the probe's start."""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from assistant.ports import Vectors

_SAMPLE = 200
"""Vectors compared by the probe."""

_PROBE_SECONDS = 120
"""The probe takes some 2 s of CPU; one that hangs counts as failed."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the folder held when it was last known to be right."""

    generation: str
    """Name of the subfolder that Chroma writes."""
    collection: str
    added: int
    """Vectors ever added to this generation: Chroma keeps the deleted ones in its files."""
    files: dict[str, str] = field(default_factory=dict)
    """SHA-256 of every file of the generation: a disk that loses bits keeps sizes and times."""


class IndexFolder:
    """`manifest.json` and one subfolder a generation; a rebuilt index is a new generation."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.chmod(0o700)  # Chroma creates its files readable for everyone

    def manifest(self) -> Manifest | None:
        """Return what is known of the current generation, if its folder is there."""
        try:
            values = json.loads((self.path / "manifest.json").read_text(encoding="utf-8"))
            manifest = Manifest(**values)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        return manifest if (self.path / manifest.generation).is_dir() else None

    def save(self, generation: str, *, collection: str, added: int) -> None:
        """Write down the generation as it is now, and remove all others."""
        files = self._stamp(generation)
        manifest = Manifest(generation, collection, added, files)
        temporary = self.path / "manifest.json.new"
        temporary.write_text(json.dumps(asdict(manifest)), encoding="utf-8")
        temporary.replace(self.path / "manifest.json")
        for other in self.path.glob("generation-*"):
            if other.name != generation:
                shutil.rmtree(other, ignore_errors=True)

    def new_generation(self) -> str:
        """Create an empty subfolder and return its name."""
        there = self.path.glob("generation-[0-9]*")
        number = max((int(path.name.rpartition("-")[2]) for path in there), default=0) + 1
        name = f"generation-{number}"
        (self.path / name).mkdir(mode=0o700)
        return name

    def is_untouched(self, manifest: Manifest) -> bool:
        """Return whether no file changed since the manifest was saved."""
        return self._stamp(manifest.generation) == manifest.files

    def is_sound(self, manifest: Manifest, records: Sequence[str], vectors: Vectors) -> bool:
        """Ask a child process whether Chroma still finds a sample of these vectors."""
        from assistant.adapters.chroma import probe as chroma_probe

        picked = np.unique(np.linspace(0, len(records) - 1, _SAMPLE).astype(int))
        with tempfile.TemporaryDirectory() as scratch:
            truth = Path(scratch) / "truth.npz"
            ids = np.array([records[place] for place in picked])
            np.savez(truth, ids=ids, vectors=vectors[picked])
            script = str(chroma_probe.__file__)
            folder = str(self.path / manifest.generation)
            command = [sys.executable, "-P", script, folder, manifest.collection, str(truth)]
            try:
                probe = subprocess.run(  # noqa: S603 — our own script with our own paths
                    command, capture_output=True, check=False, timeout=_PROBE_SECONDS
                )
            except subprocess.TimeoutExpired:
                return False
        return probe.returncode == 0

    def _stamp(self, generation: str) -> dict[str, str]:
        """Return the digest of each file; 330 MB, 100,000 passages, take a third of a second."""
        root = self.path / generation
        digests = {}
        for path in sorted(root.rglob("*")):
            if path.is_file():
                with path.open("rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
                digests[path.relative_to(root).as_posix()] = digest
        return digests
