"""Which template is the one for the asked task, and how sure that is.

People name their trouble, templates name their task. Who tells a story has had the trouble and
named the template: the stories of a task lead from one to the other.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.tasks import names_task
from assistant.domain import Evidence, Hit, Intent, Query, Source, Story, Template

_BY_SCORE = 4.1
_BY_STORY = 1.2
_BY_OWN = 2.65
_BY_LAG = 86.0
_BY_LATE_LAG = 19.0
"""Worth of the template's own score, of the best score of a story of its task, of such a story
from the own department, and of each 1.0 of cosine, and of nearness token by token, that both lie
behind the nearest one of all. Conditional logit on 272 wordings of eight companies' suites (no
holdout): the expected template comes first for 255, for 256 with each company judged by the
seven others."""
_BY_NAMED = 4.0
"""Worth of a task that the question names; 0 to 4 put the same templates first in those sets."""

_ALONE = 2.0
"""Lead of what was found alone."""
_BIAS = -0.82
_LEAD = 0.92
_LEAD_MOST = 4.0
_LATE = 11.0
_LATE_ZERO = 0.55
_LATE_LEAST = 0.3
"""Logistic on 386 wishes and troubles of the same suites, 114 of them unanswerable; each company
judged by the seven others. Told .8–1 it was right for 93%, .6–.8 for 72%, .4–.6 for 50%, .2–.4 for
31%, below for 4%."""

_BIAS_WHOLE = -1.27
_LEAD_WHOLE = 0.85
_COSINE = 47.2
_COSINE_ZERO = 0.86
_COSINE_LEAST = 0.83
"""The same where no tokens are known, on 271 of them. Told .8–1 it was right for 95%, .6–.8 for
65%, .4–.6 for 47%, .2–.4 for 33%, below for 5%."""

CLEAR = 0.5
"""Probability from which a template is handed over; a wrong one is worse than none."""
ALONE = 0.65
"""The same where nothing else answers a how-to question."""
SURE = 0.85
"""The same to go beside a permission, unasked."""
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
    nearest = _Nearness.of((*told, *templates))
    tasks = [_Task((hit,), _stories_of(hit, told)) for hit in templates]
    rated = [(_worth(task, query, nearest), task) for task in tasks]
    rated.sort(key=_rate, reverse=True)
    worth, best = rated[0]
    (first,) = best.templates
    others = (other for other, task in rated[1:] if task_of(task.templates[0]) != task_of(first))
    sure = _probability(worth - next(others, worth - _ALONE), best.nearness)
    floor = NAMED if names_task(query.text, first.passage) else 0.0
    return tuple(task.templates[0] for _, task in rated), max(sure, floor)


@dataclass(frozen=True, slots=True)
class _Nearness:
    """How near the nearest of some hits is to the question: as a whole, and token by token."""

    cosine: float
    late: float

    @classmethod
    def of(cls, hits: Sequence[Hit]) -> "_Nearness":
        cosine = max([hit.cosine for hit in hits], default=0.0)
        return cls(cosine, max([hit.late for hit in hits], default=0.0))


@dataclass(frozen=True, slots=True)
class _Task:
    """A task as it was found: its template, and the stories of those who used it or did it."""

    templates: Sequence[Hit]
    stories: Sequence[Hit]

    @property
    def nearness(self) -> _Nearness:
        """How near the nearest of them is to the question."""
        return _Nearness.of(self.hits)

    @property
    def hits(self) -> Sequence[Hit]:
        """All of them."""
        return (*self.templates, *self.stories)


def _rate(row: tuple[float, _Task]) -> float:
    return row[0]


def _worth(task: _Task, query: Query, nearest: _Nearness) -> float:
    own = any(query.department in hit.passage.source.departments for hit in task.stories)
    told = max([hit.score for hit in task.stories], default=0.0)
    written = max([hit.score for hit in task.templates], default=0.0)
    lag = _lag(task.nearness, nearest)
    named = any(names_task(query.text, hit.passage) for hit in task.templates)
    by_score = _BY_SCORE * written + _BY_STORY * told
    return by_score + _BY_OWN * own + lag + _BY_NAMED * named


def _lag(task: _Nearness, nearest: _Nearness) -> float:
    whole = max(task.cosine, _COSINE_LEAST) - nearest.cosine if nearest.cosine else 0.0
    tokens = max(task.late, _LATE_LEAST) - nearest.late if nearest.late else 0.0
    return _BY_LAG * whole + _BY_LATE_LAG * tokens


def _probability(lead: float, near: _Nearness) -> float:
    lead = min(lead, _LEAD_MOST)
    if near.late:
        odds = _BIAS + _LEAD * lead + _LATE * (near.late - _LATE_ZERO)
    else:
        whole = _COSINE * (near.cosine - _COSINE_ZERO) if near.cosine else 0.0
        odds = _BIAS_WHOLE + _LEAD_WHOLE * lead + whole
    return 1 / (1 + math.exp(-odds))


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
    nearest = _Nearness.of([hit for each in found.values() for hit in each.hits])
    rated = sorted(
        ((_worth(task, query, nearest), name) for name, task in found.items()), reverse=True
    )
    if not rated:
        return ""
    worth, first = rated[0]
    lead = worth - (rated[1][0] if len(rated) > 1 else worth - _ALONE)
    return first if _probability(lead, found[first].nearness) >= CLEAR_STORY else ""


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
