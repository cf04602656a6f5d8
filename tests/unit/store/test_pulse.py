import asyncio
import math
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, cast

from kirin_video.domain.errors import Overloaded
from kirin_video.store.pulse import Pulse


class Wire:
    """A database that notes what is sent by it, and may be away."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.is_away = False

    @asynccontextmanager
    async def connection(self) -> AsyncGenerator[None]:
        if self.is_away:
            raise Overloaded("away")
        yield

    async def run(self, _connection: object, _name: str, parameters: dict[str, str]) -> None:
        self.sent.append(parameters["name"])


def pulse_over(wire: Wire) -> Pulse:
    return Pulse(cast("Any", wire))


async def beat(pulse: Pulse, now_s: float) -> None:
    pulse.beat(now_s)
    await asyncio.sleep(0.01)


async def test_what_is_heard_again_proves_the_time_before_it_was_sent() -> None:
    wire = Wire()
    pulse = pulse_over(wire)
    for now_s in (1.0, 1.001, 2.0, 3.0):  # the second comes too soon after the first
        await beat(pulse, now_s)
    assert len(wire.sent) == 3
    assert pulse.as_of_s == -math.inf
    pulse.hear(wire.sent[1])
    assert pulse.as_of_s == 2.0
    for name in (wire.sent[0], wire.sent[1], "another's"):
        pulse.hear(name)
    assert pulse.as_of_s == 2.0
    pulse.distrust()
    pulse.hear(wire.sent[2])  # sent before the connection was lost, and heard on none
    assert pulse.as_of_s == -math.inf


async def test_many_wait_for_the_same_news() -> None:
    wire = Wire()
    pulse = pulse_over(wire)
    await beat(pulse, 1.0)
    waiting = [asyncio.create_task(pulse.heard(since_s)) for since_s in (0.5, 0.9, 1.5)]
    await asyncio.sleep(0)
    waiting[1].cancel()  # who gives up takes nobody along
    pulse.hear(wire.sent[0])
    assert await waiting[0]
    await beat(pulse, 2.0)
    assert not waiting[2].done()
    pulse.hear(wire.sent[1])
    assert await waiting[2]
    assert await pulse.heard(1.9)


async def test_nobody_waits_long_where_nothing_is_heard() -> None:
    wire = Wire()
    wire.is_away = True
    pulse = pulse_over(wire)
    await beat(pulse, 1.0)
    started_s = time.monotonic()
    assert await asyncio.gather(*(pulse.heard(1.0) for _ in range(3))) == [False] * 3
    assert 0.4 < time.monotonic() - started_s < 2
    started_s = time.monotonic()
    assert not await pulse.heard(1.0)  # it is known by now that nothing comes
    assert time.monotonic() - started_s < 0.1
    wire.is_away = False
    await beat(pulse, 2.0)
    pulse.hear(wire.sent[0])
    assert await pulse.heard(1.0)
