"""How much is tried: a sample that CI has time for, or everything (`make faults`)."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")


class Depth(StrEnum):
    """Chosen by `pytest --deep`."""

    SAMPLE = "sample"
    EVERYTHING = "everything"

    def pick(self, *, sample: T, everything: T) -> T:
        return everything if self is Depth.EVERYTHING else sample

    def spread(self, of: Sequence[T], *, sample: int) -> Sequence[T]:
        """Return all of them, or `sample` of them from the first to the last."""
        if self is Depth.EVERYTHING or len(of) <= sample:
            return of
        return [of[place * (len(of) - 1) // (sample - 1)] for place in range(sample)]
