"""Which template is the one for the asked task, and how sure that is.

People name their trouble, templates name their task. Who tells a story has had the trouble and
named the template: the stories of a task lead from one to the other.
"""

import math
from collections.abc import Sequence

from assistant.answering.tasks import names_task
from assistant.domain import Evidence, Hit, Intent, Query, Source, Story, Template

_BY_STORY = 0.5
"""Worth of the best story of a template's task beside the template's own score: .3–.7 put the
expected one first for 77–80 of 92 questions, without it 68."""

_BIAS = -1.26
_WORTH = 1.29
_LEAD = 1.04
_LEAD_MOST = 0.6
_COSINE = 21.8
_COSINE_ZERO = 0.86
"""Logistic on 140 questions of the project's suites (not its holdout); on a hotel's 17, written
before, it passed 11 of 12 right ones."""

CLEAR = 0.5
"""Probability from which a template is handed over; a wrong one is worse than none."""
ALONE = 0.65
"""The same where nothing else answers a how-to question."""
CLEAR_STORY = 0.65
"""Probability from which a story's task is the asked one, by the same figures."""


_NAMED = 0.75
"""Worth of a task that the question names as the template does."""
NAMED = 0.7
"""Probability of such a template, at least."""


def fitting_first(hits: Sequence[Hit], question: str) -> tuple[tuple[Hit, ...], float]:
    """Return the templates among `hits`, the one for the task first, and its probability (0–1)."""
    told = [hit for hit in hits if isinstance(hit.passage.content, Story)]
    rated = sorted(
        ((_worth(hit, told, question), hit) for hit in hits if task_of(hit)),
        key=lambda row: -row[0],
    )
    if not rated:
        return (), 0.0
    worth, first = rated[0]
    others = (other for other, hit in rated[1:] if task_of(hit) != task_of(first))
    sure = _probability(worth, worth - next(others, worth), first.cosine)
    floor = NAMED if names_task(question, first.passage) else 0.0
    return tuple(hit for _, hit in rated), max(sure, floor)


def _probability(worth: float, lead: float, cosine: float) -> float:
    near = _COSINE * (cosine - _COSINE_ZERO) if cosine else 0.0
    x = _BIAS + _WORTH * worth + _LEAD * min(lead, _LEAD_MOST) + near
    return 1 / (1 + math.exp(-x))


def told_of_task(evidence: Evidence, *, least: float) -> list[Hit]:
    """Return the stories of the task that is clearly asked for, the nearest department's first.

    The clearest story's task, else the first template's if its probability is `least` or more.
    """
    rated = sorted(
        ((_worth_told(hit, evidence.templates), -n, hit) for n, hit in enumerate(evidence.stories)),
        key=lambda row: (-row[0], -row[1]),
    )
    if rated:
        worth, _, first = rated[0]
        task = _told_task(first)
        others = (other for other, _, hit in rated[1:] if _told_task(hit) != task)
        if _probability(worth, worth - next(others, worth), first.cosine) >= CLEAR_STORY:
            return [hit for hit in evidence.stories if _told_task(hit) == task]
    if evidence.template_fit < least or not evidence.templates:
        return []
    source, task = evidence.templates[0].passage.source, task_of(evidence.templates[0])
    kin = [hit for hit in evidence.stories if _is_of(hit, source, task)]
    return sorted(kin, key=lambda hit: _told_task(hit) != task)


def _told_task(hit: Hit) -> str:
    content = hit.passage.content
    return content.task if isinstance(content, Story) else ""


def _worth_told(story: Hit, templates: Sequence[Hit]) -> float:
    of_task = (hit.score for hit in templates if _is_of(story, hit.passage.source, task_of(hit)))
    return story.score + _BY_STORY * max(of_task, default=0.0)


def has_what_is_wished(query: Query, hits: Sequence[Hit]) -> bool:
    """Tell whether the template or the story that a question asks for is clearly there."""
    if query.intent is Intent.TEMPLATE:
        return fitting_first(hits, query.text)[1] >= CLEAR
    return query.intent is Intent.STORY and any(
        isinstance(hit.passage.content, Story) and names_task(query.text, hit.passage)
        for hit in hits
    )


def task_of(hit: Hit) -> str:
    """Return what a template is for, its title if it names no task; empty for other kinds."""
    content = hit.passage.content
    return (content.task or hit.passage.source.title) if isinstance(content, Template) else ""


def _worth(template: Hit, told: Sequence[Hit], question: str) -> float:
    named = _NAMED * names_task(question, template.passage)
    return template.score + _BY_STORY * _told_of(template, told) + named


def _told_of(template: Hit, told: Sequence[Hit]) -> float:
    """Return the score of the best story whose author used this template or did its task."""
    source, task = template.passage.source, task_of(template)
    return max((hit.score for hit in told if _is_of(hit, source, task)), default=0.0)


def _is_of(hit: Hit, source: Source, task: str) -> bool:
    story = hit.passage.content
    return isinstance(story, Story) and (
        story.task == task or story.template in {source.title, source.path}
    )
