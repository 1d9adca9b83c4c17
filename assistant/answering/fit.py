"""Which template is the one for the asked task, and how sure that is.

People name their trouble, templates name their task. Who tells a story has had the trouble and
named the template: the stories of a task lead from one to the other.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.tasks import names_task
from assistant.domain import Evidence, Hit, Intent, Query, Source, Story, Template

_BY_SCORE = 4.7
_BY_STORY = 2.4
_BY_OWN = 2.35
_BY_LAG = 78.0
"""Worth of the template's own score, of the best score of a story of its task, of such a story
from the own department, and of each 1.0 of cosine that both lie behind the nearest one of all.
Conditional logit on 239 wordings of five companies' suites (no holdout): the expected template
comes first for 220, for 217 with each company judged by the four others."""
_BY_NAMED = 4.0
"""Worth of a task that the question names; 0 to 4 put the same templates first in those sets."""

_ALONE = 2.0
"""Lead of what was found alone."""
_BIAS = -1.27
_LEAD = 0.85
_LEAD_MOST = 4.0
_COSINE = 47.2
_COSINE_ZERO = 0.86
_COSINE_LEAST = 0.83
"""Logistic on 271 wishes and troubles of the same suites, 42 of them unanswerable. Told .8–1 it was
right for 95%, .6–.8 for 65%, .4–.6 for 47%, .2–.4 for 33%, below for 5%."""

CLEAR = 0.5
"""Probability from which a template is handed over; a wrong one is worse than none."""
ALONE = 0.65
"""The same where nothing else answers a how-to question."""
CLEAR_STORY = 0.65
"""The same from which a story's task is the asked one, whether it has a template or not."""
NAMED = 0.7
"""Probability of a template whose task the question names, at least."""


def fitting_first(hits: Sequence[Hit], query: Query) -> tuple[tuple[Hit, ...], float]:
    """Return the templates among `hits`, the one for the task first, and its probability (0–1)."""
    told = [hit for hit in hits if isinstance(hit.passage.content, Story)]
    templates = [hit for hit in hits if task_of(hit)]
    if not templates:
        return (), 0.0
    nearest = max([hit.cosine for hit in (*told, *templates)])
    tasks = [_Task((hit,), _stories_of(hit, told)) for hit in templates]
    rated = [(_worth(task, query, nearest), task) for task in tasks]
    rated.sort(key=_rate, reverse=True)
    worth, best = rated[0]
    (first,) = best.templates
    others = (other for other, task in rated[1:] if task_of(task.templates[0]) != task_of(first))
    sure = _probability(worth - next(others, worth - _ALONE), best.cosine)
    floor = NAMED if names_task(query.text, first.passage) else 0.0
    return tuple(task.templates[0] for _, task in rated), max(sure, floor)


@dataclass(frozen=True, slots=True)
class _Task:
    """A task as it was found: its template, and the stories of those who used it or did it."""

    templates: Sequence[Hit]
    stories: Sequence[Hit]

    @property
    def cosine(self) -> float:
        """How near the nearest of them is to the question."""
        return max([hit.cosine for hit in (*self.templates, *self.stories)], default=0.0)


def _rate(row: tuple[float, _Task]) -> float:
    return row[0]


def _worth(task: _Task, query: Query, nearest: float) -> float:
    own = any(query.department in hit.passage.source.departments for hit in task.stories)
    told = max([hit.score for hit in task.stories], default=0.0)
    written = max([hit.score for hit in task.templates], default=0.0)
    lag = max(task.cosine, _COSINE_LEAST) - nearest if nearest else 0.0
    named = any(names_task(query.text, hit.passage) for hit in task.templates)
    by_score = _BY_SCORE * written + _BY_STORY * told
    return by_score + _BY_OWN * own + _BY_LAG * lag + _BY_NAMED * named


def _probability(lead: float, cosine: float) -> float:
    near = _COSINE * (cosine - _COSINE_ZERO) if cosine else 0.0
    return 1 / (1 + math.exp(-(_BIAS + _LEAD * min(lead, _LEAD_MOST) + near)))


def told_of_task(evidence: Evidence, query: Query, *, least: float) -> list[Hit]:
    """Return the stories of the task that is clearly asked for, the nearest department's first.

    The clearest story's task, with or without a template; else the first template's, if its
    probability is `least` or more.
    """
    clear = _clearest_task(evidence, query)
    if clear:
        return [hit for hit in evidence.stories if _told_task(hit) == clear]
    if evidence.template_fit < least or not evidence.templates:
        return []
    first = evidence.templates[0]
    kin = _stories_of(first, evidence.stories)
    return sorted(kin, key=lambda hit: _told_task(hit) != task_of(first))


def _clearest_task(evidence: Evidence, query: Query) -> str:
    """Return the task that the stories tell of and the question means; empty if none is sure."""
    found = {
        _told_task(story): _Task(
            [hit for hit in evidence.templates if _is_of(story, hit.passage.source, task_of(hit))],
            [hit for hit in evidence.stories if _told_task(hit) == _told_task(story)],
        )
        for story in evidence.stories
    }
    nearest = max((task.cosine for task in found.values()), default=0.0)
    rated = sorted(
        ((_worth(task, query, nearest), name) for name, task in found.items()), reverse=True
    )
    if not rated:
        return ""
    worth, first = rated[0]
    lead = worth - (rated[1][0] if len(rated) > 1 else worth - _ALONE)
    return first if _probability(lead, found[first].cosine) >= CLEAR_STORY else ""


def _told_task(hit: Hit) -> str:
    content = hit.passage.content
    return content.task if isinstance(content, Story) else ""


def _stories_of(template: Hit, told: Sequence[Hit]) -> list[Hit]:
    source, task = template.passage.source, task_of(template)
    return [hit for hit in told if _is_of(hit, source, task)]


def has_what_is_wished(query: Query, hits: Sequence[Hit]) -> bool:
    """Tell whether the template or the story that a question asks for is clearly there."""
    if query.intent is Intent.TEMPLATE:
        return fitting_first(hits, query)[1] >= CLEAR
    return query.intent is Intent.STORY and any(
        isinstance(hit.passage.content, Story) and names_task(query.text, hit.passage)
        for hit in hits
    )


def task_of(hit: Hit) -> str:
    """Return what a template is for, its title if it names no task; empty for other kinds."""
    content = hit.passage.content
    return (content.task or hit.passage.source.title) if isinstance(content, Template) else ""


def _is_of(hit: Hit, source: Source, task: str) -> bool:
    story = hit.passage.content
    return isinstance(story, Story) and (
        story.task == task or story.template in {source.title, source.path}
    )
