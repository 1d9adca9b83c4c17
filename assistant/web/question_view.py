"""What became of the question: marked, masked, read as one that stands alone; all can be mended."""

from assistant.domain import Answer, Finding
from assistant.web.cards_view import marks
from assistant.web.markup import button, copy_button, esc, marked, part


def asked_part(question: str, findings: tuple[Finding, ...] = ()) -> str:
    """Return the person's own words, with the confidential ones marked."""
    spans = [(finding.start, finding.end) for finding in findings]
    words = marked(question, spans, css="k-found")
    return part("asked", f'<p class="k-asked-text">{words}</p>', tag="div", label="あなたの質問")


def findings_part(answer: Answer) -> str:
    """Return which words were masked, why, the masked text to use, and a way to say it is wrong."""
    return part(
        "findings",
        '<h3 class="k-h">伏せ字にして調べました</h3>',
        "<p>会社のルールでAIに入れないことになっている言葉がありました。"
        "伏せ字にすれば、そのまま使えます。</p>",
        f'<ul class="k-found-list">{"".join(map(_finding, _distinct(answer)))}</ul>',
        _reasons(answer),
        '<p class="k-label">伏せ字にした文(このまま使えます)</p>',
        f'<div class="k-copybox"><p data-copy>{esc(answer.safe_text)}</p>{copy_button()}</div>',
        f'<div class="k-row">'
        f"{button('伏せ字で聞く', 'masked', css='k-primary', value=answer.safe_text)}</div>",
        label="伏せ字にした言葉",
    )


def reading_part(answer: Answer) -> str:
    """Return the question as it was read, ready to be mended; nothing if as typed."""
    if not answer.rewritten:
        return ""
    return part(
        "reading",
        '<label><span class="k-label">こう読み取りました(違っていたら直してください)</span>'
        f'<textarea rows="1" data-reading>{esc(answer.rewritten)}</textarea></label>',
        button("この質問で聞き直す", "reread", css="k-quiet"),
        label="質問の読み取り",
    )


def _distinct(answer: Answer) -> list[Finding]:
    return list({(f.text, f.placeholder): f for f in answer.findings}.values())


def _finding(finding: Finding) -> str:
    harmless = (
        '<button type="button" class="k-btn k-quiet k-alarm" data-do="alarm" '
        f'data-value="{esc(finding.placeholder)}" '
        f'aria-label="「{esc(finding.text)}」は誤検知です">誤検知です</button>'
    )
    return (
        f'<li><span><mark class="k-found">{esc(finding.text)}</mark> → '
        f"<b>{esc(finding.placeholder)}</b></span>{harmless}</li>"
    )


def _reasons(answer: Answer) -> str:
    numbers = {citation.passage.id: citation.n for citation in answer.citations}
    clauses = {f.clause.id: f.clause for f in answer.findings if f.clause is not None}
    return "".join(
        f'<p class="k-why">理由: 「{esc(clause.text)}」'
        f"{marks((numbers[clause.id],)) if clause.id in numbers else ''}</p>"
        for clause in clauses.values()
    )
