"""``kirin generate``: from a prompt to a file, in one command."""

from __future__ import annotations

import os
import secrets
import signal
import sys
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from kirin_video.cli.exit_codes import CommandFailed, ExitCode, explain
from kirin_video.cli.mp4_check import mp4_problem
from kirin_video.cli.progress_view import progress_view
from kirin_video.cli.request_options import RequestOptions, check_request, local_footage, request_body
from kirin_video.cli.server_extra import require_server_extra
from kirin_video.domain.errors import KirinError

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from kirin_video.cli.progress_view import ProgressView
    from kirin_video.client import Client, TaskResource

EPILOG = """[bold]Examples[/bold]

kirin generate "A foggy pine valley at dawn, slow pan right" --out valley.mp4

kirin generate "Push in slowly" --image photo.jpg:first_frame --out photo.mp4

kirin generate "Snow over a city street at night" --mode std --aspect-ratio 9:16 --duration 10 --out snow.mp4

[bold]Which server[/bold]

With KIRIN_BASE_URL and KIRIN_API_KEY set, that server is asked. Without KIRIN_BASE_URL, a private server
is started for the job and removed afterwards.

[bold]Exit codes[/bold]

0: the file is there and whole. 1: the task failed. 2: the command line or the request is wrong. 3: the
server refused the key, the account or the id. 4: no server, or it failed. 5: the file could not be fetched
or written whole. 130: interrupted.
"""


class _Mode(StrEnum):
    STD = "std"
    PRO = "pro"


class _AspectRatio(StrEnum):
    LANDSCAPE = "16:9"
    PORTRAIT = "9:16"
    SQUARE = "1:1"


class _KeepSound(StrEnum):
    YES = "yes"
    NO = "no"


def generate(  # noqa: PLR0913, PLR0917  # one argument for each option of the command
    prompt: Annotated[
        str,
        typer.Argument(
            metavar="PROMPT",
            help="What the clip shows. Point at inputs by <<<image_1>>>, <<<video_1>>>, <<<element_1>>>.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The MP4 file to write.", metavar="FILE", show_default=False)
    ],
    image: Annotated[
        list[str] | None,
        typer.Option(
            help="A JPEG or PNG file or URL; with :first_frame or :end_frame it opens or ends the clip. "
            "May be repeated.",
            metavar="PATH[:ROLE]",
            show_default=False,
        ),
    ] = None,
    video: Annotated[
        list[str] | None,
        typer.Option(
            help="An MP4 or MOV file or URL: footage to edit (:base, the default) or to borrow from "
            "(:feature).",
            metavar="PATH[:ROLE]",
            show_default=False,
        ),
    ] = None,
    element: Annotated[
        list[str] | None,
        typer.Option(help="A subject of your library. May be repeated.", metavar="ID", show_default=False),
    ] = None,
    mode: Annotated[
        _Mode | None, typer.Option(help="std is 720p and cheaper, pro is 1080p.", show_default="pro")
    ] = None,
    aspect_ratio: Annotated[
        _AspectRatio | None,
        typer.Option(
            help="Width to height. A first frame or base footage gives its own.",
            show_default="16:9 without --image and --video",
        ),
    ] = None,
    duration: Annotated[
        int | None,
        typer.Option(
            help="Seconds. From words alone or one first frame: 5 or 10; otherwise 3 to 10.",
            metavar="S",
            show_default="5",
        ),
    ] = None,
    keep_sound: Annotated[
        _KeepSound | None, typer.Option(help="Whether the footage's sound is kept.", show_default="no")
    ] = None,
    watermark: Annotated[
        bool,
        typer.Option("--watermark", help="Also write a watermarked copy beside FILE, as NAME.watermark.mp4."),
    ] = False,
    seed: Annotated[
        int | None,
        typer.Option(
            help="The same request with the same seed gives the same clip.",
            metavar="N",
            show_default="random",
        ),
    ] = None,
    json_output: Annotated[
        bool, typer.Option("--json", help="Print the finished task as JSON on stdout.")
    ] = False,
) -> None:
    """Generate a clip and write it to FILE.

    Progress is shown on stderr. FILE appears when it is whole and not before.
    """
    _check_destination(out)
    options = RequestOptions(
        prompt=prompt,
        images=tuple(image or ()),
        videos=tuple(video or ()),
        elements=tuple(element or ()),
        mode=mode,
        aspect_ratio=aspect_ratio,
        duration_s=duration,
        keep_sound=keep_sound,
        watermark=watermark,
        seed=seed,
    )
    body = request_body(options)
    with _terminable(), progress_view() as view, _server(body, view) as client:
        body = _with_footage(client, body, local_footage(options), view)
        task = _finished_task(client, body, view, json_output=json_output)
        view.show("downloading", None)
        copies = {out: False, watermarked_path(out): True} if watermark else {out: False}
        _write_files(client, task, copies)
        view.say(_summary(task, copies))
    if json_output:
        _print_json(task)


