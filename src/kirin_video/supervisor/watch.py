"""The supervisor's loop: start what is due, start again what has ended, announce, until asked to stop."""

from __future__ import annotations

import selectors
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kirin_video.domain.errors import KirinError
from kirin_video.store.bounded_log import BoundedLog
from kirin_video.store.embedded import EmbeddedPostgres
from kirin_video.store.embedded_places import PostgresUnavailable
from kirin_video.supervisor.first_key import FirstKey
from kirin_video.supervisor.probe import Probe
from kirin_video.supervisor.processes import Backoff, Child, reap_strangers
from kirin_video.supervisor.reload import SourceWatch
from kirin_video.supervisor.signals import Signals

_FALSE_STARTS = 2
_STARTING_PAUSE_S = 0.1
_TRIM_EVERY_S = 10.0
_RELOAD_EVERY_S = 0.5


class ServerFailed(KirinError):
    """The server could not be brought up; the message ends with what the failing part said."""


class TendedPostgres:
    """The embedded database, started again when it ends; its address stays the same.

    Args:
        postgres: the database, started.
        signals: may interrupt a start.
        warn: told what happens.
    """

    def __init__(self, postgres: EmbeddedPostgres, signals: Signals, warn: Callable[[str], None]) -> None:
        self.postgres = postgres
        self._signals = signals
        self._warn = warn
        self._backoff = Backoff()
        self._due_s: float | None = None

    def tend(self) -> None:
        """Notice if it has ended, and start it if that is due."""
        if self.postgres.is_running():
            return
        now_s = time.monotonic()
        if self._due_s is None:
            self._due_s = now_s + self._backoff.ended(now_s)
            self._warn("PostgreSQL has ended; starting it again")
        if now_s < self._due_s:
            return
        try:
            with self._signals.interrupting():
                self.postgres.start()
        except (PostgresUnavailable, OSError) as error:
            self._warn(str(error))
        self._backoff.started(time.monotonic())
        self._due_s = None

    def wait_s(self) -> float | None:
        """Seconds until it is to be started, None while it runs."""
        return None if self._due_s is None else max(0.0, self._due_s - time.monotonic())


@dataclass(slots=True)
class Watch:
    """Everything the loop looks after.

    Attributes:
        apis: the API processes.
        others: the other processes.
        postgres: the embedded database, if it is ours.
        probe: tells when the API answers, whichever process of it.
        first_key: the key to show at the first start.
        signals: tell when to stop.
        selector: wakes the loop; knows the signals' descriptor and the probe's connection.
        announce: called once, when the API answers and the key, if due, is there.
        warn: told in a sentence what an operator should know.
        sources: the source code, to start the parts again when it changes.
    """

    apis: Sequence[Child]
    others: Sequence[Child]
    postgres: TendedPostgres | None
    probe: Probe
    first_key: FirstKey
    signals: Signals
    selector: selectors.BaseSelector
    announce: Callable[[], None]
    warn: Callable[[str], None]
    sources: SourceWatch | None = None
    _announced: bool = False
    _chores_due_s: float = field(default_factory=time.monotonic)

    @property
    def children(self) -> list[Child]:
        """All processes but the database's."""
        return [*self.apis, *self.others]

    def until_stopped(self) -> None:
        """Run the loop.

        Raises:
            ServerFailed: the API does not come up.
            StopRequested: asked to stop while starting the database again.
        """
        while not self.signals.stops:
            self._tend()
            if not self._announced:
                self._step_towards_ready()
            if time.monotonic() >= self._chores_due_s:
                self._do_chores()
            self.selector.select(self._pause_s())
            self.signals.drain()

    def _tend(self) -> None:
        if self.postgres is not None:
            self.postgres.tend()
        for child in self.children:
            message = child.tend()
            if message is not None:
                self.warn(message)
                self._judge(child)
        pids = {child.pid for child in self.children} | {self.first_key.pid}
        if self.postgres is not None:
            pids.add(self.postgres.postgres.pid)
        reap_strangers({pid for pid in pids if pid is not None})

    def _judge(self, child: Child) -> None:
        """Show why a part ended while the server starts, and give up on an API that never comes up."""
        if self._announced:
            return
        said = child.said()
        where = f"It said, in {child.part.log.path}:\n{said}" if child.part.log is not None and said else ""
        if child in self.apis and child.backoff.failures >= _FALSE_STARTS:
            raise ServerFailed(f"The API does not start. {where}")
        if where:
            self.warn(where)

    def _step_towards_ready(self) -> None:
        self.first_key.step()
        self.probe.step()
        if self.probe.healthy and self.first_key.settled:
            self._announced = True
            if self.first_key.problem is not None:
                self.warn(self.first_key.problem)
            self.announce()
            self.first_key.remember()

    def _do_chores(self) -> None:
        """Keep the logs short, and look for changed sources."""
        self._chores_due_s = time.monotonic() + (_RELOAD_EVERY_S if self.sources else _TRIM_EVERY_S)
        for log in self._logs():
            log.trim()
        if self.sources is not None and self.sources.has_changed():
            self.warn("The source code has changed")
            for child in self.children:
                child.terminate()

    def _logs(self) -> list[BoundedLog]:
        logs = [child.part.log for child in self.children if child.part.log is not None]
        return [*logs, self.postgres.postgres.log] if self.postgres is not None else logs

    def _pause_s(self) -> float:
        waits = [child.wait_s() for child in self.children]
        if self.postgres is not None:
            waits.append(self.postgres.wait_s())
        waits.append(max(0.0, self._chores_due_s - time.monotonic()))
        if not self._announced:
            waits.append(_STARTING_PAUSE_S)
        return min(wait for wait in waits if wait is not None)
