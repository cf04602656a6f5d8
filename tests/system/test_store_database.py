import asyncio
import signal
from datetime import UTC, datetime

import psycopg
import pytest
from postgres_cluster import Cluster

from kirin_video.domain.errors import Overloaded
from kirin_video.queue.schema import migrate_queue
from kirin_video.store.database import Database


async def test_a_second_migration_changes_nothing(database_url: str) -> None:
    async with Database(database_url) as database:
        await database.migrate(migrate_queue)
        async with database.transaction() as connection:
            before = await (await connection.execute("SELECT name, applied_at FROM migration")).fetchall()
        await database.migrate(migrate_queue)
        async with database.transaction() as connection:
            after = await (await connection.execute("SELECT name, applied_at FROM migration")).fetchall()
    assert before == after
    assert before


async def test_processes_that_start_together_migrate_once(cluster: Cluster) -> None:
    cluster.execute("CREATE DATABASE test_together")
    url = cluster.url("test_together")

    async def start() -> None:
        async with Database(url) as database:
            await database.migrate(migrate_queue)

    try:
        await asyncio.gather(*(start() for _ in range(4)))
    finally:
        cluster.drop("test_together")


async def test_a_missing_script_of_the_queue_is_applied(database_url: str) -> None:
    last = "03.04.00_50_post_add_retry_failed_job_procedure.sql"
    async with Database(database_url) as database:
        async with database.transaction() as connection:
            await connection.execute("DELETE FROM procrastinate_migration WHERE name = %s", (last,))
        await database.migrate(migrate_queue)
        async with database.transaction() as connection:
            query = "SELECT count(*) AS n FROM procrastinate_migration WHERE name = %s"
            row = await (await connection.execute(query, (last,))).fetchone()
    assert row == {"n": 1}


@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGINT])
async def test_the_pool_outlives_a_restart_of_postgresql(
    cluster: Cluster, database_url: str, signum: signal.Signals
) -> None:
    async with Database(database_url, timeout_s=15.0) as database:
        async with database.transaction() as connection:
            await connection.execute("SELECT 1")
        cluster.stop(signum)
        waiting = asyncio.create_task(_now(database))
        await asyncio.sleep(0.5)
        assert not waiting.done()
        cluster.start()
        assert (datetime.now(UTC) - await waiting).total_seconds() < 10


async def test_the_pool_is_back_soon_after_a_long_absence(cluster: Cluster, database_url: str) -> None:
    async with Database(database_url, pool_size=4, timeout_s=0.5) as database:
        await asyncio.gather(*(_now(database) for _ in range(8)))
        cluster.stop(signal.SIGKILL)
        for _ in range(10):
            with pytest.raises(Overloaded):
                await _now(database)
        cluster.start()
        back = asyncio.get_running_loop().time()
        while True:
            try:
                await asyncio.gather(*(_now(database) for _ in range(8)))
            except Overloaded:
                continue
            break
        assert asyncio.get_running_loop().time() - back < 1.5


async def test_a_database_that_is_gone_is_an_overload_and_not_a_crash(
    cluster: Cluster, database_url: str
) -> None:
    async with Database(database_url, timeout_s=0.5) as database:
        async with database.transaction() as connection:
            await connection.execute("SELECT 1")
        cluster.stop(signal.SIGKILL)
        try:
            with pytest.raises(Overloaded):
                await _now(database)
        finally:
            cluster.start()


async def test_a_frozen_process_does_not_hold_locks_for_long(database_url: str) -> None:
    async def freeze(frozen: Database, other: Database) -> None:
        async with frozen.transaction() as holder:
            await holder.execute("LOCK TABLE task IN ACCESS EXCLUSIVE MODE")
            async with asyncio.timeout(5), other.connection() as waiting:
                await waiting.execute("SELECT count(*) FROM task")
            await holder.execute("SELECT 1")

    async with Database(database_url) as frozen, Database(database_url) as other:
        with pytest.raises(Overloaded):
            await freeze(frozen, other)


async def test_the_ledger_is_append_only(database_url: str) -> None:
    async with Database(database_url) as database:
        for statement in (
            "DELETE FROM ledger_entry",
            "UPDATE ledger_entry SET funds_micro = 0, held_micro = 0",
            "TRUNCATE ledger_entry",
        ):
            with pytest.raises(psycopg.errors.RaiseException, match="never changed"):
                async with database.transaction() as connection:
                    await connection.execute(statement)


async def _now(database: Database) -> datetime:
    async with database.transaction() as connection:
        row = await (await connection.execute("SELECT now() AS now")).fetchone()
    assert row is not None
    moment = row["now"]
    assert isinstance(moment, datetime)
    return moment
