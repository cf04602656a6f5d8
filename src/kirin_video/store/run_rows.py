"""Runs as rows: a task is claimed, and only its newest claim can change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from psycopg.types.json import Json, Jsonb

from kirin_video.domain.pricing import Price
from kirin_video.domain.task import Failure, Task, TaskOutput
from kirin_video.domain.transitions import Deed, failing
from kirin_video.store.database import Connection, Database, Row
from kirin_video.store.task_rows import read_task, states


@dataclass(frozen=True, slots=True)
class StartedRun:
    """A claim of a task.

    Attributes:
        run: the number of this claim.
        lost: earlier claims that neither ended nor were given back.
        row: the task's columns. They are read only when they are needed, so that a task that cannot be read
            can still be given up.
    """

    run: int
    lost: int
    row: Row

    def task(self) -> Task:
        """The task as it was claimed."""
        return read_task(self.row)


class RunRows:
    """Starts and ends runs. Every change is fenced by the run's number and tells whether it took place.

    Args:
        database: where the tasks are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def start(self, connection: Connection, task_id: str) -> StartedRun | None:
        """Claim a task; None if there is no such task or it has ended."""
        row = await self._database.row(connection, "start_run", {"task_id": task_id, **states(Deed.CLAIM)})
        if row is None:
            return None
        return StartedRun(row["run"], lost=row["run"] - 1 - row["returned"], row=row)

    async def progress(
        self, connection: Connection, task_id: str, run: int, stage: str, fraction: float
    ) -> bool:
        """Note how far a run is, 0.0 to 1.0."""
        parameters = {
            "task_id": task_id,
            "run": run,
            "stage": stage,
            "fraction": fraction,
            **states(Deed.PROGRESS),
        }
        return await self._database.row(connection, "report_progress", parameters) is not None

    async def holds(self, connection: Connection, task_id: str, run: int) -> bool:
        """Whether a run still has its task."""
        parameters = {"task_id": task_id, "run": run, **states(Deed.PROGRESS)}
        return await self._database.row(connection, "holds_run", parameters) is not None

    async def hold(self, connection: Connection, task_id: str, run: int) -> bool:
        """Whether a run still has its task, which nobody can change before the transaction ends."""
        parameters = {"task_id": task_id, "run": run, **states(Deed.PROGRESS)}
        return await self._database.row(connection, "hold_run", parameters) is not None

    async def finish(  # noqa: PLR0913 - the run, and all that it leaves
        self,
        connection: Connection,
        task_id: str,
        run: int,
        *,
        output: TaskOutput,
        metadata: Mapping[str, object],
        price: Price,
    ) -> bool:
        """Complete a task and capture its price, at most what was held."""
        parameters = {
            "task_id": task_id,
            "run": run,
            "output": Jsonb(asdict(output)),
            "metadata": Json(dict(metadata)),
            "cost_micro": price.cost,
            "discount_micro": price.discount,
            **states(Deed.FINISH),
        }
        return await self._database.row(connection, "finish_run", parameters) is not None

    async def fail(self, connection: Connection, task_id: str, run: int, failure: Failure) -> bool:
        """Fail a task and release what was held."""
        parameters = {
            "task_id": task_id,
            "run": run,
            "fault": str(failure.fault),
            "message": failure.message,
            **states(failing(failure.fault)),
        }
        return await self._database.row(connection, "fail_run", parameters) is not None

    async def give_back(self, connection: Connection, task_id: str, run: int) -> bool:
        """Give a claim back, so that it does not count as lost."""
        parameters = {"task_id": task_id, "run": run, **states(Deed.GIVE_BACK)}
        return await self._database.row(connection, "return_run", parameters) is not None

    async def current(self, connection: Connection, task_ids: Sequence[str]) -> dict[str, int]:
        """The runs that tasks are in; those that are not in progress are left out."""
        rows = await self._database.rows(connection, "current_runs", {"task_ids": list(task_ids)})
        return {row["id"]: row["run"] for row in rows}
