"""Answer -> HTML of one turn, part by part, in the order in which a person needs them."""

from collections.abc import Mapping

from assistant.domain import (
    Answer,
    AnswerSection,
    AnswerStatus,
    Line,
    Mode,
    Slot,
    VerdictKind,
)
from assistant.web.cards_view import marks, stories, template
from assistant.web.markup import button, esc, part
from assistant.web.question_view import asked_part, findings_part, reading_part
from assistant.web.sources_view import reckonings, sources_part
from assistant.web.words import VERDICTS, WRITTEN_BY_MODEL


def turn_html(number: int, state: str, *parts: str) -> str:
    """Return one turn of the conversation; `state` is waiting, done or failed."""
    return f'<div class="k-answer" data-turn="{number}" data-state="{state}">{"".join(parts)}</div>'


def answer_parts(question: str, answer: Answer, *, documents: Mapping[str, str]) -> list[str]:
    """Return the parts of an answer; `documents` maps source paths to ids of `/doc/{id}`."""
    parts = [asked_part(question, answer.findings)]
    if answer.findings:
        parts.append(findings_part(answer))
    if answer.notice and answer.status is AnswerStatus.ANSWERED:
        parts.append(part("notice", esc(answer.notice), tag="p"))
    if answer.status is AnswerStatus.NO_EVIDENCE:
        parts.append(_abstained(answer))
    else:
        parts.append(_verdict(answer))
    parts += [_section(section, answer) for section in answer.sections]
    reckoned = reckonings(answer.sections)
    parts.append(sources_part(answer.citations, documents=documents, reckoned=reckoned))
    return [text for text in parts if text]


def after_parts(answer: Answer) -> list[str]:
    """Return what follows a finished answer: who wrote, how it was read, what to do next."""
    return [_written_by(answer), reading_part(answer), _suggestions(answer), _opinion(answer)]


def _verdict(answer: Answer) -> str:
    kind = answer.verdict.kind
    if kind is VerdictKind.NONE:
        return ""
    sign, word = VERDICTS[kind]
    numbers = {citation.passage.id: citation.n for citation in answer.citations}
    given = [numbers[clause.id] for clause in answer.verdict.clauses if clause.id in numbers]
    lines = [line for s in answer.sections if s.slot is Slot.VERDICT for line in s.lines]
    sentence = esc(answer.verdict.sentence) + ("" if lines else marks(tuple(dict.fromkeys(given))))
    clauses = "".join(f"<li>「{esc(line.text)}」{marks(line.marks)}</li>" for line in lines)
    return part(
        "verdict",
        f'<h3 class="k-chip k-{kind}"><span aria-hidden="true">{sign}</span>'
        f'<span class="k-sr">判定: </span>{esc(word)}</h3>',
        f"<p>{sentence}</p>" if sentence else "",
        f'<ul class="k-clauses-said" aria-label="もとになった条項">{clauses}</ul>'
        if clauses
        else "",
        label="判定",
    )


def _abstained(answer: Answer) -> str:
    return part(
        "abstained",
        '<h3 class="k-h">社内の資料では、答えを見つけられませんでした</h3>',
        f"<p>{esc(answer.notice) or _looked_for(answer)}</p>",
        f'<div class="k-row">{button("窓口に相談する", "desk", css="k-primary")}</div>',
        label="答えられませんでした",
    )


def _looked_for(answer: Answer) -> str:
    words = esc(answer.query.text or answer.safe_text)
    return f"「{words}」に近い資料を探しましたが、確かな根拠がないので、推測では答えません。"


def _section(section: AnswerSection, answer: Answer) -> str:
    if section.slot is Slot.VERDICT:
        return ""
    content = {
        Slot.STEPS: _steps,
        Slot.STORIES: _stories if answer.query.department else _unlabelled_stories,
        Slot.TEMPLATE: template,
        Slot.FINAL_CHECK: _checks,
        Slot.NEARBY: _bullets,
        Slot.DIRECT: _paragraphs,
    }[section.slot](section)
    if not content and not section.note:
        return ""
    note = f'<p class="k-note">{esc(section.note)}</p>' if section.note else ""
    plain = section.slot is Slot.DIRECT and answer.verdict.kind is VerdictKind.NONE
    title = "" if plain or not section.title else f'<h3 class="k-h">{esc(section.title)}</h3>'
    return part(section.slot, title, note, content, label=section.title or "答え")


def _stories(section: AnswerSection) -> str:
    return stories(section)


def _unlabelled_stories(section: AnswerSection) -> str:
    return stories(section, labelled=False)


def _line(line: Line) -> str:
    return esc(line.text) + marks(line.marks)


def _steps(section: AnswerSection) -> str:
    items = "".join(f"<li>{_line(line)}</li>" for line in section.lines)
    return f"<ol>{items}</ol>" if items else ""


def _bullets(section: AnswerSection) -> str:
    items = "".join(f"<li>{_line(line)}</li>" for line in section.lines)
    return f"<ul>{items}</ul>" if items else ""


def _paragraphs(section: AnswerSection) -> str:
    return "".join(f'<p class="k-pre">{_line(line)}</p>' for line in section.lines)


def _checks(section: AnswerSection) -> str:
    items = "".join(
        f'<li><label><input type="checkbox"><span>{esc(line.text)}</span></label>'
        f"{marks(line.marks)}</li>"
        for line in section.lines
    )
    return f'<ul class="k-checks">{items}</ul>' if items else ""


def _written_by(answer: Answer) -> str:
    """Tell that a chat model wrote, and what was done about it; nothing of composed answers."""
    if answer.mode is Mode.COMPOSED:
        return ""
    return part("writer", f'<span class="k-note">{esc(WRITTEN_BY_MODEL)}</span>', tag="p")


def _suggestions(answer: Answer) -> str:
    if not answer.suggestions:
        return ""
    items = "".join(
        f"<li>{button(text, 'ask', css='k-next', value=text)}</li>" for text in answer.suggestions
    )
    return part(
        "next",
        '<h3 class="k-h">つぎに聞けること</h3>',
        f"<ul>{items}</ul>",
        label="つぎに聞けること",
    )


def _opinion(answer: Answer) -> str:
    desk = (
        ""
        if answer.status is AnswerStatus.NO_EVIDENCE
        else button("窓口に相談する", "desk", css="k-quiet")
    )
    return part(
        "opinion",
        button("役に立った", "helpful", css="k-quiet"),
        button("役に立たなかった", "not_helpful", css="k-quiet"),
        desk,
        button("もう一度", "again", css="k-quiet"),
        button("印刷", "print", css="k-quiet k-wide"),
        '<p class="k-noted" role="status"></p>',
        tag="div",
        label="この答えについて",
    )
