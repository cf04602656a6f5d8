"""A whole installation on this machine, which can be struck anywhere and is kept running."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from faulty_proxy import FaultyProxy, database_proxy, through

from chaos import reel_engine, traps
from kirin_video.store.embedded import cluster_name, running_url
from kirin_video.store.embedded_record import read_record
from kirin_video.supervisor.data_dir import DataDir

SUPPORT = Path(__file__).parent.parent
_MARK = "KIRIN_CHAOS_MARK"
_STOP_S = 20.0
_READY_S = 120.0


@dataclass(frozen=True)
class Process:
    """A process of the installation.

    Attributes:
        pid: its number.
        line: its command line.
    """

    pid: int
    line: str

    @property
    def role(self) -> str:
        """What it is."""
        words = {
            "chaos.serve": "supervisor",
            "chaos.part api": "API",
            "chaos.part worker": "worker",
            "kirin_video.worker.child": "render child",
            "sandbox_child": "judge",
        }
        for word, role in words.items():
            if word in self.line:
                return role
        if "postgres: " in self.line:
            return "backend" if " kirin " in self.line else "PostgreSQL's helper"
        return "PostgreSQL" if "/postgres -D" in self.line else "other"


@dataclass
class Installation:
    """`kirin serve` and workers beside it, one of them with a bad way to the database.

    Attributes:
        folder: for everything; others must be able to enter it, since PostgreSQL never runs as root.
        port: where the API answers.
        workers_beside: workers besides the server's own and the one with the bad way.
        settings: more of the server's environment.
    """

    folder: Path
    port: int
    workers_beside: int
    settings: Mapping[str, str]
    proxy: FaultyProxy | None = None
    restarts: int = 0
    _mark: str = field(default_factory=lambda: uuid.uuid4().hex)
    _wanted: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict[str, subprocess.Popen[bytes]])
    _stack: ExitStack = field(default_factory=ExitStack)
    _url: str = ""

    @property
    def data_dir(self) -> Path:
        return self.folder / "data"

    @property
    def traps(self) -> Path:
        return self.folder / "traps"

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database_url(self) -> str:
        """The database's address, which stays what it was."""
        self._url = self._url or running_url(self.data_dir) or ""
        return self._url

    @property
    def secret(self) -> str:
        """The server's secret key."""
        return DataDir(self.data_dir).secret_key()

    @property
    def environment(self) -> dict[str, str]:
        """What every process is given."""
        ours = {
            name: text
            for name, text in os.environ.items()
            if not name.startswith("KIRIN_") and name != "DATABASE_URL"
        }
        return {
            **ours,
            "PYTHONPATH": str(SUPPORT),
            "KIRIN_ENGINES": "chaos.reel_engine:ReelEngine",
            "KIRIN_ALLOWED_NETWORKS": "127.0.0.0/8",
            "KIRIN_WORKER_CONCURRENCY": "2",
            reel_engine.REELS: str(self.folder / "reels"),
            traps.FOLDER: str(self.traps),
            _MARK: self._mark,
            **self.settings,
        }

    def begin(self) -> None:
        """Start the server, without waiting for it."""
        for name in ("reels", "traps", "log"):
            (self.folder / name).mkdir(exist_ok=True)
        serve = ["-m", "chaos.serve", "--port", str(self.port), "--data-dir", str(self.data_dir)]
        self._want("server", [*serve, "--api-processes", "2"])

    async def until_ready(self) -> None:
        """Wait until the database is there."""
        async with asyncio.timeout(_READY_S):
            while not (self.database_url and "serves" in self.said("server")):
                self.tend()
                await asyncio.sleep(0.05)

    def add_workers(self) -> None:
        """Start the workers beside the server."""
        for number in range(self.workers_beside):
            command = ["-m", "chaos.part", "worker", "--data-dir", str(self.data_dir)]
            self._want(f"worker beside {number}", command)
        self.proxy = self._stack.enter_context(database_proxy(self.database_url))
        self._want("worker by proxy", ["-m", "chaos.part", "worker", "--data-dir", str(self.data_dir)])

    def tend(self) -> None:
        """Start again what has ended; to be called often."""
        for name, command in self._wanted.items():
            process = self._running.get(name)
            if process is None or process.poll() is not None:
                self.restarts += process is not None
                self._running[name] = self._start(name, command)

    def processes(self) -> list[Process]:
        """Every process there is at this moment, zombies aside."""
        mark = f"{_MARK}={self._mark}".encode()
        cluster = self._cluster_name()
        found: list[Process] = []
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                line = (folder / "cmdline").read_bytes()
                ours = mark in (folder / "environ").read_bytes() or (cluster and cluster in line)
                if line and ours and int(folder.name) != os.getpid():
                    found.append(
                        Process(int(folder.name), line.replace(b"\0", b" ").decode(errors="replace"))
                    )
        return found

    def said(self, name: str) -> str:
        """What a process has written."""
        try:
            return (self.folder / "log" / f"{name}.log").read_text(errors="replace")
        except FileNotFoundError:
            return ""

    async def stop(self) -> list[str]:
        """Stop everything in good order; gives what did not go well."""
        self._wanted.clear()
        problems: list[str] = []
        workers_first = sorted(self._running.items(), key=lambda item: item[0] == "server")
        for name, process in workers_first:
            process.send_signal(signal.SIGTERM)
            try:
                code = await asyncio.to_thread(process.wait, _STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                problems.append(f"the {name} did not stop within {_STOP_S} s")
            else:
                if code:
                    problems.append(f"the {name} stopped with code {code}")
        self._running.clear()
        return problems

    def end(self) -> None:
        """Leave nothing behind, whatever state it is in."""
        self._wanted.clear()
        for process in self._running.values():
            process.kill()
        for _ in range(50):
            left = self.processes()
            for each in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(each.pid, signal.SIGKILL)
            if not left:
                break
            psutil.wait_procs([], timeout=0.1)
        for process in self._running.values():
            process.wait()
        self._stack.close()

    def _want(self, name: str, command: list[str]) -> None:
        self._wanted[name] = command
        self._running[name] = self._start(name, command)

    def _start(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        environment = self.environment
        if name == "worker by proxy" and self.proxy is not None:
            environment["DATABASE_URL"] = through(self.database_url, self.proxy)
            environment["KIRIN_SECRET_KEY"] = self.secret
        with (self.folder / "log" / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *command],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                cwd="/",
            )

    def _cluster_name(self) -> bytes | None:
        record = read_record(self.data_dir) if self.data_dir.exists() else None
        if record is None:
            return None
        return cluster_name(record.cluster or self.data_dir.resolve() / "postgres").encode()


@contextmanager
def installed(installation: Installation) -> Iterator[Installation]:
    """The installation, begun; nothing of it outlives the block."""
    installation.begin()
    try:
        yield installation
    finally:
        installation.end()
