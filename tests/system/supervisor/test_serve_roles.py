"""Commands and workers beside a server, and databases from elsewhere."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kirin_video.store.embedded import EmbeddedPostgres
from kirin_video.supervisor.data_dir import DataDir, DataDirError
from kirin_video.supervisor.database import running_access, with_database

Serve = Callable[..., Any]
Until = Callable[..., None]


@pytest.fixture(autouse=True)
def _no_settings_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "KIRIN_DATABASE_URL", "KIRIN_SECRET_KEY", "KIRIN_DATA_DIR"):
        monkeypatch.delenv(name, raising=False)


def kirin(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kirin_video.cli", *words],
        env={**os.environ, **environment},
        check=False,
        capture_output=True,
        text=True,
    )


def answers(url: str) -> bool:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


def test_the_database_of_a_running_server_is_used(serving: Serve) -> None:
    server = serving()
    server.ask()
    with with_database(server.data_dir) as access:
        assert answers(access.database_url)
        assert access.secret_key == (server.data_dir / "secret_key").read_text().strip()
    assert running_access(server.data_dir) == access
    assert server.ask().isdigit()
    server.stop()


def test_without_a_server_the_database_is_started_for_the_moment(data_dir: Path) -> None:
    with with_database(data_dir) as access:
        assert answers(access.database_url)
    with pytest.raises(psycopg.OperationalError):
        answers(access.database_url)
    with pytest.raises(DataDirError, match="No server runs"):
        running_access(data_dir)


def test_two_moments_at_once_take_turns(data_dir: Path) -> None:
    entered: list[bool] = []

    def second() -> None:
        with with_database(data_dir) as access:
            entered.append(answers(access.database_url))

    with with_database(data_dir) as access:
        other = threading.Thread(target=second)
        other.start()
        assert answers(access.database_url)
        assert entered == []
    other.join(30)
    assert entered == [True]


def test_a_server_waits_for_a_command_that_needs_the_database_for_a_moment(
    serving: Serve, data_dir: Path
) -> None:
    with with_database(data_dir):
        server = serving()
        with pytest.raises(subprocess.TimeoutExpired):
            server.process.wait(1.0)
    assert server.ask().isdigit()
    server.stop()


def test_a_database_from_elsewhere_replaces_the_embedded_one(
    serving: Serve, home: Path, prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["cp", "-a", prepared, home / "elsewhere"], check=True)
    with EmbeddedPostgres(home / "elsewhere", durable=False) as postgres:
        server = serving(home / "fresh", environment={"DATABASE_URL": postgres.url})
        server.ask()
        assert not (home / "fresh" / "postgres.json").exists()
        assert not any("/postgres -D" in line for line in server.pids().values())
        with pytest.raises(DataDirError, match="DATABASE_URL"), with_database(home / "fresh"):
            pass
        monkeypatch.setenv("DATABASE_URL", postgres.url)
        with with_database(home / "fresh") as access:
            assert access.database_url == postgres.url
        assert server.stop() < 5


@pytest.mark.slow
def test_an_unreachable_database_is_reported(serving: Serve, home: Path) -> None:
    address = "postgresql://kirin@127.0.0.1:1/kirin?connect_timeout=1"
    server = serving(home / "fresh", real=True, environment={"DATABASE_URL": address})
    assert server.process.wait(120) == 1
    assert "127.0.0.1" in server.errors
    assert server.pids() == {}


def test_a_secret_that_is_too_short_is_refused(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIRIN_SECRET_KEY", "short")
    with pytest.raises(DataDirError, match="32"), with_database(data_dir):
        pass


def test_a_worker_of_its_own_serves_a_server_without_one(serving: Serve, until: Until) -> None:
    server = serving(None, "--no-worker", real=True)
    server.address  # noqa: B018 - waits until it serves
    assert not any("kirin_video.cli worker" in line for line in server.pids().values())
    with subprocess.Popen(
        [sys.executable, "-m", "kirin_video.cli", "worker", "--data-dir", server.data_dir],
        stderr=subprocess.PIPE,
        text=True,
    ) as worker:
        assert worker.stderr is not None
        until(lambda: "is number" in worker.stderr.readline(), "the worker has signed in")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(10) == 0
    server.stop()


def test_a_worker_without_a_server_says_how_to_start_one(data_dir: Path) -> None:
    DataDir(data_dir)
    ran = kirin("worker", "--data-dir", str(data_dir))
    assert ran.returncode == 1
    assert "kirin serve --no-worker" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_keys_can_be_made_with_and_without_a_server(serving: Serve, data_dir: Path) -> None:
    alone = kirin("keys", "create", "--name", "alone", "--data-dir", str(data_dir))
    assert alone.stdout.startswith("kirin_"), alone.stderr
    server = serving()
    server.ask()
    beside = kirin("keys", "create", "--name", "beside", "--data-dir", str(data_dir))
    assert beside.stdout.startswith("kirin_"), beside.stderr
    assert beside.stdout != alone.stdout
    server.stop()
