"""The weights that tell the kind of a clause: whole, small, and fitted from the sentences."""

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from assistant.corpus.rules.clause_model import likely_kinds, weigh
from assistant.domain import ClauseKind
from tests.conftest import ROOT
from training.clauses import FILE, LABELS, fit, labelled
from training.intents import write
from training.reading import earlier_organisations

if TYPE_CHECKING:
    from pathlib import Path

FLOOR = 0.9
"""Share of a left-out voice's clauses that are read right."""


def test_what_ships_reads_nearly_every_clause_it_was_fitted_on() -> None:
    known = [one for one in labelled(earlier_organisations()) if one.kind is not None][::3]

    told = [likely_kinds(one.text, one.headings) for one in known]

    best = [max(one, key=one.__getitem__) for one in told]
    right = [kind is one.kind for kind, one in zip(best, known, strict=True)]
    assert sum(right) / len(known) > 0.95


def test_what_ships_is_small_and_tells_every_kind_and_none() -> None:
    found = likely_kinds("顧客名簿は、どの道具にも渡しません", ("見せないもの",))

    assert FILE.stat().st_size < 150_000
    assert set(found) == {*ClauseKind, None}
    assert sum(found.values()) == pytest.approx(1)


def test_nothing_is_loaded_before_a_clause_is_weighed() -> None:
    code = "import sys, assistant.corpus.rules.reading; print('numpy' in sys.modules)"

    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "False"


def test_weights_are_made_again_and_free_no_ban_of_a_voice_left_out(tmp_path: "Path") -> None:
    pytest.importorskip("sklearn", reason="needs the extra train")
    known = labelled(earlier_organisations())
    left_out = [one for one in known if one.voice == "f" and one.kind is not None]

    learned = fit([one for one in known if one.voice != "f"])
    write(learned, tmp_path / FILE.name, labels=LABELS)

    told = [weigh(one.text, one.headings, learned) for one in left_out]
    best = [max(one, key=one.__getitem__) for one in told]
    pairs = list(zip(best, left_out, strict=True))
    freed = [
        one
        for (kind, one), odds in zip(pairs, told, strict=True)
        if one.kind is ClauseKind.FORBIDDEN_INPUT
        and kind is ClauseKind.ENCOURAGED
        and odds[kind] > 0.6
    ]
    assert sum(kind is one.kind for kind, one in pairs) / len(left_out) > FLOOR
    assert not freed
    assert (tmp_path / FILE.name).stat().st_size < 150_000
