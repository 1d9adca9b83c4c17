"""The Gradio side of the page: the input, and the one stream that carries an answer.

Everything that is seen of an answer is HTML that we escaped ourselves. It arrives in one hidden
Markdown component and `static/page.js` moves it, part by part, into the conversation, so that
ticked boxes, focus and scroll stay where they are. Gradio's sanitizer is off there: it lets
pictures of other hosts through and strips the aria- and data- attributes (measured on 6.31); what
keeps a document from acting is `markup.esc` and, behind it, the Content-Security-Policy.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.web.markup import esc
from assistant.web.memory import Conversation
from assistant.web.talk import Asker, Talk
from assistant.web.thrift import spare
from assistant.web.words import PLACEHOLDER, PRODUCT, PROMISE

if TYPE_CHECKING:
    import gradio

_THREADS = 300
"""Gradio's default of 40 makes the 41st asker wait for a whole answer (stack-findings §4)."""
AT_ONCE = 8
"""Answers that are composed at a time; each takes a processor."""
_QUEUE = 64

_TOP = (
    '<header class="k-head"><a class="k-skip" href="#k-question">質問の入力へ</a>'
    f'<p class="k-brand"><img class="k-narrow" src="/page/icon.svg" alt="{PRODUCT}">'
    f'<b>{PRODUCT}</b><span data-place="company"></span></p>'
    '<nav class="k-nav" aria-label="メニュー">'
    '<label class="k-department"><span class="k-sr">部署</span>'
    '<select data-place="departments"><option value="">部署を選ぶ</option></select></label>'
    '<a class="k-btn k-quiet" href="/rule" target="_blank" rel="noopener">'
    '<span class="k-wide">AI利用</span>ルール</a>'
    '<button type="button" class="k-btn k-quiet k-nav-desk" data-do="desk">相談窓口</button>'
    '<button type="button" class="k-btn k-quiet k-new" data-do="new" aria-label="新しい会話">'
    '<span class="k-wide">新しい会話</span>'
    '<span class="k-narrow" aria-hidden="true">＋</span></button>'
    '<button type="button" class="k-btn k-quiet k-theme" data-do="theme" aria-pressed="false" '
    'aria-label="暗い画面にする"><span aria-hidden="true">☾</span></button></nav></header>'
    '<p class="k-offline" role="alert" data-place="offline" hidden></p>'
)
_MIDDLE = (
    f'<h1 class="k-sr">{PRODUCT}</h1><p class="k-notice-top" data-place="notice"></p>'
    '<div class="k-welcome" data-place="welcome"></div>'
    '<div class="k-log" data-place="log" role="log" aria-live="polite" aria-label="会話"></div>'
)
_SIDE = (
    '<aside class="k-side" aria-label="出典"><h2>出典</h2>'
    '<div data-place="sources"><p class="k-note">答えの中の [1] を押すと、もとになった文書の'
    "その場所をここに出します。</p></div></aside>"
)
_BELOW = (
    f'<p class="k-promise">{esc(PROMISE)}<span class="k-wide"> Ctrl+Enterで送れます。</span>'
    '<button type="button" class="k-btn k-quiet k-narrow" data-do="desk">相談窓口</button></p>'
)


def build_blocks(talk: Talk, *, at_once: int = AT_ONCE) -> "gradio.Blocks":
    """Return the page, which answers `at_once` questions. Imports Gradio, which takes seconds."""
    import gradio as gr

    def ask(message: str, talked: Conversation, request: gr.Request) -> Iterator[str]:
        address = request.client.host if request.client else ""
        yield from talk.ask(message, talked, Asker(str(request.session_hash), str(address)))

    def note(message: str, talked: Conversation) -> str:
        what = talk.note(message, talked)
        return f'<p data-note="{esc(message)}">{esc(what)}</p>'

    with gr.Blocks(title=PRODUCT, analytics_enabled=False, fill_width=True) as blocks:
        gr.Markdown(_TOP, elem_id="k-top", sanitize_html=False)
        with gr.Row(elem_id="k-frame"):
            with gr.Column(elem_id="k-main"):
                gr.Markdown(_MIDDLE, elem_id="k-middle", sanitize_html=False)
                with gr.Row(elem_id="k-ask-row"):
                    gr.Textbox(
                        elem_id="k-question-box",
                        placeholder=PLACEHOLDER,
                        label="聞きたいこと",
                        show_label=False,
                        lines=2,
                        max_lines=6,
                        container=False,
                    )
                    gr.Button("聞く", elem_id="k-ask", variant="primary")
                    gr.Button("止める", elem_id="k-stop")
                gr.Markdown(_BELOW, elem_id="k-below", sanitize_html=False)
            gr.Markdown(_SIDE, elem_id="k-panel", sanitize_html=False)
        talked = gr.State(Conversation())  # copied for each open page
        with gr.Column(elem_id="k-wires"):
            message = gr.Textbox(elem_id="k-message", show_label=False)
            send = gr.Button("送る", elem_id="k-send")
            halt = gr.Button("やめる", elem_id="k-halt")
            live = gr.Markdown("", elem_id="k-live", sanitize_html=False, latex_delimiters=[])
            remark = gr.Textbox(elem_id="k-remark", show_label=False)
            tell = gr.Button("伝える", elem_id="k-tell")
            noted = gr.Markdown("", elem_id="k-noted", sanitize_html=False, latex_delimiters=[])
        asking = send.click(
            ask,
            [message, talked],
            live,
            api_visibility="private",
            show_progress="hidden",
            trigger_mode="multiple",
            concurrency_limit=at_once,
        )
        halt.click(None, cancels=[asking], api_visibility="private", show_progress="hidden")
        tell.click(note, [remark, talked], noted, api_visibility="private", show_progress="hidden")
    blocks.max_threads = _THREADS
    blocks.queue(max_size=_QUEUE, api_open=False)
    spare(blocks)
    return blocks
