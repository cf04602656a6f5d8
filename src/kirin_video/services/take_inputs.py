"""Take in what a request brings along: judge and keep inline pictures, take uploads, look at addresses."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kirin_video.domain.errors import Fault, InvalidRequest, Violation
from kirin_video.domain.inputs import ImageInput, VideoInput
from kirin_video.domain.request import GenerationRequest
from kirin_video.domain.sources import InlineData, RemoteUrl, UploadedFile, classify_source, stored_source
from kirin_video.domain.upload import Upload, UploadKind
from kirin_video.media.errors import MediaRejected
from kirin_video.media.judge import MediaJudge
from kirin_video.services.callback_address import AddressRefusal, callback_violations
from kirin_video.services.room import RequireRoom, refusing_when_full
from kirin_video.services.take_elements import TakeElements, TakenElements
from kirin_video.services.uploads import TakeUpload
from kirin_video.store.blob_rows import BlobKind, BlobRow
from kirin_video.store.blobs import Blob, LocalBlobs

NOT_FETCHED = (
    "its URL may not be fetched: the host must be public, the port 80, 443 or above 1023, and the URL "
    "without a user name. Upload the file instead, or ask the operator."
)
NO_SUCH_FILE = "there is no uploaded file with this id in your account; it may have expired."


@dataclass(frozen=True, slots=True)
class TakenInputs:
    """A request whose media wait for its task.

    Attributes:
        request: the request, with stored files in place of inline pictures and uploads.
        blobs: those files, in place already.
        base_length_s: seconds of its base footage, where that is here and was judged.
    """

    request: GenerationRequest
    blobs: tuple[BlobRow, ...]
    base_length_s: float | None


@dataclass(frozen=True)
class TakeInputs:
    """Turns inline pictures and uploads into stored files.

    Attributes:
        blobs: where files are kept.
        judge: says what a picture is.
        scratch: a folder for files that are not judged yet.
        take_upload: finds uploads.
        take_elements: lends elements.
        address_refusal: why a URL may not be connected to, as far as its text tells; None if it may.
        require_room: refuses while the disk is nearly full.
    """

    blobs: LocalBlobs
    judge: MediaJudge
    scratch: Path
    take_upload: TakeUpload
    take_elements: TakeElements
    address_refusal: AddressRefusal
    require_room: RequireRoom

    async def __call__(self, account_id: str, task_id: str, request: GenerationRequest) -> TakenInputs:
        """Take in a request's media.

        Args:
            account_id: whose they are.
            task_id: the task to be.
            request: the request.

        Raises:
            InvalidRequest: with a violation for each one that is refused; nothing is kept then.
            Overloaded: there is no room for them, or the database cannot be reached.
        """
        self.require_room()
        intake = _Intake(self, account_id, task_id)
        try:
            images = [
                await intake.image(image, f"image_list[{at}]") for at, image in enumerate(request.image_list)
            ]
            videos = [
                await intake.video(video, f"video_list[{at}]") for at, video in enumerate(request.video_list)
            ]
            await self.take_elements(account_id, task_id, request.element_list, intake.elements)
            intake.rows += intake.elements.blobs
            intake.violations += intake.elements.violations
            intake.violations += callback_violations(request.callback_url, self.address_refusal)
            intake.raise_if_any()
        except BaseException:
            await self.discard([*intake.rows, *intake.elements.blobs])
            raise
        stored = request.model_copy(
            update={
                "image_list": tuple(images),
                "video_list": tuple(videos),
                "element_list": tuple(intake.elements.inputs),
            }
        )
        return TakenInputs(stored, tuple(intake.rows), intake.length_s if request.base else None)

    async def discard(self, rows: Sequence[BlobRow]) -> None:
        """Remove files that no task came to own."""
        for row in rows:
            await self.blobs.delete(row.key)


@dataclass
class _Intake:
    """One request's media on their way in.

    Attributes:
        owner: the service.
        account_id: whose they are.
        task_id: the task to be.
        rows: files kept so far.
        violations: what was refused so far.
        length_s: seconds of the footage that was taken, if any was.
        elements: what was taken of the library.
    """

    owner: TakeInputs
    account_id: str
    task_id: str
    rows: list[BlobRow] = field(default_factory=list[BlobRow])
    violations: list[Violation] = field(default_factory=list[Violation])
    length_s: float | None = None
    elements: TakenElements = field(default_factory=TakenElements)

    def refuse(self, name: str, fault: Fault, message: str) -> None:
        self.violations.append(Violation(name, fault, message))

    def raise_if_any(self) -> None:
        if self.violations:
            raise InvalidRequest(tuple(self.violations))

    async def image(self, image: ImageInput, name: str) -> ImageInput:
        """An entry of ``image_list``, stored if it is inline or an upload."""
        # In a thread: ten megabytes take tens of milliseconds to decode.
        source = await asyncio.to_thread(classify_source, image.source)
        match source:
            case InlineData(data):
                key = await self._inline(data, name)
            case UploadedFile(upload_id):
                taken = await self._upload(upload_id, UploadKind.IMAGE, name, Fault.IMAGE_REJECTED)
                key = taken and taken[1].key
            case RemoteUrl(url):
                self._look_at(url, name)
                return image
            case _:
                return image
        return image if key is None else image.model_copy(update={"source": stored_source(key)})

    async def video(self, video: VideoInput, name: str) -> VideoInput:
        """An entry of ``video_list``, stored if it is an upload."""
        source = classify_source(video.video_url)
        if isinstance(source, RemoteUrl):
            self._look_at(source.url, name)
        if not isinstance(source, UploadedFile):
            return video
        taken = await self._upload(source.id, UploadKind.VIDEO, name, Fault.VIDEO_REJECTED)
        if taken is None:
            return video
        self.length_s = taken[0].duration_s
        return video.model_copy(update={"video_url": stored_source(taken[1].key)})

    def _look_at(self, url: str, name: str) -> None:
        if self.owner.address_refusal(url):
            self.refuse(name, Fault.MEDIA_UNREACHABLE, f"{name}: {NOT_FETCHED}")

    async def _upload(
        self, upload_id: str, kind: UploadKind, name: str, fault: Fault
    ) -> tuple[Upload, Blob] | None:
        taken = await self.owner.take_upload(self.account_id, upload_id)
        if taken is None:
            self.refuse(name, Fault.MEDIA_UNREACHABLE, f"{name}: {NO_SUCH_FILE}")
            return None
        self._own(taken[1])
        if taken[0].kind is not kind:
            self.refuse(name, fault, f"{name}: the uploaded file is a {taken[0].kind}, not a {kind}.")
            return None
        return taken

    async def _inline(self, data: bytes, name: str) -> str | None:
        try:
            blob = await self._kept(data)
        except MediaRejected as error:
            self.refuse(name, Fault.IMAGE_REJECTED, f"{name}: {error.message}")
            return None
        self._own(blob)
        return blob.key

    async def _kept(self, data: bytes) -> Blob:
        owner = self.owner
        with (
            refusing_when_full(),
            tempfile.TemporaryDirectory(dir=owner.scratch, prefix="input-") as folder,
        ):
            path = Path(folder) / "picture"
            await asyncio.to_thread(path.write_bytes, data)
            facts = await owner.judge.judge_image(path)
            return await owner.blobs.put_file(path, media_type=f"image/{facts.format.lower()}")

    def _own(self, blob: Blob) -> None:
        self.rows.append(
            BlobRow(
                key=blob.key,
                account_id=self.account_id,
                task_id=self.task_id,
                kind=BlobKind.INPUT,
                media_type=blob.media_type,
                size_bytes=blob.size_bytes,
                sha256=bytes.fromhex(blob.sha256),
            )
        )
