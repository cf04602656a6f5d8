"""A bounded load generator: so many connections, each sending the same request again when it is answered.

It parses no more of an answer than its status and length, so that little of the machine goes to it; what it
does take is measured and told.
"""

from __future__ import annotations

import asyncio
import itertools
import resource
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import cast

import uvloop


@dataclass
class Tally:
    """What came of one round."""

    started: float
    until: float
    latencies_s: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    ended: float = 0.0


class Caller(asyncio.Protocol):
    """One connection."""

    def __init__(self, request: bytes, tally: Tally, done: asyncio.Future[None]) -> None:
        self.request, self.tally, self.done = request, tally, done
        self.answer = b""
        self.sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self.transport = cast("asyncio.Transport", transport)
        self.send()

    def send(self) -> None:
        """Send the request."""
        self.answer = b""
        self.sent_at = time.perf_counter()
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Take note of a whole answer, and go on."""
        self.answer += data
        head, found, body = self.answer.partition(b"\r\n\r\n")
        if not found:
            return
        length = head.lower().partition(b"content-length: ")[2].split(b"\r\n", 1)[0]
        if len(body) < int(length):
            return
        now = time.perf_counter()
        self.tally.latencies_s.append(now - self.sent_at)
        self.tally.statuses[int(head[9:12])] += 1
        self.tally.ended = now
        if now < self.tally.until:
            self.send()
        else:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """End, well or badly."""
        if not self.done.done():
            if exc or time.perf_counter() < self.tally.until:
                self.done.set_exception(exc or ConnectionError("the server closed the connection"))
            else:
                self.done.set_result(None)


def request_bytes(method: str, path: str, key: str, body: bytes = b"") -> bytes:
    """A request as it goes over the wire."""
    head = f"{method} {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\n"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


def load(
    host: str, port: int, requests: list[bytes], *, connections: int, seconds: float
) -> dict[str, float]:
    """Send requests, one a connection, again and again for so many seconds; rate, and latencies in ms.

    Raises:
        SystemExit: an answer is not 200.
    """
    before = resource.getrusage(resource.RUSAGE_SELF)
    tally = uvloop.run(_round(host, port, requests, connections, seconds))
    after = resource.getrusage(resource.RUSAGE_SELF)
    if set(tally.statuses) != {200}:
        raise SystemExit(f"not every answer is 200: {dict(tally.statuses)}")
    times = sorted(tally.latencies_s)
    took = tally.ended - tally.started
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "per_second": len(times) / took,
        "p50_ms": 1000 * times[len(times) // 2],
        "p99_ms": 1000 * times[min(len(times) - 1, int(len(times) * 0.99))],
        "max_ms": 1000 * times[-1],
        "requests": len(times),
        "generator_cpu_share": spent / took,
    }


async def _round(host: str, port: int, requests: list[bytes], connections: int, seconds: float) -> Tally:
    loop = asyncio.get_running_loop()
    now = time.perf_counter()
    tally = Tally(now, now + seconds)
    ends = [loop.create_future() for _ in range(connections)]
    await asyncio.gather(
        *(
            loop.create_connection(lambda end=end, own=own: Caller(own, tally, end), host, port)
            for end, own in zip(ends, itertools.cycle(requests), strict=False)
        )
    )
    await asyncio.gather(*ends)
    return tally
