"""The connection to PostgreSQL, made to outlive restarts of it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import random
import select
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from kirin_video.domain.errors import Overloaded
from kirin_video.store.sql_files import read_queries, read_schema

Connection = AsyncConnection[DictRow]
Pool = AsyncConnectionPool[Connection]
Row = Mapping[str, Any]
Step = Callable[[Connection], Awaitable[None]]
"""Another part's share in a migration, in the same transaction."""

_MIGRATION_LOCK = 0x6B6972696E  # "kirin"
_IDLE_MS = 3000
_GIVE_UP_S = 0.2
_PAUSE_S = (0.2, 0.5)
_LONGEST_S = 20.0
_SWEPT = "KV001"  # as schema/0009_retention.sql has it
_AWAY = (psycopg.OperationalError, psycopg.errors.IdleInTransactionSessionTimeout)
# A connection whose other end has vanished without a word is noticed within about ten seconds.
CONNECT: Mapping[str, Any] = {
    "application_name": "kirin",
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


class FileSwept(Overloaded):
    """A file to be named was swept away: whoever wrote it was held up for too long. Nothing has changed."""


_log = logging.getLogger(__name__)


class Database:
    """A pool of connections and the named statements to run on them.

    Connections are looked at when they are lent, and lost ones are made again one at a time, with short,
    jittered pauses, so that a restart of PostgreSQL costs callers a delay and no storm. Use it as a context
    manager.

    Args:
        url: a libpq URL.
        pool_size: connections at most.
        timeout_s: seconds to wait for a connection.
    """

    def __init__(self, url: str, *, pool_size: int = 8, timeout_s: float = 10.0) -> None:
        self._statements = read_queries()
        self.pool: Pool = AsyncConnectionPool(
            url,
            connection_class=Connection,
            kwargs={**CONNECT, "row_factory": dict_row},
            min_size=2,
            max_size=pool_size,
            timeout=timeout_s,
            reconnect_timeout=_GIVE_UP_S,
            reconnect_failed=self._try_later,
            configure=_configure,
            check=_check,
            open=False,
        )
        self._failed = False
        self._reviving: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.pool.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._reviving is not None:
            self._reviving.cancel()
            await asyncio.gather(self._reviving, return_exceptions=True)
        await self.pool.close(timeout=2.0)

    @asynccontextmanager
    async def transaction(self, longest_s: float | None = _LONGEST_S) -> AsyncGenerator[Connection]:
        """A connection inside a transaction, committed at the end of the block.

        Args:
            longest_s: as for ``connection``.

        Raises:
            Overloaded: as ``connection`` does.
        """
        async with self.connection(longest_s) as connection, connection.transaction():
            yield connection

    async def wait_at_most(self, connection: Connection, milliseconds: int) -> None:
        """Wait for no lock any longer in the rest of a transaction; what then fails is lost with it."""
        await connection.execute(f"SET LOCAL lock_timeout = {milliseconds}".encode())

    @asynccontextmanager
    async def connection(self, longest_s: float | None = _LONGEST_S) -> AsyncGenerator[Connection]:
        """A connection on which each statement is a transaction of its own.

        Args:
            longest_s: seconds after which it is cut if it is still in use: whoever is at its other end may
                have frozen, or be gone without a word.

        Raises:
            Overloaded: the database cannot be reached, went away meanwhile, or undid the transaction in
                favour of another. In the second case the commit may have happened.
            FileSwept: a file was named that is gone; nothing was committed.
        """
        try:
            async with self.pool.connection() as connection:
                with cut_after(connection, longest_s):
                    yield connection
        except _AWAY as error:
            raise Overloaded("The database is not reachable at the moment.", retry_after_s=1.0) from error
        except psycopg.DatabaseError as error:
            if error.sqlstate == _SWEPT:
                raise FileSwept("The request took too long and its files are gone. Send it again.") from error
            raise

    def _try_later(self, _: Pool) -> None:
        """Keep trying to connect.

        The pool itself doubles its pauses without bound, and once it has given up it leaves those who wait
        waiting; so it gives up soon, and is told to try again from here.
        """
        self._failed = True
        if self._reviving is None or self._reviving.done():
            self._reviving = asyncio.create_task(self._revive(), name="revive the pool")

    async def _revive(self) -> None:
        while self._failed:
            self._failed = False
            await asyncio.sleep(random.uniform(*_PAUSE_S))  # noqa: S311 - not a secret
            await self.pool.check()  # makes a connection if there is none

    async def rows(
        self, connection: Connection, name: str, parameters: Row, *, prepare: bool | None = None
    ) -> list[DictRow]:
        """Run a named statement and give all of its rows.

        Args:
            connection: where.
            name: the statement.
            parameters: its parameters.
            prepare: False to have it planned anew for these parameters; else the driver decides.
        """
        cursor = await connection.execute(self._statements[name], parameters, prepare=prepare)
        return await cursor.fetchall()

    async def row(self, connection: Connection, name: str, parameters: Row) -> DictRow | None:
        """Run a named statement and give its first row, if any."""
        cursor = await connection.execute(self._statements[name], parameters)
        return await cursor.fetchone()

    async def run(self, connection: Connection, name: str, parameters: Row) -> None:
        """Run a named statement that answers nothing."""
        await connection.execute(self._statements[name], parameters)

    async def migrate(self, *steps: Step) -> None:
        """Bring the schema up to date, all of it or nothing; processes that start together take turns.

        Args:
            steps: what other parts add to the schema; each must know itself what is done already.
        """
        async with self.transaction(longest_s=None) as connection:
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MIGRATION_LOCK,))
            await connection.execute(
                "CREATE TABLE IF NOT EXISTS migration"
                " (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
            )
            done = await connection.execute("SELECT name FROM migration")
            applied = {str(row["name"]) for row in await done.fetchall()}
            for name, script in read_schema().items():
                if name not in applied:
                    await connection.execute(script)
                    await connection.execute("INSERT INTO migration (name) VALUES (%s)", (name,))
            for step in steps:
                await step(connection)


@contextmanager
def cut_after(connection: AsyncConnection[Any], longest_s: float | None) -> Generator[None]:
    """Cut a connection if the block takes longer than so many seconds; who waits for it gets an error.

    To cancel a statement would not do: that asks the other end first, and waits for its answer.
    """
    if longest_s is None:
        yield
        return
    timer = asyncio.get_running_loop().call_later(longest_s, _cut, connection)
    try:
        yield
    finally:
        timer.cancel()


def _cut(connection: AsyncConnection[Any]) -> None:
    if connection.closed:
        return
    _log.warning("a connection to the database is cut: there was no answer")
    with contextlib.suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as end:
        end.shutdown(socket.SHUT_RDWR)


async def _configure(connection: Connection) -> None:
    """Make statements their own transactions, and never let a frozen process hold locks for long."""
    await connection.set_autocommit(True)
    await connection.execute(f"SET idle_in_transaction_session_timeout = {_IDLE_MS}".encode())


async def _check(connection: Connection) -> None:
    """Raise if a connection is dead.

    A server that went away has closed its end, which shows as something to read where nothing is expected;
    only then is it worth a question. Connections that die without a word are left to TCP's own checks.
    """
    watch = select.poll()
    watch.register(connection.fileno(), select.POLLIN)
    if watch.poll(0):
        await connection.execute("")
