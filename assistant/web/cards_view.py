"""The cards of an answer: stories with their before → after, and the template to copy."""

from datetime import date

from assistant.domain import AnswerSection, Measure, Nearness, StoryCard, TemplateCard
from assistant.web.markup import button, copy_button, esc, with_slots
from assistant.web.words import NEARNESS

_FOLD_LINES = 16
"""A template longer than this is folded: about one phone screen."""


def marks(numbers: tuple[int, ...]) -> str:
    """Return the [n] that open their sources."""
    return "".join(
        f'<button type="button" class="k-mark" data-do="source" data-n="{n}" '
        f'aria-label="出典{n}を見る">[{n}]</button>'
        for n in numbers
    )


def stories(section: AnswerSection, *, labelled: bool = True) -> str:
    """Return the cards of 近くの事例: who, when, before → after, to scale.

    `labelled`: say how near each is; without a chosen department none is near or far.
    """
    cards = "".join(_story(card, labelled=labelled) for card in section.stories)
    return f'<div class="k-stories">{cards}</div>' if cards else ""


def _story(card: StoryCard, *, labelled: bool) -> str:
    who = "・".join(filter(None, [card.department, card.author, _month(card.told_on)]))
    tool = f'<span class="k-tool">{esc(card.tool)}</span>' if card.tool else ""
    said = f'<p class="k-said">{esc(card.sentence)}</p>' if card.sentence else ""
    own = " k-own" if card.nearness is Nearness.OWN else ""
    near = f'<span class="k-near{own}">{NEARNESS[card.nearness]}</span>' if labelled else ""
    return (
        f'<article class="k-story"><p class="k-story-top">'
        f'{near}<span class="k-who">{esc(who)}</span></p>'
        f"<h4>{esc(card.title)}{marks((card.mark,))}</h4>{_change(card)}"
        f"{said}{tool}</article>"
    )


def _change(card: StoryCard) -> str:
    before, after = card.before, card.after
    if before is None and after is None:
        return ""
    if before is None or after is None:
        known = before or after
        return f'<p class="k-change"><b>{esc(known.original)}</b></p>' if known else ""
    saved = f"({esc(card.reduction.words)})" if card.reduction else ""
    text = (
        f'<p class="k-change"><span class="k-sr">使う前 </span>{esc(before.original)}'
        f'<span aria-hidden="true"> → </span><span class="k-sr">、使った後 </span>'
        f"<b>{esc(after.original)}</b>{saved}</p>"
    )
    return text + _bars(before, after)


def _bars(before: Measure, after: Measure) -> str:
    if before.duration is None or after.duration is None or before.per != after.per:
        return ""
    longest = max(before.duration, after.duration)
    if not longest:
        return ""
    widths = (100 * before.duration / longest, 100 * after.duration / longest)
    return (
        '<div class="k-bars" aria-hidden="true">'
        f'<span class="k-bar" style="width:{widths[0]:.1f}%"></span>'
        f'<span class="k-bar k-after" style="width:{widths[1]:.1f}%"></span></div>'
    )


def template(section: AnswerSection) -> str:
    """Return the text to copy, its slots highlighted, and what to mask first."""
    return _template_card(section.template) if section.template else ""


def _template_card(card: TemplateCard) -> str:
    long = card.body.count("\n") >= _FOLD_LINES
    more = button("全文を見る", "unfold", css="k-quiet k-more") if long else ""
    caution = f'<p class="k-caution">{esc(card.caution)}</p>' if card.caution else ""
    return (
        f'<div class="k-paper{" k-folded" if long else ""}"><div class="k-paper-top">'
        f"<h4>{esc(card.title)}{marks((card.mark,))}</h4>"
        f"{copy_button()}</div>"
        f'<pre tabindex="0" aria-label="テンプレートの本文"><code data-copy>{with_slots(card.body)}'
        f"</code></pre>{more}</div>{caution}"
    )


def _month(day: date | None) -> str:
    return f"{day.year}年{day.month}月" if day else ""
