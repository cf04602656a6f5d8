"""Links to results: signed, and dead after a while."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from kirin_video.domain.errors import Forbidden, NotFound
from kirin_video.domain.signing import check_link, sign_link
from kirin_video.domain.task import Task, VideoOutput
from kirin_video.services.verify_files import VerifyOnce
from kirin_video.store.blob_rows import BlobRows
from kirin_video.store.blobs import BlobDamaged, BlobNotFound
from kirin_video.store.database import Database

_ROUND_S = 600  # links made within ten minutes are the same, so that players and caches know them again

_DAMAGED = "This file was damaged in the server's storage and is not sent."
_GONE = "This file is not kept any more."


@dataclass(frozen=True, slots=True)
class ResultLinks:
    """Where a task's files are, relative to the server's own address.

    Attributes:
        video: path and query of the clean clip.
        watermark: path and query of the watermarked one, if there is one.
        expires_at: when both die, Unix seconds.
        renewed_at: links made after that are others, Unix seconds.
    """

    video: str
    watermark: str | None
    expires_at: int
    renewed_at: int


@dataclass(frozen=True, slots=True)
class OpenedResult:
    """A file to be sent.

    Attributes:
        path: where it is.
        media_type: such as ``video/mp4``.
        sha256: of its bytes.
    """

    path: Path
    media_type: str
    sha256: bytes


@dataclass(frozen=True)
class LinkResult:
    """Signs links to the files of completed tasks.

    Attributes:
        secret: the server's secret key.
        ttl_s: seconds for which links are good at least.
        clock: Unix seconds.
    """

    secret: bytes
    ttl_s: int
    clock: Callable[[], float] = time.time

    def __call__(self, task: Task) -> ResultLinks | None:
        """Links to the clip that a task made; None if it made none."""
        if not isinstance(task.output, VideoOutput):
            return None
        expires_at = self._expires_at()
        marked = task.output.watermark_key
        return ResultLinks(
            video=self._link(task.output.video_key, f"{task.id}.mp4", expires_at),
            watermark=self._link(marked, f"{task.id}-watermark.mp4", expires_at) if marked else None,
            expires_at=expires_at,
            renewed_at=expires_at - self.ttl_s,
        )

    def to_file(self, key: str, filename: str) -> str:
        """Link to a stored file, relative to the server.

        Args:
            key: the file.
            filename: what it is to be called.
        """
        return self._link(key, filename, self._expires_at())

    def _expires_at(self) -> int:
        return -int(-(self.clock() + self.ttl_s) // _ROUND_S) * _ROUND_S

    def _link(self, key: str, filename: str, expires_at: int) -> str:
        signature = sign_link(self.secret, key, filename, expires_at)
        query = urlencode({"expires": expires_at, "signature": signature})
        return f"/files/{quote(key)}/{quote(filename)}?{query}"


@dataclass(frozen=True)
class OpenResult:
    """Finds the file that a signed link names.

    Attributes:
        database: where files are known.
        rows: what is known of them.
        verify: reads a file through before it is sent for the first time.
        find_picture: media type and SHA-256 of an element's picture; None if there is none of that key.
        secrets: the keys whose links are good, the current one first.
        clock: Unix seconds.
    """

    database: Database
    rows: BlobRows
    verify: VerifyOnce
    find_picture: Callable[[str], Awaitable[tuple[str, bytes] | None]]
    secrets: tuple[bytes, ...]
    clock: Callable[[], float] = time.time

    async def __call__(self, key: str, filename: str, expires_at: int, signature: str) -> OpenedResult:
        """Find the file of a link.

        Args:
            key: the path between ``/files/`` and the file name.
            filename: the last part of the path.
            expires_at: the link's ``expires``.
            signature: the link's ``signature``.

        Raises:
            Forbidden: the link was altered or has expired.
            NotFound: the file is gone, or not what was stored.
            Overloaded: the database cannot be reached.
        """
        if not check_link(self.secrets, key, filename, expires_at, signature, now=self.clock()):
            raise Forbidden("This link has expired or was altered. Read the task again for a new one.")
        async with self.database.connection() as connection:
            row = await self.rows.find(connection, key)
        known = await self.find_picture(key) if row is None else (row.media_type, row.sha256)
        if known is None:
            raise NotFound(_GONE)
        media_type, sha256 = known
        try:
            return OpenedResult(await self.verify(key, sha256), media_type, sha256)
        except BlobNotFound as error:
            raise NotFound(_GONE) from error
        except BlobDamaged as error:
            raise NotFound(_DAMAGED) from error
