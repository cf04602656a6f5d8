"""A real server for a benchmark: `kirin serve` without a worker, in a folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

KEY = re.compile(r"kirin_[A-Za-z0-9_]{20,}")
START_S = 60


@dataclass(frozen=True)
class Serving:
    """A server that answers.

    Attributes:
        host: where.
        port: where.
        key: a key for it.
        api: its API process, or the first of several.
    """

    host: str
    port: int
    key: str
    api: psutil.Process

    def cpu_s(self) -> dict[str, float]:
        """Seconds of a processor that the API and PostgreSQL have taken so far."""
        taken = {"api": 0.0, "postgres": 0.0}
        for child in psutil.Process(self.api.ppid()).children(recursive=True):
            with suppress(psutil.Error):
                times = child.cpu_times()
                taken["postgres" if "postgres" in child.name() else "api"] += times.user + times.system
        return taken


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def kirin(*options: str, **settings: str) -> Generator[Serving]:
    """Serve until the block ends; PostgreSQL is the embedded one, as durable as for anybody.

    Args:
        options: of ``kirin serve``.
        settings: variables of the server's environment.
    """
    folder = Path(tempfile.mkdtemp(prefix="kirin-bench-"))
    folder.chmod(0o755)  # PostgreSQL, which is never root, passes through
    port = free_port()
    command = [sys.executable, "-m", "kirin_video.supervisor", "--host", "127.0.0.1", "--port", str(port)]
    environment = {name: text for name, text in os.environ.items() if not name.startswith("KIRIN_")}
    environment.pop("DATABASE_URL", None)
    process = subprocess.Popen(
        [*command, f"--data-dir={folder / 'data'}", "--no-worker", *options],
        env={**environment, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield Serving("127.0.0.1", port, _key(process), _api(process.pid))
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _key(process: subprocess.Popen[str]) -> str:
    """The key that a first start prints; whatever is printed later is dropped."""
    found: list[str] = []
    ready = threading.Event()
    said: list[str] = []

    def listen() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if match := KEY.search(line):
                found.append(match[0])
                ready.set()
        ready.set()

    threading.Thread(target=listen, daemon=True).start()
    ready.wait(START_S)
    if not found:
        raise SystemExit("the server did not start:\n" + "".join(said))
    time.sleep(1.0)  # whatever it still does after its first word
    return found[0]


def _api(parent: int) -> psutil.Process:
    for child in psutil.Process(parent).children(recursive=True):
        line = child.cmdline()
        if "api" in line and "--fd" in line:
            return child
    raise SystemExit("the server has no API process")
