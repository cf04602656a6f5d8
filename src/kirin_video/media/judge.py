"""Judges the pictures and videos that callers send: reads them in the sandbox, then applies the limits."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from pydantic import TypeAdapter, ValidationError

from kirin_video.domain.media_limits import (
    ImageFacts,
    ImageLimits,
    VideoFacts,
    VideoLimits,
    image_pixels_problem,
    image_problems,
    image_size_problem,
    video_problems,
    video_size_problem,
)
from kirin_video.media.errors import MediaRejected
from kirin_video.media.lockdown import Confines
from kirin_video.media.sandbox import Heard, Payload, ReaderLost, ReaderTooSlow, Sandbox

READING: Final = Confines(memory_bytes=2 << 30, wall_s=20)
"""What reading one file may use."""

_SPARE_FRAMES: Final = 100  # counted beyond the longest video allowed, so that the message can say more
_UNREADABLE_IMAGE: Final = (
    "This is not a picture we can read: JPEG and PNG are accepted, and the file must be whole and undamaged."
)
_UNREADABLE_VIDEO: Final = (
    "This is not a video we can read: MP4 and MOV are accepted, and the file must be whole and undamaged."
)
_VIDEO_REFUSALS: Final = {
    "not_a_movie": "This is not an MP4 or MOV file, which are the formats accepted.",
    "no_pictures": "The video has no pictures: there is no video track in it.",
    "cut_short": "The video is cut short: its end is missing.",
}


class MediaJudge:
    """Says what a picture or video is, or why it is refused. An async context manager.

    Args:
        image_limits: for pictures.
        video_limits: for videos.
        parallel: files read at the same time.
        allow_unsandboxed: read even where the reading process cannot be locked down. Only for development.
    """

    def __init__(
        self,
        *,
        image_limits: ImageLimits | None = None,
        video_limits: VideoLimits | None = None,
        parallel: int = 2,
        allow_unsandboxed: bool = False,
    ) -> None:
        self.image_limits = image_limits or ImageLimits()
        self.video_limits = video_limits or VideoLimits()
        self._turns = asyncio.Semaphore(parallel)
        self._sandbox = Sandbox(READING, allow_unlocked=allow_unsandboxed)
        self._image_facts = TypeAdapter(ImageFacts)
        self._video_facts = TypeAdapter(VideoFacts)

    async def __aenter__(self) -> Self:
        """Start the sandbox and prove that it holds.

        Raises:
            SandboxUnavailable: it does not, and ``allow_unsandboxed`` is not set.
        """
        await asyncio.to_thread(self._sandbox.start)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self._sandbox.close)

    @property
    def reader_pid(self) -> int | None:
        """The process id of the sandbox's nursery, while it runs."""
        return self._sandbox.nursery_pid

    async def judge_image(self, path: Path) -> ImageFacts:
        """Read a picture to its end.

        Args:
            path: a local file of any name.

        Raises:
            MediaRejected: it breaks a limit or cannot be read.
            SandboxUnavailable: the sandbox does not start again.
        """
        async with self._turns:
            return await asyncio.to_thread(self._judge_image, path)

    async def read_pixels(self, path: Path, dest: Path) -> ImageFacts:
        """Judge a picture and write it anew as plain pixels, for engines to draw from.

        The new file is a binary PPM: upright 8-bit RGB, transparency on white or grey, nothing else in it.
        Its header is ours and its pixels are counted: it is sound whatever the picture did to its reader.

        Args:
            path: a local file of any name.
            dest: the file to write; left incomplete when this raises.

        Raises:
            MediaRejected: the picture breaks a limit or cannot be read.
            SandboxUnavailable: the sandbox does not start again.
            OSError: ``dest`` cannot be written.
        """
        async with self._turns:
            return await asyncio.to_thread(self._read_pixels, path, dest)

    async def judge_video(self, path: Path) -> VideoFacts:
        """Count a video's frames and decode the first.

        Args:
            path: a local file of any name.

        Raises:
            MediaRejected: it breaks a limit or cannot be read.
            SandboxUnavailable: the sandbox does not start again.
        """
        async with self._turns:
            return await asyncio.to_thread(self._judge_video, path)

    def _judge_image(self, path: Path) -> ImageFacts:
        with _regular_file(path) as (file, size_bytes):
            _refuse(image_size_problem(size_bytes, self.image_limits))
            limits = {"max_pixels": self.image_limits.max_pixels}
            answer = self._read("image", limits, file, _UNREADABLE_IMAGE)
        return self._image(answer, size_bytes)

    def _read_pixels(self, path: Path, dest: Path) -> ImageFacts:
        with _regular_file(path) as (file, size_bytes), dest.open("wb") as written:
            _refuse(image_size_problem(size_bytes, self.image_limits))

            def keep(answer: dict[str, object], payload: Payload) -> ImageFacts:
                facts = self._image(answer, size_bytes)
                written.seek(0)
                written.write(b"P6\n%d %d\n255\n" % (facts.width, facts.height))
                for piece in payload.pieces(facts.width * facts.height * 3):
                    written.write(piece)
                return facts

            limits = {"max_pixels": self.image_limits.max_pixels}
            return self._hear("pixels", limits, file, _UNREADABLE_IMAGE, keep)

    def _image(self, answer: Mapping[str, object], size_bytes: int) -> ImageFacts:
        """What a reader says of a picture, held against the limits."""
        if answer.get("refused") == "too_many_pixels":
            width, height = answer.get("width"), answer.get("height")
            if isinstance(width, int) and isinstance(height, int):
                _refuse(image_pixels_problem(width, height, self.image_limits))
        try:
            facts = self._image_facts.validate_python(_facts(answer, size_bytes))
        except ValidationError as error:
            raise MediaRejected(_UNREADABLE_IMAGE) from error
        _refuse(*image_problems(facts, self.image_limits))
        return facts

    def _judge_video(self, path: Path) -> VideoFacts:
        limits = self.video_limits
        counted = limits.max_duration_s * limits.max_fps + _SPARE_FRAMES
        with _regular_file(path) as (file, size_bytes):
            _refuse(video_size_problem(size_bytes, limits))
            allowed = {"max_packets": counted, "max_side_px": limits.max_side_px}
            answer = self._read("video", allowed, file, _UNREADABLE_VIDEO)
        _refuse(_VIDEO_REFUSALS.get(str(answer.get("refused"))))
        try:
            facts = self._video_facts.validate_python(_facts(answer, size_bytes))
        except ValidationError as error:
            raise MediaRejected(_UNREADABLE_VIDEO) from error
        _refuse(*video_problems(facts, limits))
        return facts

    def _read(self, kind: str, limits: Mapping[str, int], file: int, unreadable: str) -> dict[str, object]:
        return self._hear(kind, limits, file, unreadable, lambda answer, _: answer)

    def _hear(
        self,
        kind: str,
        limits: Mapping[str, int],
        file: int,
        unreadable: str,
        listen: Callable[[dict[str, object], Payload], Heard],
    ) -> Heard:
        try:
            return self._sandbox.hear({"kind": kind, "limits": limits}, file, listen)
        except ReaderLost as error:
            raise MediaRejected(unreadable) from error
        except ReaderTooSlow as error:
            raise MediaRejected(
                f"Reading the file took longer than {READING.wall_s} s, so it is refused."
            ) from error


@contextmanager
def _regular_file(path: Path) -> Generator[tuple[int, int]]:
    """A file's descriptor and size; pipes and devices are never waited for."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode):
            raise MediaRejected("This is not a file.")
        yield file, status.st_size
    finally:
        os.close(file)


def _facts(answer: Mapping[str, object], size_bytes: int) -> dict[str, object]:
    """What a reader found, not yet to be trusted; empty when it refused."""
    found = TypeAdapter(dict[str, object] | None).validate_python(answer.get("facts"))
    return {**found, "size_bytes": size_bytes} if found is not None else {}


def _refuse(*problems: str | None) -> None:
    """Raise the problems, if there are any."""
    found = [problem for problem in problems if problem]
    if found:
        raise MediaRejected(*found)
