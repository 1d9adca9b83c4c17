"""What became of the broken assistants, as a table for the terminal."""

from assistant.evals.mutation.run import MutationReport, Trial


def mutants_table(report: MutationReport) -> str:
    """Return one line a mutant, survivors first, and the verdict as the last line."""
    lines = [_line(one) for one in sorted(report.trials, key=lambda one: one.killed)]
    killed = sum(one.killed for one in report.trials)
    lines += [f"✕ こわしていないのに落ちました: {line}" for line in report.clean_failures]
    lines.append(
        f"こわしたもの {killed}/{len(report.trials)} を止めました。"
        f"こわしていないものは {report.clean_passes}/{report.clean_runs} 回とおりました。"
    )
    return "\n".join(lines)


def _line(trial: Trial) -> str:
    what = f"{trial.title}({trial.broken}問) → {trial.metric}"
    if trial.killed:
        return f"✓ 止めた  {what}"
    if not trial.broken:
        return f"✕ 試せない  {what}(あてはまる問いがありません。足してください)"
    failed = "、".join(filter(None, trial.failed)) or "なし"
    return f"✕ 見逃した  {what}(落ちたのは: {failed})"
