"""An answer as Markdown and as JSON (design §7); parsing of a JSON question."""

import re
from collections import Counter

from assistant.answering.payload import (
    AnswerJson,
    citation_json,
    finding_json,
    passage_json,
    section_json,
)
from assistant.domain import (
    Answer,
    AnswerSection,
    Citation,
    Clause,
    Line,
    Nearness,
    StoryCard,
    TemplateCard,
    VerdictKind,
)

VERDICT_WORDS = {
    VerdictKind.ALLOWED: "✓ 使えます",
    VerdictKind.CONDITIONAL: "△ 条件つきで使えます",
    VerdictKind.PROHIBITED: "✕ 入れないでください",
    VerdictKind.ASK_DESK: "？ 窓口に確認してください",
}
"""Sign and word of each verdict: never colour alone."""

NEARNESS_WORDS = {
    Nearness.OWN: "あなたの部署",
    Nearness.NEIGHBOUR: "となりの部署",
    Nearness.OTHER: "ほかの部署",
}

_READ_AS = (
    "こう読み取りました: {question}  \n違っていたら、この文を直して、もう一度聞いてください。"
)

_QUOTE = 80
"""Characters of a quote in the list of sources: two lines of a terminal."""

_LIST = 3
"""Clauses from one place that make a list: its words need not stand in the answer twice."""

_PASSAGES = 10
"""Found passages that are told: what retrieval metrics look at (recall@10, nDCG@10)."""

_LIVE = re.compile(r"[\\`*_\[\]<>&$@]|~(?=~)|:(?=//)|(?<=www)\.", re.IGNORECASE)
"""What starts a link, image, code, HTML, formula or bare address anywhere in a line."""

_AT_START = re.compile(r"^(?=[#+\-=|~])|^(\d{1,9})(?=[.)])")
"""What makes a heading, list, rule or table at the start of a line."""


def to_markdown(answer: Answer) -> str:
    """Return the answer as Markdown; no text of a document is live in it."""
    parts = [escape(answer.notice)] if answer.notice else []
    if answer.findings:
        parts.append(_findings(answer))
    parts += [_section(section, answer) for section in answer.sections]
    if answer.rewritten:
        parts.append(_READ_AS.format(question=escape(answer.rewritten)))
    if answer.citations:
        parts.append("\n".join(["### 出典", "", *_sources(answer)]))
    if answer.suggestions:
        asks = [f"- {escape(question)}" for question in answer.suggestions]
        parts.append("\n".join(["### つぎに聞けること", "", *asks]))
    return "\n\n".join(parts)


def escape(text: str) -> str:
    """Return `text` as Markdown that shows exactly it, on one line; nothing in it is live."""
    one_line = re.sub(r"\s*[\n\r\u2028\u2029]\s*", " ", text).strip()
    return _AT_START.sub(_escaped_start, _LIVE.sub(_escaped, one_line))


def _escaped(match: re.Match[str]) -> str:
    """An entity where a renderer looks at the plain text (HTML, autolinks), else a backslash."""
    character = match.group()
    return f"&#{ord(character)};" if character in "<>&:@." else f"\\{character}"


def _escaped_start(match: re.Match[str]) -> str:
    return f"{match[1]}\\" if match[1] else "\\"


def _findings(answer: Answer) -> str:
    words = "、".join(f"「{escape(finding.text)}」" for finding in answer.findings)
    clauses = dict.fromkeys(
        finding.clause.text for finding in answer.findings if finding.clause is not None
    )
    why = "".join(f"\n> {escape(text)}" for text in clauses)
    return (
        f"{words}は入力禁止にあたるため、伏せ字にして調べました。{why}\n\n"
        f"伏せ字の文: {escape(answer.safe_text)}"
    )


def _section(section: AnswerSection, answer: Answer) -> str:
    body: list[str] = []
    if section.slot.value == "verdict":
        body.append(f"**{VERDICT_WORDS[answer.verdict.kind]}** {escape(section.note)}")
    elif section.note:
        body.append(escape(section.note) + "。")
    body += _lines(section)
    body += [_story(card, chosen=bool(answer.query.department)) for card in section.stories]
    if section.template:
        body.append(_template(section.template))
    return "\n\n".join([f"### {section.title}", *body])


