"""`kirin serve` starts, says so once, stops wholly, and refuses clearly."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Serve = Callable[..., Any]


def test_the_first_start_shows_one_key_and_the_second_none(serving: Serve) -> None:
    first = serving()
    assert first.ask().isdigit()
    assert first.output.count("kirin_a_key") == 1
    assert first.stop() < 5
    second = serving()
    second.ask()
    assert "kirin_a_key" not in second.output
    assert second.output.count("\n") == 1
    second.stop()


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_everything_within_five_seconds(serving: Serve, signum: int) -> None:
    server = serving()
    server.ask()
    assert len(server.pids()) >= 6  # itself, PostgreSQL and some of its own, API, worker
    assert server.stop(signum) < 5
    assert server.process.returncode == 0
    assert server.pids() == {}


def test_ctrl_c_in_the_whole_process_group_stops_everything_cleanly(serving: Serve) -> None:
    server = serving(prefix=("setsid",))
    server.ask()
    os.killpg(server.process.pid, signal.SIGINT)
    server.process.wait(5)
    assert server.pids() == {}
    assert "shut down at" not in server.errors
    assert "database system is shut down" in (server.data_dir / "log" / "postgres.log").read_text()


def test_a_part_that_ignores_the_request_is_stopped_all_the_same(serving: Serve) -> None:
    server = serving(None, "--stubborn")
    server.ask()
    assert 2.5 < server.stop() < 5
    assert server.pids() == {}


def test_a_second_ctrl_c_forces_the_stop(serving: Serve) -> None:
    server = serving(None, "--stubborn")
    server.ask()
    server.process.send_signal(signal.SIGINT)
    with pytest.raises(subprocess.TimeoutExpired):
        server.process.wait(0.5)
    assert server.stop(signal.SIGINT) < 1.5
    assert server.pids() == {}


def test_a_stop_during_the_start_leaves_nothing(serving: Serve, home: Path) -> None:
    server = serving(home / "new")
    while not (server.data_dir / "postgres.new").exists():
        assert server.process.poll() is None
    assert server.stop() < 5
    assert server.pids() == {}
    again = serving(home / "new")
    again.ask()
    again.stop()


def test_an_api_that_never_comes_up_is_reported_with_its_own_words(serving: Serve) -> None:
    server = serving(None, "--broken")
    assert server.process.wait(60) == 1
    assert "no such module" in server.errors
    assert "Traceback" not in server.errors
    assert server.pids() == {}


def test_a_second_server_on_the_folder_says_where_the_first_is(serving: Serve) -> None:
    first = serving()
    address = first.address
    second = serving()
    assert second.process.wait(30) == 1
    assert address in second.errors
    assert str(first.process.pid) in second.errors
    assert first.ask().isdigit()
    first.stop()


def test_a_port_in_use_is_named(serving: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = serving(None, "--port", str(port))
        assert server.process.wait(30) == 1
        assert f"Port {port}" in server.errors
        assert "Traceback" not in server.errors


def test_an_address_of_another_machine_is_refused(serving: Serve) -> None:
    server = serving(None, "--host", "192.0.2.1")
    assert server.process.wait(30) == 1
    assert "192.0.2.1" in server.errors
    assert "Traceback" not in server.errors


def test_secrets_are_for_their_owner_only(serving: Serve) -> None:
    server = serving()
    server.ask()
    for name in ("secret_key", "postgres.json", "kirin.lock"):
        assert stat.S_IMODE((server.data_dir / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((server.data_dir / "log").stat().st_mode) == 0o700
    secret = (server.data_dir / "secret_key").read_text()
    server.stop()
    again = serving()
    again.ask()
    assert (server.data_dir / "secret_key").read_text() == secret
    again.stop()


def test_the_parent_stays_light(serving: Serve) -> None:
    server = serving()
    server.ask()
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    resident_kib = int(status.partition("VmRSS:")[2].split()[0])
    server.stop()
    assert resident_kib < 32 * 1024
