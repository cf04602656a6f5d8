"""Who is alive: workers sign in, beat, and put back the jobs of those who fell silent."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg.rows import DictRow

from kirin_video.domain.errors import Overloaded
from kirin_video.queue.jobs import CHANNEL, Connect
from kirin_video.queue.observation import Silence

_FORGET_AFTER_S = 3600.0
_BEATS_MISSED = 2.0
"""Beats that must be missed under watch even by a worker that the database's clock calls silent for long."""

_SIGN_IN = """
INSERT INTO worker (id, name, classes, slots)
SELECT worker_id, %(name)s, %(classes)s, %(slots)s FROM procrastinate_register_worker_v1()
RETURNING id
"""

_SIGN_OUT = """
WITH gone AS (DELETE FROM worker WHERE id = %(id)s)
SELECT procrastinate_unregister_worker_v1(%(id)s)
"""

_BEAT = "SELECT procrastinate_update_heartbeat_v1(%(id)s)"

_BEATS = """
SELECT id, last_heartbeat AS beat,
       extract(epoch FROM clock_timestamp() - last_heartbeat)::double precision AS silent_s,
       extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())::double precision AS up_s
  FROM procrastinate_workers
"""

# Only jobs still held by whom they were found with, whose holder still has not beaten: two sweepers, or a
# sweeper and a worker that comes back, cannot both have their way. A job without a holder is one whose worker
# has signed out or was forgotten.
_PUT_BACK = """
WITH lost AS (
    SELECT w.id FROM unnest(%(workers)s::bigint[], %(beats)s::timestamptz[]) AS given (id, beat)
      JOIN procrastinate_workers w ON w.id = given.id AND w.last_heartbeat = given.beat
), freed AS (
    UPDATE procrastinate_jobs j
       SET status = 'todo', attempts = attempts + 1, scheduled_at = NULL, worker_id = NULL
     WHERE j.status = 'doing' AND (j.worker_id IN (SELECT id FROM lost) OR j.worker_id IS NULL)
    RETURNING j.queue_name
), told AS (
    SELECT pg_notify(%(channel)s, queue_name) FROM (SELECT DISTINCT queue_name FROM freed) AS classes
)
SELECT (SELECT count(*) FROM freed)::integer AS freed, (SELECT count(*) FROM told) AS told
"""

_FORGET = """
WITH forgotten AS (
    DELETE FROM procrastinate_workers w
     WHERE w.id = ANY(%(workers)s)
       AND NOT EXISTS (SELECT FROM procrastinate_jobs j WHERE j.worker_id = w.id AND j.status = 'doing')
    RETURNING w.id
)
DELETE FROM worker WHERE id IN (SELECT id FROM forgotten)
"""


class Liveness:
    """Heartbeats of workers, and the sweep for jobs whose worker has none.

    Args:
        connect: lends a connection on which each statement is a transaction of its own.
        heartbeat_s: seconds between two beats of a worker.
        stalled_after_s: seconds of silence after which a worker counts as lost.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        connect: Connect,
        *,
        heartbeat_s: float,
        stalled_after_s: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connect = connect
        self._heartbeat_s = heartbeat_s
        self._stalled_after_s = stalled_after_s
        self._silence = Silence(clock)

    async def sign_in(self, name: str, classes: Sequence[str], slots: int) -> int:
        """Register a worker; gives its number.

        Args:
            name: what to call it in the log.
            classes: what it works on.
            slots: tasks it works on at a time.

        Raises:
            Overloaded: the database cannot be reached.
        """
        [row] = await self._rows(_SIGN_IN, {"name": name, "classes": list(classes), "slots": slots})
        return row["id"]

    async def sign_out(self, worker_id: int) -> None:
        """Forget a worker. Jobs it still holds count as stalled from now on.

        Raises:
            Overloaded: the database cannot be reached.
        """
        await self._rows(_SIGN_OUT, {"id": worker_id})

    async def beat(self, worker_id: int) -> None:
        """Give a sign of life.

        Raises:
            Overloaded: the database cannot be reached.
        """
        await self._rows(_BEAT, {"id": worker_id})

    async def sweep(self, worker_id: int) -> int:
        """Put back the jobs of lost workers; gives how many.

        To be called every second or more often: a worker is lost when it has been silent for long enough
        under our own watch. Where the database's clock says so too, a part of that time is enough, so that a
        worker that has just started need not watch a dead one for long. A jump of that clock alone convinces
        nobody.

        The sweeping worker is alive, whatever the database thinks: on a machine so busy that its beats
        come late it must not take its own jobs away.

        Raises:
            Overloaded: the database cannot be reached.
        """
        rows = [row for row in await self._beats() if row["id"] != worker_id]
        beats: dict[int, datetime] = {row["id"]: row["beat"] for row in rows}
        silent_s = self._silence.look(beats)
        lost = {row["id"]: row["beat"] for row in rows if self._is_lost(row, silent_s[row["id"]])}
        freed = await self._put_back(lost)
        gone = [row["id"] for row in rows if row["silent_s"] > _FORGET_AFTER_S and row["id"] in lost]
        if gone:
            await self._rows(_FORGET, {"workers": gone})
        return freed

    def _is_lost(self, row: DictRow, watched_silent_s: float) -> bool:
        if watched_silent_s >= self._stalled_after_s:
            return True
        # A restart of the database silences every worker; its clock counts that, and we may not have seen it.
        long_silent = min(row["silent_s"], row["up_s"] - self._stalled_after_s) > self._stalled_after_s
        return long_silent and watched_silent_s >= _BEATS_MISSED * self._heartbeat_s

    async def _beats(self) -> list[DictRow]:
        try:
            return await self._rows(_BEATS, {})
        except Overloaded:
            self._silence.pardon()
            raise

    async def _put_back(self, lost: Mapping[int, datetime]) -> int:
        parameters = {"workers": list(lost), "beats": list(lost.values()), "channel": CHANNEL}
        [row] = await self._rows(_PUT_BACK, parameters)
        return row["freed"]

    async def _rows(self, statement: str, parameters: Mapping[str, Any]) -> list[DictRow]:
        async with self._connect() as connection:
            cursor = await connection.execute(statement.encode(), parameters)
            return await cursor.fetchall() if cursor.description else []