def _lines(section: AnswerSection) -> list[str]:
    if not section.lines:
        return []
    starts = {"steps": "{n}. ", "final_check": "- [ ] ", "direct": ""}
    start = starts.get(section.slot.value, "- ")
    lines = [start.format(n=n) + _line(line) for n, line in enumerate(section.lines, start=1)]
    return ["\n".join(lines)] if start else lines


def _line(line: Line) -> str:
    return escape(line.text) + _marks(line.marks)


def _marks(marks: tuple[int, ...]) -> str:
    return "".join(f" [{mark}]" for mark in marks)


def _story(card: StoryCard, *, chosen: bool) -> str:
    who = " ".join(part for part in (card.department, card.author) if part)
    when = f"({card.told_on:%Y年%-m月})" if card.told_on else ""
    change = ""
    if card.before and card.after:
        saved = f"({card.reduction.words})" if card.reduction else ""
        change = f" {escape(card.before.original)} → {escape(card.after.original)}{saved}"
    head = f"- **{escape(card.task or card.title)}**{change} [{card.mark}]"
    told = f"\n  {escape(card.sentence)}" if card.sentence else ""
    whose = f"{NEARNESS_WORDS[card.nearness]}: " if chosen else ""
    return f"{head}\n  {whose}{escape(who)}{when}{told}"


def _template(card: TemplateCard) -> str:
    longest = max((len(run) for run in re.findall(r"`+", card.body)), default=0)
    fence = "`" * max(3, longest + 1)
    caution = f"\n\n{escape(card.caution)}" if card.caution else ""
    return f"**{escape(card.title)}** [{card.mark}]\n\n{fence}text\n{card.body}\n{fence}{caution}"


def _sources(answer: Answer) -> list[str]:
    """Return one line a source; of a list that the answer shows word for word, only the place."""
    reckoned = {
        card.mark: card.reduction.derivation
        for section in answer.sections
        for card in section.stories
        if card.reduction
    }
    places = Counter(_place(one) for one in answer.citations if _is_clause(one))
    return [
        _source(one, reckoned.get(one.n, ""), quoted=places[_place(one)] < _LIST)
        for one in answer.citations
    ]


def _is_clause(citation: Citation) -> bool:
    return isinstance(citation.passage.content, Clause)


def _source(citation: Citation, reckoned: str, *, quoted: bool) -> str:
    quote = citation.quote if len(citation.quote) <= _QUOTE else citation.quote[:_QUOTE] + "…"
    words = f"「{escape(quote)}」" if quoted else ""
    derivation = f"(計算: {escape(reckoned)})" if reckoned else ""
    return f"- [{citation.n}] {_place(citation)}{words}{derivation}"


def _place(citation: Citation) -> str:
    passage = citation.passage
    heading = f" {escape(passage.headings[-1])}" if passage.headings else ""
    page = f" {passage.page}ページ" if passage.page else ""
    overdue = "(見直し期限切れ)" if citation.overdue else ""
    return f"{escape(passage.source.title)}{heading}{page}{overdue}"


def to_json(answer: Answer, id: str = "") -> AnswerJson:  # noqa: A002 — the contract's own word
    """Return the answer as plain values for JSON."""
    clauses = answer.verdict.clauses
    return AnswerJson(
        id=id,
        status=answer.status.value,
        verdict=answer.verdict.kind.value,
        clause=clauses[0].text if clauses else None,
        answer=to_markdown(answer),
        sections=[section_json(section) for section in answer.sections],
        citations=[citation_json(citation) for citation in answer.citations],
        retrieved=list(answer.retrieved),
        passages=[passage_json(passage) for passage in answer.found[:_PASSAGES]],
        findings=[finding_json(finding) for finding in answer.findings],
        safe_text=answer.safe_text,
        rewritten=answer.rewritten,
        suggestions=list(answer.suggestions),
        notice=answer.notice,
        mode=answer.mode.value,
        dropped=dict(Counter(reason.value for reason in answer.dropped)),
        version=answer.version,
        timings_ms=dict(answer.timings_ms),
    )
