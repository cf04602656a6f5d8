"""Makes the pictures and films that cases name, each once, and judges them as the API does."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from gallery_cases import FilmRow, Material, PictureRow
from gallery_films import filmed_photo, first_frames, frames_of, swaying, write_film
from gallery_pictures import DRAWINGS, Rgb, finished, packaged
from PIL import Image

from kirin_video.domain.prompt import read_prompt
from kirin_video.domain.shot import FPS, Clip, Picture, Quality, Shot, Subject
from kirin_video.engines.previs import PrevisEngine
from kirin_video.engines.previs.references.cutting import cut_out
from kirin_video.media.contact_sheet import stills
from kirin_video.media.judge import MediaJudge
from kirin_video.media.probe import probe_clip
from kirin_video.worker.protocol import VIDEO_FILE, RenderJob
from kirin_video.worker.render_process import render

_SHOT_SIZE = (960, 540)
"""What our own engine films at; scaled up afterwards."""


class Inputs:
    """The material of cases, made when it is first asked for.

    Args:
        material: where everything comes from.
        folder: where it is kept from one run to the next.
        judge: applies the API's limits.
        seed: of what the engine films.
    """

    def __init__(self, material: Material, folder: Path, judge: MediaJudge, seed: int) -> None:
        self._material, self._folder, self._judge, self._seed = material, folder, judge, seed
        self._turns: dict[str, asyncio.Lock] = {}

    async def picture(self, name: str) -> Picture:
        """A picture as a worker hands it to an engine.

        Raises:
            KeyError: no picture has that name.
            MediaRejected: the API would refuse it.
        """
        plain = self._folder / f"{name}.ppm"
        facts = await self._judge.read_pixels(await self.picture_file(name), plain)
        return Picture(path=plain, width=facts.width, height=facts.height)

    async def clip(self, name: str) -> Clip:
        """A film as a worker hands it to an engine.

        Raises:
            KeyError: no film has that name.
            MediaRejected: the API would refuse it.
            TaskFailure: our own engine could not film it.
        """
        path = await self.film_file(name)
        facts = await self._judge.judge_video(path)
        return Clip(
            path=path,
            width=facts.width,
            height=facts.height,
            duration_s=facts.duration_s,
            has_sound=facts.has_sound,
        )

    async def subject(self, name: str) -> Subject:
        """An element with all its pictures."""
        row = self._material.elements[name]
        pictures = tuple([await self.picture(one) for one in row.pictures])
        return Subject(name=row.name, description=row.description, pictures=pictures)

    async def element_files(self, name: str) -> list[Path]:
        """The PNGs of an element's pictures, the frontal one first."""
        return [await self.picture_file(one) for one in self._material.elements[name].pictures]

    async def picture_file(self, name: str) -> Path:
        """The PNG of a picture."""
        path = self._folder / f"{name}.png"
        async with self._turn(f"picture {name}"):
            if not path.exists():
                row = self._material.pictures[name]
                source = await self._source(row)
                finished(source, row).save(path)
        return path

    async def film_file(self, name: str) -> Path:
        """The MP4 of a film."""
        path = self._folder / f"{name}.mp4"
        async with self._turn(f"film {name}"):
            if not path.exists():
                part = path.with_suffix(".part")
                await self._film(self._material.films[name], part)
                part.rename(path)
        return path

    def _turn(self, name: str) -> asyncio.Lock:
        return self._turns.setdefault(name, asyncio.Lock())

    async def _source(self, row: PictureRow) -> Image.Image:
        if row.file is not None:
            return Image.open(packaged(row.file))
        if row.of is not None:
            return Image.open(await self.picture_file(row.of))
        if row.film is not None:
            return Image.fromarray(_still(await self.film_file(row.film), row.at_s))
        assert row.drawn is not None
        return DRAWINGS[row.drawn]()

    async def _film(self, row: FilmRow, path: Path) -> None:
        if row.prompt is not None:
            await self._shoot(row, path)
            return
        if row.file is not None and row.to_s is None:
            shutil.copyfile(packaged(row.file), path)  # as it is, with its sound
            return
        write_film(await self._frames(row), path, clicks=row.clicks)

    async def _frames(self, row: FilmRow) -> Iterable[Rgb]:
        count = round(row.seconds * FPS)
        if row.file is not None:
            return frames_of(packaged(row.file), row.from_s, row.to_s)
        if row.photo is not None:
            photo = Image.open(await self.picture_file(row.photo))
            return filmed_photo(np.asarray(photo, np.uint8), row.path, count)
        if row.keyed is not None:
            cut = cut_out(np.asarray(Image.open(await self.picture_file(row.keyed)), np.uint8))
            if cut is None:
                raise ValueError(f"nothing stands out in {row.keyed}")
            return swaying(cut.rgb, cut.alpha, count)
        return first_frames([await self.film_file(name) for name in row.cuts], count)

    async def _shoot(self, row: FilmRow, path: Path) -> None:
        """Let our own engine film a prompt."""
        assert row.prompt is not None
        shot = Shot(
            prompt=read_prompt(row.prompt),
            quality=Quality.STD,
            width=_SHOT_SIZE[0],
            height=_SHOT_SIZE[1],
            num_frames=round(row.seconds * FPS),
            seed=self._seed,
        )
        with tempfile.TemporaryDirectory(dir=self._folder, prefix=".filming-") as folder:
            job = RenderJob(engine=PrevisEngine.name, shot=shot, folder=Path(folder), watermark=False)
            await render(job, lambda _stage, _part: None)
            write_film(frames_of(job.folder / VIDEO_FILE), path, clicks=row.clicks)


def _still(path: Path, at_s: float) -> Rgb:
    """The frame of a film at a moment, from its end where negative."""
    count = probe_clip(path).num_frames
    index = round(at_s * FPS) if at_s >= 0.0 else count - 1 + round(at_s * FPS)
    return stills(path, count)[index].rgb