def _with_footage(
    client: Client, body: dict[str, object], footage: Mapping[int, Path], view: ProgressView
) -> dict[str, object]:
    """The request with local footage uploaded."""
    if not footage:
        return body
    videos = [dict(entry) for entry in cast("list[dict[str, str]]", body["video_list"])]
    for index, path in footage.items():
        view.show("uploading", None)
        try:
            videos[index]["video_url"] = client.upload(path).url
        except OSError as error:
            raise CommandFailed(f"--video {path}: {error.strerror or error}.", ExitCode.USAGE) from error
    return {**body, "video_list": videos}


def watermarked_path(out: Path) -> Path:
    """Where the watermarked copy of ``out`` goes: ``clip.mp4`` has ``clip.watermark.mp4`` beside it."""
    return out.with_name(f"{out.stem}.watermark.mp4")


def _check_destination(out: Path) -> None:
    """Find out before anything is paid for that the file cannot be written."""
    folder = out.parent
    if out.is_dir():
        raise CommandFailed(f"--out {out} is a folder; name a file in it.", ExitCode.USAGE)
    if not folder.is_dir():
        raise CommandFailed(f"--out {out}: there is no folder {folder}. Make it first.", ExitCode.USAGE)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CommandFailed(f"--out {out}: the folder {folder} cannot be written to.", ExitCode.USAGE)


@contextmanager
def _terminable() -> Generator[None]:
    """Let SIGTERM end the command as Ctrl-C does, so that a private server is stopped and removed."""

    def interrupt(_signum: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _server(body: Mapping[str, object], view: ProgressView) -> Generator[Client]:
    """A client of the server that the environment names, or of a private one."""
    from kirin_video.client import Client  # noqa: PLC0415  # `kirin --help` does without
    from kirin_video.client.errors import ClientError  # noqa: PLC0415

    try:
        if os.environ.get("KIRIN_BASE_URL"):
            with Client() as client:
                yield client
            return
        check_request(dict(body))
        require_server_extra("Or set KIRIN_BASE_URL and KIRIN_API_KEY to use a server elsewhere.")
        from kirin_video.supervisor.private import private_server  # noqa: PLC0415  # needs the [server] extra

        view.say("Starting a private server for this clip; set KIRIN_BASE_URL to use another.")
        with private_server() as server, Client(server.base_url, server.api_key) as client:
            yield client
    except ClientError as error:
        raise explain(error) from error
    except KirinError as error:
        raise CommandFailed(str(error), ExitCode.NO_SERVER) from error


def _finished_task(
    client: Client, body: Mapping[str, object], view: ProgressView, *, json_output: bool
) -> TaskResource:
    from kirin_video.client import TaskFailed  # noqa: PLC0415

    task = client.create(body)
    try:
        view.show(task.status, task.progress)
        return client.wait(task, on_progress=lambda now: view.show(now.status, now.progress))
    except TaskFailed as error:
        if json_output:
            _print_json(error.task)
        raise
    except KeyboardInterrupt:
        server = os.environ.get("KIRIN_BASE_URL")
        view.say(f"Interrupted. {_cancelled(client, task.id, server) if server else 'Nothing is kept.'}")
        raise


def _cancelled(client: Client, task_id: str, server: str) -> str:
    """Cancel a task that nobody waits for any more; gives what became of it, in a sentence."""
    from kirin_video.client.errors import ClientError  # noqa: PLC0415

    try:
        task = client.cancel(task_id)
    except ClientError as error:
        return f"Task {task_id} could not be cancelled; it goes on at {server}. {error.message}"
    if task.status == "completed":
        return f"Task {task_id} was done already; its clip is at {server}."
    return f"Task {task_id} is cancelled; nothing was charged."


def _write_files(client: Client, task: TaskResource, copies: Mapping[Path, bool]) -> None:
    """Fetch all copies, look them over, and only then put them in place."""
    fetched: dict[Path, Path] = {}
    try:
        for path, watermarked in copies.items():
            fetched[path] = path.with_name(f".{path.name}.{secrets.token_hex(4)}.mp4")
            client.download(task, fetched[path], watermarked=watermarked)
            if problem := mp4_problem(fetched[path]):
                raise CommandFailed(f"The server's file is no good. {problem}", ExitCode.NO_FILE)
        for path, part in fetched.items():
            part.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandFailed(f"{next(iter(copies))} cannot be written: {reason}.", ExitCode.NO_FILE) from error
    finally:
        for part in fetched.values():
            part.unlink(missing_ok=True)


def _summary(task: TaskResource, copies: Mapping[Path, bool]) -> str:
    facts = task.metadata or {}
    lines = [" and ".join(str(path) for path in copies)]
    if {"width", "height", "num_frames", "seed"} <= facts.keys():
        lines[0] += (
            f": {facts['width']}x{facts['height']}, {facts['num_frames']} frames, seed {facts['seed']}"
        )
    if task.usage:
        lines[0] += f", ${task.usage.cost}"
    notes = facts.get("notes")
    lines += [f"  note: {note}" for note in notes] if isinstance(notes, list) else []
    return "\n".join(lines)


def _print_json(task: TaskResource) -> None:
    sys.stdout.write(task.model_dump_json(exclude_none=True) + "\n")
    sys.stdout.flush()
