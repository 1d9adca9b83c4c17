import base64
import hashlib
import re

import pytest
from lxml import html

from assistant.domain import VerdictKind
from assistant.evals.case import Expect
from assistant.evals.metric import Score
from assistant.evals.prediction import PredictedCitation
from assistant.evals.reports.page import report_html
from tests.evals.reports import runs


def _page(text: str) -> html.HtmlElement:
    return html.document_fromstring(text.encode())


def test_policy_lets_only_its_own_style_and_script_run() -> None:
    text = report_html(runs.results(runs.asked(runs.case("a"))), runs.passed(), None)
    policy = _page(text).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy
    for tag in ("style", "script"):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL).group(1)  # type: ignore[union-attr]
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not re.search(r"\b(?:src|href)=\"(?!#)", text), "no outside file"
    assert " style=" not in text, "the policy would block it"


@pytest.mark.parametrize("kind", runs.hostile())
def test_hostile_text_is_shown_and_never_obeyed(kind: str) -> None:
    text = runs.hostile()[kind]
    cite = PredictedCitation(1, text, text, title=text, heading=text)
    one = runs.case(
        text, text, department=text, paraphrases=(text,), expect=Expect(facts=((text,),))
    )
    run = runs.results(runs.asked(one, text, citations=(cite,), status=text, verdict=text))
    page = report_html(run, runs.failed(text, flips=(runs.flip(text, text),)), runs.baseline(run))
    clean = report_html(runs.results(runs.asked(runs.case("a"))), runs.passed(), None)
    known = {element.tag for element in _page(clean).iter() if isinstance(element.tag, str)}
    allowed = known | {"del", "ins", "ul", "li", "a", "section", "table", "caption", "td", "th"}
    found = _page(page)
    assert {element.tag for element in found.iter() if isinstance(element.tag, str)} <= allowed
    assert not any(name.startswith("on") for element in found.iter() for name in element.attrib)
    assert len(found.xpath("//script")) == 1
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    page.encode()


def test_a_huge_answer_does_not_make_a_huge_page() -> None:
    run = runs.results(runs.asked(runs.case("a"), "あ" * 10_000_000))
    assert len(report_html(run, runs.passed(), runs.baseline(run)).encode()) < 150_000


def test_holdout_cases_are_only_counted() -> None:
    run = runs.results(runs.asked(runs.case("a")), runs.holdout())
    gate = runs.failed("a", "hidden-007", flips=(runs.flip("hidden-007"),), hidden=1)
    page = report_html(run, gate, runs.baseline(run))
    assert "うち非公開 1問" in page
    for secret in ("hidden-007", runs.SECRET_QUESTION, runs.SECRET_ANSWER):
        assert secret not in page


def test_a_case_shows_wanted_given_scores_citations_and_the_difference() -> None:
    run = runs.results(
        runs.asked(runs.case("a"), runs.ANSWER.replace("30分", "45分")),
        scores={"verdict_accuracy": {"a": Score(0.0, "可のはずが禁止")}},
    )
    page = _page(report_html(run, runs.failed("a"), runs.baseline(run)))
    inside = page.xpath("//details[@id='q1']")[0]
    words = "".join(inside.text_content().split())
    assert "答えにある事実30分/三十分" in words and "可のはずが禁止" in words
    assert "stories/weekly.md" in words and "2時間が30分になりました。" in words
    assert [one.text for one in inside.xpath(".//del")] == ["30"]
    assert [one.text for one in inside.xpath(".//ins")] == ["45"]
    assert inside.get("data-lost") == "verdict_accuracy"
    assert set(inside.get("data-state").split()) == {"wording", "changed", "failed", "lost"}


def test_an_unsafe_answer_stands_out_in_the_matrix() -> None:
    wants = Expect(verdict=VerdictKind.PROHIBITED)
    run = runs.results(runs.asked(runs.case("a", expect=wants)), runs.silent(runs.case("b")))
    page = _page(report_html(run, runs.passed(), None))
    assert [cell.text for cell in page.xpath("//td[@class='unsafe']")] == ["⚠ 1"]
    assert [cell.text for cell in page.xpath("//td[@class='wrong']")] == ["✕ 1"], "no answer"


def test_a_run_without_cases_is_still_a_page() -> None:
    assert "あてはまる問いはありません" in report_html(runs.results(), runs.failed(), None)


@pytest.mark.slow
def test_350_cases_stay_below_two_megabytes() -> None:
    steps = "\n".join(f"{n}. 資料を{n}枚にまとめて、上長に見せる。 [1]" for n in range(20))
    questions = [runs.asked(runs.case(f"c{n}"), runs.ANSWER + steps) for n in range(350)]
    of = {one.case.id: Score(1.0, "いつもどおり") for one in questions}
    run = runs.results(*questions, scores={f"metric_{n}": of for n in range(20)})
    assert (
        len(report_html(run, runs.passed(), runs.baseline(run, runs.ANSWER + steps)).encode())
        < 2_000_000
    )
