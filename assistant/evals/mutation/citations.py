"""Mutants that cite wrongly."""

from dataclasses import replace

from assistant.domain import Status
from assistant.evals.metric import Asked
from assistant.evals.mutation.mutant import Mutant, Recording, answered, renumbered
from assistant.evals.prediction import (
    PredictedCitation,
    PredictedLine,
    PredictedSection,
    Prediction,
)

_EVERYTHING = 40
"""Passages that «cite everything» adds: more than any answer needs."""


def citation_mutants() -> tuple[Mutant, ...]:
    """Return the mutants of this file."""
    return (
        Mutant(
            "shuffled_citations", "citation_precision", "出典の番号がずれる", _shuffled,
            applies=_cites_several,
        ),
        Mutant("no_citation", "citation_recall", "出典を付けない", _uncited, applies=_cites),
        Mutant(
            "cite_everything", "citation_precision", "見つけた資料をすべて出典にする", _everything,
            applies=_cites,
        ),
        Mutant(
            "paraphrased_quote", "quote_exactness", "引用を言い換える(20問に1問)", _paraphrased,
            every=20, applies=_cites,
        ),
        Mutant(
            "wrong_place", "quote_exactness", "引用の見出しとページが違う(20問に1問)", _misplaced,
            every=20, applies=_cites,
        ),
        Mutant(
            "stale_document", "stale_citation_rate", "古い版の資料を出典にする(20問に1問)", _stale,
            every=20, applies=_cites,
        ),
    )  # fmt: skip


def _cites(asked: Asked) -> bool:
    return answered(asked) and bool(asked.prediction.citations)


def _cites_several(asked: Asked) -> bool:
    return answered(asked) and len(asked.prediction.citations) > 1


def _shuffled(asked: Asked, _recording: Recording) -> Prediction:
    """Every marker points to the next source."""
    told = asked.prediction
    numbers = [citation.n for citation in told.citations]
    following = dict(zip(numbers, numbers[1:] + numbers[:1], strict=True))
    return replace(
        told,
        answer=renumbered(told.answer, following),
        sections=tuple(_remarked(section, following) for section in told.sections),
    )


def _remarked(section: PredictedSection, numbers: dict[int, int]) -> PredictedSection:
    card = section.template
    return replace(
        section,
        lines=tuple(
            PredictedLine(line.text, tuple(numbers.get(n, n) for n in line.marks))
            for line in section.lines
        ),
        stories=tuple(
            replace(story, mark=numbers.get(story.mark, story.mark)) for story in section.stories
        ),
        template=replace(card, mark=numbers.get(card.mark, card.mark)) if card else None,
    )


def _uncited(asked: Asked, _recording: Recording) -> Prediction:
    told = asked.prediction
    nothing = dict.fromkeys((citation.n for citation in told.citations), 0)
    answer = told.answer.partition("### 出典")[0]
    for citation in told.citations:
        answer = answer.replace(f" [{citation.n}]", "").replace(f"[{citation.n}]", "")
    unmarked = tuple(
        replace(
            _remarked(section, nothing),
            lines=tuple(PredictedLine(line.text) for line in section.lines),
        )
        for section in told.sections
    )
    return replace(told, answer=answer, sections=unmarked, citations=())


def _everything(asked: Asked, recording: Recording) -> Prediction:
    """The sources of other answers are cited as well, and every line bears every mark."""
    told = asked.prediction
    more = [one for other in recording.others(asked) for one in other.citations]
    added = {(one.source, one.quote): one for one in more}
    last = max(citation.n for citation in told.citations)
    extra = [
        replace(one, n=last + number)
        for number, one in enumerate(list(added.values())[:_EVERYTHING], start=1)
    ]
    citations = (*told.citations, *extra)
    marks = tuple(citation.n for citation in citations)
    sections = tuple(
        replace(section, lines=tuple(PredictedLine(line.text, marks) for line in section.lines))
        for section in told.sections
    )
    listed = "".join(f"\n- [{one.n}] {one.title}「{one.quote[:80]}」" for one in extra)
    return replace(told, answer=told.answer + listed, citations=citations, sections=sections)


def _paraphrased(asked: Asked, _recording: Recording) -> Prediction:
    first, *rest = asked.prediction.citations
    return replace(asked.prediction, citations=(_reworded(first), *rest))


def _reworded(citation: PredictedCitation) -> PredictedCitation:
    middle = max(1, len(citation.quote) // 2)
    return replace(citation, quote=f"{citation.quote[:middle]}だいたい{citation.quote[middle:]}")


def _misplaced(asked: Asked, _recording: Recording) -> Prediction:
    first, *rest = asked.prediction.citations
    page = first.page + 1 if first.page else None
    wrong = replace(first, heading="9. どこにもない見出し", page=page)
    return replace(asked.prediction, citations=(wrong, *rest))


def _stale(asked: Asked, recording: Recording) -> Prediction:
    """Cite the first document that is not current in place of the first source."""
    withdrawn = [
        document
        for _, document in sorted(recording.references.documents.items())
        if document.source.status is not Status.CURRENT and document.passages
    ]
    if not withdrawn:
        return asked.prediction
    source, passage = withdrawn[0].source, withdrawn[0].passages[0]
    first, *rest = asked.prediction.citations
    old = PredictedCitation(
        n=first.n,
        source=source.path,
        quote=passage.text,
        title=source.title,
        kind=source.kind.value,
        page=passage.page,
        heading=" > ".join(passage.headings),
    )
    return replace(asked.prediction, citations=(old, *rest))
