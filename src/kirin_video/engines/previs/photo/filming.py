"""One pass of the camera over a photograph that was taken apart."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS
from kirin_video.engines.base import I420Frame
from kirin_video.engines.previs.photo import grade, kernels, life, weather
from kirin_video.engines.previs.photo.framing import Framing
from kirin_video.engines.previs.photo.moves import Pose, eased, pose_at
from kirin_video.engines.previs.photo.scene import Parts
from kirin_video.engines.previs.photo.warp import camera_numbers, fill_grid, grid_shape
from kirin_video.engines.previs.plan import ShotPlan, TimeOfDay, Weather

Plane = NDArray[np.float32]

OPENING_FRAMES = 14
"""For so long, the picture itself fades out of what its layers do not give back exactly."""

_FADE_S = 2.2
_USUAL_LENGTH_S = 5.0
HAZE = {Weather.FOG: 0.30, Weather.RAIN: 0.055, Weather.SNOW: 0.075}
HAZE_CHROMA = (129.0, 127.0)
_MOST_HAZE = 0.92
_FARTHEST = 0.08
SNOW_COLOR = (205.0, 130.0, 126.0)
RAIN_COLOR = (190.0, 131.0, 126.0)


@dataclass(frozen=True, slots=True)
class Moment:
    """What decides how one frame looks.

    Attributes:
        travelled: how far the camera is on its way, 0 to 1.
        time_s: seconds since the picture itself was shown; negative before it will be.
        strength: of the prompt's light and weather, 0 to 1.
        opening: how much of the picture itself lies over its layers, 0 to 1.
        dry: whether rain and snow are left to somebody else.
    """

    travelled: float
    time_s: float
    strength: float
    opening: float
    dry: bool = False


class Filming:
    """The buffers and fixed numbers of one pass; every frame is a function of its index alone.

    Args:
        plan: what was asked.
        parts: the photograph's layers.
        size: width and height of the clip.
        margin_px: how much of the invented margin may be shown.
        num_frames: length of the clip.
        seed: for the weather.
    """

    def __init__(  # noqa: PLR0913 - a pass is made of these
        self,
        plan: ShotPlan,
        parts: Parts,
        size: tuple[int, int],
        *,
        margin_px: float,
        num_frames: int,
        seed: int,
    ) -> None:
        self._plan, self._parts, self._size = plan, parts, size
        self._last = max(num_frames - 1, 1)
        width, height = size
        self._grids = np.empty((len(parts.textures.luma), 3, *grid_shape(width, height)), np.float32)
        self._cover = np.zeros((height, width), np.uint8)
        self._out = (
            np.empty((height, width), np.uint8),
            np.empty((height // 2, width // 2), np.uint8),
            np.empty((height // 2, width // 2), np.uint8),
        )
        framing = Framing(plan.move, parts.aim, parts.textures, width, height, margin_px)
        self._amount, self._zoom = framing.within(
            plan.energy * self._length_factor() * (0.45 + 0.55 * parts.trust)
        )
        self._grade = grade.grade_for(plan)
        self._rain = weather.make_rain(seed, width, height) if plan.weather is Weather.RAIN else None
        self._snow = weather.make_snow(seed, width, height) if plan.weather is Weather.SNOW else None
        haze = 1.0 if plan.time in {TimeOfDay.DAY, TimeOfDay.DAWN} else 0.8
        self._haze_color = np.array([16 + 176 * haze, *HAZE_CHROMA], np.float32)

    def frame(self, index: int) -> I420Frame:
        """Draws one frame after the first, in any order; valid until the next is drawn."""
        time_s = index / FPS
        strength = _smooth(time_s / min(_FADE_S, 0.7 * self._last / FPS + 1e-6))
        return self.at(Moment(eased(index / self._last), time_s, strength, fading(index)))

    def at(self, moment: Moment) -> I420Frame:
        """Draws any moment; valid until the next is drawn."""
        textures, strength = self._parts.textures, moment.strength
        pose = self._pose(moment.travelled)
        opacity = self._opacity(moment.opening, moment.time_s)
        shown = len(opacity)
        self._look(pose, moment.time_s, strength, shown)
        has_cover = not moment.dry and self._fall(pose, moment.time_s, strength)
        kernels.draw(
            textures.luma[:shown],
            textures.chroma[:shown],
            textures.kinds[:shown],
            opacity,
            textures.pad,
            self._grids[:shown],
            life.breathing(
                self._parts.life.phases,
                (self._grids.shape[2], self._grids.shape[3]),
                moment.time_s,
                calm=self._parts.life.calm_light,
            ),
            self._haze_color,
            self._plan.weather in HAZE,
            grade.tone_curve(self._grade, strength),
            grade.tint_curve(self._grade, strength),
            self._cover,
            np.array(SNOW_COLOR if self._rain is None else RAIN_COLOR, np.float32),
            has_cover,
            *self._out,
        )
        return I420Frame(*self._out)

    def _length_factor(self) -> float:
        """A longer clip goes farther, though not in proportion."""
        return min(max((self._last / FPS / _USUAL_LENGTH_S) ** 0.6, 0.6), 1.5)

    def _opacity(self, opening: float, time_s: float) -> Plane:
        """Of each layer that is shown; the last one, the opening, leaves when it has faded."""
        count = len(self._parts.textures.luma)
        opacity = np.ones(count if opening > 0.0 else count - 1, np.float32)
        if opening > 0.0:
            opacity[-1] = opening
        for layer, guest in self._parts.guests.items():
            opacity[layer] = guest.opacity(time_s)
        return opacity

    def _pose(self, travelled: float) -> Pose:
        pose = pose_at(self._plan.move, self._parts.aim, self._amount, travelled)
        return replace(pose, zoom=pose.zoom * (1.0 + (self._zoom - 1.0) * travelled))

    def _look(self, pose: Pose, time_s: float, strength: float, shown: int) -> None:
        """Fills the grids: camera, life, and haze by depth."""
        camera = camera_numbers(pose, *self._size)
        thickness = HAZE.get(self._plan.weather, 0.0)
        for layer in range(shown):
            grid = self._grids[layer]
            fill_grid(camera, self._parts.textures.disparity[layer], grid)
            life.stir(self._parts.life, layer, grid, time_s)
            if layer in self._parts.guests:
                self._parts.guests[layer].stir(grid, time_s)
            if thickness > 0.0:
                distance = 1.0 / np.maximum(grid[2], np.float32(_FARTHEST))
                grid[2] = strength * np.minimum(1.0 - np.exp(-thickness * distance), _MOST_HAZE)
            else:
                grid[2] = 0.0

    def _fall(self, pose: Pose, time_s: float, strength: float) -> bool:
        if self._rain is not None:
            weather.rain_cover(self._rain, time_s, strength, self._cover)
        elif self._snow is not None:
            weather.snow_cover(self._snow, pose, time_s, strength, self._cover)
        return self._rain is not None or self._snow is not None


def fading(index: int) -> float:
    """How much of the picture itself lies over its layers so many frames from it."""
    return 1.0 - _smooth(index / OPENING_FRAMES)


def _smooth(u: float) -> float:
    """Smoothstep from 0 to 1."""
    u = min(max(u, 0.0), 1.0)
    return u * u * (3 - 2 * u)
