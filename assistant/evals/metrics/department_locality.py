"""Whether the story of the right department comes first."""

from assistant.evals.metric import Asked, Metric, Score
from assistant.evals.metrics.shown import first_story
from assistant.evals.metrics.words import no_answer
from assistant.evals.references import References


def _score(asked: Asked, references: References) -> Score | None:
    """Return 1 where the first story is of the expected department, and says so."""
    wanted = asked.case.expect.department
    if not wanted:
        return None
    if not asked.prediction.ok:
        return Score(0.0, no_answer(asked.prediction))
    story = first_story(asked.prediction, references)
    if story is None:
        return Score(0.0, f"{wanted}の事例を見せるはずが、事例がない")
    whose = "・".join(story.departments) or "全社"
    if wanted not in story.departments:
        return Score(0.0, f"{wanted}の事例が先のはずが、最初は{whose}")
    if story.told and wanted not in story.told:
        return Score(0.0, f"{whose}の事例に「{'・'.join(story.told)}」の名札がついた")
    return Score(1.0)


METRIC = Metric("department_locality", "聞いた人に近い部署の事例が先に出た割合", _score)
"""First story (card, else first cited story) of the expected department / cases that expect one:
success@1 on departments. Whose story it is is read from the corpus, not from the answer."""
