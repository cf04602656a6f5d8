"""The first stage of a run: bring the request's media here, judge them, and plan the shot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.domain.inputs import ElementInput
from kirin_video.domain.planning import plan_shot
from kirin_video.domain.request import GenerationRequest, VideoInput
from kirin_video.domain.shot import Clip, Picture, Shot, Subject
from kirin_video.domain.sources import RemoteUrl, StoredBlob, classify_source
from kirin_video.domain.stage import Stage
from kirin_video.media.errors import MediaRejected
from kirin_video.media.fetch import MediaUnreachable, SafeFetcher
from kirin_video.media.judge import MediaJudge
from kirin_video.services.verify_files import FindInput
from kirin_video.store.blobs import BlobDamaged, BlobNotFound
from kirin_video.worker.patience import until_reached

Show = Callable[[Stage, float], None]

_FETCHED = 0.7  # of the work with one file, when it is here


class MediaProgress:
    """How far fetching and judging are, one file after the other.

    Args:
        show: told the stage, and how far both are together, 0.0 to 1.0.
        total: files altogether.
    """

    def __init__(self, show: Show, total: int) -> None:
        self._show = show
        self._total = total
        self._done = 0

    def fetching(self) -> None:
        """The next file is being fetched."""
        self._show(Stage.FETCHING, self._done / self._total)

    def judging(self) -> None:
        """It is here."""
        self._show(Stage.JUDGING, (self._done + _FETCHED) / self._total)

    def finished(self) -> None:
        """It is judged."""
        self._done += 1
        self._show(Stage.JUDGING, self._done / self._total)


def count_media(request: GenerationRequest) -> int:
    """How many files a request's clip is made from."""
    of_elements = sum(len(element.pictures) for element in request.element_list)
    return len(request.image_list) + len(request.video_list) + of_elements


@dataclass(frozen=True)
class Inputs:
    """Turns requests into shots.

    Attributes:
        find_input: finds stored media, and makes sure that they are what was stored.
        fetcher: brings media from their URLs.
        judge: says what they are.
    """

    find_input: FindInput
    fetcher: SafeFetcher
    judge: MediaJudge

    async def shot(self, request: GenerationRequest, seed: int, folder: Path, show: Show) -> Shot:
        """Fetch and judge all media of a request, then plan its shot.

        Args:
            request: the request.
            seed: what the engine is to draw from.
            folder: where fetched files go.
            show: told the stage, and how far fetching and judging are together, 0.0 to 1.0.

        Raises:
            TaskFailure: a file cannot be had or breaks a limit.
        """
        media = MediaProgress(show, count_media(request))
        images = [
            await self._picture(f"image_list[{index}]", image.source, folder / f"image-{index}", media)
            for index, image in enumerate(request.image_list)
        ]
        base = request.base and await self._clip(request.base, folder / "base", media)
        feature = request.feature and await self._clip(request.feature, folder / "feature", media)
        subjects = [
            await self._subject(element, f"element_list[{index}]", folder / f"element-{index}", media)
            for index, element in enumerate(request.element_list)
        ]
        return plan_shot(request, images, base, feature, subjects, seed)

    async def image_file(self, field: str, source: str, path: Path) -> Path:
        """Bring a picture here, unjudged.

        Args:
            field: the parameter it came in.
            source: where it is.
            path: where to put it, if it is elsewhere.

        Returns:
            The file.

        Raises:
            TaskFailure: it cannot be had.
        """
        return await self._local(field, source, path, self.judge.image_limits.max_bytes)

    async def _subject(self, element: ElementInput, field: str, path: Path, media: MediaProgress) -> Subject:
        """An element by the copies that the task took of it."""
        pictures = [
            await self._picture(field, source, path.with_name(f"{path.name}-{place}"), media)
            for place, source in enumerate(element.pictures)
        ]
        return Subject(name=element.name, description=element.description, pictures=tuple(pictures))

    async def _picture(self, field: str, source: str, path: Path, media: MediaProgress) -> Picture:
        media.fetching()
        local = await self.image_file(field, source, path)
        media.judging()
        # Engines run unconfined: they get pixels that were read in the sandbox, never the caller's own file.
        plain = path.with_suffix(".ppm")
        try:
            facts = await self.judge.read_pixels(local, plain)
        except MediaRejected as error:
            raise TaskFailure(Fault.IMAGE_REJECTED, f"{field}: {error.message}") from error
        media.finished()
        return Picture(path=plain, width=facts.width, height=facts.height)

    async def _clip(self, video: VideoInput, path: Path, media: MediaProgress) -> Clip:
        field = "video_list[0]"
        media.fetching()
        local = await self._local(field, video.video_url, path, self.judge.video_limits.max_bytes)
        media.judging()
        try:
            facts = await self.judge.judge_video(local)
        except MediaRejected as error:
            raise TaskFailure(Fault.VIDEO_REJECTED, f"{field}: {error.message}") from error
        media.finished()
        return Clip(
            path=local,
            width=facts.width,
            height=facts.height,
            duration_s=facts.duration_s,
            has_sound=facts.has_sound,
        )

    async def _local(self, field: str, source: str, path: Path, max_bytes: int) -> Path:
        """The file of a source; fetched to ``path`` if it is elsewhere."""
        match classify_source(source):
            case StoredBlob(key):
                try:
                    return await until_reached(lambda: self.find_input(key))
                except BlobNotFound as error:
                    message = f"{field}: the file is not kept any more."
                    raise TaskFailure(Fault.MEDIA_UNREACHABLE, message) from error
                except BlobDamaged as error:
                    message = f"{field}: the file was damaged in the server's storage. Send it again."
                    raise TaskFailure(Fault.MEDIA_UNREACHABLE, message) from error
            case RemoteUrl(url):
                try:
                    await self.fetcher.fetch(url, path, max_bytes=max_bytes)
                except MediaUnreachable as error:
                    raise TaskFailure(Fault.MEDIA_UNREACHABLE, f"{field}: {error.message}") from error
                return path
            case _:
                raise AssertionError("inline media are stored when a task is created")
