"""Stills of tasks: a preview while a clip is made, a poster once it is whole."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kirin_video.domain.errors import NotFound
from kirin_video.domain.task import Task, VideoOutput
from kirin_video.media.errors import UnreadableClip
from kirin_video.services.remove_files import RemoveFiles
from kirin_video.services.runs import Run
from kirin_video.services.verify_files import VerifyOnce
from kirin_video.store.blob_rows import BlobKind, BlobRow, BlobRows
from kirin_video.store.blobs import Blob, BlobDamaged, BlobNotFound, LocalBlobs
from kirin_video.store.database import Database
from kirin_video.store.run_rows import RunRows

STILL_TYPE: Final = "image/webp"
_PATIENCE_MS: Final = 300
"""A preview waits no longer for what others have locked: while it does, its run cannot go on."""
_AT_A_TIME: Final = 1  # to make a poster takes a core


@dataclass(frozen=True)
class KeepPreview:
    """Keeps the newest preview of a task that is being worked on; the one before goes.

    Attributes:
        database: where tasks are.
        runs: their claims.
        rows: what is known of files.
        blobs: their bytes.
        remove_files: removes what is doomed.
    """

    database: Database
    runs: RunRows
    rows: BlobRows
    blobs: LocalBlobs
    remove_files: RemoveFiles

    async def __call__(self, run: Run, path: Path) -> str | None:
        """Put a preview in place.

        Args:
            run: whose task it is of.
            path: the picture.

        Returns:
            Its key; None if the task is not this run's any more, and nothing changed.

        Raises:
            Overloaded: the database cannot be reached, or others hold what is needed.
            StorageFull: there is no room.
            OSError: the picture cannot be read, or not be kept.
        """
        stored = await self.blobs.put_file(path, media_type=STILL_TYPE)
        doomed: Sequence[str] = ()
        # What breaks off here may have been committed: the picture stays, and is swept if nothing names it.
        async with self.database.transaction() as connection:
            await self.database.wait_at_most(connection, _PATIENCE_MS)
            is_kept = await self.runs.hold(connection, run.task.id, run.task.run)
            if is_kept:
                doomed = await self.rows.drop_preview(connection, run.task.id)
                await self.rows.insert(connection, [still_row(run.task, BlobKind.PREVIEW, stored)])
        if not is_kept:
            await self.blobs.delete(stored.key)
        await self.remove_files(doomed)
        return stored.key if is_kept else None

    async def clear_away(self, key: str) -> None:
        """Remove the bytes of a preview, if whatever ended its task has given it up."""
        await self.remove_files([key])


@dataclass(frozen=True)
class FindStill:
    """Finds the stills of tasks; makes a poster that is missing.

    Attributes:
        database: where tasks are.
        rows: what is known of files.
        blobs: their bytes.
        verify: reads a file through before it is used for the first time.
    """

    database: Database
    rows: BlobRows
    blobs: LocalBlobs
    verify: VerifyOnce
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_A_TIME))

    async def preview_key(self, task: Task) -> str | None:
        """The key of the newest preview, if there is one; another still has another key.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            found = await self.rows.still(connection, task.id, BlobKind.PREVIEW)
        return None if found is None else found.key

    async def preview(self, task: Task) -> Path:
        """The newest preview of a task.

        Raises:
            NotFound: there is none.
            Overloaded: the database cannot be reached.
        """
        return await self._found(task, BlobKind.PREVIEW)

    async def poster(self, task: Task) -> Path:
        """The poster of a finished clip. A clip that has none gets one, once.

        Raises:
            NotFound: the task has no clip, or not one that can be read.
            Overloaded: the database cannot be reached.
            StorageFull: there is no room for a new one.
        """
        if not isinstance(task.output, VideoOutput):
            raise NotFound("The task has no clip.")
        try:
            return await self._found(task, BlobKind.POSTER)
        except NotFound:
            async with self._turn:
                await self._make(task, task.output)
        return await self._found(task, BlobKind.POSTER)

    async def _found(self, task: Task, kind: BlobKind) -> Path:
        async with self.database.connection() as connection:
            row = await self.rows.still(connection, task.id, kind)
        if row is None:
            raise NotFound(f"The task has no {kind}.")
        try:
            return await self.verify(row.key, row.sha256)
        except (BlobNotFound, BlobDamaged) as error:
            raise NotFound(f"The {kind} is lost.") from error

    async def _make(self, task: Task, output: VideoOutput) -> None:
        async with self.database.connection() as connection:
            clip = await self.rows.find(connection, output.video_key)
            is_there = await self.rows.still(connection, task.id, BlobKind.POSTER) is not None
        if clip is None or is_there:
            return
        try:
            content = await asyncio.to_thread(_poster, await self.verify(clip.key, clip.sha256))
        except (UnreadableClip, BlobNotFound, BlobDamaged) as error:
            raise NotFound("The clip cannot be read.") from error
        stored = await self.blobs.put_bytes(content, media_type=STILL_TYPE)
        async with self.database.connection() as connection:
            is_kept = await self.rows.insert_poster(connection, still_row(task, BlobKind.POSTER, stored))
        if not is_kept:  # somebody else was quicker, or it was deleted
            await self.blobs.delete(stored.key)


@dataclass(frozen=True)
class Stills:
    """All that is done with stills.

    Attributes:
        keep_preview: keeps the newest picture of a clip that is being made.
        find: finds what was kept, and makes a poster that is missing.
    """

    keep_preview: KeepPreview
    find: FindStill


def still_row(task: Task, kind: BlobKind, stored: Blob) -> BlobRow:
    """What is to be known of a still that is in place."""
    sha256 = bytes.fromhex(stored.sha256)
    return BlobRow(stored.key, task.account_id, task.id, kind, stored.media_type, stored.size_bytes, sha256)


def _poster(path: Path) -> bytes:
    # Imported late: decoders are heavy, and most processes never make a poster.
    from kirin_video.media.still import poster_of  # noqa: PLC0415

    return poster_of(path)
