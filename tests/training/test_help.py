"""Asking how a fit is run starts none."""

import pytest

from training import answerability, clauses, intents, names, numbers, verdicts

FITS = (answerability, clauses, intents, names, numbers, verdicts)


@pytest.mark.parametrize("fit", FITS, ids=lambda fit: fit.__name__)
def test_help_tells_and_fits_nothing(fit, capsys, monkeypatch) -> None:
    monkeypatch.delattr(fit, "fit", raising=False)  # whoever fits now fails

    with pytest.raises(SystemExit) as ended:
        fit.main(["--help"])

    assert ended.value.code == 0
    assert f"python -m {fit.__name__}" in capsys.readouterr().out
