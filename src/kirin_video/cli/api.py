"""``kirin api``: the HTTP process of a server, started by the supervisor."""

from __future__ import annotations

import contextlib
import resource
import socket
import sys
from typing import Annotated

import typer

from kirin_video.cli.environment import log_to_stderr, settings_of_process
from kirin_video.heap import return_large_blocks
from kirin_video.lifeline import die_with_parent

_OTHER_DESCRIPTORS = 512
"""Files, database connections and whatever else is open beside callers' connections."""


def api(
    fd: Annotated[int, typer.Option(help="Descriptor of the listening socket.")],
    parent: Annotated[int | None, typer.Option(help="Process to die with.")] = None,
) -> None:
    """Serve HTTP on a socket that was opened by the parent."""
    if parent is not None:
        die_with_parent(parent)
    return_large_blocks()
    # Only after the tie to the parent: this import takes a second.
    from kirin_video.app import Server, create_app  # noqa: PLC0415

    log_to_stderr()
    settings = settings_of_process()
    _allow_descriptors(settings.max_connections + _OTHER_DESCRIPTORS)
    server = Server(create_app(settings), max_connections=settings.max_connections, has_process=True)
    with socket.socket(fileno=fd) as listener:
        server.run(sockets=[listener])
    sys.exit(0 if server.started else 1)


def _allow_descriptors(wanted: int) -> None:
    """Raise the limit on open files as far as the system lets us: every connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
