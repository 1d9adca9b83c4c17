"""What was noticed on a 下書き, each with what can be done about it; nobody is scolded."""

import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import PurePosixPath

from assistant.corpus.digests import document_id
from assistant.corpus.intake.examined import Examined, Private
from assistant.corpus.intake.likeness import Alike, Likeness
from assistant.corpus.intake.submission import Submission
from assistant.domain import Category, Passage, Problem, Severity
from assistant.printing import CATEGORY_NAMES
from assistant.web.editor.layout import post_button
from assistant.web.editor.understood_view import unfolding
from assistant.web.markup import esc, marked

_OPEN = 2
"""Places of one sort that are shown at once; the others unfold."""
_AROUND = 24
"""Characters shown on both sides of a word that was found."""
_CUT = 140
"""Characters of a passage that tell which one it is."""
_MOST = 0.5
"""Share (0–1) of passages that stand in another document from which this is its new edition."""
_NEVER_SHOWN = frozenset(
    {Category.MY_NUMBER, Category.CARD, Category.SECRET, Category.BANK_ACCOUNT}
)
"""What is not written on any page, not even for the one who brought it."""
_IN_THE_FILE = "先頭の設定"
"""What the remedies of `katsuyo check` say; on the page there are fields for it."""
_FIELD_NAMES = re.compile(r"\((?:owner|review_by|before と after)\)")


def remarks_html(submission: Submission, examined: Examined) -> str:
    """Return everything noticed: what keeps it out first, then what may be wrong."""
    warnings = [one for one in examined.problems if one.severity is Severity.WARNING]
    found = [
        *(_problem(one) for one in examined.errors),
        *_alikes(submission, examined),
        *_privates(examined.private),
        *(_problem(one) for one in warnings),
    ]
    if not found:
        return '<p class="e-state e-on">✓ 気になることはありませんでした。</p>'
    return f'<ul class="e-remarks">{"".join(found)}</ul>'


def _problem(problem: Problem) -> str:
    place = f"{problem.line}行目: " if problem.line else f"{problem.page}ページ: "
    said = _FIELD_NAMES.sub("", problem.reason)
    title = f"{place}{said}" if problem.line or problem.page else said
    remedy = problem.remedy
    if _IN_THE_FILE in remedy:
        remedy = "下の「この資料について」に書けます。"
    css, sign = ("e-bad", "✕") if problem.severity is Severity.ERROR else ("e-warn", "△")
    return _item(css, sign, title, f"<p>{esc(remedy)}</p>")


def _alikes(submission: Submission, examined: Examined) -> list[str]:
    """Return one remark for each other document, contradictions first."""

    def other(one: Alike) -> tuple[bool, str]:
        return one.likeness is Likeness.SAME, one.other.source.path

    groups = groupby(sorted(examined.alike, key=other), key=other)
    total = len(examined.document.passages) if examined.document else 1
    return [_alike(submission, list(group), total=total) for _, group in groups]


def _alike(submission: Submission, group: Sequence[Alike], *, total: int) -> str:
    other = group[0].other.source
    places = [_beside(one) for one in group]
    shown = "".join(places[:_OPEN]) + unfolding(f"残り {len(places) - _OPEN} か所", places[_OPEN:])
    if group[0].likeness is Likeness.CONTRADICTS:
        return _item(
            "e-warn",
            "△",
            f"「{other.title}」と食いちがうかもしれません",
            shown,
            "<p>どちらが正しいかを確かめて、古いほうを直すか取り下げてください。"
            "両方正しければ、このままで大丈夫です。</p>",
        )
    count = f"{len(group)}か所" if len(group) > 1 else ""
    return _item(
        "e-warn",
        "△",
        f"「{other.title}」に、ほとんど同じ文が{count}あります",
        shown,
        _new_edition(submission, other.path) if len(group) >= _MOST * total else "",
        "<p>両方に要る文なら、このままで大丈夫です。</p>",
    )


def _new_edition(submission: Submission, path: str) -> str:
    if PurePosixPath(path).suffix != PurePosixPath(submission.path).suffix or submission.replacing:
        return "<p>新しい版なら、公開したあとで前の資料を取り下げてください。</p>"
    button = post_button(
        "この資料と差しかえる", f"/editor/drafts/{submission.id}/settle", {"replace": path}
    )
    return f'<p>新しい版なら、差しかえられます。</p><div class="k-row">{button}</div>'


def _beside(one: Alike) -> str:
    link = f"/editor/documents/{document_id(one.other.source.path)}"
    return (
        '<div class="e-beside"><figure>'
        f"<figcaption>この下書き{esc(_where(one.passage))}</figcaption>"
        f"<blockquote>{esc(_cut(one.ours))}</blockquote></figure><figure><figcaption>"
        f'<a class="k-open" href="{link}" target="_blank">公開中の資料{esc(_where(one.other))}</a>'
        f"</figcaption><blockquote>{esc(_cut(one.theirs))}</blockquote></figure></div>"
    )


def _privates(private: Sequence[Private]) -> list[str]:
    """Return one remark on all words that the rule keeps out of AI."""
    if not private:
        return []
    findings = [(one.passage, finding) for one in private for finding in one.findings]
    names = dict.fromkeys(CATEGORY_NAMES[finding.category] for _, finding in findings)
    shown = [
        f"<p>{_in_context(passage, finding.start, finding.end)}</p>"
        for passage, finding in findings
        if finding.category not in _NEVER_SHOWN
    ]
    return [
        _item(
            "e-warn",
            "△",
            f"{'・'.join(names)}らしい言葉があります",
            "".join(shown[:_OPEN]),
            unfolding(f"残り {len(shown) - _OPEN} か所", shown[_OPEN:]),
            "<p>社員みんなに見える資料です。「A社」「担当者B」のように置きかえるか、"
            "載せてよいことを確かめてください。</p>",
        )
    ]


def _in_context(passage: Passage, start: int, end: int) -> str:
    first, last = max(0, start - _AROUND), min(len(passage.text), end + _AROUND)
    around = passage.text[first:last].replace("\n", " ")
    return f"…{marked(around, [(start - first, end - first)])}…{esc(_where(passage))}"


def _where(passage: Passage) -> str:
    if passage.page:
        return f"({passage.page}ページ)"
    return f"({passage.headings[-1]})" if passage.headings else ""


def _cut(text: str) -> str:
    return text if len(text) <= _CUT else f"{text[:_CUT]}…"


def _item(css: str, sign: str, title: str, *content: str) -> str:
    said = f'<span aria-hidden="true">{sign}</span>{esc(title)}'
    return f'<li class="{css}"><p class="e-said">{said}</p>{"".join(content)}</li>'
