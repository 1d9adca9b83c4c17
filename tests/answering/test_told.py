"""What an answer tells as found: what it rests on first, then every kind that helps."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.told import in_order
from assistant.domain import (
    Clause,
    ClauseKind,
    Content,
    Hit,
    Intent,
    Kind,
    Passage,
    Prose,
    Query,
    Source,
    Story,
    Template,
    Verdict,
    VerdictKind,
)

WISH = Query("週報を早く書きたい", intent=Intent.HOW_TO)
NONE = Verdict(VerdictKind.NONE)


def passage(path: str, text: str = "本文", *, content: Content | None = None) -> Passage:
    kind = next(kind for kind in Kind if path.startswith(kind.value))
    source = Source(path, path.partition("/")[2], kind)
    return Passage(f"{path} {text}", source, 0, (), text, content or Prose())


def found(*rows: tuple[Passage, float]) -> list[Hit]:
    return [Hit(one, score) for one, score in rows]


def test_the_clause_that_decides_comes_first_though_search_put_it_last() -> None:
    clause = passage("rule/ai", content=Clause(ClauseKind.FORBIDDEN_INPUT, "入力禁止"))
    hits = found((passage("faq/a"), 0.9), (passage("manual/b"), 0.8))
    asked = Query("名簿を貼っていい?", intent=Intent.PERMISSION)
    verdict = Verdict(VerdictKind.PROHIBITED, "", (clause,))
    assert in_order(hits, asked, verdict, [clause])[0] == clause


def test_what_the_answer_cites_goes_before_what_it_does_not() -> None:
    cited, other = passage("manual/cited"), passage("manual/other")
    assert in_order(found((other, 0.7), (cited, 0.5)), WISH, NONE, [cited])[0] == cited


def test_a_story_brings_the_template_of_its_task_along() -> None:
    story = passage("story/weekly", content=Story("週報", template="週報の下書き"))
    own = passage("template/weekly", content=Template("本文", task="週報"))
    other = passage("template/minutes", content=Template("本文", task="議事録"))
    told = in_order(found((story, 0.9), (other, 0.4), (own, 0.3)), WISH, NONE, [])
    assert told.index(own) < told.index(other)


def test_five_stories_do_not_crowd_out_the_manual() -> None:
    stories = [(passage(f"story/{n}"), 0.7 - n / 100) for n in range(6)]
    manual = passage("manual/how")
    assert manual in in_order(found(*stories, (manual, 0.5)), WISH, NONE, [])[:5]


def test_one_long_document_leaves_room_unless_it_is_asked_for_by_name() -> None:
    long = [(passage("manual/社内チャットの手引き", str(n)), 0.8) for n in range(6)]
    other = passage("faq/短い")
    asked = Query("社内チャットの手引きには何がある?")
    hits = found(*long, (other, 0.5))
    assert other in in_order(hits, WISH, NONE, [])[:3]
    assert other not in in_order(hits, asked, NONE, [])[:3]


@given(st.lists(st.tuples(st.integers(0, 8), st.floats(0, 1)), max_size=70))
def test_nothing_that_was_found_is_lost_or_told_twice(rows: list[tuple[int, float]]) -> None:
    hits = found(*((passage(f"story/{n}", str(i)), s) for i, (n, s) in enumerate(rows)))
    told = in_order(hits, WISH, NONE, [])
    assert sorted(one.id for one in told) == sorted(hit.passage.id for hit in hits)
