"""Work on a server's database, for commands that do without the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kirin_video.cli.server_extra import require_server_extra

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from kirin_video.store.database import Database

Result = TypeVar("Result")


def on_database(
    data_dir: Path | None, work: Callable[[Database, bytes], Coroutine[object, object, Result]]
) -> Result:
    """Run some work on the database of a data folder, or on the one that DATABASE_URL names.

    No more of the server is loaded than that takes: the first start of a server waits for its first key.

    Args:
        data_dir: the folder; the user's own if left out.
        work: gets the database, up to date, and the server's secret key.

    Raises:
        CommandFailed: the server's packages are missing.
        KirinError: the folder or its database cannot be used, or the work failed.
    """
    require_server_extra()
    import asyncio  # noqa: PLC0415  # `kirin --help` does without all of these

    from kirin_video.queue.schema import migrate_queue  # noqa: PLC0415
    from kirin_video.store.database import Database  # noqa: PLC0415
    from kirin_video.supervisor.database import with_database  # noqa: PLC0415

    async def run(url: str, secret: str) -> Result:
        async with Database(url) as database:
            await database.migrate(migrate_queue)
            return await work(database, secret.encode())

    with with_database(data_dir) as access:
        return asyncio.run(run(access.database_url, access.secret_key))
