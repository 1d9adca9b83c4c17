"""A story and an FAQ, written in a form."""

from collections.abc import Mapping

from assistant.domain import Company
from assistant.web.editor.layout import (
    department_choices,
    field,
    heading,
    page,
    select,
    text_input,
)
from assistant.web.markup import esc


def story_form(company: Company, written: Mapping[str, str], *, draft: str) -> str:
    """Return the form of a story; `draft`: id of the 下書き that it takes the place of."""
    names = (esc(tool.name) for tool in company.allowed_tools)
    tools = "".join(f'<option value="{name}"></option>' for name in names)

    def text(name: str, more: str = "", kind: str = "text") -> str:
        return text_input(name, written.get(name, ""), kind=kind, more=more)

    return page(
        "活用事例を書く",
        heading(
            "活用事例を書く",
            "話すときの言葉で大丈夫です。測っていない時間は、空けておいてください。",
        ),
        '<form class="e-card e-form" data-send="/editor/forms" data-times data-keep="story">'
        + _hidden("story", draft)
        + field(
            "題名",
            text("title", 'required placeholder="例: 点検表の転記を半分の時間に"'),
            css="e-wide",
        )
        + field(
            "部署",
            select(
                "department",
                department_choices(company, nobody="部署を選ぶ"),
                written.get("department", ""),
            ),
        )
        + field("業務", text("task", 'placeholder="例: 点検表"'))
        + field("使う前の時間", text("before", 'placeholder="例: 週2時間"'))
        + field("使った後の時間", text("after", 'placeholder="例: 週50分"'))
        + '<p class="e-times-read e-wide" role="status"></p>'
        + field(
            "使ったAI", text("tool", 'list="tools"') + f'<datalist id="tools">{tools}</datalist>'
        )
        + field("話した人", text("author"), note="本人の了解を得た名前だけ")
        + field("時期", text("date", kind="date"))
        + field(
            "何に困って、何をして、どうなったか",
            _text_area(
                "body", written, more='rows="10" placeholder="毎週2時間かかっていた週報が…"'
            ),
            note="お客様の名前は「A社」にしてください。うまくいかなかったことも、ぜひ。",
            css="e-wide",
        )
        + '<p class="e-wrong e-wide" role="alert" hidden></p>'
        '<div class="e-wide k-row"><button class="k-btn k-primary">下書きにする</button>'
        '<a class="k-btn k-quiet" href="/editor">やめる</a></div></form>',
        here="/editor",
        company=company.name,
    )


def faq_form(company: Company, written: Mapping[str, str], *, draft: str) -> str:
    """Return the form of one question and its answer."""
    return page(
        "FAQを書く",
        heading("FAQを1つ書く", "質問は、聞かれた言葉のままがいちばん見つかります。"),
        '<form class="e-card e-form" data-send="/editor/forms" data-keep="faq">'
        + _hidden("faq", draft)
        + field(
            "質問",
            text_input(
                "question",
                written.get("question", ""),
                more='required placeholder="例: 議事録をAIで作ったら、録音は消すの?"',
            ),
            css="e-wide",
        )
        + field(
            "答え",
            _text_area("answer", written, more='rows="6"'),
            note="最初の1文で答えてください。くわしいことは、そのあとに。",
            css="e-wide",
        )
        + field(
            "部署", select("department", department_choices(company), written.get("department", ""))
        )
        + field("管理者", text_input("owner", written.get("owner", "")))
        + field("見直し期限", text_input("review_by", written.get("review_by", ""), kind="date"))
        + '<p class="e-wrong e-wide" role="alert" hidden></p>'
        '<div class="e-wide k-row"><button class="k-btn k-primary">下書きにする</button>'
        '<a class="k-btn k-quiet" href="/editor">やめる</a></div></form>',
        here="/editor",
        company=company.name,
    )


def _hidden(kind: str, draft: str) -> str:
    return (
        f'<input type="hidden" name="kind" value="{kind}">'
        f'<input type="hidden" name="draft" value="{esc(draft)}">'
    )


def _text_area(name: str, written: Mapping[str, str], *, more: str) -> str:
    return f'<textarea name="{name}" required {more}>{esc(written.get(name, ""))}</textarea>'
