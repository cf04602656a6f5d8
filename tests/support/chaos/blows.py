"""What befalls the processes: killed, frozen for a while, cut off, or lured into a trap."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field

from faulty_proxy import FaultyProxy, Way

from chaos import traps
from chaos.installation import Installation, Process

_FROZEN_S = (0.2, 0.5, 1.0, 2.0, 4.0, 6.0)
_BAITED_S = 8.0


@dataclass
class Blows:
    """Strikes an installation.

    Attributes:
        installation: the victim.
        inbox_proxy: on the way of some callbacks.
        dice: decides all.
        struck: how often what was struck how: only what SIGKILL and SIGSTOP did.
        other: what befell besides.
        places: the traps that were sprung.
    """

    installation: Installation
    inbox_proxy: FaultyProxy
    dice: random.Random
    struck: Counter[str] = field(default_factory=Counter[str])
    other: Counter[str] = field(default_factory=Counter[str])
    places: Counter[str] = field(default_factory=Counter[str])
    _frozen: set[int] = field(default_factory=set[int])
    _waiting: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])
    _read: int = 0

    @property
    def total(self) -> int:
        """SIGKILLs and SIGSTOPs so far."""
        return self.struck.total()

    async def strike(self) -> None:
        """One blow, of some kind."""
        kinds: dict[Callable[[], Coroutine[None, None, None]], int] = {
            self._trap: 34,
            self._blind(signal.SIGSTOP, "worker"): 8,
            self._blind(signal.SIGKILL, "worker"): 6,
            self._blind(signal.SIGKILL, "render child"): 8,
            self._blind(signal.SIGSTOP, "render child"): 4,
            self._blind(signal.SIGSTOP, "API"): 7,
            self._blind(signal.SIGKILL, "API"): 5,
            self._blind(signal.SIGSTOP, "backend"): 7,
            self._blind(signal.SIGKILL, "backend"): 4,
            self._blind(signal.SIGKILL, "PostgreSQL"): 3,
            self._blind(signal.SIGKILL, "supervisor"): 2,
            self._freeze_postgres: 3,
            self._cut_database: 5,
            self._cut_inbox: 3,
            self._stop_worker: 2,
        }
        [blow] = self.dice.choices(list(kinds), weights=list(kinds.values()))
        await blow()

    async def strike_start(self) -> None:
        """Kill the whole server in the middle of its first start."""
        await asyncio.sleep(self.dice.uniform(0.2, 4.0))
        await self._blind(signal.SIGKILL, "supervisor")()

    def notice(self) -> None:
        """Note the traps that were sprung meanwhile, and let the frozen thaw some time."""
        path = self.installation.traps / traps.SPRUNG
        with contextlib.suppress(FileNotFoundError):
            lines = path.read_text().splitlines()
            for line in lines[self._read :]:
                pid, signum, place = line.split(" ", 2)
                self._note(signal.Signals(int(signum)), "trapped process")
                self.places[place] += 1
                if int(signum) == signal.SIGSTOP:
                    self._thaw_later(int(pid))
            self._read = len(lines)

    async def relent(self) -> None:
        """Take all baits away, thaw the frozen and mend the ways."""
        for path in self.installation.traps.glob("[0-9]*"):
            path.unlink(missing_ok=True)
        self.notice()
        for proxy in self._proxies():
            proxy.heal()
        for pid in list(self._frozen):
            self._thaw(pid)
        for task in self._waiting:
            task.cancel()
        await asyncio.gather(*self._waiting, return_exceptions=True)

    def _blind(self, signum: signal.Signals, role: str) -> Callable[[], Coroutine[None, None, None]]:
        async def blow() -> None:
            victims = [each for each in self.installation.processes() if each.role == role]
            if victims:
                self._hit(self.dice.choice(victims), signum)
                self._note(signum, role)

        return blow

    async def _freeze_postgres(self) -> None:
        """All of PostgreSQL stands still, and goes on as if nothing had been."""
        roles = ("PostgreSQL", "PostgreSQL's helper", "backend")
        victims = [each for each in self.installation.processes() if each.role in roles]
        for each in victims:
            self._hit(each, signal.SIGSTOP)
        if victims:
            self._note(signal.SIGSTOP, "all of PostgreSQL")

    async def _trap(self) -> None:
        """Bait a place, and leave the bait there for a while."""
        place = self.dice.choice(traps.PLACES)
        signum = self.dice.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGSTOP])
        baited = traps.bait(self.installation.traps, place, signum)
        self._later(_BAITED_S, lambda: baited.unlink(missing_ok=True))

    async def _cut_database(self) -> None:
        """The way of one worker to the database goes bad, and some time good again."""
        if self.installation.proxy is not None:
            await self._cut(self.installation.proxy, "way to the database")

    async def _cut_inbox(self) -> None:
        await self._cut(self.inbox_proxy, "way of callbacks")

    async def _cut(self, proxy: FaultyProxy, what: str) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "reset": proxy.reset,
            "half open": proxy.half_open,
            "silent": proxy.silence,
            "answers kept back": lambda: proxy.silence(Way.TO_CLIENT),
            "refused": proxy.refuse,
            "slow": lambda: proxy.delay(0.3),
            "cut in an answer": lambda: proxy.cut_after(self.dice.randrange(1, 4000)),
        }
        name = self.dice.choice(list(deeds))
        deeds[name]()
        self.other[f"{what}: {name}"] += 1
        self._later(self.dice.uniform(0.3, 4.0), proxy.heal)

    async def _stop_worker(self) -> None:
        """A worker is told to stop in good order."""
        workers = [each for each in self.installation.processes() if each.role == "worker"]
        if workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.dice.choice(workers).pid, signal.SIGTERM)
            self.other["worker told to stop"] += 1

    def _hit(self, victim: Process, signum: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim.pid, signum)
        if signum == signal.SIGSTOP:
            self._thaw_later(victim.pid)

    def _note(self, signum: signal.Signals, what: str) -> None:
        self.struck[f"{signum.name} {what}"] += 1

    def _thaw_later(self, pid: int) -> None:
        self._frozen.add(pid)
        self._later(self.dice.choice(_FROZEN_S), lambda: self._thaw(pid))

    def _later(self, pause_s: float, act: Callable[[], object]) -> None:
        async def wait() -> None:
            await asyncio.sleep(pause_s)
            act()

        task = asyncio.create_task(wait())
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    def _thaw(self, pid: int) -> None:
        self._frozen.discard(pid)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)

    def _proxies(self) -> list[FaultyProxy]:
        beside = [] if self.installation.proxy is None else [self.installation.proxy]
        return [self.inbox_proxy, *beside]
