"""An OpenAI-compatible endpoint that copies sentences out of what it is sent, 20 tokens a second.

    python -m benchmarks.stub_endpoint [--port 0] [--tokens-per-second 20] [--least-tokens 0]

Prints its base URL. One process, one thread, nothing but asyncio: it must not be what is measured.
"""

import argparse
import asyncio
import json
import re
from itertools import chain

_TOKEN = 2
"""Characters of Japanese that pass for a token."""
_DOCUMENT = re.compile(r"資料 (P\d+)>> (?P<kind>[^「]+)「[^\n]*\n(?P<text>.*?)\n<<", re.DOTALL)
_ITEM = re.compile(
    r"^(?:\d+\.|-)\s+([^\n。]{8,90}?(?:ます|ください|する|る|く|う)。?)$", re.MULTILINE
)
_SENTENCE = re.compile(r"(?:^|(?<=[。\n]))[^|#`「\n。]{8,90}?(?:ました|ます|です|る|た)。")
_SLOTS = re.compile(r"^書く欄: (.+)$", re.MULTILINE)


def copied(user: str) -> str:
    """Return a reply in JSON whose sentences stand word for word in the documents of `user`."""
    asked = _SLOTS.search(user)
    wanted = asked[1].split("、") if asked else []
    documents = [(match[1], match["kind"], match["text"]) for match in _DOCUMENT.finditer(user)]
    told = {}
    for slot in wanted:
        found = _found(slot, documents)
        told[slot] = [{"passages": [alias], "text": text} for alias, text in found]
    return json.dumps(told, ensure_ascii=False)


def _found(slot: str, documents: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    if slot == "stories":
        stories = [(alias, text) for alias, kind, text in documents if kind == "活用事例"]
        return [(alias, one) for alias, text in stories for one in _SENTENCE.findall(text)[-1:]]
    read = [one for one in documents if one[1] in {"活用事例", "マニュアル", "よくある質問"}]
    if slot == "direct":
        sentences = ((alias, one) for alias, _, text in read for one in _SENTENCE.findall(text))
        return list(sentences)[:2]
    for alias, _, text in read:
        items = _ITEM.findall(text)
        if len(items) >= 2:
            return [(alias, item) for item in items[:5]]
    return list(
        chain.from_iterable(
            ((alias, one) for one in _SENTENCE.findall(text)[:2]) for alias, _, text in read[:2]
        )
    )


async def serve(port: int, tokens_per_second: float, least_tokens: int) -> None:
    """Serve on loopback until it is stopped; a reply is filled up with blanks to `least_tokens`."""
    pause = 1 / tokens_per_second

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
                body = json.loads(await reader.readexactly(int(length[1]) if length else 0))
                text = copied(body["messages"][-1]["content"])
                padding = " " * max(0, least_tokens * _TOKEN - len(text))
                await _reply(writer, body, text[:-1] + padding + text[-1:], pause=pause)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", port, limit=1 << 20, backlog=512)
    bound = server.sockets[0].getsockname()[1]
    print(f"http://127.0.0.1:{bound}/v1", flush=True)
    async with server:
        await server.serve_forever()


async def _reply(
    writer: asyncio.StreamWriter, body: dict[str, object], text: str, *, pause: float
) -> None:
    if not body.get("stream"):
        choice = {"index": 0, "message": {"role": "assistant", "content": text}}
        data = json.dumps({**_CHUNK, "choices": [{**choice, "finish_reason": "stop"}]}).encode()
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(data)}"
        writer.write(f"{head}\r\n\r\n".encode() + data)
        await writer.drain()
        return
    writer.write(
        b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
    )
    for start in range(0, len(text), _TOKEN):
        await asyncio.sleep(pause)
        writer.write(_event({"content": text[start : start + _TOKEN]}, None))
        await writer.drain()
    usage = {"prompt_tokens": 4_000, "completion_tokens": len(text) // _TOKEN}
    usage["total_tokens"] = sum(usage.values())
    writer.write(_event({}, "stop") + _chunk({**_CHUNK, "choices": [], "usage": usage}))
    writer.write(b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n")
    await writer.drain()


_CHUNK = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "stub"}


def _event(delta: dict[str, str], finish: str | None) -> bytes:
    return _chunk({**_CHUNK, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})


def _chunk(value: object) -> bytes:
    data = f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode()
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def main() -> None:
    """Parse argv and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tokens-per-second", type=float, default=20)
    parser.add_argument("--least-tokens", type=int, default=0)
    options = parser.parse_args()
    asyncio.run(serve(options.port, options.tokens_per_second, options.least_tokens))


if __name__ == "__main__":
    main()
