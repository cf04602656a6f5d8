"""Share a clip: by a link that shows it to whoever has it, until it ends or is withdrawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from kirin_video.domain.errors import Conflict, NotFound
from kirin_video.domain.share import MAX_SHARES, Share, read_share_token, share_path
from kirin_video.domain.task import Task, VideoOutput
from kirin_video.services.authenticate import Caller
from kirin_video.services.read_task import ReadTask
from kirin_video.services.results import OpenedResult
from kirin_video.services.verify_files import VerifyOnce
from kirin_video.store.blob_rows import BlobRows
from kirin_video.store.blobs import BlobDamaged, BlobNotFound
from kirin_video.store.database import Database
from kirin_video.store.share_rows import ShareRows
from kirin_video.store.task_rows import TaskRows

_ENDED = "This link has ended: its time is over, it was withdrawn, or the clip was deleted."


@dataclass(frozen=True, slots=True)
class SharedLink:
    """A link that is good now, and where it leads.

    Attributes:
        share: the link.
        path: relative to the server; whoever has it sees the clip.
    """

    share: Share
    path: str = field(repr=False)


@dataclass(frozen=True)
class ShareTask:
    """Makes, shows and withdraws links to clips of the caller's account.

    Attributes:
        database: where they are.
        rows: their rows.
        read_task: finds tasks.
        secrets: the server's secret keys, the current one first; links proven by an earlier one stay good.
    """

    database: Database
    rows: ShareRows
    read_task: ReadTask
    secrets: tuple[bytes, ...] = field(repr=False)

    async def create(
        self, caller: Caller, task_id: str, life: timedelta, *, watermarked: bool, tells_prompt: bool
    ) -> SharedLink:
        """Make a link.

        Args:
            caller: who shares.
            task_id: the task whose clip it is.
            life: how long the link is good.
            watermarked: show the copy with the watermark.
            tells_prompt: tell the words that the clip was made from.

        Raises:
            NotFound: the account has no such task.
            Conflict: it has no clip, not one with a watermark, or too many links already.
            Overloaded: the database cannot be reached.
        """
        task = await self.read_task(caller, task_id)
        if not isinstance(task.output, VideoOutput):
            raise Conflict("Only a finished clip can be shared.")
        if watermarked and task.output.watermark_key is None:
            raise Conflict("This clip has no copy with a watermark.")
        async with self.database.connection() as connection:
            made = await self.rows.insert(
                connection,
                task.id,
                caller.key_id,
                life,
                watermarked=watermarked,
                tells_prompt=tells_prompt,
            )
        if made is None:
            raise Conflict(f"There are {MAX_SHARES} links to this clip already. Withdraw one first.")
        return self._link(made)

    async def all(self, task: Task) -> list[SharedLink]:
        """The links to a task's clip that are good now, those that end first first.

        Raises:
            Overloaded: the database cannot be reached.
        """
        async with self.database.connection() as connection:
            return [self._link(share) for share in await self.rows.of_task(connection, task.id)]

    async def withdraw(self, caller: Caller, task_id: str, share_id: str) -> None:
        """End a link at once.

        Raises:
            NotFound: the account has no such task, or the task no such link.
            Overloaded: the database cannot be reached.
        """
        task = await self.read_task(caller, task_id)
        async with self.database.connection() as connection:
            if not await self.rows.withdraw(connection, task.id, share_id):
                raise NotFound("There is no such link; it may have ended.")

    def _link(self, share: Share) -> SharedLink:
        return SharedLink(share, share_path(share.id, self.secrets[0]))


@dataclass(frozen=True)
class OpenShare:
    """Finds what a link shows, anew with every request: one that was withdrawn shows nothing more.

    Attributes:
        database: where links and tasks are.
        rows: the rows of links.
        tasks: the rows of tasks.
        files: what is known of files.
        verify: reads a file through before it is sent for the first time.
        secrets: the server's secret keys, the current one first.
    """

    database: Database
    rows: ShareRows
    tasks: TaskRows
    files: BlobRows
    verify: VerifyOnce
    secrets: tuple[bytes, ...] = field(repr=False)

    async def __call__(self, token: str) -> tuple[Share, Task]:
        """Find the link of a token and the task whose clip it shows.

        Raises:
            NotFound: it is none of ours, or has ended.
            Overloaded: the database cannot be reached.
        """
        share_id = read_share_token(token, self.secrets)
        if share_id is None:
            raise NotFound(_ENDED)
        async with self.database.connection() as connection:
            share = await self.rows.find(connection, share_id)
            found = share and await self.tasks.find(connection, share.account_id, share.task_id)
        if not share or not found or not isinstance(found.task.output, VideoOutput):
            raise NotFound(_ENDED)
        return share, found.task

    async def clip(self, token: str) -> OpenedResult:
        """Find the file of the clip that a link shows.

        Raises:
            NotFound: the link is none of ours or has ended, or the file is gone.
            Overloaded: the database cannot be reached.
        """
        share, task = await self(token)
        assert isinstance(task.output, VideoOutput)
        key = task.output.watermark_key if share.watermarked else task.output.video_key
        async with self.database.connection() as connection:
            row = key and await self.files.find(connection, key)
        try:
            if not row:
                raise NotFound(_ENDED)
            return OpenedResult(await self.verify(row.key, row.sha256), row.media_type, row.sha256)
        except (BlobNotFound, BlobDamaged) as error:
            raise NotFound("This clip is lost.") from error
