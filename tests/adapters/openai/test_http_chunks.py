"""A body in fewer chunks is the same body to h11, also where it is none."""

import h11
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.adapters.openai.http_chunks import ChunkJoiner

HEAD = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
END = b"0\r\n\r\n"


def chunk(text: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(text), text)


def heard(first: bytes, reads: list[bytes]) -> tuple[list[bytes], str]:
    """Return the pieces of the body and how it ended, as h11 hears it."""
    connection = h11.Connection(h11.CLIENT)
    connection.send(h11.Request(method="GET", target="/", headers=[("host", "a")]))
    connection.send(h11.EndOfMessage())
    pieces: list[bytes] = []
    waiting = [first, *(one for one in reads if one), b""]
    try:
        while True:
            told = connection.next_event()
            if told is h11.NEED_DATA:
                connection.receive_data(waiting.pop(0))
            elif isinstance(told, h11.Data):
                pieces.append(bytes(told.data))
            elif not isinstance(told, h11.Response):
                return pieces, type(told).__name__
    except h11.RemoteProtocolError:
        return pieces, "error"


def joined(first: bytes, reads: list[bytes]) -> list[bytes]:
    joiner = ChunkJoiner(first)
    return [*(joiner.joined(one) for one in reads), joiner.left()]


def test_chunks_that_are_there_together_are_one() -> None:
    reads = [chunk(b"a") + chunk(b"bc") + chunk(b"d"), chunk(b"e") + END]
    assert heard(HEAD, joined(HEAD, reads)) == ([b"abcd", b"e"], "EndOfMessage")


def test_a_chunk_that_has_begun_is_waited_for_and_not_lost_when_nothing_follows() -> None:
    begun = chunk(b"abcdef")[:5]
    assert joined(HEAD, [chunk(b"x") + begun]) == [chunk(b"x"), begun]
    assert joined(HEAD, [begun, chunk(b"abcdef")[5:]]) == [b"", chunk(b"abcdef"), b""]


def test_a_body_that_does_not_come_in_chunks_is_left_alone() -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n"
    reads = [chunk(b"a"), chunk(b"b")]
    assert joined(head, reads) == [*reads, b""]


def test_a_chunk_of_many_megabytes_is_not_kept_until_its_end() -> None:
    reads = [b"7fffffff\r\n" + b"x" * 70_000, b"x" * 70_000]
    assert joined(HEAD, reads) == [*reads, b""]


bodies = st.lists(
    st.binary(min_size=1, max_size=20).map(chunk)
    | st.sampled_from(
        [END, b"3;x=1\r\nabc\r\n", b"003\r\nabc\r\n", b"zz", b"\r\n", b"A\r\n", b"0"]
    ),
    max_size=8,
)


@settings(deadline=None)
@given(bodies, st.lists(st.integers(0, 200), max_size=8), st.integers(0, 40))
def test_h11_hears_the_same_body(parts: list[bytes], cuts: list[int], with_head: int) -> None:
    body = b"".join(parts)
    first, rest = HEAD + body[:with_head], body[with_head:]
    places = sorted(min(cut, len(rest)) for cut in cuts)
    ends = [*places, len(rest)]
    reads = [rest[a:b] for a, b in zip([0, *places], ends, strict=True)]
    before, after = heard(first, reads), heard(first, joined(first, reads))
    assert b"".join(after[0]) == b"".join(before[0])
    assert after[1] == before[1]
