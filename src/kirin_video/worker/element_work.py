"""What a run does for an element: fetch the pictures that are elsewhere, judge and keep them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kirin_video.domain.element import StoredPicture
from kirin_video.domain.element_request import PLACES, ElementRequest
from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.domain.sources import StoredBlob, inspect_source
from kirin_video.media.errors import MediaRejected
from kirin_video.services.runs import Run
from kirin_video.wiring import Services
from kirin_video.worker.inputs import Inputs, MediaProgress, Show
from kirin_video.worker.patience import until_reached


@dataclass(frozen=True)
class ElementWork:
    """Makes elements.

    Attributes:
        services: what can be done with tasks.
        inputs: brings media here.
    """

    services: Services
    inputs: Inputs

    async def gather(self, request: ElementRequest, folder: Path, show: Show) -> dict[int, StoredPicture]:
        """Fetch, judge and keep the pictures that are not here yet.

        Args:
            request: the request.
            folder: where fetched files go.
            show: told the stage, and how far fetching and judging are together, 0.0 to 1.0.

        Returns:
            The pictures, in place, by their places.

        Raises:
            TaskFailure: one cannot be had or breaks a limit; nothing is kept then.
            StorageFull: there is no room; nothing is kept then.
        """
        kept: dict[int, StoredPicture] = {}
        media = MediaProgress(show, len(request.pictures))
        try:
            for place, source in enumerate(request.pictures):
                media.fetching()
                if not isinstance(inspect_source(source), StoredBlob):
                    path = await self.inputs.image_file(PLACES[place], source, folder / f"image-{place}")
                    media.judging()
                    kept[place] = await self._kept(PLACES[place], path)
                media.finished()
        except BaseException:
            await self._discard(kept)
            raise
        return kept

    async def complete(self, run: Run, request: ElementRequest, pictures: dict[int, StoredPicture]) -> bool:
        """Complete the task; if it was lost, or its element deleted, take the pictures away again.

        Returns:
            Whether this run completed the task.

        Raises:
            TaskFailure: the element was deleted meanwhile.
        """
        try:
            completed = await until_reached(lambda: self.services.finish_element(run, request, pictures))
        except TaskFailure:
            await self._discard(pictures)
            raise
        if not completed:
            await self._discard(pictures)
        return completed

    async def _kept(self, name: str, path: Path) -> StoredPicture:
        try:
            return await self.services.keep_picture(path)
        except MediaRejected as error:
            raise TaskFailure(Fault.IMAGE_REJECTED, f"{name}: {error.message}") from error

    async def _discard(self, pictures: dict[int, StoredPicture]) -> None:
        for picture in pictures.values():
            await self.services.blobs.delete(picture.key)
