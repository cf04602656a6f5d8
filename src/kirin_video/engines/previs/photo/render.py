"""A photograph as the first frame of a clip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS, Picture
from kirin_video.engines.base import I420Frame
from kirin_video.engines.previs.photo import grade, kernels, life, weather
from kirin_video.engines.previs.photo.framing import Framing
from kirin_video.engines.previs.photo.layers import ycbcr
from kirin_video.engines.previs.photo.moves import Pose, eased, pose_at
from kirin_video.engines.previs.photo.picture import Rgb, fitted, read_upright
from kirin_video.engines.previs.photo.scene import Parts, take_apart
from kirin_video.engines.previs.photo.warp import camera_numbers, fill_grid, grid_shape
from kirin_video.engines.previs.plan import Move, ShotPlan, TimeOfDay, Weather

Plane = NDArray[np.float32]

_MARGIN = 0.006
_PULL_OUT_MARGIN = 0.05
_FADE_S = 2.2


@dataclass(frozen=True, slots=True)
class PhotoScene:
    """A photograph ready to be filmed.

    Attributes:
        rgb: the picture at the clip's size, uint8, (H, W, 3): frame 0.
        plan: what was asked.
        parts: its layers.
        seed: for everything random.
        notes: what was approximated or not done, in plain words for the caller.
    """

    rgb: Rgb
    plan: ShotPlan
    parts: Parts
    seed: int
    notes: tuple[str, ...]

    def frames(self, num_frames: int) -> Iterator[I420Frame]:
        """The frames of a clip, in order; the planes are valid until the next one is asked for."""
        camera = _Filming(self, num_frames)
        yield opening_frame(self.rgb)
        for index in range(1, num_frames):
            yield camera.frame(index)


def prepare_photo(picture: Picture, plan: ShotPlan, *, seed: int, width: int, height: int) -> PhotoScene:
    """Opens a picture and takes it apart for filming.

    Args:
        picture: the caller's photograph; its own ratio is the clip's, up to rounding to even sides.
        plan: move, energy, weather and time; day and clear leave the picture's own light alone.
        seed: the same everything gives the same frames, to the bit.
        width: of the clip, pixels, even.
        height: of the clip, pixels, even.

    Raises:
        TaskFailure: the picture cannot be decoded.
    """
    rgb = fitted(read_upright(picture), width, height)
    margin = _PULL_OUT_MARGIN if plan.move is Move.PULL_OUT else _MARGIN
    pad = int(np.ceil(margin * max(width, height))) + 4
    parts = take_apart(rgb, plan, seed=seed, pad=pad)
    return PhotoScene(rgb, plan, parts, seed, _notes(plan, parts))


def render_photo(  # noqa: PLR0913 - the seam that other builders code against
    picture: Picture, plan: ShotPlan, *, seed: int, width: int, height: int, num_frames: int
) -> Iterator[I420Frame]:
    """The frames of a clip that opens with a picture; see :func:`prepare_photo` for its notes."""
    return prepare_photo(picture, plan, seed=seed, width=width, height=height).frames(num_frames)


def opening_frame(rgb: Rgb) -> I420Frame:
    """The picture itself as planes: chroma averaged over blocks of two by two."""
    planes = ycbcr(rgb)
    height, width = rgb.shape[:2]
    blocks = planes[..., 1:].reshape(height // 2, 2, width // 2, 2, 2).mean(axis=(1, 3))
    as_bytes = [
        np.rint(np.clip(p, 0, 255)).astype(np.uint8) for p in (planes[..., 0], blocks[..., 0], blocks[..., 1])
    ]
    return I420Frame(*as_bytes)


class _Filming:
    """The buffers and fixed numbers of one pass over a clip."""

    def __init__(self, scene: PhotoScene, num_frames: int) -> None:
        self._scene = scene
        self._last = max(num_frames - 1, 1)
        height, width = scene.rgb.shape[:2]
        self._size = width, height
        rows, columns = grid_shape(width, height)
        count = len(scene.parts.textures.luma)
        self._grids = np.empty((count, 3, rows, columns), np.float32)
        self._out = (
            np.empty((height, width), np.uint8),
            np.empty((height // 2, width // 2), np.uint8),
            np.empty((height // 2, width // 2), np.uint8),
        )
        self._cover = np.zeros((height, width), np.uint8)
        plan, parts = scene.plan, scene.parts
        length = min(max((num_frames / FPS / 5.0) ** 0.6, 0.6), 1.5)
        margin = (_PULL_OUT_MARGIN if plan.move is Move.PULL_OUT else _MARGIN) * max(width, height)
        wanted = plan.energy * length * (0.45 + 0.55 * parts.trust)
        framing = Framing(plan.move, parts.aim, parts.textures, width, height, margin)
        self._amount, self._zoom = framing.within(wanted)
        self._grade = grade.grade_for(plan)
        self._rain = weather.make_rain(scene.seed, width, height) if plan.weather is Weather.RAIN else None
        self._snow = weather.make_snow(scene.seed, width, height) if plan.weather is Weather.SNOW else None

    def frame(self, index: int) -> I420Frame:
        """Draws one frame; any order is possible."""
        time_s = index / FPS
        textures = self._scene.parts.textures
        pose = self._pose(index)
        strength = _smooth(time_s / min(_FADE_S, 0.7 * self._last / FPS + 1e-6))
        self._look(pose, time_s, strength)
        has_cover = self._fall(pose, time_s, strength)
        kernels.draw(
            textures.luma,
            textures.chroma,
            textures.boxes,
            textures.pad,
            self._grids,
            life.breathing(self._scene.parts.life, (self._grids.shape[2], self._grids.shape[3]), time_s),
            self._haze_color(),
            grade.tone_curve(self._grade, strength),
            grade.tint_curve(self._grade, strength),
            self._cover,
            np.array([205, 130, 126], np.float32)
            if self._rain is None
            else np.array([190, 131, 126], np.float32),
            has_cover,
            *self._out,
        )
        return I420Frame(*self._out)

    def _pose(self, index: int) -> Pose:
        travelled = eased(index / self._last)
        pose = pose_at(self._scene.plan.move, self._scene.parts.aim, self._amount, travelled)
        return replace(pose, zoom=pose.zoom * (1.0 + (self._zoom - 1.0) * travelled))

    def _look(self, pose: Pose, time_s: float, strength: float) -> None:
        """Fills the grids: camera, life, and haze by depth."""
        parts = self._scene.parts
        camera = camera_numbers(pose, *self._size)
        thickness = {Weather.FOG: 0.30, Weather.RAIN: 0.055, Weather.SNOW: 0.075}.get(
            self._scene.plan.weather, 0.0
        )
        for layer in range(len(parts.textures.luma)):
            grid = self._grids[layer]
            fill_grid(camera, parts.textures.disparity[layer], grid)
            life.stir(parts.life, layer, grid, time_s)
            if thickness > 0.0:
                distance = 1.0 / np.maximum(grid[2], np.float32(0.08))
                grid[2] = strength * np.minimum(1.0 - np.exp(-thickness * distance), 0.92)
            else:
                grid[2] = 0.0

    def _haze_color(self) -> Plane:
        dim = 1.0 if self._scene.plan.time in {TimeOfDay.DAY, TimeOfDay.DAWN} else 0.8
        return np.array([16 + 176 * dim, 129, 127], np.float32)

    def _fall(self, pose: Pose, time_s: float, strength: float) -> bool:
        if self._rain is not None:
            weather.rain_cover(self._rain, time_s, strength, self._cover)
        elif self._snow is not None:
            weather.snow_cover(self._snow, pose, time_s, strength, self._cover)
        return self._rain is not None or self._snow is not None


def _smooth(u: float) -> float:
    u = min(max(u, 0.0), 1.0)
    return u * u * (3 - 2 * u)


def _notes(plan: ShotPlan, parts: Parts) -> tuple[str, ...]:
    """What a caller should know about how the picture was animated."""
    notes = ["The depth of the first frame is estimated from the picture alone; the camera moves within it."]
    if not parts.has_subject:
        notes.append(
            "No subject stood out clearly enough to be separated, so the picture moves as one deep surface."
        )
    if plan.move is Move.PULL_OUT:
        notes.append(
            "A photograph ends at its borders: the pull out is short, with a narrow invented margin."
        )
    return tuple(notes)
