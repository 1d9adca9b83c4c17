"""A case and its answer -> a judged score, or a counted judge error."""

import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.errors import ModelError
from assistant.evals.judge.cache import ReplyCache, reply_key
from assistant.evals.judge.rubrics import (
    Material,
    Rubric,
    UnusableReply,
    Vote,
    rubrics,
    user_message,
)
from assistant.evals.judge.rules import JudgeRules
from assistant.evals.metric import Score
from assistant.ports import ChatModel, ChatReply

_RETRIES = 2
"""Further tries after a reply that cannot be used."""
_DEAD_AFTER = 5
"""Failed calls in a row after which the judge is not asked any more."""
_CONTROL_QUESTION = "来週の社員食堂の献立を教えてください。"
"""Asked beside an answer that talks about grading: a judge that likes it here is led by it."""
_ADDRESSES_THE_JUDGE = re.compile(
    r"満点|採点|評価者|審査員|校閲者|点検者|(?<![a-z])(?:judge|grader|score|grade|rating)", re.I
)
"""Words of grading. No answer is marked down for them; they only cost a control question."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the votes on one answer came to."""

    value: float | None
    """0–1, or None: a judge error."""
    why: str
    """The reason of the judge, or what went wrong."""
    steady: bool = True
    """Whether all votes agreed, those in the other order among them."""


@dataclass
class Spending:
    """What was asked and paid so far."""

    calls: int = 0
    yen: float = 0.0
    failures_in_a_row: int = 0


@dataclass(frozen=True)
class JudgeReport:
    """What the judge said of a whole run."""

    scores: Mapping[str, Mapping[str, Score]]
    errors: Mapping[str, Mapping[str, str]]
    """By metric and case: why there is no score."""
    calls: int
    yen: float

    def error_share(self, metric: str) -> float:
        """Return judge errors / cases that were to be judged; 1 when nothing was judged."""
        failed, done = len(self.errors.get(metric, {})), len(self.scores.get(metric, {}))
        return failed / (failed + done) if failed + done else 1.0


@dataclass(frozen=True)
class Judge:
    """Asks a chat model several times, and believes only what can be checked."""

    model: ChatModel
    rules: JudgeRules
    cache: ReplyCache
    spending: Spending = field(default_factory=Spending)

    def report(self, materials: Mapping[str, Material]) -> JudgeReport:
        """Return scores and errors of every case in `materials` on every judged metric."""
        scores: dict[str, dict[str, Score]] = {}
        errors: dict[str, dict[str, str]] = {}
        for rubric in rubrics():
            opinions = {case: self.opinion(rubric, materials[case]) for case in materials}
            scores[rubric.name] = {
                case: Score(one.value, one.why)
                for case, one in opinions.items()
                if one.value is not None
            }
            errors[rubric.name] = {
                case: one.why for case, one in opinions.items() if one.value is None
            }
        return JudgeReport(scores, errors, self.spending.calls, self.spending.yen)

    def opinion(self, rubric: Rubric, material: Material) -> Opinion:
        """Return what the votes came to; never a score that nothing stands behind."""
        if not material.answer.strip() or (rubric.name == "faithfulness" and not material.claims):
            return Opinion(0.0, "回答に、点検できる文がありません")
        try:
            votes = [self._vote(rubric, material, vote=n) for n in range(self.rules.votes)]
            opinion = _settled(votes)
            if opinion.value and self._is_led(rubric, material):
                return Opinion(None, "回答の中の採点の依頼に、採点者が従っています")
        except (ModelError, UnusableReply, _Capped) as error:
            return Opinion(None, str(error))
        return opinion

    def _is_led(self, rubric: Rubric, material: Material) -> bool:
        """Return whether the judge likes the answer just as well under an unrelated question."""
        if rubric.name == "faithfulness" or not _ADDRESSES_THE_JUDGE.search(material.answer):
            return False
        control = replace(material, question=_CONTROL_QUESTION)
        return self._vote(rubric, control, vote=0).values[0] >= rubric.good_from

    def _vote(self, rubric: Rubric, material: Material, *, vote: int) -> Vote:
        if vote % 2:
            material = replace(material, passages=tuple(reversed(material.passages)))
        system, user = rubric.prompt, user_message(rubric, material)
        problem = UnusableReply("採点者の返事を読めません")
        for attempt in range(_RETRIES + 1):
            number = vote + attempt * self.rules.votes
            key = reply_key(model=self.model.name, system=system, user=user, vote=number)
            kept = self.cache.get(key)
            reply = kept or self._asked(rubric, system, user)
            try:
                understood = rubric.read(reply.text, material)
            except UnusableReply as error:
                problem = error
                continue
            if kept is None:
                self.cache.put(key, reply)
            return understood
        raise problem

    def _asked(self, rubric: Rubric, system: str, user: str) -> ChatReply:
        spent, rules = self.spending, self.rules
        if spent.calls >= rules.max_calls:
            raise _Capped(f"採点の回数の上限({rules.max_calls}回)に達しました")
        if spent.yen >= rules.max_yen and _costs(rules):
            raise _Capped(f"採点の費用の上限({rules.max_yen:.0f}円)に達しました")
        if spent.failures_in_a_row >= _DEAD_AFTER:
            raise _Capped("採点者が続けて答えなかったため、採点をやめました")
        spent.calls += 1
        try:
            reply = self.model.complete(system, user, schema=rubric.schema)
        except ModelError:
            spent.failures_in_a_row += 1
            raise
        spent.failures_in_a_row = 0
        spent.yen += reply.input_tokens * rules.yen_per_million_input_tokens / 1e6
        spent.yen += reply.output_tokens * rules.yen_per_million_output_tokens / 1e6
        return reply


class _Capped(Exception):  # noqa: N818 — a limit that was set, not a breakdown
    """No further call is made."""


def _costs(rules: JudgeRules) -> bool:
    return bool(rules.yen_per_million_input_tokens or rules.yen_per_million_output_tokens)


def _settled(votes: Sequence[Vote]) -> Opinion:
    """Return the mean over the claims of the lower median over the votes: a tie is not a yes."""
    columns = list(zip(*(vote.values for vote in votes), strict=True))
    values = [statistics.median_low(column) for column in columns]
    value = statistics.fmean(values)
    nearest = min(votes, key=lambda vote: abs(statistics.fmean(vote.values) - value))
    return Opinion(value, nearest.reason, steady=all(len(set(column)) == 1 for column in columns))
