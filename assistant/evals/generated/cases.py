"""Cases that any company's own documents make, without a model: rules, stories, departments."""

from assistant.evals.case import Case
from assistant.evals.generated.rules import rule_cases
from assistant.evals.generated.stories import fact_cases, locality_cases
from assistant.evals.references import References


def generated_cases(references: References) -> tuple[Case, ...]:
    """Return the cases of the corpus, sorted by id: the same documents give the same cases.

    - `gen-rule-…`: may I? for each clause of a current rule that forbids, allows or sets terms
    - `gen-fact-…`: how long does it take now? for each story with a before and an after
    - `gen-local-…`: who did it? for each department and task, own story or the neighbour's
    """
    cases = (*rule_cases(references), *fact_cases(references), *locality_cases(references))
    return tuple(sorted({case.id: case for case in cases}.values(), key=lambda case: case.id))
