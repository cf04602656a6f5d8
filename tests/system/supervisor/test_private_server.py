"""A private server is whole, is ours alone, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from kirin_video.supervisor.private import PrivateServer, PrivateServerFailed, private_server

OWNER = """
import os, sys, time
from kirin_video.supervisor.private import private_server
with private_server() as server:
    print(server.base_url, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def place(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders go."""
    monkeypatch.setenv("TMPDIR", str(home))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return home


def processes_on(place: Path) -> list[str]:
    lines: list[str] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            environment = (folder / "environ").read_bytes()
        except OSError:
            continue
        if str(place) in line or f"KIRIN_DATA_DIR={place}".encode() in environment:
            lines.append(line)
    return lines


def is_accepted(server: PrivateServer) -> bool:
    request = urllib.request.Request(
        f"{server.base_url}/model/v1/generation/task/none",
        headers={"Authorization": f"Bearer {server.api_key}"},
    )
    try:
        urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as error:
        return error.code == 404
    return False


def break_off(place: Path) -> None:
    with private_server() as server:
        assert server.base_url.startswith("http://127.0.0.1:")
        assert is_accepted(server)
        assert processes_on(place)
        raise ZeroDivisionError


def test_it_serves_with_its_own_key_and_leaves_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nowhere.invalid/kirin")
    monkeypatch.setenv("KIRIN_SECRET_KEY", "short")
    with pytest.raises(ZeroDivisionError):
        break_off(place)
    assert processes_on(place) == []
    assert list(place.iterdir()) == []
    assert capfd.readouterr() == ("", "")


def test_a_failure_to_start_is_explained(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIRIN_RESULT_TTL_S", "soon")
    with pytest.raises(PrivateServerFailed, match=r"(?is)result_ttl_s"), private_server():
        pass
    assert processes_on(place) == []
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGKILL])
def test_it_ends_with_its_owner(place: Path, until: Callable[..., None], signum: int) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert owner.stdout is not None
    assert owner.stdout.readline().startswith(b"http://")
    os.killpg(owner.pid, signum)
    owner.wait(20)
    owner.stdout.close()
    until(lambda: not processes_on(place), "the server is gone")
    until(lambda: not list(place.iterdir()), "its folder is gone", 5)


def test_folders_of_servers_that_were_killed_are_swept(place: Path) -> None:
    left = place / "kirin-private-left"
    left.mkdir()
    (left / "kirin.lock").touch()
    (left / "big").touch()
    with private_server():
        assert not left.exists()
