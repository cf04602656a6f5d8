"""`make demo`: a server from nothing, and two clips through its HTTP API.

Everything it makes lies under demo/: the clips, a contact sheet, and the server's data folder.
"""

from __future__ import annotations

import base64
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import skimage
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from kirin_video.client import Client, TaskResource

DEMO = Path(__file__).resolve().parent.parent / "demo"
# scikit-image ships a few photographs inside its package; this one is dedicated to the public domain.
PHOTO = Path(skimage.__file__).parent / "data" / "coffee.png"
STARTUP_S = 60

console = Console()


@dataclass(frozen=True)
class Clip:
    """One clip of the demo: a label, the request's parameters and the file it ends in."""

    label: str
    parameters: dict[str, object]
    path: Path


def clips() -> list[Clip]:
    """What the demo asks for."""
    photo = base64.b64encode(PHOTO.read_bytes()).decode()
    return [
        Clip(
            "from words",
            {
                "prompt": "Sunset over a mountain lake, the camera slowly pushes in",
                "mode": "std",
                "aspect_ratio": "16:9",
                "duration": "5",
                "seed": 7,
            },
            DEMO / "text.mp4",
        ),
        Clip(
            "from a photo",
            {
                "prompt": "The camera slowly pushes in on <<<image_1>>>",
                "image_list": [{"image": photo, "type": "first_frame"}],
                "mode": "std",
                "duration": "5",
                "seed": 7,
            },
            DEMO / "photo.mp4",
        ),
    ]


@contextmanager
def running_server(data_dir: Path) -> Iterator[str]:
    """`kirin serve` on a free port, stopped at the end; gives its address."""
    kirin = Path(sys.executable).with_name("kirin")
    command = [kirin, "serve", "--port", "0", "--data-dir", data_dir]
    with (
        (DEMO / "server.log").open("w+") as log,
        subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT) as server,
    ):
        try:
            yield wait_for_address(server, DEMO / "server.log")
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=15)


def wait_for_address(server: subprocess.Popen[bytes], log: Path) -> str:
    """The address the server prints once it answers."""
    for _ in range(STARTUP_S * 10):
        if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text()):
            return found[0]
        if server.poll() is not None:
            break
        time.sleep(0.1)
    console.print(log.read_text(), markup=False)
    sys.exit("The server did not start; its output is above.")


def create_key(data_dir: Path) -> str:
    """`kirin keys create`, as an operator would."""
    kirin = Path(sys.executable).with_name("kirin")
    command = [kirin, "keys", "create", "--name", "demo", "--data-dir", data_dir]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def render(client: Client, clip: Clip, progress: Progress, bar: TaskID) -> TaskResource:
    """Ask for one clip, show it coming, and save it."""
    task = client.create(clip.parameters)
    done = client.wait(
        task.id,
        on_progress=lambda t: progress.update(bar, completed=t.progress or 0, status=t.status),
    )
    client.download(done, clip.path)
    progress.update(bar, completed=1, status=done.status)
    return done


def report(clip: Clip, task: TaskResource, seconds: float) -> None:
    """One line on a finished clip."""
    cost = task.usage.cost if task.usage else "?"
    console.print(
        f"  [bold]{os.path.relpath(clip.path)}[/bold]  {clip.label}, cost ${cost}, "
        f"ready after {seconds:.1f} s",
        highlight=False,
    )
    for note in (task.metadata or {}).get("notes", []):
        console.print(f"      note: {note}", style="dim", highlight=False, markup=False)


def make_clips(address: str, key: str, wanted: list[Clip]) -> float:
    """Render every clip at once, as a caller with several shots would; gives the seconds it took."""
    columns = (TextColumn("  {task.description:14}"), BarColumn(), TextColumn("{task.fields[status]:12}"))
    tasks: dict[str, tuple[TaskResource, float]] = {}
    started = time.monotonic()

    def one(clip: Clip, progress: Progress, bar: TaskID) -> None:
        with Client(base_url=address, api_key=key) as client:
            task = render(client, clip, progress, bar)
        tasks[clip.label] = (task, time.monotonic() - started)

    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        threads = [
            threading.Thread(
                target=one, args=(clip, progress, progress.add_task(clip.label, total=1, status="asking"))
            )
            for clip in wanted
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    if len(tasks) < len(wanted):
        sys.exit(f"Not every clip was made; the server's output is in {DEMO / 'server.log'}.")
    for clip in wanted:
        report(clip, *tasks[clip.label])
    return time.monotonic() - started


def main() -> None:
    """Set the scene, render, show."""
    # Drawing the contact sheet needs PyAV, which is slow to import: the server starts first.
    DEMO.mkdir(exist_ok=True)
    started = time.monotonic()
    console.print("[bold]Starting a server[/bold] (API, embedded PostgreSQL, one worker) ...")
    with running_server(DEMO / "data") as address:
        console.print(f"  it answers at {address} after {time.monotonic() - started:.1f} s", highlight=False)
        key = create_key(DEMO / "data")
        console.print("[bold]Rendering two clips through its API[/bold]")
        wanted = clips()
        seconds = make_clips(address, key, wanted)
    from kirin_video.media.contact_sheet import contact_sheet  # noqa: PLC0415

    contact_sheet([clip.path for clip in wanted], DEMO / "contact.png")
    console.print(f"  [bold]{os.path.relpath(DEMO / 'contact.png')}[/bold]  frames of both, side by side")
    console.print(
        f"Done in {time.monotonic() - started:.0f} s, {seconds:.0f} s of them rendering.", highlight=False
    )


if __name__ == "__main__":
    main()
