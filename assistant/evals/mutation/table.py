"""What became of the broken assistants, as a table for the terminal."""

from assistant.evals.mutation.run import MutationReport


def mutants_table(report: MutationReport) -> str:
    """Return one line a mutant, survivors first, and the verdict as the last line."""
    lines = [
        f"{'✓ 止めた' if one.killed else '✕ 見逃した'}  {one.title}({one.broken}問)"
        f" → {one.metric}"
        + ("" if one.killed else f"(落ちたのは: {'、'.join(filter(None, one.failed)) or 'なし'})")
        for one in sorted(report.trials, key=lambda one: one.killed)
    ]
    killed = sum(one.killed for one in report.trials)
    lines += [f"✕ こわしていないのに落ちました: {line}" for line in report.clean_failures]
    lines.append(
        f"こわしたもの {killed}/{len(report.trials)} を止めました。"
        f"こわしていないものは {report.clean_passes}/{report.clean_runs} 回とおりました。"
    )
    return "\n".join(lines)
