"""Whether an answer says so when it shows another department's story."""

from assistant.domain import Nearness
from assistant.evals.case import CaseType
from assistant.evals.metric import Asked, Metric, Score, ratio
from assistant.evals.metrics.shown import FirstStory, first_story, plain, prose
from assistant.evals.metrics.words import no_answer
from assistant.evals.references import References, squeezed

_TELLS_STORIES = frozenset({CaseType.HOW_TO, CaseType.STORY, CaseType.FOLLOW_UP})


def _score(asked: Asked, references: References) -> Score | None:
    """Return 1 where the first story is another department's and the answer names that one."""
    case = asked.case
    if not case.department or not (case.type in _TELLS_STORIES or case.expect.department):
        return None
    if not asked.prediction.ok:
        return Score(0.0, no_answer(asked.prediction), (0.0, 1.0))
    story = first_story(asked.prediction, references)
    if story is None or not story.departments or case.department in story.departments:
        return Score(1.0, "", (0.0, 0.0))
    why = _concealment(story, asked)
    return Score(float(not why), why, (float(not why), 1.0))


def _concealment(story: FirstStory, asked: Asked) -> str:
    """Return what is wrong with the way the answer tells whose story it is; empty = nothing."""
    own = asked.case.department
    whose = "・".join(story.departments)
    if story.nearness == Nearness.OWN or own in story.told:
        return f"{whose}の事例を、{own}の事例として見せた"
    text = squeezed(plain(prose(asked.prediction.answer)))
    if not any(squeezed(name) in text for name in story.departments):
        return f"{whose}の事例なのに、部署の名前が答えにない"
    return ""


METRIC = Metric(
    "neighbour_disclosure",
    "ほかの部署の事例だと伝えた割合",
    _score,
    aggregate=ratio,
)
"""First stories of another department that the answer names as such / first stories of another
department (design §3: «own department's stories first, … always labelled»). Counted over questions
with a department that ask how or for stories; whose story it is is read from the corpus."""
