"""Show an upload to its owners once more."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kirin_video.domain.errors import NotFound
from kirin_video.domain.upload import Upload
from kirin_video.services.authenticate import Caller
from kirin_video.services.uploads import ReadUpload
from kirin_video.store.blobs import BlobNotFound, LocalBlobs


@dataclass(frozen=True)
class OpenUpload:
    """Finds the bytes of uploads.

    Attributes:
        read_upload: finds uploads.
        blobs: where their bytes are.
    """

    read_upload: ReadUpload
    blobs: LocalBlobs

    async def __call__(self, caller: Caller, upload_id: str) -> tuple[Upload, Path]:
        """An upload and its file, for reading only.

        Raises:
            NotFound: the account has no such file, or has it no more.
            Overloaded: the database cannot be reached.
        """
        upload = await self.read_upload(caller, upload_id)
        try:
            return upload, self.blobs.path_of(upload.blob_key)
        except BlobNotFound as error:  # it expired in this very moment
            raise NotFound("This file is not kept any more.") from error
