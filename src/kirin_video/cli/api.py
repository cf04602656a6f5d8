"""``kirin api``: the HTTP process of a server, started by the supervisor."""

from __future__ import annotations

import socket
import sys
from typing import Annotated

import typer

from kirin_video.cli.environment import log_to_stderr, settings_of_process
from kirin_video.lifeline import die_with_parent


def api(
    fd: Annotated[int, typer.Option(help="Descriptor of the listening socket.")],
    parent: Annotated[int | None, typer.Option(help="Process to die with.")] = None,
) -> None:
    """Serve HTTP on a socket that was opened by the parent."""
    if parent is not None:
        die_with_parent(parent)
    # Only after the tie to the parent: this import takes a second.
    from kirin_video.app import Server, create_app  # noqa: PLC0415

    log_to_stderr()
    server = Server(create_app(settings_of_process()))
    with socket.socket(fileno=fd) as listener:
        server.run(sockets=[listener])
    sys.exit(0 if server.started else 1)
