"""The walls around the process that reads strangers' files."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from kirin_video.media.errors import SandboxUnavailable
from kirin_video.media.lockdown import Confines
from kirin_video.media.sandbox import ReaderLost, ReaderTooSlow, Sandbox

CHECK = {"kind": "check", "limits": {}}
IMAGE = {"kind": "image", "limits": {"max_pixels": 100_000_000}}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(Confines(memory_bytes=1 << 30, wall_s=1))
    sandbox.start()
    yield sandbox
    sandbox.close()


def _file(content: bytes) -> io.BufferedRandom:
    file = tempfile.TemporaryFile()  # noqa: SIM115
    file.write(content)
    file.flush()
    return file  # pyright: ignore[reportReturnType]


def _png(width: int, height: int) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (width, height)).save(content, "PNG", compress_level=1)
    return content.getvalue()


def _states_of_children(pid: int) -> list[str]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0] for child in children]


def test_a_reader_is_denied_everything_but_its_file(sandbox: Sandbox) -> None:
    with _file(b"") as file:
        assert sandbox.read(CHECK, file.fileno()) == {"allowed": []}


def test_the_same_attempts_succeed_outside() -> None:
    """So that the test above cannot pass by attempting nothing."""
    code = (
        "import json, os\n"
        "from kirin_video.media import sandbox_child\n"
        "def refuse(*_): raise PermissionError(1, 'no')\n"
        "os.execv = refuse\n"
        "print(json.dumps(sandbox_child._what_is_allowed()))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert set(json.loads(run.stdout)) >= {
        "read a file",
        "list a folder",
        "write a file",
        "open a socket",
        "open a local socket",
        "signal another process",
        "start a process",
    }


def test_a_program_would_run_outside() -> None:
    code = "from kirin_video.media import sandbox_child\nprint(sandbox_child._what_is_allowed())\n"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert run.stdout == b""  # it became /bin/true, which says nothing


def test_a_reader_that_hangs_is_killed_in_time(sandbox: Sandbox) -> None:
    endless = os.eventfd(0)  # reading it blocks for ever
    started = time.monotonic()
    with pytest.raises(ReaderTooSlow):
        sandbox.read(IMAGE, endless)
    assert time.monotonic() - started < 1.8
    os.close(endless)
    assert sandbox.nursery_pid is not None
    deadline = time.monotonic() + 5
    while not set(_states_of_children(sandbox.nursery_pid)) <= {"Z"}:  # the nursery reaps at its next request
        assert time.monotonic() < deadline
        time.sleep(0.01)
    with _file(_png(20, 10)) as file:
        assert sandbox.read(IMAGE, file.fileno()) == {"facts": {"width": 20, "height": 10, "format": "PNG"}}


def test_memory_is_bounded() -> None:
    sandbox = Sandbox(Confines(memory_bytes=400 << 20, wall_s=20))
    sandbox.start()
    try:
        with _file(_png(10_000, 7_500)) as file:
            assert sandbox.read(IMAGE, file.fileno()) == {"refused": "unreadable", "reason": "MemoryError"}
        with _file(_png(1200, 800)) as file:
            assert "facts" in sandbox.read(IMAGE, file.fileno())
    finally:
        sandbox.close()


def test_nothing_is_left_behind(sandbox: Sandbox) -> None:
    nursery = sandbox.nursery_pid
    assert Path(f"/proc/{nursery}").exists()
    sandbox.close()
    assert not Path(f"/proc/{nursery}").exists()
    assert sandbox.nursery_pid is None


def _without(wall: str, error: str, *, allow_unlocked: bool) -> Sandbox:
    """A sandbox on a machine where one of the walls cannot be raised."""

    class Crippled(Sandbox):
        def _command(self, settings: str) -> list[str]:
            code = (
                "import sys\n"
                "from kirin_video.media import sandbox_child as child\n"
                f"def missing(): raise {error}\n"
                f"child.{wall} = missing\n"
                "child.main(sys.argv[1:])\n"
            )
            return [sys.executable, "-I", "-c", code, settings]

    return Crippled(Confines(memory_bytes=1 << 30, wall_s=5), allow_unlocked=allow_unlocked)


def _without_libseccomp(*, allow_unlocked: bool) -> Sandbox:
    return _without("syscall_filter", "RuntimeError('Unable to find it')", allow_unlocked=allow_unlocked)


def test_without_a_filter_it_refuses_to_start() -> None:
    sandbox = _without_libseccomp(allow_unlocked=False)
    with pytest.raises(SandboxUnavailable, match="install libseccomp2"):
        sandbox.start()
    assert sandbox.nursery_pid is None


def test_without_a_filter_it_starts_only_when_told_to_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    sandbox = _without_libseccomp(allow_unlocked=True)
    with caplog.at_level(logging.WARNING):
        sandbox.start()
    try:
        assert "no system call filter" in caplog.text
        assert "NOT locked down" in caplog.text
        with _file(_png(20, 10)) as file:
            assert "facts" in sandbox.read(IMAGE, file.fileno())
    finally:
        sandbox.close()


def test_a_wall_that_falls_at_the_last_moment_refuses() -> None:
    sandbox = _without("deny_files", "OSError(1, 'not here')", allow_unlocked=False)
    with pytest.raises(SandboxUnavailable, match="cannot lock itself down: PermissionError"):
        sandbox.start()
    assert sandbox.nursery_pid is None


def test_without_landlock_the_filter_alone_denies_everything(caplog: pytest.LogCaptureFixture) -> None:
    class Older(Sandbox):
        def _command(self, settings: str) -> list[str]:
            code = (
                "import sys\n"
                "from kirin_video.media import sandbox_child as child\n"
                "child.landlock_abi = lambda: 0\n"
                "child.main(sys.argv[1:])\n"
            )
            return [sys.executable, "-I", "-c", code, settings]

    sandbox = Older(Confines(memory_bytes=1 << 30, wall_s=5))
    with caplog.at_level(logging.WARNING):
        sandbox.start()  # it proves that nothing is allowed
    sandbox.close()
    assert "no Landlock" in caplog.text


def test_a_nursery_that_cannot_start_is_an_operators_matter() -> None:
    class Broken(Sandbox):
        def _command(self, settings: str) -> list[str]:
            return ["/bin/false", settings]

    with pytest.raises(SandboxUnavailable, match="does not start"):
        Broken(Confines(memory_bytes=1 << 30, wall_s=5)).start()


def test_nothing_is_started_once_it_is_closed(tmp_path: Path) -> None:
    sandbox = Sandbox(Confines(memory_bytes=1 << 30, wall_s=1))
    sandbox.start()
    sandbox.close()
    (tmp_path / "a").write_bytes(b"x")
    with (tmp_path / "a").open("rb") as file, pytest.raises(ReaderLost):
        sandbox.read({"kind": "image", "limits": {}}, file.fileno())
    assert sandbox.nursery_pid is None
