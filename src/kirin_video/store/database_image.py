"""A consistent image of the database: taken while it is in use, and put back into an empty one.

The image is what PostgreSQL's own ``pg_dump`` makes of one snapshot, and ``pg_restore`` reads. While the
snapshot is held, no file is removed that was doomed after it: the files that it names can be copied in peace.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import LockNotAvailable
from psycopg.rows import DictRow, dict_row

from kirin_video.domain.errors import KirinError
from kirin_video.store.blob_rows import REMOVALS_LOCK, NamedFile
from kirin_video.store.embedded_places import PostgresUser, choose_programs, machine_folder
from kirin_video.store.sql_files import read_queries, read_schema

_PATIENCE_S: Final = 3
_PAGE: Final = 1000
_VARIABLES: Final = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}


class ImageFailed(KirinError):
    """The database could not be imaged or put back; the message ends with what PostgreSQL said."""


@dataclass(frozen=True)
class Snapshot:
    """One moment of the database, as long as it is held.

    Attributes:
        url: libpq address of the database.
        connection: the one that holds it.
        name: by which others may see the same moment.
        postgres: major version of the server.
        migrations: the names of the schema's parts.
    """

    url: str
    connection: psycopg.Connection[DictRow]
    name: str
    postgres: int
    migrations: tuple[str, ...]

    def files(self) -> Iterator[NamedFile]:
        """Every file that something names, in the order of their keys."""
        yield from _files(self.connection)

    def dump(self, target: Path) -> None:
        """Write the image; its owner alone may read it.

        Raises:
            ImageFailed: PostgreSQL could not.
        """
        target.touch(mode=0o600)
        # Level 1: clips dwarf the database, and the disk is faster than more would be.
        options = ("--format=custom", "--compress=1", "--no-owner", "--no-privileges")
        _run(
            self.url,
            ["pg_dump", *options, "--no-unlogged-table-data", f"--snapshot={self.name}", f"--file={target}"],
        )

    def require_held(self) -> None:
        """Make sure that it was held all the time: otherwise files may have been removed.

        Raises:
            psycopg.OperationalError: it was not. Whoever holds the snapshot is told by ``ImageFailed``.
        """
        self.connection.execute("SELECT 1")


@contextmanager
def snapshot(url: str) -> Generator[Snapshot]:
    """Hold a snapshot of a database, and keep files from being removed meanwhile.

    Args:
        url: libpq address.

    Raises:
        ImageFailed: the database cannot be reached or goes away, is of another release, or somebody else
            holds a snapshot.
    """
    with _connected(url) as connection:
        _hold_removals(connection)
        # The snapshot comes after the lock: what is doomed from now on is named in it.
        with connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            name = _value(connection, "SELECT pg_export_snapshot()")
            postgres = int(_value(connection, "SHOW server_version_num")) // 10_000
            migrations = _migrations(connection)
            yield Snapshot(url, connection, name, postgres, migrations)


def restore_image(url: str, image: Path) -> None:
    """Put an image into an empty database, all of it or nothing.

    Tasks that were running are marked as given back: no worker was lost over them.

    Raises:
        ImageFailed: PostgreSQL could not.
    """
    options = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges")
    _run(url, ["pg_restore", *options, f"--dbname={_name(url)}", str(image)])
    with _connected(url) as connection:
        connection.execute("UPDATE task SET returned = returned + 1 WHERE status = 'in_progress'")
        connection.execute("ANALYZE")


def files_of(url: str) -> Generator[NamedFile]:
    """Every file that something in a database names, in the order of their keys.

    Raises:
        ImageFailed: the database cannot be reached.
    """
    with _connected(url) as connection:
        yield from _files(connection)


def unknown_migrations(names: Sequence[str]) -> list[str]:
    """Those parts of a schema that this release does not know: a newer one made them."""
    known = read_schema()
    return [name for name in names if name not in known]


def known_postgres() -> int:
    """The major version of the PostgreSQL that comes with this installation."""
    said = subprocess.run(  # noqa: S603 - our own program
        [_program("pg_restore"), "--version"], check=True, capture_output=True, text=True
    ).stdout
    return int(said.split()[-1].partition(".")[0])


@contextmanager
def _connected(url: str) -> Generator[psycopg.Connection[DictRow]]:
    """A connection on which each statement is a transaction of its own.

    Raises:
        ImageFailed: the database cannot be reached, or went away while the body worked with it.
    """
    try:
        with psycopg.Connection[DictRow].connect(
            url, autocommit=True, row_factory=dict_row, application_name="kirin", connect_timeout=5
        ) as connection:
            yield connection
    except psycopg.OperationalError as error:
        raise ImageFailed("The database cannot be reached, or went away meanwhile. Try again.") from error


def _files(connection: psycopg.Connection[DictRow]) -> Iterator[NamedFile]:
    statement = read_queries()["named_files"]
    after = ""
    while rows := connection.execute(statement, {"after": after, "limit": _PAGE}).fetchall():
        yield from (NamedFile(**row) for row in rows)
        after = rows[-1]["key"]


def _migrations(connection: psycopg.Connection[DictRow]) -> tuple[str, ...]:
    """The names of the schema's parts, which are all those that this release knows.

    Raises:
        ImageFailed: they are not.
    """
    rows = connection.execute("SELECT name FROM migration ORDER BY name").fetchall()
    names = tuple(str(row["name"]) for row in rows)
    if names != tuple(sorted(read_schema())):
        raise ImageFailed(
            "The database is of another release of kirin-video than this command. Use that one's, "
            "or start the server with this release once, which brings the database up to date."
        )
    return names


def _hold_removals(connection: psycopg.Connection[DictRow]) -> None:
    try:
        connection.execute(f"SET lock_timeout = '{_PATIENCE_S}s'".encode())
        connection.execute("SELECT pg_advisory_lock(%s)", (REMOVALS_LOCK,))
    except LockNotAvailable as error:
        raise ImageFailed("Another backup of this server is running. Wait until it is done.") from error


def _value(connection: psycopg.Connection[DictRow], statement: str) -> str:
    row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return str(next(iter(row.values())))


def _name(url: str) -> str:
    return str(conninfo_to_dict(url).get("dbname") or "")


def _run(url: str, command: Sequence[str]) -> None:
    """Run one of PostgreSQL's programs on a database; its password is in no command line."""
    given: dict[str, Any] = conninfo_to_dict(url)
    environment = {
        "PATH": os.defpath,
        "LC_ALL": "C",
        "PGDATABASE": _name(url),
        **{variable: str(given[key]) for key, variable in _VARIABLES.items() if given.get(key)},
    }
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs, no shell
        [_program(command[0]), *command[1:]],
        env=environment,
        stdin=subprocess.DEVNULL,
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        tail = "\n".join(done.stderr.strip().splitlines()[-8:])
        remedy = " Free some space." if "No space left" in tail else ""
        raise ImageFailed(f"PostgreSQL's {command[0]} failed.{remedy} It said:\n{tail}")


def _program(name: str) -> str:
    user = PostgresUser(os.geteuid(), os.getegid())
    return str(choose_programs(machine_folder(), user) / name)
