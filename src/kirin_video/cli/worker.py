"""``kirin worker``: renders the tasks of a server."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kirin_video.cli.environment import log_to_stderr, settings_of_process
from kirin_video.cli.server_extra import require_server_extra
from kirin_video.lifeline import die_with_parent

if TYPE_CHECKING:
    from kirin_video.settings import Settings

EPILOG = """[bold]Examples[/bold]

kirin worker --data-dir /srv/kirin

DATABASE_URL=postgresql://kirin@db/kirin KIRIN_SECRET_KEY=... KIRIN_DATA_DIR=/shared kirin worker

kirin worker --queues gpu,gpu-a100
"""


def worker(
    data_dir: Annotated[
        Path | None,
        typer.Option(
            help="The data folder of the server to work for, which runs on this machine.",
            metavar="DIR",
            show_default="$KIRIN_DATA_DIR, else ~/.local/share/kirin-video",
        ),
    ] = None,
    queues: Annotated[
        str | None,
        typer.Option(
            help="Classes of task to take, separated by commas.",
            metavar="CLASS,...",
            show_default="$KIRIN_QUEUES, else all that its engines need",
        ),
    ] = None,
    parent: Annotated[int | None, typer.Option(help="Process to die with.", hidden=True)] = None,
) -> None:
    """Render tasks until Ctrl-C; what is unfinished then goes to another worker.

    Works for the server that runs on the data folder, or with DATABASE_URL and KIRIN_SECRET_KEY for one
    elsewhere that shares the folder.
    """
    if parent is not None:
        die_with_parent(parent)
    import asyncio  # noqa: PLC0415 - `kirin --help` does without

    require_server_extra()
    from kirin_video.supervisor.database import running_access  # noqa: PLC0415 - needs the [server] extra

    if parent is None:
        os.environ.update(running_access(data_dir).environment())
    if queues is not None:
        os.environ["KIRIN_QUEUES"] = queues
    log_to_stderr()
    asyncio.run(_work(settings_of_process()))


async def _work(settings: Settings) -> None:
    from kirin_video import wiring  # noqa: PLC0415
    from kirin_video.worker.loop import run_worker  # noqa: PLC0415

    async with wiring.build(settings) as services:
        await run_worker(services, settings)
