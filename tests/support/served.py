"""A real ``kirin serve`` for tests, with its own processes and database."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_READY_S = 90
_STOP_S = 15


@dataclass(frozen=True)
class Served:
    """A running server.

    Attributes:
        address: where it answers.
        key: the key it printed at its first start.
        folder: the temporary folder; the server's data lie in ``data`` below it.
    """

    address: str
    key: str
    folder: Path


@contextmanager
def served(environment: Mapping[str, str]) -> Iterator[Served]:
    """Start a server on a free port; stop it at the end and insist that it stops in good order."""
    # Not pytest's own folder: root's is closed to others, and PostgreSQL never runs as root.
    with tempfile.TemporaryDirectory(prefix="kirin-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        command = [sys.executable, "-m", "kirin_video.cli", "serve", "--port", "0"]
        command += ["--data-dir", str(folder / "data")]
        with (
            (folder / "out").open("w") as out,
            subprocess.Popen(command, env=environment, stdout=out, stderr=out) as server,
        ):
            try:
                yield _ready(folder)
            finally:
                server.send_signal(signal.SIGTERM)
                code = server.wait(_STOP_S)
        assert code == 0, (folder / "out").read_text()


def _ready(folder: Path) -> Served:
    for _ in range(_READY_S * 10):
        said = (folder / "out").read_text()
        address, key = re.search(r"http://\S+", said), re.search(r"kirin_\w{38}", said)
        if address and key:
            return Served(address[0], key[0], folder)
        time.sleep(0.1)
    raise AssertionError(f"the server did not start: {said}")
