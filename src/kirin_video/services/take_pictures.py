"""Take in the pictures of an element to be: what is here already is judged and kept at once."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kirin_video.domain.element import StoredPicture
from kirin_video.domain.element_request import PLACES, ElementRequest
from kirin_video.domain.errors import Fault, InvalidRequest, Violation
from kirin_video.domain.sources import InlineData, RemoteUrl, UploadedFile, classify_source, stored_source
from kirin_video.domain.upload import UploadKind
from kirin_video.media.errors import MediaRejected
from kirin_video.media.judge import MediaJudge
from kirin_video.services.callback_address import AddressRefusal, callback_violations
from kirin_video.services.room import RequireRoom, refusing_when_full
from kirin_video.services.take_inputs import NO_SUCH_FILE, NOT_FETCHED
from kirin_video.services.uploads import TakeUpload
from kirin_video.store.blobs import LocalBlobs


@dataclass(frozen=True)
class KeepPicture:
    """Judges pictures and keeps them.

    Attributes:
        blobs: where files are kept.
        judge: says what a picture is.
    """

    blobs: LocalBlobs
    judge: MediaJudge

    async def __call__(self, path: Path) -> StoredPicture:
        """Judge a file and keep a copy of it.

        Raises:
            MediaRejected: it breaks a limit or cannot be read.
            StorageFull: there is no room.
        """
        facts = await self.judge.judge_image(path)
        blob = await self.blobs.put_file(path, media_type=f"image/{facts.format.lower()}")
        return StoredPicture(
            blob.key, blob.media_type, facts.width, facts.height, blob.size_bytes, blob.sha256
        )


@dataclass(frozen=True)
class TakePictures:
    """Keeps inline pictures and uploads, and looks at the addresses of the others.

    Attributes:
        keep: judges and keeps a picture.
        blobs: where they are kept.
        scratch: a folder for files that are not judged yet.
        take_upload: finds uploads.
        address_refusal: why a URL may not be connected to, as far as its text tells; None if it may.
        require_room: refuses while the disk is nearly full.
    """

    keep: KeepPicture
    blobs: LocalBlobs
    scratch: Path
    take_upload: TakeUpload
    address_refusal: AddressRefusal
    require_room: RequireRoom

    async def __call__(
        self, account_id: str, request: ElementRequest
    ) -> tuple[ElementRequest, dict[int, StoredPicture]]:
        """Take in a request's pictures.

        Returns:
            The request, with stored files in place of inline pictures and uploads; and those files, in place
            already, by their places. The places that are missing are those of URLs, which are still to fetch.

        Raises:
            InvalidRequest: with a violation for each one that is refused; nothing is kept then.
            Overloaded: there is no room for them, or the database cannot be reached.
        """
        self.require_room()
        intake = _Intake(self, account_id)
        try:
            for place, source in enumerate(request.pictures):
                await intake.picture(place, source)
            intake.violations += callback_violations(request.callback_url, self.address_refusal)
            intake.raise_if_any()
        except BaseException:
            await self.discard(intake.kept.values())
            raise
        sources = tuple(
            stored_source(intake.kept[place].key) if place in intake.kept else source
            for place, source in enumerate(request.pictures)
        )
        return request.model_copy(update={"pictures": sources}), intake.kept

    async def discard(self, pictures: Iterable[StoredPicture]) -> None:
        """Remove pictures that no element came to own."""
        for picture in pictures:
            await self.blobs.delete(picture.key)


@dataclass
class _Intake:
    """One request's pictures on their way in.

    Attributes:
        owner: the service.
        account_id: whose they are.
        kept: pictures kept so far, by their places.
        violations: what was refused so far.
    """

    owner: TakePictures
    account_id: str
    kept: dict[int, StoredPicture] = field(default_factory=dict[int, StoredPicture])
    violations: list[Violation] = field(default_factory=list[Violation])

    def refuse(self, name: str, fault: Fault, message: str) -> None:
        self.violations.append(Violation(name, fault, message))

    def raise_if_any(self) -> None:
        if self.violations:
            raise InvalidRequest(tuple(self.violations))

    async def picture(self, place: int, text: str) -> None:
        """Take in one picture, as far as that can be done now."""
        name = PLACES[place]
        # In a thread: ten megabytes take tens of milliseconds to decode.
        match await asyncio.to_thread(classify_source, text):
            case InlineData(data):
                await self._inline(place, data)
            case UploadedFile(upload_id):
                await self._upload(place, upload_id)
            case RemoteUrl(url) if self.owner.address_refusal(url):
                self.refuse(name, Fault.MEDIA_UNREACHABLE, f"{name}: {NOT_FETCHED}")
            case _:
                pass

    async def _inline(self, place: int, data: bytes) -> None:
        name = PLACES[place]
        with (
            refusing_when_full(),
            tempfile.TemporaryDirectory(dir=self.owner.scratch, prefix="input-") as folder,
        ):
            path = Path(folder) / "picture"
            await asyncio.to_thread(path.write_bytes, data)
            try:
                self.kept[place] = await self.owner.keep(path)
            except MediaRejected as error:
                self.refuse(name, Fault.IMAGE_REJECTED, f"{name}: {error.message}")

    async def _upload(self, place: int, upload_id: str) -> None:
        name = PLACES[place]
        taken = await self.owner.take_upload(self.account_id, upload_id)
        if taken is None:
            self.refuse(name, Fault.MEDIA_UNREACHABLE, f"{name}: {NO_SUCH_FILE}")
            return
        upload, blob = taken
        self.kept[place] = StoredPicture(
            blob.key, blob.media_type, upload.width, upload.height, blob.size_bytes, blob.sha256
        )
        if upload.kind is not UploadKind.IMAGE:
            problem = f"the uploaded file is a {upload.kind}, not an {UploadKind.IMAGE}."
            self.refuse(name, Fault.IMAGE_REJECTED, f"{name}: {problem}")
