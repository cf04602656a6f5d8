"""The queue's own tables, which come with procrastinate."""

from __future__ import annotations

from pathlib import Path

from procrastinate.schema import SchemaManager
from psycopg import AsyncConnection
from psycopg.rows import DictRow


async def migrate_queue(connection: AsyncConnection[DictRow]) -> None:
    """Bring procrastinate's tables up to date, inside the caller's transaction.

    A new database gets the whole schema; an older one the scripts that a newer procrastinate added.
    The caller keeps others from doing the same at the same time.
    """
    found = await connection.execute("SELECT to_regclass('procrastinate_migration') AS name")
    row = await found.fetchone()
    scripts = _scripts()
    if row is None or row["name"] is None:
        await connection.execute(SchemaManager.get_schema().encode())
        await connection.execute("CREATE TABLE procrastinate_migration (name text PRIMARY KEY)")
        await _note(connection, list(scripts))
        return
    done = await connection.execute("SELECT name FROM procrastinate_migration")
    applied = {str(each["name"]) for each in await done.fetchall()}
    for name, script in scripts.items():
        if name not in applied:
            await connection.execute(script)
            await _note(connection, [name])


def _scripts() -> dict[str, bytes]:
    folder = Path(SchemaManager.get_migrations_path())
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.sql"))}


async def _note(connection: AsyncConnection[DictRow], names: list[str]) -> None:
    await connection.execute("INSERT INTO procrastinate_migration SELECT unnest(%s::text[])", (names,))
