"""What is switched off before libraries are loaded."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_THREADS = Path("/proc/self/task")

_PRODUCT = """
from assistant.app import quiet_vendors
quiet_vendors()
import numpy, pathlib
matrix = numpy.ones((500, 500), dtype=numpy.float32)
matrix @ matrix
print(len(list(pathlib.Path("/proc/self/task").iterdir())))
"""


@pytest.mark.skipif(not _THREADS.is_dir(), reason="threads are counted in /proc")
def test_a_product_of_matrices_keeps_to_one_thread() -> None:
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    ran = subprocess.run(
        [sys.executable, "-c", _PRODUCT],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == ["1"]
