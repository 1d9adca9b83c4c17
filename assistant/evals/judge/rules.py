"""eval/judge.toml: how often the judge is asked, what it may cost, when it counts."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import SuiteError


class JudgeRules(BaseModel):
    """Votes, caps and what a calibration has to reach."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    votes: int = Field(default=3, ge=1, le=9)
    """Replies a case and metric; every second one sees the passages in the other order."""
    max_calls: int = Field(default=3000, ge=0)
    max_yen: float = Field(default=500.0, ge=0)
    yen_per_million_input_tokens: float = Field(default=0.0, ge=0)
    yen_per_million_output_tokens: float = Field(default=0.0, ge=0)
    max_error_share: float = Field(default=0.02, ge=0, le=1)
    """Above this share of judge errors a judge that counts fails the gate."""
    min_kappa: float = Field(default=0.6, ge=0, le=1)
    """«Substantial» agreement of Landis & Koch (1977): below it the judge is report-only."""
    min_labels: int = Field(default=50, ge=2)
    """Human labels a metric; ARES asks for at least 50."""


def load_judge_rules(path: Path) -> JudgeRules:
    """Return the rules of `path`; without the file, the defaults. Raises SuiteError."""
    if not path.exists():
        return JudgeRules()
    try:
        return JudgeRules.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SuiteError(
            f"{path} を読めません({error})。", remedy="TOMLの書きかたを確かめてください。"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SuiteError(
            f"{path}: {name} の値「{first['input']}」は使えません。",
            remedy=f"使える項目: {'、'.join(JudgeRules.model_fields)}。",
        ) from error
