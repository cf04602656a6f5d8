"""What a worker does with a task: start a run, say how far it is, end it.

Each service is fenced by the run's number: whoever lost the task to a later run changes nothing, and is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kirin_video.domain.errors import Fault
from kirin_video.domain.pricing import Price
from kirin_video.domain.task import Failure, Task, VideoOutput
from kirin_video.store.blob_rows import BlobRow, BlobRows
from kirin_video.store.database import Database
from kirin_video.store.run_rows import RunRows
from kirin_video.store.task_rows import TaskRows


@dataclass(frozen=True, slots=True)
class Run:
    """One claim of a task.

    Attributes:
        task: the task as it was when it was claimed; ``task.run`` is the number of this claim.
        worker: who claimed it, for the log.
    """

    task: Task
    worker: str


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run made.

    Attributes:
        output: the result.
        files: the files that it names, in place already.
        metadata: facts for the caller.
        price: what it costs, at most what was held; None for exactly that.
    """

    output: VideoOutput
    files: tuple[BlobRow, ...]
    metadata: Mapping[str, object]
    price: Price | None = None


@dataclass(frozen=True)
class StartRun:
    """Claims tasks.

    Attributes:
        database: where they are.
        runs: their claims.
        max_runs: workers that may be lost over one task before it is given up.
    """

    database: Database
    runs: RunRows
    max_runs: int

    async def __call__(self, task_id: str, worker: str) -> Run | None:
        """Claim a task.

        Returns:
            The run; None if there is nothing to do: the task has ended, or it ends now because it has cost
            too many workers.

        Raises:
            Overloaded: the database cannot be reached.
        """
        # One statement, one commit: should what follows break, the claim counts as lost all the same.
        async with self.database.connection() as connection:
            started = await self.runs.start(connection, task_id)
            if started is None:
                return None
            if started.lost >= self.max_runs:
                message = f"The task was given up after {started.lost} workers were lost over it."
                await self.runs.fail(connection, task_id, started.run, Failure(Fault.WORKER_LOST, message))
                return None
            return Run(started.task(), worker)


@dataclass(frozen=True)
class ReportProgress:
    """Notes how far runs are.

    Attributes:
        database: where the tasks are.
        runs: their claims.
    """

    database: Database
    runs: RunRows

    async def __call__(self, run: Run, stage: str, fraction: float) -> bool:
        """Note how far a run is, 0.0 to 1.0. What callers see never goes back, even if the run starts over.

        Returns:
            Whether the task is still this run's.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.runs.progress(connection, run.task.id, run.task.run, stage, fraction)


@dataclass(frozen=True)
class HoldsRun:
    """Tells whether runs still have their tasks.

    Attributes:
        database: where the tasks are.
        runs: their claims.
    """

    database: Database
    runs: RunRows

    async def __call__(self, run: Run) -> bool:
        """Whether the task is still this run's: neither taken over, nor cancelled.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.runs.holds(connection, run.task.id, run.task.run)


@dataclass(frozen=True)
class FinishRun:
    """Completes tasks.

    Attributes:
        database: where they are.
        runs: their claims.
        blobs: what is known of their files.
    """

    database: Database
    runs: RunRows
    blobs: BlobRows

    async def __call__(self, run: Run, result: RunResult) -> bool:
        """Complete the task, capture its price and name its files, all in one commit.

        Returns:
            Whether this run completed the task, now or when it was tried before; if not, nothing changed.

        Raises:
            Overloaded: the database cannot be reached; it may have been done all the same, so try again.
        """
        task = run.task
        async with self.database.transaction() as connection:
            finished = await self.runs.finish(
                connection,
                task.id,
                task.run,
                output=result.output,
                metadata=result.metadata,
                price=result.price or task.price,
            )
            if finished:
                await self.blobs.insert(connection, result.files)
                return True
            # A key is made for one file of one run; only the commit that completed the task has named it.
            return await self.blobs.find(connection, result.output.video_key) is not None


@dataclass(frozen=True)
class FailRun:
    """Fails tasks.

    Attributes:
        database: where they are.
        runs: their claims.
    """

    database: Database
    runs: RunRows

    async def __call__(self, run: Run, failure: Failure) -> bool:
        """Fail the task and release all that was held, in one commit.

        Returns:
            Whether the task was still this run's; if not, nothing changed.

        Raises:
            Overloaded: the database cannot be reached; it may have been done all the same.
        """
        async with self.database.connection() as connection:
            return await self.runs.fail(connection, run.task.id, run.task.run, failure)


@dataclass(frozen=True)
class ReturnRun:
    """Gives tasks back unfinished, as a worker does that is told to stop.

    Attributes:
        database: where they are.
        runs: their claims.
    """

    database: Database
    runs: RunRows

    async def __call__(self, run: Run) -> bool:
        """Give the task back, so that the run does not count as a lost worker.

        Returns:
            Whether the task was still this run's.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return await self.runs.give_back(connection, run.task.id, run.task.run)


@dataclass(frozen=True)
class HasEnded:
    """Tells whether tasks have ended.

    Attributes:
        database: where they are.
        tasks: their rows.
    """

    database: Database
    tasks: TaskRows

    async def __call__(self, task_id: str) -> bool:
        """Whether there is nothing left to do for a task: it has ended, or there is no such task.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            status = await self.tasks.status(connection, task_id)
        return status is None or status.is_terminal
