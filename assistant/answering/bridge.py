"""From the words of every day to those of the rule, by way of the company's own tasks.

«金曜の夜に今週なにしたっけってなる» finds a story whose task is 週報; the rule names 週報.
"""

from collections.abc import Sequence

from assistant.answering.words import TRANSFORMS
from assistant.domain import Hit, Story, Template

_LEAST = 0.68
"""Score of the first story or template; below, half of the first ones were of another task
(36 how-to questions of eval/suites)."""
_LEAD = 0.9
"""Another task whose best score reaches this share of the first one's makes it a guess."""


def task_of(hits: Sequence[Hit]) -> str:
    """Return what the question is about in the company's words, or nothing if that is a guess.

    The task of the best story or template, with the names of the templates for it.
    """
    told = sorted((hit for hit in hits if _task(hit)), key=lambda hit: -hit.score)
    if not told or told[0].score < _LEAST:
        return ""
    task = _task(told[0])
    others = [hit.score for hit in told if _task(hit) != task]
    if others and others[0] >= _LEAD * told[0].score:
        return ""
    titles = [
        hit.passage.source.title
        for hit in told
        if _task(hit) == task and isinstance(hit.passage.content, Template)
    ]
    return "、".join(dict.fromkeys([task, *titles[:1]]))


def done_otherwise(task: str, clause: str) -> bool:
    """Tell whether a task does with its thing what the clause does not name: 見積比較."""
    name = task.split("、")[0]
    done = [one for one in TRANSFORMS if one in name and one != name]
    return any(one not in clause for one in done)


def _task(hit: Hit) -> str:
    content = hit.passage.content
    return content.task if isinstance(content, Story | Template) else ""
