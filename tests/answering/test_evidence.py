"""Which passage of a kind goes first: what answers best, or what a near colleague did."""

from assistant.answering.evidence import select
from assistant.domain import Hit, Kind, Passage, Query, Source

ASKED = Query("どこに聞けばいい?", department="経理部", neighbours=("購買部",))


def hit(text: str, kind: Kind, *, department: str, score: float) -> Hit:
    source = Source(f"{kind}.csv", "題", kind, departments=(department,) if department else ())
    return Hit(Passage(text, source, 0, (), text), score=score)


def test_the_question_that_is_asked_goes_before_a_neighbours_other_question() -> None:
    best = hit("相談窓口はどこですか", Kind.FAQ, department="", score=0.9)
    near = hit("見積もりを並べてもいい?", Kind.FAQ, department="購買部", score=0.6)
    assert select([best, near], ASKED).faqs == (best, near)


def test_a_near_colleagues_story_goes_before_a_better_one_from_far_away() -> None:
    best = hit("検査の記録", Kind.STORY, department="品質保証部", score=0.9)
    near = hit("見積の比較", Kind.STORY, department="購買部", score=0.6)
    own = hit("伝票の確認", Kind.STORY, department="経理部", score=0.6)
    assert select([best, near, own], ASKED).stories == (own, near, best)
