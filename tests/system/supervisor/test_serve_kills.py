"""`kill -9` of any one process leaves the others usable; of the parent, leaves nothing."""

from __future__ import annotations

import contextlib
import os
import signal
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from kirin_video.store.embedded import running_url

Serve = Callable[..., Any]
POSTMASTER = "/postgres -D"


def query(url: str) -> int:
    with psycopg.connect(url, connect_timeout=10) as connection:
        row = connection.execute("SELECT 1 + 1").fetchone()
    assert row is not None
    return int(row[0])


def url_of(server: Any, until: Callable[..., None]) -> str:  # noqa: ANN401 - a Serving
    until(lambda: running_url(server.data_dir), "the database takes connections")
    url = running_url(server.data_dir)
    assert url is not None
    return url


def test_requests_wait_for_a_killed_api_to_come_back(serving: Serve) -> None:
    server = serving()
    before = server.ask()
    os.kill(int(before), signal.SIGKILL)
    after = server.ask()
    assert after != before
    assert "API was ended by SIGKILL" in server.errors
    server.stop()


def test_of_several_api_processes_the_others_answer_when_one_is_killed(
    serving: Serve, until: Callable[..., None]
) -> None:
    server = serving(None, "--api-processes", "3")

    def answering() -> set[str]:
        return {server.ask() for _ in range(50)}

    def listening() -> set[str]:
        return {str(pid) for pid, line in server.pids().items() if "standins/api.py" in line}

    until(lambda: len(listening()) == 3, "all are started")
    killed = server.ask()
    os.kill(int(killed), signal.SIGSTOP)  # its end is not noticed yet
    assert killed not in answering()
    os.kill(int(killed), signal.SIGKILL)
    assert killed not in answering()
    until(lambda: len(listening()) == 3, "another is started")
    assert "was ended by SIGKILL" in server.errors
    assert server.stop() < 5
    assert server.pids() == {}


def test_an_api_that_keeps_dying_is_started_more_and_more_slowly(
    serving: Serve, until: Callable[..., None]
) -> None:
    server = serving()
    for _ in range(3):
        before = server.ask()
        os.kill(int(before), signal.SIGKILL)
        until(lambda before=before: server.ask() != before, "another API answers")
    assert "starting it again now" in server.errors
    assert "starting it again in 0.5 s" in server.errors
    assert "starting it again in 1 s" in server.errors
    assert server.stop() < 5


@pytest.mark.parametrize("part", ["standins/worker.py", "render-child"])
def test_a_killed_worker_or_its_child_is_replaced(
    serving: Serve, until: Callable[..., None], part: str
) -> None:
    server = serving()
    server.ask()
    until(lambda: any("render-child" in line for line in server.pids().values()), "the worker has a child")
    old = server.kill(part)

    def replaced() -> bool:
        lines = server.pids()
        return all(any(word in line for line in lines.values()) for word in ("worker.py", "render-child"))

    until(replaced, "a new worker with a child")
    assert old not in server.pids()
    assert sum("render-child" in line for line in server.pids().values()) == 1
    assert server.ask().isdigit()
    server.stop()


def test_a_killed_database_comes_back_at_the_same_address(serving: Serve, until: Callable[..., None]) -> None:
    server = serving()
    server.ask()
    url = url_of(server, until)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (x int)")
        connection.execute("INSERT INTO kept VALUES (42)")
        old = server.kill(POSTMASTER)
    until(lambda: old not in server.pids() and running_url(server.data_dir), "PostgreSQL is back")
    assert url_of(server, until) == url
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT x FROM kept").fetchone() == (42,)
    assert server.stop() < 5
    assert server.pids() == {}


def test_a_killed_backend_takes_only_a_moment(serving: Serve, until: Callable[..., None]) -> None:
    server = serving()
    server.ask()
    url = url_of(server, until)
    with psycopg.connect(url) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")

    def answers() -> bool:
        try:
            return query(url) == 2
        except psycopg.OperationalError:
            return False

    until(answers, "PostgreSQL recovers by itself")
    assert "PostgreSQL has ended" not in server.errors
    server.stop()


def test_nothing_survives_the_parent_and_the_next_start_recovers(
    serving: Serve, until: Callable[..., None]
) -> None:
    server = serving()
    server.ask()
    url = url_of(server, until)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (x int)")
    server.process.kill()
    server.process.wait()
    again = serving()  # at once, while the old database is still on its way out
    again.ask()
    with psycopg.connect(url_of(again, until)) as connection:
        connection.execute("SELECT x FROM kept")
    until(lambda: not server.pids().keys() - again.pids().keys(), "the old processes are gone")
    assert again.stop() < 5


def test_after_kill_9_of_everything_at_once_the_next_start_recovers(
    serving: Serve, until: Callable[..., None]
) -> None:
    server = serving()
    server.ask()
    url = url_of(server, until)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (x int)")
    for pid in [server.process.pid, *server.pids()]:
        with contextlib.suppress(ProcessLookupError):  # the first death may have drawn it along
            os.kill(pid, signal.SIGKILL)
    server.process.wait()
    began = time.monotonic()
    again = serving()
    again.ask()
    assert time.monotonic() - began < 20
    assert url_of(again, until) == url
    with psycopg.connect(url) as connection:
        connection.execute("SELECT x FROM kept")
    again.stop()


def test_a_pid_file_whose_number_went_to_a_stranger_is_no_obstacle(
    serving: Serve, until: Callable[..., None]
) -> None:
    server = serving()
    server.ask()
    pid_file = server.cluster / "postmaster.pid"
    text = pid_file.read_text()
    server.process.kill()
    server.process.wait()
    until(lambda: not server.pids(), "everything is gone")
    pid_file.write_text(text.replace(text.split("\n")[0], str(os.getpid()), 1))
    again = serving()
    again.ask()
    assert query(url_of(again, until)) == 2
    again.stop()


def test_the_real_parts_survive_the_loss_of_each_other(serving: Serve, until: Callable[..., None]) -> None:
    server = serving(real=True)
    key = next(word for word in server.ask() and server.output.split() if word.startswith("kirin_"))

    def authenticated() -> bool:
        request = urllib.request.Request(
            f"{server.address}/model/v1/generation/task/none", headers={"Authorization": f"Bearer {key}"}
        )
        try:
            urllib.request.urlopen(request, timeout=30)
        except urllib.error.HTTPError as error:
            return error.code == 404  # the key was looked up in the database, and is good
        return False

    until(authenticated, "the key is good")
    for part in (POSTMASTER, "kirin_video.cli worker", "kirin_video.cli api"):
        server.kill(part)
        until(authenticated, f"the server works again after the loss of {part}")
    assert server.stop() < 5
    assert server.pids() == {}
