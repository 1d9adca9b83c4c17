"""A story and an FAQ, written in a form."""

from collections.abc import Mapping

from assistant.domain import Company
from assistant.web.editor.layout import (
    department_choices,
    field,
    heading,
    page,
    select,
    send_form,
    text_input,
)
from assistant.web.markup import esc

_BUTTONS = (
    '<div class="e-wide k-row"><button class="k-btn k-primary">下書きにする</button>'
    '<a class="k-btn k-quiet" href="/editor">やめる</a></div>'
)


def story_form(company: Company, written: Mapping[str, str], *, draft: str) -> str:
    """Return the form of a story; `draft`: id of the 下書き that it takes the place of."""
    form = send_form(
        "/editor/forms",
        _hidden("story", draft),
        _title(written, "題名", "例: 点検表の転記を半分の時間に", name="title"),
        _department(company, written, nobody="部署を選ぶ"),
        field("業務", _text(written, "task", 'placeholder="例: 点検表"')),
        times_fields(written),
        _tool(company, written),
        field("話した人", _text(written, "author"), note="本人の了解を得た名前だけ"),
        field("時期", _text(written, "date", kind="date")),
        field(
            "何に困って、何をして、どうなったか",
            _area(written, "body", 'rows="10" placeholder="毎週2時間かかっていた週報が…"'),
            note="お客様の名前は「A社」にしてください。うまくいかなかったことも、ぜひ。",
            css="e-wide",
        ),
        _BUTTONS,
        css="e-card e-form",
        more='data-times data-keep="story"',
    )
    lead = "話すときの言葉で大丈夫です。測っていない時間は、空けておいてください。"
    title = "活用事例を書く"
    return page(title, heading(title, lead), form, here="/editor", company=company.name)


def faq_form(company: Company, written: Mapping[str, str], *, draft: str) -> str:
    """Return the form of one question and its answer."""
    asked = "例: 議事録をAIで作ったら、録音は消すの?"
    form = send_form(
        "/editor/forms",
        _hidden("faq", draft),
        _title(written, "質問", asked, name="question"),
        field(
            "答え",
            _area(written, "answer", 'rows="6"'),
            note="最初の1文で答えてください。くわしいことは、そのあとに。",
            css="e-wide",
        ),
        _department(company, written),
        field("管理者", _text(written, "owner")),
        field("見直し期限", _text(written, "review_by", kind="date")),
        _BUTTONS,
        css="e-card e-form",
        more='data-keep="faq"',
    )
    lead = "質問は、聞かれた言葉のままがいちばん見つかります。"
    return page(
        "FAQを書く", heading("FAQを1つ書く", lead), form, here="/editor", company=company.name
    )


def times_fields(written: Mapping[str, str]) -> str:
    """Return the two times of a story, and the place that tells how they are read."""
    return (
        field("使う前の時間", _text(written, "before", 'placeholder="例: 週2時間"'))
        + field("使った後の時間", _text(written, "after", 'placeholder="例: 週50分"'))
        + '<p class="e-times-read e-wide" role="status"></p>'
    )


def _title(written: Mapping[str, str], label: str, example: str, *, name: str) -> str:
    control = _text(written, name, f'required placeholder="{example}"')
    return field(label, control, css="e-wide")


def _department(
    company: Company, written: Mapping[str, str], *, nobody: str = "全社(部署を決めない)"
) -> str:
    choices = department_choices(company, nobody=nobody)
    return field("部署", select("department", choices, written.get("department", "")))


def _tool(company: Company, written: Mapping[str, str]) -> str:
    names = (esc(tool.name) for tool in company.allowed_tools)
    known = "".join(f'<option value="{name}"></option>' for name in names)
    control = _text(written, "tool", 'list="tools"')
    return field("使ったAI", f'{control}<datalist id="tools">{known}</datalist>')


def _hidden(kind: str, draft: str) -> str:
    return (
        f'<input type="hidden" name="kind" value="{kind}">'
        f'<input type="hidden" name="draft" value="{esc(draft)}">'
    )


def _text(written: Mapping[str, str], name: str, more: str = "", *, kind: str = "text") -> str:
    return text_input(name, written.get(name, ""), kind=kind, more=more)


def _area(written: Mapping[str, str], name: str, more: str) -> str:
    return f'<textarea name="{name}" required {more}>{esc(written.get(name, ""))}</textarea>'
