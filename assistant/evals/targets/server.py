"""A running server as target: POST {url}/api/ask, the JSON of `ask --batch` in, an answer out."""

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from assistant.errors import TargetUnreachable
from assistant.evals.contract import crash, parse_prediction
from assistant.evals.prediction import Outcome, Prediction
from assistant.evals.targets.in_order import in_order
from assistant.evals.targets.machine import Machine
from assistant.evals.targets.reply import Reply, read_reply
from assistant.evals.targets.target import Asking

if TYPE_CHECKING:
    import httpx

_PATH = "/api/ask"
_TIMEOUT = timedelta(seconds=30)
_PROBE_TIMEOUT = timedelta(seconds=15)
"""A server that has just started may load its dictionary first (5 s)."""
_WORKERS = 2
_SILENT_IN_A_ROW = 5
"""So many questions in a row without any reply: the server is gone, and the rest is no result."""
_PROBE = Asking("probe", "こんにちは")
_REMEDY = (
    "katsuyo serve を動かしてから、そのアドレス(例: http://127.0.0.1:7860)を指定してください。"
)


class Server:
    """Asks over HTTP, past no proxy and after no redirect: the answers are that server's own."""

    def __init__(
        self,
        url: str,
        *,
        timeout: timedelta = _TIMEOUT,
        probe_timeout: timedelta = _PROBE_TIMEOUT,
        workers: int = _WORKERS,
    ) -> None:
        """`url` is the address of the page. Raises TargetUnreachable when it is none."""
        self._url = _checked(url)
        self._timeout = timeout
        self._probe_timeout = probe_timeout
        self._workers = workers
        self._machine = Machine()
        self._probed = False

    @property
    def name(self) -> str:
        """The address, without what would sign in."""
        parts = urlsplit(self._url)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))

    @property
    def machine_ms(self) -> float:
        """Median milliseconds of the reference workload on this side, between the questions."""
        return self._machine.median_ms

    def prepare(self) -> None:
        """Ask one harmless question. Raises TargetUnreachable, saying what came back."""
        if self._probed:
            return
        with self._client(self._probe_timeout) as client:
            probes = in_order(
                [_PROBE],
                lambda asking: self._ask(client, asking, set()),
                workers=1,
                timeout=self._probe_timeout,
            )
            probe = next(probes)
        if not probe.ok:
            raise TargetUnreachable(
                f"{self.name} は評価できる相手ではありません。{probe.error}", remedy=_REMEDY
            )
        self._probed = True

    def answers(self, questions: Sequence[Asking]) -> Iterator[Prediction]:
        """Yield one prediction a question, in order. Raises TargetUnreachable when it is gone."""
        self.prepare()
        silent: set[str] = set()
        in_a_row = 0
        with self._client(self._timeout) as client:
            predictions = in_order(
                questions,
                lambda asking: self._ask(client, asking, silent),
                before=self._machine.between_questions,
                workers=self._workers,
                timeout=self._timeout,
            )
            for prediction in predictions:
                quiet = prediction.id in silent or prediction.outcome is Outcome.TIMEOUT
                in_a_row = in_a_row + 1 if quiet else 0
                if in_a_row >= _SILENT_IN_A_ROW:
                    raise self._gone(prediction)
                yield prediction

    def _ask(self, client: "httpx.Client", asking: Asking, silent: set[str]) -> Prediction:
        """Return the prediction; a question without any reply is noted in `silent`."""
        reply = read_reply(client, self._url + _PATH, asking.to_json())
        if not reply.heard:
            silent.add(asking.id)
        return _prediction(reply, asking.id)

    def _client(self, timeout: timedelta) -> "httpx.Client":
        import httpx

        return httpx.Client(
            timeout=timeout.total_seconds(), trust_env=False, follow_redirects=False
        )

    def _gone(self, last: Prediction) -> TargetUnreachable:
        return TargetUnreachable(
            f"{self.name} が途中で答えなくなりました(続けて{_SILENT_IN_A_ROW}問)。{last.error}",
            remedy="サーバーの記録を確かめ、動かし直してから、もう一度評価してください。",
        )


def _checked(url: str) -> str:
    """Return the address without a slash at its end."""
    try:
        parts = urlsplit(url.strip())
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or parts.query or parts.fragment:
        raise TargetUnreachable("評価する相手のアドレスが、URLの形ではありません。", remedy=_REMEDY)
    return urlunsplit(parts).rstrip("/")


def _prediction(reply: Reply, id: str) -> Prediction:  # noqa: A002 — the contract's own word
    if reply.timed_out:
        return Prediction(id=id, outcome=Outcome.TIMEOUT, error=reply.trouble)
    if reply.trouble:
        return crash(id, reply.trouble)
    try:
        payload = json.loads(reply.body)
    except (ValueError, RecursionError):
        return crash(id, f"JSONではないものが返りました({reply.described})。")
    return parse_prediction(payload, id=id)
