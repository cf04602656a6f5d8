"""``kirin serve``: a lasting server on this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from kirin_video.cli.server_extra import require_server_extra

EPILOG = """[bold]Examples[/bold]

kirin serve

kirin serve --host 0.0.0.0 --port 8000 --data-dir /srv/kirin

DATABASE_URL=postgresql://kirin@db/kirin kirin serve --no-worker

[bold]Settings[/bold]

DATABASE_URL names a PostgreSQL of your own instead of the embedded one. KIRIN_SECRET_KEY, 32 characters or
more, replaces the secret that is otherwise made once and kept in the data folder.
"""


def serve(  # noqa: PLR0913, PLR0917 - one for each flag
    host: Annotated[
        str, typer.Option(help="The interface to listen on; 0.0.0.0 for all of them.", metavar="ADDRESS")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="The port to listen on; 0 picks a free one.", min=0, max=65535, metavar="PORT")
    ] = 8080,
    data_dir: Annotated[
        Path | None,
        typer.Option(
            help="The folder of everything that is kept: database, secret, inputs, results, logs.",
            metavar="DIR",
            show_default="$KIRIN_DATA_DIR, else ~/.local/share/kirin-video",
        ),
    ] = None,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="Serve the API only; `kirin worker` renders elsewhere.")
    ] = False,
    api_processes: Annotated[
        int,
        typer.Option(
            help="Processes that answer callers, for machines of many cores.", metavar="N", min=1, max=8
        ),
    ] = 1,
    reload: Annotated[
        bool, typer.Option("--reload", help="For developers: restart when the source code changes.")
    ] = False,
) -> None:
    """Serve the API and the console, with a PostgreSQL and a worker of its own, until Ctrl-C.

    Prints the address when it answers and, at the first start on a data folder, an API key and a link that
    makes its opener the console's administrator. Tasks survive restarts and crashes.
    """
    require_server_extra()
    from kirin_video.supervisor.data_dir import default_data_dir  # noqa: PLC0415  # with the [server] extra

    flags = [*(["--no-worker"] if no_worker else []), *(["--reload"] if reload else [])]
    folder = os.fspath(data_dir or default_data_dir())
    # The parent of a server's processes stays for as long as they do: give back what the command line took.
    os.execv(  # noqa: S606 - our own program
        sys.executable,
        [
            *(sys.executable, "-m", "kirin_video.supervisor"),
            *("--host", host, "--port", str(port), f"--data-dir={folder}"),
            *("--api-processes", str(api_processes)),
            *flags,
        ],
    )
