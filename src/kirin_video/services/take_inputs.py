"""Take in the pictures that come inside a request: judge them and keep them as files."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kirin_video.domain.errors import Fault, InvalidRequest, Overloaded, Violation
from kirin_video.domain.request import GenerationRequest, ImageInput
from kirin_video.domain.sources import InlineData, classify_source, stored_source
from kirin_video.media.errors import MediaRejected
from kirin_video.media.judge import MediaJudge
from kirin_video.store.blob_rows import BlobKind, BlobRow
from kirin_video.store.blobs import LocalBlobs, StorageFull


@dataclass(frozen=True)
class TakeInputs:
    """Turns inline pictures into stored ones.

    Attributes:
        blobs: where files are kept.
        judge: says what a picture is.
        scratch: a folder for files that are not judged yet.
    """

    blobs: LocalBlobs
    judge: MediaJudge
    scratch: Path

    async def __call__(
        self, account_id: str, task_id: str, request: GenerationRequest
    ) -> tuple[GenerationRequest, tuple[BlobRow, ...]]:
        """Judge and keep a request's inline pictures.

        Args:
            account_id: whose they are.
            task_id: the task to be.
            request: the request.

        Returns:
            The request with stored pictures in place of inline ones, and the files, in place already.

        Raises:
            InvalidRequest: with a violation for each picture that is refused; nothing is kept then.
            Overloaded: there is no room for them.
        """
        rows: list[BlobRow] = []
        try:
            images = await self._take_all(account_id, task_id, request.image_list, rows)
        except BaseException:
            await self.discard(rows)
            raise
        return request.model_copy(update={"image_list": images}), tuple(rows)

    async def discard(self, rows: Sequence[BlobRow]) -> None:
        """Remove files that no task came to own."""
        for row in rows:
            await self.blobs.delete(row.key)

    async def _take_all(
        self, account_id: str, task_id: str, images: Sequence[ImageInput], rows: list[BlobRow]
    ) -> tuple[ImageInput, ...]:
        """The images, stored ones in place of inline ones; adds each file to ``rows`` as it is kept."""
        kept: list[ImageInput] = []
        violations: list[Violation] = []
        for index, image in enumerate(images):
            # In a thread: ten megabytes take tens of milliseconds to decode.
            source = await asyncio.to_thread(classify_source, image.source)
            if not isinstance(source, InlineData):
                kept.append(image)
                continue
            try:
                rows.append(await self._keep(account_id, task_id, source.data))
            except MediaRejected as error:
                field = f"image_list[{index}]"
                violations.append(Violation(field, Fault.IMAGE_REJECTED, f"{field}: {error.message}"))
            else:
                kept.append(image.model_copy(update={"source": stored_source(rows[-1].key)}))
        if violations:
            raise InvalidRequest(tuple(violations))
        return tuple(kept)

    async def _keep(self, account_id: str, task_id: str, data: bytes) -> BlobRow:
        with tempfile.TemporaryDirectory(dir=self.scratch, prefix="input-") as folder:
            path = Path(folder) / "picture"
            await asyncio.to_thread(path.write_bytes, data)
            facts = await self.judge.judge_image(path)
            try:
                stored = await self.blobs.put_file(path, media_type=f"image/{facts.format.lower()}")
            except StorageFull as error:
                raise Overloaded("The server has no room for more files at the moment.") from error
        return BlobRow(
            key=stored.key,
            account_id=account_id,
            task_id=task_id,
            kind=BlobKind.INPUT,
            media_type=stored.media_type,
            size_bytes=stored.size_bytes,
            sha256=bytes.fromhex(stored.sha256),
        )
