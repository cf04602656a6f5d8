"""The drill: back up a server under load, destroy it, restore it elsewhere, and look at everything."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import httpx2
import psycopg
import pytest
from media_samples import picture

from kirin_video.store.embedded import running_url

TEXT = {"model": "kirin_video_o1", "aspect_ratio": "16:9", "mode": "std", "duration": 5, "seed": 7}
SUPPORT = Path(__file__).resolve().parents[1] / "support"
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("KIRIN_", "DATABASE_"))},
    "PYTHONPATH": str(SUPPORT),
    "KIRIN_ENGINES": "ramp_engine:RampEngine",
}


def kirin(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kirin_video.cli", *map(str, arguments)],
        env={**ENVIRONMENT, **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@contextmanager
def running(folder: Path) -> Iterator[tuple[str, str, subprocess.Popen[bytes]]]:
    """A server on a data folder: its address, what it printed, and its process."""
    said = folder.with_name(f"{folder.name}.out")
    command = [sys.executable, "-m", "kirin_video.cli", "serve", "--port", "0", "--data-dir", str(folder)]
    with said.open("w") as out, subprocess.Popen(command, env=ENVIRONMENT, stdout=out, stderr=out) as server:
        try:
            deadline = time.monotonic() + 60
            while not (address := re.search(r"http://\S+", said.read_text())):
                assert time.monotonic() < deadline, said.read_text()
                assert server.poll() is None, said.read_text()
                time.sleep(0.1)
            yield address[0], said.read_text(), server
        finally:
            with suppress(ProcessLookupError):
                server.send_signal(signal.SIGTERM)
            server.wait(15)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    # Not pytest's own folder: root's is closed to others, and PostgreSQL never runs as root.
    with tempfile.TemporaryDirectory(prefix="kirin-test-backup-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


class Api:
    def __init__(self, address: str, said: str) -> None:
        found = re.search(r"kirin_\w{38}", said)
        assert found, said
        self.key = key = found[0]
        self.http = httpx2.Client(
            base_url=address, headers={"Authorization": f"Bearer {key}"}, timeout=20, trust_env=False
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def create(self, **more: object) -> str:
        answer = self.http.post("/model/v1/generation", json={**TEXT, "prompt": "ramp", **more})
        answer.raise_for_status()
        return answer.json()["id"]

    def task(self, task_id: str) -> dict[str, Any]:
        return self.http.get(f"/model/v1/generation/task/{task_id}").raise_for_status().json()

    def ended(self, task_id: str, timeout_s: float = 60.0) -> dict[str, Any]:
        deadline = time.monotonic() + timeout_s
        while (task := self.task(task_id))["status"] not in {"completed", "failed"}:
            assert time.monotonic() < deadline, task
            time.sleep(0.1)
        return task

    def in_progress(self, task_id: str) -> None:
        deadline = time.monotonic() + 60
        while self.task(task_id).get("progress", 0) < 0.05:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def link(task: dict[str, Any]) -> str:
    return re.sub(r"^https?://[^/]+", "", task["output"][0]["content"][0]["url"])


def lasting(task: dict[str, Any]) -> dict[str, Any]:
    """What must be the same of a completed task on any address at any time."""
    return {key: task[key] for key in ("id", "created_at", "status", "usage", "metadata")}


@pytest.fixture(scope="module")
def drill(folder: Path) -> dict[str, Any]:
    """A server with a past, backed up while it worked, and killed."""
    data, archive = folder / "data", folder / "backup.tar"
    with running(data) as (address, said, server), Api(address, said) as api:
        picture(640, 640).save(folder / "p.jpg")
        with (folder / "p.jpg").open("rb") as file:
            upload = api.http.post("/model/v1/files", files={"file": file}).raise_for_status().json()
        done = [
            api.ended(api.create()),
            api.ended(api.create(image_list=[{"image_url": upload["url"], "type": "first_frame"}])),
        ]
        assert all(task["status"] == "completed" for task in done), done
        content = [api.http.get(link(task)).raise_for_status().content for task in done]
        running_task = api.create(prompt="ramp ms=40")
        waiting = [api.create(prompt="ramp", external_task_id=f"w{number}") for number in range(3)]
        api.in_progress(running_task)

        stop, churned = threading.Event(), 0

        def churn() -> None:
            """Make and remove things all the time, so that rows and files come and go under the backup."""
            nonlocal churned
            with Api(address, said) as mine:
                while not stop.is_set():
                    with (folder / "p.jpg").open("rb") as file:
                        sent = mine.http.post("/model/v1/files", files={"file": file})
                    made = sent.raise_for_status().json()
                    task_id = mine.create(image_list=[{"image_url": made["url"], "type": "first_frame"}])
                    mine.http.delete(f"/model/v1/files/{made['id']}").raise_for_status()
                    mine.http.post(f"/model/v1/generation/task/{task_id}/cancel")
                    mine.http.delete(f"/model/v1/generation/task/{task_id}")
                    churned += 1

        thread = threading.Thread(target=churn)
        thread.start()
        try:
            taken = kirin("backup", archive, "--data-dir", data)
        finally:
            stop.set()
            thread.join()
        server.kill()
    assert taken.returncode == 0, taken.stderr
    assert churned, "nothing came or went under the backup"
    return {
        "archive": archive,
        "data": data,
        "key": api.key,
        "done": done,
        "content": content,
        "running": running_task,
        "waiting": waiting,
        "upload": upload,
    }


def test_a_destroyed_server_lives_on_elsewhere(drill: dict[str, Any], folder: Path) -> None:
    while drill["data"].exists():  # PostgreSQL is still dying with its parent
        shutil.rmtree(drill["data"], ignore_errors=True)
    target = folder / "elsewhere" / "data"
    restored = kirin("restore", drill["archive"], "--data-dir", target)
    assert restored.returncode == 0, restored.stderr
    assert [path.name for path in target.parent.iterdir()] == ["data"]
    assert (target / "secret_key").stat().st_mode & 0o777 == 0o600
    with running(target) as (address, said, _), Api(address, drill["key"]) as api:
        assert "kirin_" not in said, "no second first key"
        for task, content in zip(drill["done"], drill["content"], strict=True):
            assert lasting(api.task(task["id"])) == lasting(task)
            assert api.http.get(link(task)).raise_for_status().content == content, "links signed before"
        assert api.http.get(f"/model/v1/files/{drill['upload']['id']}").raise_for_status()
        for task_id in (drill["running"], *drill["waiting"]):
            assert api.ended(task_id)["status"] == "completed"
        url = running_url(target)
        assert url
        with psycopg.connect(url) as database:
            runs = database.execute("SELECT run, returned FROM task WHERE id = %s", (drill["running"],))
            assert runs.fetchone() == (2, 1)
            unsettled = database.execute(
                "SELECT t.id FROM task t WHERE t.status IN ('completed', 'failed') AND 2 <>"
                " (SELECT count(*) FROM ledger_entry e WHERE e.task_id = t.id)"
            ).fetchall()
            assert unsettled == []
        checked = json.loads(kirin("check", "--json", "--orphan-after", "0", "--data-dir", target).stdout)
        assert (checked["missing"], checked["damaged"]) == ([], [])
        assert checked["files"] >= len(drill["done"]) + 4
    stopped = kirin("backup", folder / "stopped.tar", "--data-dir", target)
    assert stopped.returncode == 0, stopped.stderr
    lost = next(path for path in (target / "blobs").glob("??/??/*") if path.suffix == ".mp4")
    lost.unlink()
    for done in (
        kirin("check", "--quick", "--data-dir", target),
        kirin("backup", folder / "poor.tar", "--data-dir", target),
        kirin("restore", folder / "poor.tar", "--data-dir", folder / "poor"),
    ):
        assert done.returncode == 1
        assert lost.name in done.stdout + done.stderr, "what was lost before is named, and no more is lost"
    assert (folder / "poor" / "postgres.json").exists()


def test_the_archive_is_private_and_holds_what_it_says(drill: dict[str, Any]) -> None:
    assert drill["archive"].stat().st_mode & 0o777 == 0o600
    with tarfile.open(drill["archive"]) as tar:
        names = tar.getnames()
        sums = tar.extractfile("SHA256SUMS")
        assert sums is not None
        for line, name in zip(sums.read().decode().splitlines()[:-1], names, strict=False):
            member = tar.extractfile(name)
            assert member is not None
            assert line == f"{hashlib.sha256(member.read()).hexdigest()}  {name}"
    assert names[:3] == ["kirin-backup.json", "secret_key", "database.dump"]
    assert names[-2:] == ["lost.txt", "SHA256SUMS"]
    assert not list(drill["archive"].parent.glob(".*"))


def altered(drill: dict[str, Any], folder: Path, how: str) -> Path:
    """A copy of the archive that something was done to."""
    content = bytearray(drill["archive"].read_bytes())
    with tarfile.open(drill["archive"]) as tar:
        blob = next(member for member in tar if member.name.startswith("blobs/"))
    match how:
        case "cut off":
            del content[blob.offset_data + blob.size // 2 :]
        case "cut off at a member":
            del content[blob.offset :]
        case "a byte of a clip":
            content[blob.offset_data + 100] ^= 1
        case "another file":
            content = bytearray(b"not a tar file at all" * 1000)
        case "newer":
            content = bytearray(_newer(drill["archive"]))
        case _:
            raise AssertionError(how)
    path = folder / "altered.tar"
    path.write_bytes(content)
    return path


def _newer(archive: Path) -> bytes:
    """The archive with a schema that nobody knows yet, and everything else in order."""
    from io import BytesIO  # noqa: PLC0415

    from kirin_video.supervisor.archive import ArchiveWriter, read_archive  # noqa: PLC0415

    out = BytesIO()
    writer = ArchiveWriter(out)
    with archive.open("rb") as source:
        for member in read_archive(source):
            whole = bytearray()
            member.copy_to(whole.extend)
            if member.name == "kirin-backup.json":
                header = json.loads(whole)
                header["schema"].append("9999_future.sql")
                header["kirin_video"] = "99.0"
                whole = bytearray(json.dumps(header).encode())
            writer.add(member.name, bytes(whole))
    writer.finish()
    writer.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("cut off", "cut off"),
        ("cut off at a member", "cut off"),
        ("a byte of a clip", "is not as it was written"),
        ("another file", "not a backup that kirin has made"),
        ("newer", "made by kirin-video 99.0, which is newer"),
    ],
)
def test_what_is_not_whole_is_not_restored(drill: dict[str, Any], folder: Path, how: str, told: str) -> None:
    target = folder / "broken" / "data"
    failed = kirin("restore", altered(drill, folder, how), "--data-dir", target)
    assert failed.returncode == 1
    assert told in failed.stderr
    assert "Traceback" not in failed.stderr
    assert list(target.parent.iterdir()) == []


def test_a_folder_in_use_is_left_alone(drill: dict[str, Any], folder: Path) -> None:
    target = folder / "in-use"
    target.mkdir()
    (target / "precious").write_text("mine")
    failed = kirin("restore", drill["archive"], "--data-dir", target)
    assert failed.returncode == 1
    assert "is not empty" in failed.stderr
    assert [path.name for path in target.iterdir()] == ["precious"]


def test_a_database_of_somebody_else_is_not_backed_up(folder: Path) -> None:
    (folder / "some.tar").touch()
    for command, archive in (("backup", "no.tar"), ("restore", "some.tar")):
        where = ("--data-dir", folder / "x")
        refused = kirin(command, folder / archive, *where, DATABASE_URL="postgresql://db/kirin")
        assert refused.returncode == 1
        assert "With your own PostgreSQL" in refused.stderr


def test_nothing_is_overwritten_and_nothing_comes_of_nothing(drill: dict[str, Any], folder: Path) -> None:
    empty = folder / "never"
    assert "no server has run on it" in kirin("backup", folder / "y.tar", "--data-dir", empty).stderr
    assert not empty.exists()
    before = drill["archive"].stat()
    assert "exists already" in kirin("backup", drill["archive"], "--data-dir", empty).stderr
    assert drill["archive"].stat().st_mtime_ns == before.st_mtime_ns
