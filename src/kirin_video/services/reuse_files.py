"""Lend the files of a task once more: what it was made from, or made, as an upload for a request to come."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.domain.upload import Upload, UploadKind
from kirin_video.services.authenticate import Caller
from kirin_video.services.uploads import KeepUpload
from kirin_video.store.blobs import BlobNotFound, LocalBlobs


@dataclass(frozen=True)
class ReuseFiles:
    """Makes uploads of files that tasks keep.

    Attributes:
        blobs: where they are.
        keep_upload: judges and keeps uploads.
    """

    blobs: LocalBlobs
    keep_upload: KeepUpload

    async def __call__(self, caller: Caller, kind: UploadKind, key: str) -> Upload | None:
        """Make an upload of a stored file.

        Args:
            caller: whose upload it will be. That the file is theirs to have is for whoever asks to know.
            kind: what it is.
            key: the file.

        Returns:
            The upload, which the task's end does not touch; None if the file is not kept any more.

        Raises:
            InvalidRequest: as footage it breaks a limit.
            Overloaded: there is no room, or the database cannot be reached.
        """
        try:
            return await self.keep_upload(caller, kind, self.blobs.path_of(key))
        except (BlobNotFound, FileNotFoundError):
            return None
