"""The database of a data folder, for commands that need it whether or not a server runs."""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from kirin_video.store.embedded import EmbeddedPostgres, running_url
from kirin_video.supervisor.commands import Access, external_database_url
from kirin_video.supervisor.data_dir import DataDir, DataDirError, default_data_dir, describe

_PATIENCE_S = 30.0
_SHORTEST_SECRET = 32  # as `Settings.secret_key` demands


@contextmanager
def with_database(data_dir: Path | None = None) -> Generator[Access]:
    """Give access to a data folder's database: the running server's, or one started for the moment.

    ``DATABASE_URL`` in the environment replaces both.

    Args:
        data_dir: the folder; by default the user's.

    Raises:
        DataDirError: the folder cannot be used, or its server keeps its database elsewhere.
        PostgresUnavailable: the database does not start.
        OSError: the disk fails.
    """
    folder = DataDir(data_dir or default_data_dir())
    if url := external_database_url():
        yield access_to(folder, url)
        return
    deadline = time.monotonic() + _PATIENCE_S
    while not folder.try_hold():
        if url := _url_of_running(folder):
            yield access_to(folder, url)
            return
        _wait(folder, deadline)
    try:
        with EmbeddedPostgres(folder.path) as postgres:
            yield access_to(folder, postgres.url)
    finally:
        folder.release()


def running_access(data_dir: Path | None = None) -> Access:
    """Return access to the database of the server that runs on a folder, for a worker beside it.

    Raises:
        DataDirError: no server runs there, or it keeps its database elsewhere.
        PostgresUnavailable: the folder's record of its database is damaged.
    """
    folder = DataDir(data_dir or default_data_dir())
    if url := external_database_url():
        return access_to(folder, url)
    deadline = time.monotonic() + _PATIENCE_S
    while not folder.try_hold():
        if url := _url_of_running(folder):
            return access_to(folder, url)
        _wait(folder, deadline)
    folder.release()
    raise DataDirError(
        f"No server runs on {folder.path}. Start one with:\n"
        f"  kirin serve --no-worker --data-dir {shlex.quote(str(folder.path))}\n"
        "Or set DATABASE_URL and KIRIN_SECRET_KEY to those of a server elsewhere."
    )


def access_to(folder: DataDir, database_url: str) -> Access:
    """Return access to a database with a folder's files and secret; ``KIRIN_SECRET_KEY`` replaces the latter.

    Raises:
        DataDirError: the secret is too short, or cannot be read or made.
    """
    secret = os.environ.get("KIRIN_SECRET_KEY") or folder.secret_key()
    if len(secret) < _SHORTEST_SECRET:
        raise DataDirError(
            f"The secret key has {len(secret)} characters; {_SHORTEST_SECRET} or more are needed. "
            "Set a longer KIRIN_SECRET_KEY, or none: one is then made and kept in the data folder."
        )
    return Access(database_url=database_url, secret_key=secret, data_dir=folder.path)


def _url_of_running(folder: DataDir) -> str | None:
    """Return the address of the server's database once it serves; None while it is still coming up."""
    holder = folder.holder()
    if holder is not None and not holder.embedded:
        raise DataDirError(
            f"The server on {folder.path} was started with DATABASE_URL. Set the same DATABASE_URL here."
        )
    if holder is None or holder.address is None:
        return None
    try:
        return running_url(folder.path)
    except OSError as error:
        raise DataDirError(describe(error, folder.path)) from error


def _wait(folder: DataDir, deadline_s: float) -> None:
    if time.monotonic() > deadline_s:
        raise DataDirError(f"The server on {folder.path} is there, but its database does not come up.")
    time.sleep(0.05)
