"""How far the judge agrees with people, as a table for the terminal."""

from collections.abc import Sequence

from assistant.evals.judge.calibration import Agreement, counts
from assistant.evals.judge.rubrics import rubrics
from assistant.evals.judge.rules import JudgeRules


def agreements_table(agreements: Sequence[Agreement], *, rules: JudgeRules) -> str:
    """Return a few lines a metric, the last one saying whether its word counts."""
    by_name = {rubric.name: rubric for rubric in rubrics()}
    lines: list[str] = []
    for one in agreements:
        rubric = by_name[one.metric]
        why = counts(one, rubric, model=one.model, rules=rules)
        lines += [
            f"{rubric.title}({one.model}、指示文 {one.prompt_hash})",
            f"  人の採点 {one.n}件(良い {one.human_share:.0%})、採点できず {one.judge_errors}件",
            f"  一致 κ={one.kappa:.2f}",
            f"  「悪い」の適合率 {one.bad_precision:.2f}、再現率 {one.bad_recall:.2f}",
            f"  人−AIの平均 {one.bias:+.2f}(標準誤差 {one.bias_error:.2f})",
            f"  長さとの相関 {one.length_bias:+.2f}、票割れ {one.unsteady:.0%}",
            f"  → 参考値にとどめます: {why}" if why else "  → 合否に数えます",
        ]
    return "\n".join(lines)
