"""A receiver for developers: prints each callback that arrives, and says whether it can be trusted."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kirin_video.domain.callback_signature import (
    ID_HEADER,
    TIMESTAMP_HEADER,
    TOLERANCE_S,
    Mismatch,
    mismatch,
)

_MAX_BODY_BYTES = 1 << 20
_PATIENCE_S = 20.0


@dataclass(frozen=True, slots=True)
class Arrived:
    """A callback as it came in.

    Attributes:
        path: where it was sent to.
        headers: their names in lower case.
        body: its bytes.
        at: when, Unix seconds.
    """

    path: str
    headers: Mapping[str, str]
    body: bytes
    at: float


@dataclass
class Listener:
    """Judges and describes callbacks.

    Attributes:
        secret: what they should be signed with; None to trust whatever comes.
        status: what is answered to callbacks that can be trusted.
        say: prints a line.
    """

    secret: bytes | None
    status: int
    say: Callable[[str], None]
    _seen: dict[str, int] = field(default_factory=dict[str, int])

    def hear(self, arrived: Arrived) -> int:
        """Print a callback; gives the HTTP status to answer."""
        why = None
        if self.secret is not None:
            why = mismatch(self.secret, arrived.headers, arrived.body, arrived.at)
        self.say(self._headline(arrived, why))
        for line in _explained(why, arrived):
            self.say(f"  {line}")
        self.say(_indented(arrived.body))
        self.say("")
        return self.status if why is None else 401

    def _headline(self, arrived: Arrived, why: Mismatch | None) -> str:
        identity = arrived.headers.get(ID_HEADER, "without an id")
        times = self._seen[identity] = self._seen.get(identity, 0) + 1
        verdict = "not verified" if self.secret is None else "verified" if why is None else f"REFUSED, {why}"
        again = "" if times == 1 else f", number {times} with this id"
        clock = time.strftime("%H:%M:%S", time.localtime(arrived.at))
        return f"{clock} {identity} {arrived.path}: {verdict}{again}"


def listening_server(listener: Listener, host: str, port: int) -> ThreadingHTTPServer:
    """A server that hands each callback to a listener; ``serve_forever`` runs it.

    Raises:
        OSError: the port is taken.
    """

    class Handler(BaseHTTPRequestHandler):
        timeout = _PATIENCE_S

        def do_POST(self) -> None:
            length = self.headers.get("content-length", "")
            if not length.isdecimal() or int(length) > _MAX_BODY_BYTES:
                self.send_error(413 if length.isdecimal() else 411)
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            arrived = Arrived(self.path, headers, self.rfile.read(int(length)), time.time())
            self.send_response(listener.hear(arrived))
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Say nothing: the listener does."""

    return ThreadingHTTPServer((host, port), Handler)


def _explained(why: Mismatch | None, arrived: Arrived) -> list[str]:
    """What may be the matter, in words."""
    match why:
        case None:
            return []
        case Mismatch.UNSIGNED:
            return ["webhook-id, webhook-timestamp or webhook-signature is missing: is it a callback at all?"]
        case Mismatch.WRONG_SIGNATURE:
            return [
                "The signature does not fit. One of these is the reason:",
                "- the secret is another account's or was replaced: see kirin callbacks secret;",
                "- something on the way changed the body: what is signed is every byte of it.",
            ]
        case Mismatch.TOO_OLD | Mismatch.FROM_THE_FUTURE:
            off_s = round(arrived.at - int(arrived.headers[TIMESTAMP_HEADER]))
            side = "old" if off_s > 0 else "ahead"
            return [
                f"Its timestamp is {abs(off_s)} s {side}; {TOLERANCE_S} are allowed. One of these is why:",
                "- this machine's clock or the server's is wrong;",
                "- it was recorded and is sent again by somebody else.",
            ]


def _indented(body: bytes) -> str:
    """A body for people: JSON laid out, anything else as it is."""
    try:
        shown = json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except ValueError:
        shown = repr(body[:1000])
    return "\n".join(f"  {line}" for line in shown.split("\n"))
