"""A streamed reply in fewer events says the same as event by event, wherever it is cut."""

import json
from collections.abc import Callable, Iterator

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openai._streaming import SSEDecoder

from assistant.adapters.openai.events import bundled

EVENT = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}


def event(delta: dict[str, object], *, end: str = "\n\n", **more: object) -> bytes:
    choice = {"index": more.pop("index", 0), "delta": delta}
    choice["finish_reason"] = more.pop("finish", None)
    ascii_only = bool(more.pop("ascii_only", False))
    told = json.dumps({**EVENT, "choices": [choice], **more}, ensure_ascii=ascii_only)
    return f"data: {told}{end}".encode("utf-8", "surrogatepass" if ascii_only else "strict")


def never() -> bool:
    return False


def joined(*events: bytes, is_last: Callable[[], bool] = never) -> list[bytes]:
    return list(bundled(events, is_last))


def test_neighbours_that_differ_in_their_text_alone_become_one_event() -> None:
    (one,) = joined(event({"content": "週"}), event({"content": '"報\\'}), event({"content": "\n"}))
    assert one == event({"content": '週"報\\\n'})


OTHERS = [
    ("another answer", event({"content": "い"}, index=1)),
    ("another second", event({"content": "い"}, created=2)),
    ("an unknown field", event({"content": "い"}, strange=[1])),
]
ALONE = [
    ("its end", event({"content": "い"}, finish="stop")),
    ("what it cost", event({"content": "い"}, usage={"prompt_tokens": 1})),
    ("a tool", event({"content": "い", "tool_calls": [{"index": 0}]})),
    ("a thought", event({"content": "い", "reasoning_content": "えーと"})),
    ("an error", event({"content": "い"}, error={"message": "x"})),
    ("no text", event({"role": "assistant"})),
    ("null", event({"content": None})),
    ("half a character", event({"content": "\ud83d"}, ascii_only=True)),
    ("a comment", b": ping\n\n"),
    ("a name", b"event: x\n" + event({"content": "い"})),
    ("several lines", b'data: {"choices":\ndata: []}\n\n'),
    ("wrong JSON", b'data: {"content": "a"\n\n'),
    ("wrong letters", b'data: {"choices": [{"delta": {"content": "\xff"}}]}\n\n'),
    ("an escaped name", b'data: {"choices": [{"delta": {"c\\u006fntent": "a"}}], "x": {"content": "b"}}\n\n'),  # noqa: E501
    ("the end of all", b"data: [DONE]\n\n"),
]  # fmt: skip


TEXT = event({"content": "あ"})


@pytest.mark.parametrize("other", [one for _, one in OTHERS], ids=[name for name, _ in OTHERS])
def test_text_is_joined_with_its_like_only(other: bytes) -> None:
    assert joined(TEXT, other, TEXT) == [TEXT, other, TEXT]
    twice = other.replace("い".encode(), "いい".encode())
    assert joined(TEXT, other, other, TEXT) == [TEXT, twice, TEXT]


@pytest.mark.parametrize("other", [one for _, one in ALONE], ids=[name for name, _ in ALONE])
def test_whatever_is_more_than_text_passes_as_it_came_and_in_its_place(other: bytes) -> None:
    twice = event({"content": "ああ"})
    assert joined(TEXT, TEXT, other, other, TEXT) == [twice, other, other, TEXT]


def test_nothing_waits_for_what_has_not_come_yet() -> None:
    came: list[bytes] = []

    def pieces() -> Iterator[bytes]:
        yield event({"content": "あ"})
        assert came == [event({"content": "あ"})]
        yield event({"content": "い"})

    for one in bundled(pieces(), is_last=lambda: True):
        came += [one]
    assert len(came) == 2


def test_what_came_before_the_line_broke_is_handed_over() -> None:
    def pieces() -> Iterator[bytes]:
        yield event({"content": "あ"})
        raise httpx.ReadError("cut")

    reply = bundled(pieces(), never)
    assert next(reply) == event({"content": "あ"})
    with pytest.raises(httpx.ReadError):
        next(reply)


texts = st.text(
    st.sampled_from(["あ", "é", "😀", '"', "\\", "\n", "\x00", "/", "a", " "]), max_size=5
)
plain = st.builds(
    event,
    st.fixed_dictionaries({"content": texts}, optional={"role": st.just("assistant")}),
    end=st.sampled_from(["\n\n", "\n\n", "\r\n\r\n", "\r\r"]),
    ascii_only=st.booleans(),
    created=st.integers(1, 2),
    index=st.sampled_from([0, 0, 0, 1]),
)
others = st.sampled_from([one for name, one in ALONE if not name.startswith("wrong")])


@st.composite
def streams(draw: st.DrawFn) -> tuple[list[bytes], bytes]:
    """Return pieces of a stream, and the whole."""
    whole = b"".join(draw(st.lists(plain | plain | plain | others, max_size=12)))
    cuts = sorted(draw(st.lists(st.integers(0, len(whole)), max_size=12)))
    ends = [*cuts, len(whole)]
    return [whole[a:b] for a, b in zip([0, *cuts], ends, strict=True)], whole


def read(pieces: list[bytes]) -> list[object]:
    """Return what openai's reader reads, the text of neighbours that are otherwise alike joined."""
    told: list[object] = []
    for sse in SSEDecoder().iter_bytes(iter(pieces)):
        frame = json.loads(sse.data) if sse.data.startswith("{") else sse.data
        text = ""
        if isinstance(frame, dict) and frame.get("choices"):
            delta = frame["choices"][0]["delta"]
            text, delta["content"] = delta.get("content") or "", bool(delta.get("content"))
        told.append([sse.event, frame, text])
    merged: list[object] = []
    for event_name, frame, text in told:  # type: ignore[misc]
        last = merged[-1] if merged else None
        alike = isinstance(last, list) and last[:2] == [event_name, frame]
        if alike and isinstance(frame, dict) and text:
            last[2] += text  # type: ignore[index]
        elif text or not _is_empty_text(frame):
            merged.append([event_name, frame, text])
    return merged


def _is_empty_text(frame: object) -> bool:
    """Tell whether a frame is one of `plain` whose text is empty: joined, it is not seen."""
    if not isinstance(frame, dict) or not frame.get("choices"):
        return False
    choice = frame["choices"][0]
    return set(choice["delta"]) <= {"content", "role"} and not choice.get("finish_reason")


@settings(deadline=None)
@given(streams(), st.randoms(use_true_random=False))
def test_the_same_is_read_wherever_it_is_cut(
    stream: tuple[list[bytes], bytes], rng: object
) -> None:
    pieces, whole = stream
    fewer = list(bundled(pieces, lambda: rng.random() < 0.3))  # type: ignore[attr-defined]
    assert read(fewer) == read([whole])
