"""What a document became, shown so that a person sees at once whether it was understood."""

from collections.abc import Sequence
from itertools import groupby

from assistant.corpus.measures import saving
from assistant.corpus.reductions import reduction
from assistant.domain import (
    Clause,
    ClauseKind,
    Document,
    FaqPair,
    Kind,
    Measure,
    Passage,
    Prose,
    Story,
    Template,
)
from assistant.web.markup import esc, with_slots
from assistant.web.passage_view import has_table, text_html

CLAUSES = {
    ClauseKind.FORBIDDEN_INPUT: "✕ 入力禁止",
    ClauseKind.CONDITIONAL: "△ 条件つき",
    ClauseKind.ENCOURAGED: "✓ 推奨",
    ClauseKind.FINAL_CHECK: "□ 最終チェック",
    ClauseKind.DESK: "？ 相談先",
}
_OPEN = 3
"""Passages that are shown at once; the others unfold."""


def understood(document: Document) -> str:
    """Return the document's passages as its kind asks for, after one line that sums them up."""
    passages = document.passages
    shown = {
        Kind.RULE: _rule,
        Kind.FAQ: _pairs,
        Kind.STORY: _stories,
        Kind.TEMPLATE: _templates,
        Kind.MANUAL: _prose,
    }[document.source.kind](passages)
    return f'<p class="e-sum">{esc(_summary(passages))}</p>{shown}'


def _summary(passages: Sequence[Passage]) -> str:
    tables = sum(has_table(passage.text) for passage in passages)
    pages = {passage.page for passage in passages if passage.page}
    counts = [
        f"抜粋 {len(passages)}",
        f"表のある抜粋 {tables}" if tables else "",
        f"{len(pages)}ページ分" if pages else "",
        f"文字 {sum(len(passage.text) for passage in passages):,}",
    ]
    return "・".join(filter(None, counts))


def times(before: Measure | None, after: Measure | None) -> str:
    """Return before → after as words, minutes, bars to scale and the saving."""
    less = reduction(before, after)
    saved = saving(before, after)
    rows = "".join(
        f"<div><dt>{word}</dt><dd>{_amount(one)}{_bar(one, before, after)}</dd></div>"
        for word, one in (("前", before), ("後", after))
    )
    gain = ""
    if less is not None and saved is not None:
        gain = (
            f'<p class="e-gain"><b>{esc(less.words)}</b> '
            f"{_minutes(saved.total_seconds() / 60)}短くなります</p>"
        )
    return f'<dl class="e-times">{rows}</dl>{gain}'


def _amount(one: Measure | None) -> str:
    if one is None:
        return '<span class="e-unread">書かれていません</span>'
    if one.duration is None:
        return f'{esc(one.original)} <span class="e-unread">時間として読めません</span>'
    minutes = _minutes(one.duration.total_seconds() / 60)
    per = f"({esc(one.per)}あたり)" if one.per else ""
    return f"<b>{esc(one.original)}</b> <small>= {minutes}{per}</small>"


def _bar(one: Measure | None, before: Measure | None, after: Measure | None) -> str:
    spans = [m.duration for m in (before, after) if m is not None and m.duration is not None]
    if one is None or one.duration is None or len(spans) != 2 or not max(spans):
        return ""
    return f'<meter min="0" max="100" value="{100 * (one.duration / max(spans)):.0f}"></meter>'


def _minutes(minutes: float) -> str:
    return f"{minutes:,.0f}分" if minutes >= 1 else f"{minutes * 60:.0f}秒"


def _rule(passages: Sequence[Passage]) -> str:
    groups = []
    for kind, name in CLAUSES.items():
        said = [
            one
            for one in passages
            if isinstance(one.content, Clause) and one.content.clause is kind
        ]
        found = "".join(
            f'<p class="e-path">{esc(above)}</p><ul>{"".join(map(_clause, under))}</ul>'
            for above, under in groupby(said, key=_above)
        )
        head = f"<h3>{name} <small>{len(said)}</small></h3>"
        nothing = '<p class="k-note">見つかりませんでした</p>'
        groups.append(f'<div class="e-clauses e-{kind.value}">{head}{found or nothing}</div>')
    rest = [one for one in passages if isinstance(one.content, Prose)]
    told = [f"<ul>{''.join(map(_clause, rest))}</ul>"] if rest else []
    return "".join(groups) + unfolding(f"判定に使われない文 {len(rest)}", told)


def _clause(passage: Passage) -> str:
    return f"<li>{_one_line(passage.text)}</li>"


def _above(passage: Passage) -> str:
    return passage.headings[-1] if passage.headings else ""


def _pairs(passages: Sequence[Passage]) -> str:
    def one(passage: Passage) -> str:
        content = passage.content
        if not isinstance(content, FaqPair):
            return _plain(passage)
        return (
            f'<dl class="e-pair"><dt>{esc(content.question)}</dt>'
            f'<dd class="k-pre">{esc(content.answer)}</dd></dl>'
        )

    return _folded([one(passage) for passage in passages])


def _stories(passages: Sequence[Passage]) -> str:
    def one(passage: Passage) -> str:
        content = passage.content
        if not isinstance(content, Story):
            return _plain(passage)
        task = "" if content.task == passage.source.title else content.task
        facts = " ・ ".join(filter(None, (task, content.tool, content.author)))
        title = passage.headings[-1] if passage.headings else ""
        head = f"<h3>{esc(title)}</h3>" if title else ""
        return (
            f'<div class="e-story">{head}<p class="k-note">{esc(facts)}</p>'
            f"{times(content.before, content.after)}{text_html(passage.text, (0, 0))}</div>"
        )

    return _folded([one(passage) for passage in passages])


def _templates(passages: Sequence[Passage]) -> str:
    def one(passage: Passage) -> str:
        content = passage.content
        if not isinstance(content, Template):
            return _plain(passage)
        slots = "、".join(content.slots) or "なし"
        return (
            '<div class="k-paper"><div class="k-paper-top">'
            f"<h4>書きかえる所: {esc(slots)}</h4></div>"
            f"<pre><code>{with_slots(content.body)}</code></pre></div>"
        )

    return _folded([one(passage) for passage in passages])


def _prose(passages: Sequence[Passage]) -> str:
    return _folded([_plain(passage) for passage in passages])


def _plain(passage: Passage) -> str:
    path = " › ".join(filter(None, passage.headings))
    page = f"{passage.page}ページ " if passage.page else ""
    head = f'<p class="e-path">{esc(page + path)}</p>' if page or path else ""
    return f'<div class="e-piece">{head}{text_html(passage.text, (0, 0))}</div>'


def _folded(pieces: Sequence[str]) -> str:
    first, rest = pieces[:_OPEN], pieces[_OPEN:]
    return "".join(first) + unfolding(f"残り {len(rest)} を見る", rest)


def unfolding(summary: str, pieces: Sequence[str]) -> str:
    """Return pieces that are shown when a person asks for them; nothing for none."""
    if not pieces:
        return ""
    return f'<details class="e-more"><summary>{summary}</summary>{"".join(pieces)}</details>'


def _one_line(text: str) -> str:
    cells = (cell.strip() for cell in text.replace("\n", " ").split("|"))
    return esc(" / ".join(filter(None, cells)))
