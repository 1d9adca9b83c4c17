"""What a document gains before a word is compared: whose it is, its kind, how recent it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Query, Source

OWN_DEPARTMENT = 0.06
NEIGHBOUR = 0.02
"""Added for documents of the asker's department and of its neighbours. Fused scores lie in 0–1:
own stories go first among near equals, and another department's better one still passes them.
This and the next two are chosen, not measured: no set here knows who asks."""

ASKED_KIND = 0.05
"""Added for a kind of document that the question asks for («テンプレートはある?»)."""

RECENCY = 0.02
_RECENCY_DAYS = 3 * 365
"""The newest document gets the whole of it, one that is three years older nothing."""


@dataclass(frozen=True, slots=True)
class Priors:
    """What is known of the sources of a version; places are those of the sources."""

    recency: NDArray[np.float32]
    """What each gains by its date."""
    of_kind: Mapping[str, NDArray[np.intp]]
    of_department: Mapping[str, NDArray[np.intp]]

    def gains(self, query: Query) -> NDArray[np.float32]:
        """Return what each source gains, 0 to .13."""
        nearness = np.zeros(len(self.recency), dtype=np.float32)
        for neighbour in query.neighbours:
            nearness[self.of_department.get(neighbour, _NOWHERE)] = NEIGHBOUR
        if query.department:
            nearness[self.of_department.get(query.department, _NOWHERE)] = OWN_DEPARTMENT
        for kind in query.kinds:
            nearness[self.of_kind.get(kind, _NOWHERE)] += ASKED_KIND
        return np.asarray(nearness + self.recency, dtype=np.float32)


_NOWHERE = np.empty(0, dtype=np.intp)


def priors_of(sources: Sequence[Source]) -> Priors:
    """Return what is known of `sources`; worked out once a version."""
    newest = max((each.updated for each in sources if each.updated), default=None)
    ages = [(newest - each.updated).days if newest and each.updated else None for each in sources]
    recency = [
        0.0 if age is None else RECENCY * max(0.0, 1.0 - age / _RECENCY_DAYS) for age in ages
    ]
    return Priors(
        recency=np.array(recency, dtype=np.float32),
        of_kind=_places((each.kind,) for each in sources),
        of_department=_places(each.departments for each in sources),
    )


def _places(named: Iterable[Iterable[str]]) -> dict[str, NDArray[np.intp]]:
    """Return where each name stands."""
    places: dict[str, list[int]] = {}
    for place, names in enumerate(named):
        for name in dict.fromkeys(names):
            places.setdefault(name, []).append(place)
    return {name: np.array(rows, dtype=np.intp) for name, rows in places.items()}
