"""A worker by hand: walks one task through its states by the worker's own services, without rendering."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from kirin_video.domain.errors import Fault
from kirin_video.domain.task import Failure, VideoOutput
from kirin_video.services.remove_files import RemoveFiles
from kirin_video.services.runs import FailRun, FinishRun, ReportProgress, Run, RunResult, StartRun
from kirin_video.services.stills import KeepPreview
from kirin_video.settings import Settings
from kirin_video.store.blob_rows import BlobKind, BlobRow, BlobRows
from kirin_video.store.blobs import LocalBlobs
from kirin_video.store.database import Database
from kirin_video.store.run_rows import RunRows


def clip(size_bytes: int, seed: int = 0) -> bytes:
    """Bytes that have an MP4's outline: its boxes, and no two kilobytes of them alike."""
    head = struct.pack(">I4s", 24, b"ftyp") + b"isom" * 4 + struct.pack(">I4s", 108, b"moov") + b"m" * 100
    body = b"".join(
        struct.pack(">II", seed, number) for number in range((size_bytes - len(head) - 8) // 8 + 1)
    )[: size_bytes - len(head) - 8]
    return head + struct.pack(">I4s", 8 + len(body), b"mdat") + body


@dataclass(frozen=True)
class HandWorker:
    """Drives tasks of one server."""

    settings: Settings

    def progress(self, task_id: str, fraction: float) -> None:
        async def step(database: Database, run: Run) -> None:
            assert await ReportProgress(database, RunRows(database))(run, "render", fraction)

        self._with_run(task_id, step)

    def preview(self, task_id: str, picture: bytes) -> None:
        """Keep a picture of the clip so far."""

        async def step(database: Database, run: Run) -> None:
            rows, blobs = BlobRows(database), LocalBlobs(self.settings.data_dir / "blobs")
            keep = KeepPreview(database, RunRows(database), rows, blobs, RemoveFiles(database, rows, blobs))
            path = self.settings.data_dir / "picture.webp"
            path.write_bytes(picture)
            assert await keep(run, path)

        self._with_run(task_id, step)

    def fail(self, task_id: str, fault: Fault, message: str) -> None:
        async def step(database: Database, run: Run) -> None:
            assert await FailRun(database, RunRows(database))(run, Failure(fault, message))

        self._with_run(task_id, step)

    def finish(self, task_id: str, video: bytes, watermarked: bytes | None = None) -> None:
        async def step(database: Database, run: Run) -> None:
            files = [await self._keep(run, video, BlobKind.VIDEO)]
            if watermarked is not None:
                files.append(await self._keep(run, watermarked, BlobKind.WATERMARK))
            marked = files[1].key if watermarked is not None else None
            output = VideoOutput(files[0].key, marked, 5.0, f"{run.task.id}-1")
            facts = {
                "width": 1280,
                "height": 720,
                "num_frames": 120,
                "seed": run.task.seed,
                "notes": ["A note."],
            }
            finish = FinishRun(database, RunRows(database), BlobRows(database))
            assert await finish(run, RunResult(output, tuple(files), facts))

        self._with_run(task_id, step)

    async def _keep(self, run: Run, content: bytes, kind: BlobKind) -> BlobRow:
        stored = await LocalBlobs(self.settings.data_dir / "blobs").put_bytes(content, media_type="video/mp4")
        return BlobRow(
            key=stored.key,
            account_id=run.task.account_id,
            task_id=run.task.id,
            kind=kind,
            media_type=stored.media_type,
            size_bytes=stored.size_bytes,
            sha256=bytes.fromhex(stored.sha256),
        )

    def _with_run(self, task_id: str, step: Callable[[Database, Run], Awaitable[None]]) -> None:
        async def work() -> None:
            async with Database(self.settings.database_url) as database:
                run = await StartRun(database, RunRows(database), 1000)(task_id, "by hand")
                assert run is not None
                await step(database, run)

        asyncio.run(work())
