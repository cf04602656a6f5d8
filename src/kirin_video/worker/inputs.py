"""The first stage of a run: bring the request's media here, judge them, and plan the shot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.domain.planning import plan_shot
from kirin_video.domain.request import GenerationRequest, VideoInput
from kirin_video.domain.shot import Clip, Picture, Shot
from kirin_video.domain.sources import RemoteUrl, StoredBlob, classify_source
from kirin_video.media.errors import MediaRejected
from kirin_video.media.fetch import MediaUnreachable, SafeFetcher
from kirin_video.media.judge import MediaJudge
from kirin_video.store.blobs import BlobNotFound, LocalBlobs


@dataclass(frozen=True)
class Inputs:
    """Turns requests into shots.

    Attributes:
        blobs: where stored media are.
        fetcher: brings media from their URLs.
        judge: says what they are.
    """

    blobs: LocalBlobs
    fetcher: SafeFetcher
    judge: MediaJudge

    async def shot(self, request: GenerationRequest, seed: int, folder: Path) -> Shot:
        """Fetch and judge all media of a request, then plan its shot.

        Args:
            request: the request.
            seed: what the engine is to draw from.
            folder: where fetched files go.

        Raises:
            TaskFailure: a file cannot be had or breaks a limit.
        """
        images = [
            await self._picture(f"image_list[{index}]", image.source, folder / f"image-{index}")
            for index, image in enumerate(request.image_list)
        ]
        base = request.base and await self._clip(request.base, folder / "base")
        feature = request.feature and await self._clip(request.feature, folder / "feature")
        return plan_shot(request, images, base, feature, (), seed)

    async def _picture(self, field: str, source: str, path: Path) -> Picture:
        local = await self._local(field, source, path, self.judge.image_limits.max_bytes)
        # Engines run unconfined: they get pixels that were read in the sandbox, never the caller's own file.
        plain = path.with_suffix(".ppm")
        try:
            facts = await self.judge.read_pixels(local, plain)
        except MediaRejected as error:
            raise TaskFailure(Fault.IMAGE_REJECTED, f"{field}: {error.message}") from error
        return Picture(path=plain, width=facts.width, height=facts.height)

    async def _clip(self, video: VideoInput, path: Path) -> Clip:
        field = "video_list[0]"
        local = await self._local(field, video.video_url, path, self.judge.video_limits.max_bytes)
        try:
            facts = await self.judge.judge_video(local)
        except MediaRejected as error:
            raise TaskFailure(Fault.VIDEO_REJECTED, f"{field}: {error.message}") from error
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
                    return self.blobs.path_of(key)
                except BlobNotFound as error:
                    message = f"{field}: the file is not kept any more."
                    raise TaskFailure(Fault.MEDIA_UNREACHABLE, message) from error
            case RemoteUrl(url):
                try:
                    await self.fetcher.fetch(url, path, max_bytes=max_bytes)
                except MediaUnreachable as error:
                    raise TaskFailure(Fault.MEDIA_UNREACHABLE, f"{field}: {error.message}") from error
                return path
            case _:
                raise AssertionError("inline media are stored when a task is created")
