"""Every snippet of the README runs as it is printed, against a server started as it says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from served import served

from kirin_video.media.probe import probe_clip

ROOT = Path(__file__).resolve().parents[2]
SNIPPETS = re.findall(r"```(sh|python)\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
SUPPORT = ROOT / "tests" / "support"


@dataclass
class Reader:
    """Somebody with a checkout and a running server who types what the README says."""

    folder: Path
    environment: dict[str, str]

    def run(self, *command: str) -> str:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(SUPPORT),
        "KIRIN_ENGINES": "ramp_engine:RampEngine",  # the commands are tested here, not the pictures
    }
    with served(environment) as server:
        # The checkout's virtual environment, wherever the one of this run lies.
        (server.folder / ".venv").symlink_to(sys.prefix)
        Image.new("RGB", (640, 400), (90, 120, 160)).save(server.folder / "photo.jpg")
        environment |= {"KIRIN_BASE_URL": server.address, "KIRIN_API_KEY": server.key}
        yield Reader(server.folder, environment)


def test_the_snippets_run_as_printed(reader: Reader) -> None:
    if shutil.which("curl") is None:
        pytest.skip("the README's curl commands need curl, which is not installed")
    task_id = ""
    for language, snippet in SNIPPETS:
        if language == "python":
            reader.run(f"{reader.folder}/.venv/bin/python", "-c", snippet)
            continue
        lines = [line for line in snippet.splitlines() if not line.startswith("export")]
        answer = reader.run("bash", "-ec", "\n".join(lines).replace("TASK_ID", task_id))
        if "curl" in snippet:
            task = json.loads(answer)
            assert task["status"] in {"queued", "in_progress", "completed"}
            task_id = task["id"]
    assert task_id
    made = {path.name: probe_clip(path) for path in reader.folder.glob("*.mp4")}
    assert {name: (clip.width, clip.height, clip.num_frames) for name, clip in made.items()} == {
        "snow.mp4": (1280, 720, 120),
        "photo.mp4": (1822, 1138, 120),
        "beach.mp4": (1280, 720, 120),
    }
