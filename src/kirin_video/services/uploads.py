"""Uploads: kept when they come, lent to tasks, forgotten when nobody takes them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kirin_video.domain.errors import Fault, InvalidRequest, NotFound, Violation
from kirin_video.domain.identities import may_be_id
from kirin_video.domain.task import new_task_id
from kirin_video.domain.upload import Upload, UploadKind
from kirin_video.media.errors import MediaRejected
from kirin_video.media.judge import MediaJudge
from kirin_video.services.authenticate import Caller
from kirin_video.services.remove_files import RemoveFiles
from kirin_video.services.room import refusing_when_full
from kirin_video.store.blobs import Blob, BlobNotFound, LocalBlobs
from kirin_video.store.database import Database
from kirin_video.store.upload_rows import MediaFacts, UploadRows

ARRIVING = "upload-"
"""What the folders in scratch are called in which uploads arrive."""

_FIELD = "file"
_UNKNOWN = "There is no file with this id in your account; it may have expired."
_SWEPT_AT_A_TIME = 100
_SWEPT_BATCHES = 50
_QUICKTIME = b"qt  "  # the brand of MOV, at byte 8 of the first box


@dataclass(frozen=True)
class KeepUpload:
    """Judges files and keeps them.

    Attributes:
        database: where uploads are known.
        rows: their rows.
        blobs: where their bytes are.
        judge: says what they are.
        ttl_s: seconds until one that nobody takes is forgotten.
    """

    database: Database
    rows: UploadRows
    blobs: LocalBlobs
    judge: MediaJudge
    ttl_s: int

    async def __call__(self, caller: Caller, kind: UploadKind, path: Path) -> Upload:
        """Keep a file that has arrived.

        Args:
            caller: whose it is.
            kind: what its first bytes say it is.
            path: where it is now; it stays there.

        Raises:
            InvalidRequest: it breaks a limit or cannot be read.
            Overloaded: there is no room, or the database cannot be reached.
        """
        media_type, facts = await self._judged(kind, path)
        with refusing_when_full():
            blob = await self.blobs.put_file(path, media_type=media_type)
        # Should this fail, the row may be there all the same: the sweep for orphans knows how to tell.
        async with self.database.connection() as connection:
            return await self.rows.insert(
                connection,
                upload_id=new_task_id(),
                account_id=caller.account_id,
                blob=blob,
                facts=facts,
                ttl_s=self.ttl_s,
            )

    async def _judged(self, kind: UploadKind, path: Path) -> tuple[str, MediaFacts]:
        """The media type and the facts of a file."""
        try:
            if kind is UploadKind.IMAGE:
                image = await self.judge.judge_image(path)
                return f"image/{image.format.lower()}", MediaFacts(kind, image.width, image.height)
            video = await self.judge.judge_video(path)
        except MediaRejected as error:
            fault = Fault.IMAGE_REJECTED if kind is UploadKind.IMAGE else Fault.VIDEO_REJECTED
            raise InvalidRequest((Violation(_FIELD, fault, f"{_FIELD}: {error.message}"),)) from error
        facts = MediaFacts(kind, video.width, video.height, video.duration_s, video.fps, video.has_sound)
        return _movie_type(path), facts


@dataclass(frozen=True)
class ReadUpload:
    """Describes uploads to their owners.

    Attributes:
        database: where uploads are known.
        rows: their rows.
    """

    database: Database
    rows: UploadRows

    async def __call__(self, caller: Caller, upload_id: str) -> Upload:
        """Describe an upload.

        Raises:
            NotFound: the account has no such file, or has it no more.
            Overloaded: the database cannot be reached.
        """
        if may_be_id(upload_id):
            async with self.database.connection() as connection:
                found = await self.rows.find(connection, caller.account_id, upload_id)
            if found is not None:
                return found
        raise NotFound(_UNKNOWN)


@dataclass(frozen=True)
class DeleteUpload:
    """Forgets uploads at their owners' wish.

    Attributes:
        database: where uploads are known.
        rows: their rows.
        remove_files: removes their bytes.
    """

    database: Database
    rows: UploadRows
    remove_files: RemoveFiles

    async def __call__(self, caller: Caller, upload_id: str) -> None:
        """Forget an upload. Tasks that took it have a file of their own.

        Raises:
            NotFound: the account has no such file, or has it no more.
            Overloaded: the database cannot be reached.
        """
        if may_be_id(upload_id):
            async with self.database.connection() as connection:
                key = await self.rows.delete(connection, caller.account_id, upload_id)
            if key is not None:
                await self.remove_files([key])
                return
        raise NotFound(_UNKNOWN)


@dataclass(frozen=True)
class TakeUpload:
    """Lends uploads to tasks and elements: each gets a file of its own.

    Attributes:
        database: where uploads are known.
        rows: their rows.
        blobs: where their bytes are.
        ttl_s: seconds that an upload stays after it was taken.
    """

    database: Database
    rows: UploadRows
    blobs: LocalBlobs
    ttl_s: int

    async def __call__(self, account_id: str, upload_id: str) -> tuple[Upload, Blob] | None:
        """Take an upload.

        Args:
            account_id: who takes it.
            upload_id: which one.

        Returns:
            The upload, and a file with the same bytes that the taker owns; None if the account has no such
            upload, or has it no more.

        Raises:
            Overloaded: the database cannot be reached, or there is no room.
        """
        async with self.database.connection() as connection:
            upload = await self.rows.use(connection, account_id, upload_id, self.ttl_s)
        if upload is None:
            return None
        try:
            with refusing_when_full():
                key = await self.blobs.duplicate(upload.blob_key)
        except BlobNotFound:  # swept or deleted in this very moment
            return None
        return upload, Blob(key, upload.media_type, upload.size_bytes, upload.sha256.hex())


@dataclass(frozen=True)
class SweepUploads:
    """Forgets uploads that nobody took in time.

    Attributes:
        database: where uploads are known.
        rows: their rows.
        remove_files: removes their bytes.
    """

    database: Database
    rows: UploadRows
    remove_files: RemoveFiles

    async def __call__(self) -> None:
        """Forget some, or all that are due if they are not very many.

        Raises:
            Overloaded: the database cannot be reached.
        """
        for _ in range(_SWEPT_BATCHES):
            async with self.database.connection() as connection:
                keys = await self.rows.delete_expired(connection, _SWEPT_AT_A_TIME)
            if not keys:
                return
            await self.remove_files(keys)


def _movie_type(path: Path) -> str:
    with path.open("rb") as file:
        return "video/quicktime" if file.read(12)[8:] == _QUICKTIME else "video/mp4"
