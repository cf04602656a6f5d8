"""Run a server: bring its parts up, watch them, take them down."""

from __future__ import annotations

import contextlib
import os
import selectors
import socket
import sys
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import kirin_video
from kirin_video.domain.console_token import claim_path
from kirin_video.store.bounded_log import BoundedLog
from kirin_video.store.embedded import EmbeddedPostgres
from kirin_video.supervisor.commands import Access, Commands, external_database_url
from kirin_video.supervisor.data_dir import DataDir, Holder
from kirin_video.supervisor.database import access_to
from kirin_video.supervisor.first_key import FirstKey
from kirin_video.supervisor.listener import address_of, listen
from kirin_video.supervisor.probe import Probe
from kirin_video.supervisor.processes import Child, Part
from kirin_video.supervisor.reload import SourceWatch
from kirin_video.supervisor.signals import Signals, StopRequested
from kirin_video.supervisor.watch import TendedPostgres, Watch

# Together, with what EmbeddedPostgres adds before it resorts to force, less than five seconds.
_PARTS_STOP_S = 3.0
_POSTGRES_STOP_S = 1.0


@dataclass(frozen=True, slots=True)
class Options:
    """What to serve, where.

    Attributes:
        data_dir: folder of all that is kept.
        host: interface to listen on.
        port: 0 picks a free one.
        worker: render here too.
        api_processes: how many processes answer callers.
        reload: start the parts again when the source code changes, and show their output.
        throwaway: the data folder is deleted afterwards; spares the disk.
    """

    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 8080
    worker: bool = True
    api_processes: int = 1
    reload: bool = False
    throwaway: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """The server answers.

    Attributes:
        address: where.
        first_key: a key, at the first start on this data folder.
        claim_url: where its first administrator claims the console; as the key.
        data_dir: the data folder.
    """

    address: str
    first_key: str | None
    claim_url: str | None
    data_dir: Path


def warn_on_stderr(message: str) -> None:
    """Say something to the operator; a closed terminal is no reason to fail."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"kirin: {message}\n")
        sys.stderr.flush()


@dataclass(frozen=True, slots=True)
class Server:
    """One run of a server, in the main thread of a process that does nothing else.

    Attributes:
        options: what to serve.
        on_ready: called once, when the API answers.
        commands: how to run the parts.
        warn: told in a sentence what an operator should know.
    """

    options: Options
    on_ready: Callable[[Ready], None]
    commands: Commands = field(default_factory=Commands)
    warn: Callable[[str], None] = warn_on_stderr

    def run(self) -> None:
        """Serve until a signal asks to stop; everything started is gone when this returns.

        Raises:
            KirinError: the server cannot start here; the message says what to do.
            OSError: the disk fails.
        """
        folder = DataDir(self.options.data_dir)
        with (
            contextlib.suppress(StopRequested),
            Signals() as signals,
            _held(folder),
            listen(self.options.host, self.options.port) as listener,
            self._database(folder, signals) as postgres,
        ):
            external = external_database_url()
            url = postgres.url if postgres is not None else external or ""
            folder.describe_holder(Holder(os.getpid(), address_of(listener), embedded=postgres is not None))
            self._serve(folder, access_to(folder, url), listener, signals, postgres)

    @contextlib.contextmanager
    def _database(self, folder: DataDir, signals: Signals) -> Generator[EmbeddedPostgres | None]:
        """Start the embedded database unless the environment names another; stop it at the end."""
        if external_database_url() is not None:
            yield None
            return
        postgres = EmbeddedPostgres(folder.path, durable=not self.options.throwaway, notice=self.warn)
        try:
            with signals.interrupting():
                postgres.start()
            yield postgres
        finally:
            _stop_postgres(postgres, signals)
            if self.options.throwaway:
                postgres.remove_outside()

    def _serve(
        self,
        folder: DataDir,
        access: Access,
        listener: socket.socket,
        signals: Signals,
        postgres: EmbeddedPostgres | None,
    ) -> None:
        first_key = FirstKey(folder, self.commands.first_key, access)
        apis, others = self._apis(access, listener), self._others(access)
        sources = SourceWatch(Path(kirin_video.__file__).parent) if self.options.reload else None
        with selectors.DefaultSelector() as selector, contextlib.ExitStack() as stack:
            selector.register(signals.wakeup, selectors.EVENT_READ)
            probe = Probe(listener, selector)
            stack.callback(_stop_parts, [*apis, *others], signals, selector)
            stack.callback(first_key.close)
            stack.callback(probe.close)
            watch = Watch(
                apis=apis,
                others=others,
                postgres=None if postgres is None else TendedPostgres(postgres, signals, self.warn),
                probe=probe,
                first_key=first_key,
                signals=signals,
                selector=selector,
                announce=lambda: self.on_ready(_ready(listener, first_key, access, folder)),
                warn=self.warn,
                sources=sources,
            )
            watch.until_stopped()

    def _apis(self, access: Access, listener: socket.socket) -> list[Child]:
        """Return the processes that answer callers, not started yet.

        They take connections from one socket: should one be killed, the others take them all.
        """
        descriptor = listener.fileno()
        command = (*self.commands.api, "--fd", str(descriptor), "--parent", str(os.getpid()))
        names = ["API", *(f"API {number}" for number in range(2, self.options.api_processes + 1))]
        return [self._child(name, command, access, keep=(descriptor,)) for name in names]

    def _others(self, access: Access) -> list[Child]:
        """Return the worker if one is wanted, not started yet."""
        if not self.options.worker:
            return []
        return [self._child("worker", (*self.commands.worker, "--parent", str(os.getpid())), access)]

    def _child(self, name: str, command: Sequence[str], access: Access, keep: tuple[int, ...] = ()) -> Child:
        file = f"{name.lower().replace(' ', '-')}.log"
        log = None if self.options.reload else BoundedLog(access.data_dir / "log" / file)
        return Child(Part(name, command, access.environment(), log, keep))


def _ready(listener: socket.socket, first_key: FirstKey, access: Access, folder: DataDir) -> Ready:
    address, key = address_of(listener), first_key.key
    public = (os.environ.get("KIRIN_PUBLIC_URL") or address).rstrip("/")
    claim_url = None if key is None else public + claim_path(access.secret_key.encode())
    return Ready(address, key, claim_url, folder.path)


@contextlib.contextmanager
def _held(folder: DataDir) -> Generator[None]:
    folder.hold()
    try:
        yield
    finally:
        folder.release()


def _stop_parts(children: list[Child], signals: Signals, selector: selectors.BaseSelector) -> None:
    """Ask all parts at once to end; kill those that take too long, or all at a second request to stop."""
    for child in children:
        child.terminate()
    deadline_s = time.monotonic() + _PARTS_STOP_S
    while not all(child.has_ended() for child in children) and signals.stops < 2:  # noqa: PLR2004
        left_s = deadline_s - time.monotonic()
        if left_s <= 0:
            break
        selector.select(min(left_s, 0.1))
        signals.drain()
    for child in children:
        child.kill()


def _stop_postgres(postgres: EmbeddedPostgres, signals: Signals) -> None:
    """Stop the database, at once if a second request to stop has come or comes."""
    try:
        with signals.interrupting(after=1):
            postgres.stop(_POSTGRES_STOP_S)
    except StopRequested:
        postgres.stop(0.0)
