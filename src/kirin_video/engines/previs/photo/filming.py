"""One pass of the camera over a photograph that was taken apart."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import FPS
from kirin_video.engines.base import I420Frame
from kirin_video.engines.previs.photo import air, grade, kernels, life, weather
from kirin_video.engines.previs.photo.fours import pairs
from kirin_video.engines.previs.photo.framing import Framing
from kirin_video.engines.previs.photo.moves import Pose, eased, pose_at
from kirin_video.engines.previs.photo.scene import Parts
from kirin_video.engines.previs.photo.warp import camera_numbers, fill_grid, grid_shape
from kirin_video.engines.previs.plan import ShotPlan, TimeOfDay, Weather
from kirin_video.media.frames import new_i420

Plane = NDArray[np.float32]

OPENING_FRAMES = 14
"""For so long, the picture itself fades out of what its layers do not give back exactly."""

_FADE_S = 2.2
_USUAL_LENGTH_S = 5.0
HAZE = {Weather.FOG: 0.30, Weather.RAIN: 0.055, Weather.SNOW: 0.075}
HAZE_CHROMA = (129.0, 127.0)
_MOST_HAZE = 0.92
_FARTHEST = 0.08
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


@dataclass(frozen=True, slots=True)
class Orders:
    """What every frame of a clip goes by.

    Attributes:
        plan: what was asked.
        parts: the photograph's layers.
        size: width and height of the clip.
        last: the last frame's index, 1 or more.
        amount: of the move.
        zoom: how far the lens has closed by its end.
        alike: layers that lie where the one behind them lies.
        exposed: how much of the far rain or snow falls before each layer.
        haze: what each layer fades to: Y, Cb and Cr.
        veil: what the sky fades to.
        has_haze: whether anything fades.
        light: of the prompt.
        rain: where it rains.
        snow: where it snows, or something drifts as snow does.
        lamps: how brightly windows shine in the end.
    """

    plan: ShotPlan
    parts: Parts
    size: tuple[int, int]
    last: int
    amount: float
    zoom: float
    alike: frozenset[int]
    exposed: Plane
    haze: Plane
    veil: air.Veil | None
    has_haze: bool
    light: grade.Grade
    rain: weather.Rain | None
    snow: weather.Snow | None
    lamps: float


def orders_for(  # noqa: PLR0913 - a clip is made of these
    plan: ShotPlan,
    parts: Parts,
    size: tuple[int, int],
    *,
    margin_px: float,
    num_frames: int,
    seed: int,
    own_light: bool = False,
) -> Orders:
    """Settles what all frames share.

    Args:
        plan: what was asked.
        parts: the photograph's layers.
        size: width and height of the clip.
        margin_px: how much of the invented margin may be shown.
        num_frames: length of the clip.
        seed: for the weather.
        own_light: whether what falls or drifts leaves the picture's light as it is.
    """
    last = max(num_frames - 1, 1)
    light = replace(plan, time=TimeOfDay.DAY, weather=Weather.CLEAR) if own_light else plan
    framing = Framing(plan.move, parts.aim, parts.textures, *size, margin_px)
    amount, zoom = framing.within(plan.energy * _length_factor(last) * (0.45 + 0.55 * parts.trust))
    disparity = parts.textures.disparity
    veil = air.veil_of(light) if parts.has_sky else None
    return Orders(
        plan,
        parts,
        size,
        last,
        amount,
        zoom,
        frozenset(n for n in range(1, len(disparity)) if np.array_equal(disparity[n], disparity[n - 1])),
        np.clip(1.0 - 1.1 * disparity.mean(axis=(1, 2)), 0.0, 1.0).astype(np.float32),
        _haze_colors(light, parts, veil),
        veil,
        light.weather in HAZE or veil is not None,
        grade.grade_for(light),
        weather.make_rain(seed, *size) if plan.weather is Weather.RAIN else None,
        weather.drifting(plan, seed, *size),
        1.0 if plan.time is TimeOfDay.NIGHT and parts.windows else 0.0,
    )


def _length_factor(last: int) -> float:
    """A longer clip goes farther, though not in proportion."""
    return min(max((last / FPS / _USUAL_LENGTH_S) ** 0.6, 0.6), 1.5)


def _haze_colors(plan: ShotPlan, parts: Parts, veil: air.Veil | None) -> Plane:
    bright = 1.0 if plan.time in {TimeOfDay.DAY, TimeOfDay.DAWN} else 0.8
    color = np.array([16 + 176 * bright, *HAZE_CHROMA], np.float32)
    colors = np.repeat(color[None], len(parts.kinds), axis=0)
    if veil is not None:
        colors[parts.kinds.index("sky")] = veil.color
        if plan.weather not in HAZE or plan.time is TimeOfDay.NIGHT:
            colors[parts.kinds.index("land")] = veil.color
    return colors


class Filming:
    """One pass of the camera with buffers of its own; every frame is a function of its index alone."""

    def __init__(self, orders: Orders) -> None:
        width, height = orders.size
        self._orders, self._parts = orders, orders.parts
        layers = len(orders.parts.textures.disparity)
        self._grids = np.zeros((layers, 3, *grid_shape(width, height)), np.float32)
        self._looked = np.zeros_like(self._grids[0])
        self._cover = np.zeros((2, height, width), np.uint8)
        self._two = pairs(orders.parts.textures.luma)
        self._out = new_i420(width, height)

    def frame(self, index: int) -> I420Frame:
        """Draws one frame after the first, in any order; valid until the next is drawn."""
        time_s = index / FPS
        strength = _smooth(time_s / min(_FADE_S, 0.7 * self._orders.last / FPS + 1e-6))
        return self.at(Moment(eased(index / self._orders.last), time_s, strength, fading(index)))

    def at(self, moment: Moment) -> I420Frame:
        """Draws any moment; valid until the next is drawn."""
        textures, strength = self._parts.textures, moment.strength
        pose = self._pose(moment.travelled)
        opacity = self._opacity(moment.opening, moment.time_s)
        shown = len(opacity)
        self._look(pose, moment.time_s, strength, shown)
        has_cover = not moment.dry and self._fall(pose, moment.time_s, strength)
        life_now = self._parts.life
        light = life.breathing(
            life_now.phases, self._grids.shape[2:], moment.time_s, calm=life_now.calm_light
        )
        if life_now.plain:  # a logo on white stays on white
            light[:] = 1.0
        life.glitter(life_now, self._parts.kinds.index("land"), light, moment.time_s)
        view = kernels.View(
            self._grids[:shown],
            opacity,
            self._orders.haze[:shown],
            self._orders.exposed[:shown],
            light,
            self._orders.has_haze,
        )
        finish = kernels.Finish(
            grade.tone_curve(self._orders.light, strength),
            grade.tint_curve(self._orders.light, strength),
            not self._orders.light.changes_nothing,
            np.float32(self._orders.lamps * _smooth(1.6 * strength - 0.6)),
            self._cover,
            np.array(self._color_of_fall(), np.float32),
            has_cover,
        )
        kernels.draw(
            kernels.Stack(
                textures.luma[:shown],
                self._two,
                textures.chroma[:shown],
                textures.kinds[:shown],
                textures.tiles[:shown],
                textures.pad,
            ),
            view,
            finish,
            self._out.y,
            self._out.u,
            self._out.v,
        )
        return self._out

    def exposure(self, layer: int) -> float:
        """How much of the far rain or snow falls before a layer, 0 to 1."""
        return float(self._orders.exposed[layer])

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
        pose = pose_at(self._orders.plan.move, self._parts.aim, self._orders.amount, travelled)
        return replace(pose, zoom=pose.zoom * (1.0 + (self._orders.zoom - 1.0) * travelled))

    def _look(self, pose: Pose, time_s: float, strength: float, shown: int) -> None:
        """Fills the grids: camera, life, and haze by depth."""
        camera = camera_numbers(pose, *self._orders.size)
        for layer in range(shown):
            grid = self._grids[layer]
            if layer in self._orders.alike:
                grid[:] = self._looked
            else:
                fill_grid(camera, self._parts.textures.disparity[layer], grid)
                self._looked[:] = grid
            grid[2] = (
                np.float32(strength) * self._misted(layer, grid) if self._orders.has_haze else np.float32(0.0)
            )
            life.stir(self._parts.life, layer, grid, time_s)
            if layer in self._parts.guests:
                self._parts.guests[layer].stir(grid, time_s)

    def _misted(self, layer: int, grid: Plane) -> Plane:
        """How much of its haze lies before each node of a layer, in full weather and light."""
        veil, parts, size = self._orders.veil, self._parts, self._orders.size
        kind, thickness = parts.kinds[layer], HAZE.get(self._orders.plan.weather, 0.0)
        if veil is not None and kind == "sky":
            return air.amounts(veil, grid[1], size[1], parts.horizon)
        near = grid[2]
        if kind in {"land", "subject", "opening"}:
            near = life.at_nodes(parts.open_land if kind == "land" else parts.open_front, grid)
        mist = np.minimum(1.0 - np.exp(-thickness / np.maximum(near, np.float32(_FARTHEST))), _MOST_HAZE)
        if veil is not None and kind == "land":
            airy = life.at_nodes(parts.airy, grid)
            down = grid[1] / np.float32(size[1]) - np.float32(parts.horizon)
            mist = np.maximum(mist, air.over_land(veil, airy, near, down))
        return mist.astype(np.float32)

    def _fall(self, pose: Pose, time_s: float, strength: float) -> bool:
        rain, snow, plume = self._orders.rain, self._orders.snow, self._parts.plume
        if rain is not None:
            weather.rain_covers(rain, time_s, strength, self._cover)
        elif snow is not None:
            weather.snow_covers(snow, pose, time_s, strength, self._cover)
        if plume is None:
            return not (rain is None and snow is None)
        falling = self._cover[0].copy()
        plume.cover(time_s, strength, self._cover[0])
        if not (rain is None and snow is None):
            np.maximum(self._cover[0], falling, out=self._cover[0])
        return True

    def _color_of_fall(self) -> tuple[float, float, float]:
        """Of all that lies over the layers: of rain before snow before what rises."""
        if self._orders.rain is not None:
            return RAIN_COLOR
        if self._orders.snow is not None:
            return self._orders.snow.manner.color
        return self._parts.plume.color if self._parts.plume is not None else RAIN_COLOR


def fading(index: int) -> float:
    """How much of the picture itself lies over its layers so many frames from it."""
    return 1.0 - _smooth(index / OPENING_FRAMES)


def _smooth(u: float) -> float:
    """Smoothstep from 0 to 1."""
    u = min(max(u, 0.0), 1.0)
    return u * u * (3 - 2 * u)
