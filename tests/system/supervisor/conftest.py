"""A `kirin serve` process to start, look into, kill and stop."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kirin_video.store.embedded import EmbeddedPostgres, cluster_name

STANDINS = Path(__file__).with_name("standins")
_DEADLINE_S = 60.0  # generous: other work may share the machine


def until(condition: Callable[[], object], what: str, deadline_s: float = _DEADLINE_S) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + deadline_s
    while not condition():
        assert time.monotonic() < end, f"not within {deadline_s} s: {what}"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    """Say whether a process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@dataclass
class Serving:
    """One run of a server, with every process of it known by a mark in its environment or its title."""

    data_dir: Path
    arguments: tuple[str, ...] = ()
    real: bool = False
    environment: dict[str, str] = field(default_factory=dict)
    prefix: tuple[str, ...] = ()
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)

    def start(self) -> Serving:
        program = ("-m", "kirin_video.supervisor") if self.real else (str(STANDINS / "serve.py"),)
        ours = ("KIRIN_", "DATABASE_URL")
        clean = {name: text for name, text in os.environ.items() if not name.startswith(ours)}
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed by clean_up
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        options = ["--port", "0", "--data-dir", str(self.data_dir), *self.arguments]
        self.process = subprocess.Popen(
            [*self.prefix, sys.executable, *program, *options],
            env={**clean, **self.environment, "KIRIN_TEST_MARK": self.mark},
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=self._errors,
        )
        return self

    @property
    def output(self) -> str:
        return os.pread(self._output.fileno(), 65536, 0).decode()

    @property
    def errors(self) -> str:
        return os.pread(self._errors.fileno(), 65536, 0).decode()

    @property
    def address(self) -> str:
        def found() -> re.Match[str] | None:
            assert self.process.poll() is None, self.errors
            return re.search(r"http://\S+", self.output)

        until(found, "the server prints its address")
        match = found()
        assert match is not None
        return match[0]

    def ask(self, path: str = "/healthz") -> str:
        with urllib.request.urlopen(self.address + path, timeout=_DEADLINE_S) as answer:
            return str(answer.read().decode())

    def pids(self) -> dict[int, str]:
        """Return every process of this run: id and command line."""
        mark = f"KIRIN_TEST_MARK={self.mark}".encode()
        name = cluster_name(self.cluster).encode() if self.cluster else None
        found: dict[int, str] = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                line = (folder / "cmdline").read_bytes()
                if mark in (folder / "environ").read_bytes() or (name and name in line):
                    found[int(folder.name)] = line.replace(b"\0", b" ").decode(errors="replace").strip()
            except OSError:
                continue
        return {pid: line for pid, line in found.items() if is_alive(pid)}

    @property
    def cluster(self) -> Path | None:
        record = self.data_dir / "postgres.json"
        if not record.exists():
            return None
        kept = json.loads(record.read_text())["cluster"]
        return Path(kept) if kept else self.data_dir.resolve() / "postgres"

    def pid_of(self, words: str) -> int:
        """Return the process whose command line has these words."""
        matching = [pid for pid, line in self.pids().items() if words in line]
        assert matching, f"{words} is not among {self.pids()}"
        return matching[0]

    def kill(self, words: str) -> int:
        pid = self.pid_of(words)
        os.kill(pid, signal.SIGKILL)
        until(lambda: not is_alive(pid), "a killed process is gone")
        return pid

    def stop(self, signum: int = signal.SIGTERM) -> float:
        """Stop it and return the seconds that took."""
        began = time.monotonic()
        self.process.send_signal(signum)
        self.process.wait(_DEADLINE_S)
        return time.monotonic() - began

    def clean_up(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        until(lambda: not self.pids(), "nothing outlives the server")
        self._output.close()
        self._errors.close()


def _fast_place() -> str | None:
    """Return a folder in memory if there is plenty, for tests that make many databases."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > 2 << 30 else None


@contextmanager
def _folder() -> Iterator[Path]:
    """Make a folder that everybody may enter; pytest's own are root's alone."""
    folder = Path(tempfile.mkdtemp(prefix="kirin-test-", dir=_fast_place()))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder of the test's own."""
    with _folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def prepared() -> Iterator[Path]:
    """A data folder whose database exists and is at rest."""
    with _folder() as folder:
        with EmbeddedPostgres(folder / "data", durable=False):
            pass
        yield folder / "data"


@pytest.fixture
def data_dir(home: Path, prepared: Path) -> Path:
    """A data folder of the test's own that no server has served yet, with a database to save time."""
    subprocess.run(["cp", "-a", prepared, home / "data"], check=True)
    return home / "data"


@pytest.fixture
def serving(data_dir: Path) -> Iterator[Callable[..., Serving]]:
    """Start servers; whatever the test leaves running is killed, and nothing may outlive it."""
    started: list[Serving] = []

    def start(folder: Path | None = None, *arguments: str, **more: Any) -> Serving:  # noqa: ANN401 - fields of Serving
        run = Serving(folder or data_dir, arguments, **more)
        started.append(run.start())
        return run

    yield start
    for run in started:
        run.clean_up()


@pytest.fixture(name="until")
def until_fixture() -> Callable[..., None]:
    """Wait for something to become true."""
    return until
