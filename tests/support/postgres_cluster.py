"""A PostgreSQL that tests may kill and start again: the embedded one, with a database for each test."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from kirin_video.store.embedded import EmbeddedPostgres


class Cluster:
    """The PostgreSQL of the test session.

    Args:
        folder: where to put it; everybody must be able to enter it, since PostgreSQL never runs as root.
    """

    def __init__(self, folder: Path) -> None:
        self._postgres = EmbeddedPostgres(
            folder / "data", durable=False, elsewhere=folder / "elsewhere", notice=lambda _: None
        )

    def url(self, name: str) -> str:
        return urlsplit(self._postgres.url)._replace(path=f"/{name}").geturl()

    def start(self) -> None:
        """Start it, from a thread that lives on: it dies with that thread."""
        self._postgres.start()

    def stop(self, signum: signal.Signals = signal.SIGINT) -> None:
        """Stop it; SIGKILL is a crash."""
        assert self._postgres.pid is not None
        os.kill(self._postgres.pid, signum)
        deadline = time.monotonic() + 15
        while self._postgres.is_running():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        self._postgres.stop()

    def execute(self, statement: str) -> None:
        with psycopg.connect(self._postgres.url, autocommit=True) as connection:
            connection.execute(statement.encode())

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected to it."""
        deadline = time.monotonic() + 15
        while True:
            try:
                self.execute(f"DROP DATABASE {name} WITH (FORCE)")
            except psycopg.errors.InsufficientPrivilege:
                # PostgreSQL's own cleaning is in there, which no other may send away; it is soon done.
                assert time.monotonic() < deadline
                time.sleep(0.1)
            else:
                return
