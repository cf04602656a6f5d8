"""From a case to its clip, its sheets and what is told of it: made as a task's clip is, by a render child."""

from __future__ import annotations

import asyncio
import math
import shutil
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from gallery_cases import Case
from gallery_inputs import Inputs
from gallery_page import Piece, Shown
from gallery_sheets import write_comparison
from pydantic import TypeAdapter

from kirin_video.domain.errors import KirinError
from kirin_video.domain.planning import plan_shot
from kirin_video.domain.request import MODEL, parse_request
from kirin_video.domain.shot import FPS, Shot
from kirin_video.engines.previs import PrevisEngine
from kirin_video.media.contact_sheet import contact_sheet, poster
from kirin_video.worker.protocol import VIDEO_FILE, DoneLine, RenderJob
from kirin_video.worker.render_process import render

LONGEST_S = 900
"""A clip that takes longer is given up."""
MIN_DURATION_S = 3
"""The API makes nothing shorter; the gallery may ask its engine for less."""
_HOST = "https://gallery.invalid"


@dataclass(frozen=True)
class Asked:
    """What every clip is made with.

    Attributes:
        size: pixels; clips that take their shape from material have as many of them.
        seconds: of cases that say nothing else.
        seed: of all.
    """

    size: tuple[int, int]
    seconds: int
    seed: int


class Gallery:
    """A folder of clips, each with its sheet and its record.

    Args:
        folder: ``clips/`` lies in it.
        inputs: what the cases are made from.
        asked: how clips are made.
    """

    def __init__(self, folder: Path, inputs: Inputs, asked: Asked) -> None:
        self._folder, self._inputs, self._asked = folder, inputs, asked

    def file(self, case: Case, suffix: str) -> Path:
        """Where something of a case lies."""
        return self._folder / "clips" / f"{case.name}.{suffix}"

    def made(self, case: Case) -> Piece | None:
        """What is there of a case; None where it is missing or was made from another request."""
        try:
            text = self.file(case, "json").read_text(encoding="utf-8")
            piece = TypeAdapter(Piece).validate_json(text)
        except (FileNotFoundError, ValueError):  # the record is of an older form
            return None
        same = piece.case == case and piece.asked == self._wish(case)
        return piece if same and (piece.failure or self.file(case, "mp4").exists()) else None

    async def make(self, case: Case) -> Piece:
        """Make a case's clip and write its files; the record comes last. A failure is recorded, too."""
        self.file(case, "mp4").unlink(missing_ok=True)
        try:
            piece = await self._made(case)
        except (KirinError, TimeoutError, ValueError, KeyError) as error:
            failure = f"{type(error).__name__}: {error}"
            piece = Piece(case, self._wish(case), failure=failure)
        self.file(case, "json").write_bytes(TypeAdapter(Piece).dump_json(piece, indent=1))
        return piece

    def _wish(self, case: Case) -> tuple[int, int, int, int]:
        """What decides how a clip looks besides its case and the engine: width, height, seconds, seed."""
        return *self._asked.size, case.duration or self._asked.seconds, self._asked.seed

    async def _made(self, case: Case) -> Piece:
        shot = await self._shot(case)
        done = await self._rendered(case, shot)
        shown = tuple([entry async for entry in self._shown(case)])
        clip = self.file(case, "mp4")
        if case.bare:
            await asyncio.to_thread(contact_sheet, [clip], self.file(case, "png"), columns=4, rows=2)
        else:
            given = [(entry.role, self._folder / entry.file) for entry in shown]
            await asyncio.to_thread(write_comparison, given, clip, self.file(case, "png"))
        await asyncio.to_thread(poster, clip, self.file(case, "jpg"), width=min(shot.width, 640))
        plan = PrevisEngine().plan_sheet(case.prompt, seed=shot.seed).lines if case.bare else ()
        return Piece(
            case,
            self._wish(case),
            shape=(shot.width, shot.height),
            shown=shown,
            plan=plan,
            notes=done.notes,
            render_s=round(done.render_s, 1),
        )

    async def _rendered(self, case: Case, shot: Shot) -> DoneLine:
        with tempfile.TemporaryDirectory(dir=self._folder, prefix=".making-") as folder:
            job = RenderJob(engine=PrevisEngine.name, shot=shot, folder=Path(folder), watermark=False)
            async with asyncio.timeout(LONGEST_S):
                done = await render(job, lambda _stage, _part: None)
            shutil.move(job.folder / VIDEO_FILE, self.file(case, "mp4"))
        return done

    async def _shot(self, case: Case) -> Shot:
        """The shot of a case's request, at the gallery's size.

        Raises:
            InvalidRequest: the API would refuse it.
        """
        seconds = case.duration or self._asked.seconds
        request = parse_request(request_body(case, max(seconds, MIN_DURATION_S)))
        images = [await self._inputs.picture(entry.image) for entry in case.image_list]
        clips = [await self._inputs.clip(entry.video_url) for entry in case.video_list]
        subjects = [await self._inputs.subject(name) for name in case.element_list]
        base, feature = (clips[0] if clips and wanted else None for wanted in (request.base, request.feature))
        shot = plan_shot(request, images, base, feature, subjects, self._asked.seed)
        width, height = _scaled((shot.width, shot.height), self._asked.size)
        num_frames = shot.num_frames if base else seconds * FPS
        return shot.model_copy(update={"width": width, "height": height, "num_frames": num_frames})

    async def _shown(self, case: Case) -> AsyncIterator[Shown]:
        """What the page shows beside a clip, in the request's order."""
        for number, entry in enumerate(case.image_list, start=1):
            role = {"first_frame": "first frame", "end_frame": "last frame"}.get(entry.type or "", "")
            path = await self._inputs.picture_file(entry.image)
            yield Shown(role or f"image {number}", self._inside(path))
        for number, name in enumerate(case.element_list, start=1):
            for path in await self._inputs.element_files(name):
                yield Shown(f"element {number}", self._inside(path))
        for entry in case.video_list:
            sound = ", its sound kept" if entry.keep_original_sound == "yes" else ""
            yield Shown(
                f"{entry.refer_type}{sound}", self._inside(await self._inputs.film_file(entry.video_url))
            )

    def _inside(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()


def request_body(case: Case, seconds: int) -> dict[str, object]:
    """What a caller would send to create a case's task, elements numbered in their order."""
    images = [
        {"image_url": f"{_HOST}/{entry.image}.png", **({"type": entry.type} if entry.type else {})}
        for entry in case.image_list
    ]
    videos = [
        {**entry.model_dump(), "video_url": f"{_HOST}/{entry.video_url}.mp4"} for entry in case.video_list
    ]
    elements = [{"element_id": number} for number, _ in enumerate(case.element_list, start=1)]
    body: dict[str, object] = {"model": MODEL, "prompt": case.prompt, "mode": "std"}
    edits = any(entry.refer_type == "base" for entry in case.video_list)
    if not edits:
        body["duration"] = str(seconds)
    if not edits and all(entry.type != "first_frame" for entry in case.image_list):
        body["aspect_ratio"] = case.aspect_ratio
    lists = {"image_list": images, "video_list": videos, "element_list": elements}
    return body | {name: entries for name, entries in lists.items() if entries}


def _scaled(shape: tuple[int, int], size: tuple[int, int]) -> tuple[int, int]:
    """A clip's shape with as many pixels as the gallery's size, both sides even."""
    share = math.sqrt(math.prod(size) / math.prod(shape))
    width, height = (max(16, 2 * round(side * share / 2)) for side in shape)
    return width, height
