"""Questions from stories: their numbers, and whose story comes first for which department."""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain import Department, Kind, Measure, Passage, Story
from assistant.evals.case import Case, CaseType, Expect, MustCite, Qrel
from assistant.evals.generated.case import Asking, current_documents, made_case, may_read
from assistant.evals.references import References, squeezed

_SENTENCE = re.compile(r"[^。!?!?\n]+[。!?!?]?")

_OWN_TIME_FRAMES = (
    "うちの{}、AI使ってどのくらい時間減ったん?",
    "うちの部の{}の事例では、何時間かかってたのがどうなった?",
)
_OTHERS_TIME_FRAMES = (
    "{}の{}、AIを使う前とあとで、かかる時間はどう変わりましたか",
    "{}の{}ってAIでどのくらい早くなった?",
)
"""How people ask for a story's numbers; {} stands for department and task."""

_OWN_FRAMES = ("うちの部で{}にAI使ってる人おる?", "{}でAI使って楽になった話ない?")
_NEIGHBOUR_FRAMES = (
    "{}にAI使ってる部署ってある?",
    "{}、よその部署はAIでどうやってる?",
    "{}でAI使って楽になった話ない?",
)
"""How people ask who has done it before; {} stands for the task."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A story of one department, with what its questions need."""

    passage: Passage
    story: Story
    department: str


def fact_cases(references: References) -> Iterator[Case]:
    """Yield «how long does it take?» for each story whose numbers are in its text."""
    stories = _stories(references)
    tasks = Counter((told.department, told.story.task) for told in stories)
    for told in stories:
        before, after = told.story.before, told.story.after
        span = _sentence_with(told.passage.text, after)
        if before is None or after is None or not span or tasks[_key(told)] > 1:
            continue
        for asking in _time_questions(told, references):
            yield made_case(
                "fact",
                asking,
                gold=Qrel(told.passage.source.path, span, grade=2),
                expect=Expect(
                    facts=(_wordings(before), _wordings(after)),
                    must_cite=(MustCite(told.passage.source.path),),
                    abstain=False,
                ),
            )


def locality_cases(references: References) -> Iterator[Case]:
    """Yield «who did it?» for each department and task where it or a neighbour has a story."""
    stories = _stories(references)
    tasks = sorted({told.story.task for told in stories})
    for department in references.company.departments:
        for task in tasks:
            nearest = _nearest(department, task, stories)
            if nearest is not None and not _alike(nearest, department, stories):
                yield _locality_case(department, nearest)


def _locality_case(department: Department, nearest: _Told) -> Case:
    task = nearest.story.task
    frames = _OWN_FRAMES if nearest.department == department.name else _NEIGHBOUR_FRAMES
    question = _voice(frames, department.name + task).format(task)
    return made_case(
        "local",
        Asking(question, CaseType.STORY, department.name),
        gold=Qrel(nearest.passage.source.path),
        expect=Expect(department=nearest.department, abstain=False),
    )


def _nearest(department: Department, task: str, stories: list[_Told]) -> _Told | None:
    """Return the story of the department itself, else of its first neighbour with one."""
    for name in (department.name, *department.neighbours):
        for told in stories:
            if (
                told.department == name
                and told.story.task == task
                and may_read(department.name, told.passage.source)
            ):
                return told
    return None


def _alike(nearest: _Told, department: Department, stories: list[_Told]) -> bool:
    """Tell whether the asker's own story of a wider or narrower task may rightly come first."""
    task = nearest.story.task
    own = (told.story.task for told in stories if told.department == department.name)
    return any(other != task and (other in task or task in other) for other in own)


def _stories(references: References) -> list[_Told]:
    return [
        _Told(passage, passage.content, department)
        for document in current_documents(references, Kind.STORY)
        for passage in document.passages
        if isinstance(passage.content, Story) and passage.content.task
        for department in passage.source.departments
    ]


def _key(told: _Told) -> tuple[str, str]:
    return told.department, told.story.task


def _time_questions(told: _Told, references: References) -> Iterator[Asking]:
    """Yield the question of the department itself and of its first neighbour that may read it."""
    task = told.story.task
    own = _voice(_OWN_TIME_FRAMES, told.department + task)
    yield Asking(own.format(task), CaseType.FACT, told.department)
    whose = references.company.department(told.department)
    for other in whose.neighbours if whose else ():
        if may_read(other, told.passage.source):
            asked = _voice(_OTHERS_TIME_FRAMES, other + task)
            yield Asking(asked.format(told.department, task), CaseType.FACT, other)
            return


def _voice(frames: tuple[str, ...], key: str) -> str:
    """Return one of the frames: another one for each key, the same in every run."""
    return frames[zlib.crc32(key.encode("utf-8")) % len(frames)]


def _sentence_with(text: str, measure: Measure | None) -> str:
    """Return the sentence that tells the number, exactly; empty if none does."""
    wanted = squeezed(measure.original) if measure else ""
    sentences = (found[0].strip() for found in _SENTENCE.finditer(text))
    return next((one for one in sentences if wanted and wanted in squeezed(one)), "")


def _wordings(measure: Measure) -> tuple[str, ...]:
    """Return a time as the story writes it, and as plain hours and minutes."""
    if measure.duration is None or "日" in measure.original:
        # How long a working day is, each company knows for itself.
        return (measure.original,)
    minutes = round(measure.duration.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    parts = (f"{hours}時間" if hours else "") + (f"{rest}分" if rest else "")
    return tuple(dict.fromkeys((measure.original, parts or measure.original, f"{minutes}分")))
